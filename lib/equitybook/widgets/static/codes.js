/** The codes the page gives rows of a table that numbers them (M1, M2 …), and what happens when two people are given the same. */
const NEW_FOR = 15000;

export class Codes {
  constructor(data) {
    this.data = data;
    this.columns = data.columns.filter((column) => column.numbered);
    this.made = new Map();
  }

  /** The codes of a row that is being made, the `index`th of several made at once: {field: code}. */
  give(id, index) {
    this.made.set(id, Date.now());
    return Object.fromEntries(this.columns.map((column) => [column.name, this.#next(column, index)]));
  }

  /**
   * Of two rows made in the same moment with the same code, the one with the later id takes the next, and the page that made it sees to
   * it: so one of them moves, and only while nobody can have referred to it.
   */
  part() {
    for (const column of this.columns) {
      for (const [id, at] of this.made) {
        if (Date.now() - at > NEW_FOR || this.data.lockOf(id, column.name)) continue;
        const code = this.data.valueOf(id, column.name);
        const twin = code && this.data.rows.some((row) => row.id < id && !this.made.has(row.id) && this.data.valueOf(row.id, column.name) === code);
        if (twin) this.data.set([{ row: id, field: column.name, value: this.#next(column) }]);
      }
    }
  }

  #next(column, index = 0) {
    const given = [...this.data.byId.values()].map((row) => String(this.data.valueOf(row.id, column.name) ?? ""));
    const numbers = given.filter((code) => code.startsWith(column.numbered)).map((code) => Number(code.slice(column.numbered.length))).filter(Number.isInteger);
    return `${column.numbered}${Math.max(0, ...numbers) + 1 + index}`;
  }
}
