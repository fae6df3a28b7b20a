/** One person typing in one field: remembers which version was seen, through the page's own saves. */
export class Typing {
  constructor(data, row, field) {
    Object.assign(this, { data, row, field });
    this.before = data.valueOf(row, field);
    this.seen = data.byId.get(row)?.cells.get(field)?.version ?? 0;
    data.addEventListener("saved", this.#hear);
  }

  put(value, { wait = false } = {}) {
    this.data.set([{ row: this.row, field: this.field, value, expected: this.seen }], { wait });
  }

  end() {
    this.data.removeEventListener("saved", this.#hear);
  }

  #hear = ({ detail }) => {
    if (detail.row === this.row && detail.field === this.field && detail.status === "saved") this.seen = detail.version;
  };
}
