/** The codes the page gives rows of a table that numbers them (M1, M2 …), and what happens when two people are given the same. */
const NEW_FOR = 120000;

export class Codes {
  constructor(data) {
    this.data = data;
    this.columns = data.columns.filter((column) => column.numbered);
    this.made = new Map();
    this.highest = new Map();
  }

  /** What the server says of all rows there ever were, deleted ones included: {field: highest number}. */
  learn(highest = {}) {
    for (const [field, number] of Object.entries(highest)) this.#note(field, number);
  }

  /** A code that stands on the page, if only for a moment, is not given again. */
  seen(field, value) {
    const column = this.columns.find((one) => one.name === field);
    if (column) this.#note(field, numberOf(column, value));
  }

  /** The codes of a row that is being made, the `index`th of several made at once: {field: code}. */
  give(id, index) {
    const codes = Object.fromEntries(this.columns.map((column) => [column.name, this.#next(column, index)]));
    this.made.set(id, { at: Date.now(), codes });
    return codes;
  }

  /**
   * Of two rows that were given the same code, the one with the later id takes the next, and the page that made it sees to it: so one of
   * them moves, and only for a moment, while hardly anything can refer to it. A code that somebody typed or pasted stays as it is.
   */
  part() {
    for (const column of this.columns) {
      for (const [id, { at, codes }] of this.made) {
        const code = this.data.valueOf(id, column.name);
        if (Date.now() - at > NEW_FOR || code !== codes[column.name] || this.data.lockOf(id, column.name)) continue;
        const twin = this.data.rows.some((row) => row.id < id && !this.made.has(row.id) && this.data.valueOf(row.id, column.name) === code);
        if (!twin) continue;
        codes[column.name] = this.#next(column);
        this.data.set([{ row: id, field: column.name, value: codes[column.name] }]);
      }
    }
  }

  #next(column, index = 0) {
    return `${column.numbered}${(this.highest.get(column.name) ?? 0) + 1 + index}`;
  }

  #note(field, number) {
    this.highest.set(field, Math.max(this.highest.get(field) ?? 0, number));
  }
}

/** The number of a code, 0 where it is none of this column's: 7 for "M7". */
function numberOf(column, value) {
  const digits = String(value ?? "").startsWith(column.numbered) ? String(value).slice(column.numbered.length) : "";
  return /^\d{1,9}$/.test(digits) ? Number(digits) : 0;
}
