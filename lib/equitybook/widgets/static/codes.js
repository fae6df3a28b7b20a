/** The codes the page gives rows of a table that numbers them (M1, M2 …), and what happens when two people are given the same. */
const NEW_FOR = 120000;

export class Codes {
  constructor(data) {
    this.data = data;
    this.columns = data.columns.filter((column) => column.numbered);
    this.made = new Map();
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
    const given = [...this.data.byId.values()].map((row) => String(this.data.valueOf(row.id, column.name) ?? ""));
    const numbers = given.filter((code) => code.startsWith(column.numbered)).map((code) => Number(code.slice(column.numbered.length))).filter(Number.isInteger);
    return `${column.numbered}${Math.max(0, ...numbers) + 1 + index}`;
  }
}
