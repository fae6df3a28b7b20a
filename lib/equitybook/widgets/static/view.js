/**
 * Which rows a grid shows, and in what order: found, to be checked, sorted. The order of entry in the table is never changed by it.
 *
 * What is shown is settled when somebody asks for it. A row does not jump or vanish while it is typed into; a row that comes
 * later stands at the end.
 */
import { isEmpty, labelOf, NUMERIC, shown } from "./cells.js";

const words = new Intl.Collator("en-US", { numeric: true, sensitivity: "base" });

export class View {
  constructor(data) {
    this.data = data;
    this.clear();
  }

  /** Every row, in the order of entry. */
  clear() {
    Object.assign(this, { text: "", check: false, by: null, down: false, settled: null });
  }

  get narrowed() {
    return this.text !== "" || this.check;
  }

  /** Is every row shown, in the order of entry? */
  get plain() {
    return !this.narrowed && !this.by;
  }

  /** Show only rows with this text, or only rows to check. */
  narrow({ text = this.text, check = this.check }) {
    Object.assign(this, { text: text.trim().toLowerCase(), check, settled: null });
  }

  /** First up, then down, then back to the order of entry. */
  turn(column) {
    const next = this.by !== column ? [column, false] : this.down ? [null, false] : [column, true];
    this.sort(...next);
  }

  sort(column, down = false) {
    Object.assign(this, { by: column, down, settled: null });
  }

  /** "ascending", "descending" or "none", for a column's head. */
  sortOf(column) {
    return this.by !== column ? "none" : this.down ? "descending" : "ascending";
  }

  /** The order in words: "largest first". */
  get order() {
    const { kind, choices } = this.by;
    const [up, down] = NUMERIC.has(kind) ? ["smallest first", "largest first"] : kind === "date" ? ["earliest first", "latest first"]
      : choices ? ["in the order of its list", "from the end of its list"] : ["A to Z", "Z to A"];
    return this.down ? down : up;
  }

  rows() {
    const { rows } = this.data;
    if (this.plain) return rows;
    if (!this.settled) {
      const arranged = this.#arranged(rows);
      this.settled = arranged.map((row) => row.id);
      this.known = new Set(rows.map((row) => row.id));
      return arranged;
    }
    for (const { id } of rows.filter((row) => !this.known.has(row.id))) {
      this.settled.push(id);
      this.known.add(id);
    }
    // By id: a table that was fetched again has new row objects, and a row that was taken out and comes back has its place.
    const there = new Set(rows);
    return this.settled.map((id) => this.data.byId.get(id)).filter((row) => there.has(row));
  }

  #arranged(rows) {
    const noted = new Set(this.data.allMessages.map((one) => one.row));
    const found = rows.filter((row) => (!this.check || noted.has(row.id)) && (!this.text || this.data.columns.some((column) => this.#words(row, column).includes(this.text))));
    if (!this.by) return found;
    const side = this.down ? -1 : 1;
    const keys = new Map(found.map((row) => [row, sortKey(this.by, this.data.cell(row.id, this.by.name).value)]));
    // What is empty, or is not of the column's kind, stands at the end either way.
    return [...found].sort((one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      return a.rank - b.rank || side * (typeof a.key === "number" ? a.key - b.key : words.compare(a.key, b.key));
    });
  }

  #words(row, column) {
    const { value } = this.data.cell(row.id, column.name);
    return `${shown(column, value)} ${isEmpty(value) || column.choices ? "" : value}`.toLowerCase();
  }
}

function sortKey(column, value) {
  if (isEmpty(value)) return { rank: 2, key: 0 };
  if (NUMERIC.has(column.kind)) return typeof value === "number" ? { rank: 0, key: value } : { rank: 1, key: String(value) };
  if (column.choices && !column.open_ended && typeof value === "string") {
    const at = column.choices.findIndex(([code]) => code === value);
    return at >= 0 ? { rank: 0, key: at } : { rank: 1, key: value };
  }
  if (column.kind === "date") return { rank: /^\d{4}-\d\d-\d\d$/.test(value) ? 0 : 1, key: String(value) };
  return { rank: 0, key: Array.isArray(value) ? value.map((code) => labelOf(column, code)).join(", ") : shown(column, value) };
}
