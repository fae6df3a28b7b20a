/** What was done in this table on this page, so that it can be taken back and done again. Each step back is an edit like any other. */
import { count } from "./dom.js";
import { facts } from "./server.js";

export class Steps {
  constructor(table) {
    this.table = table;
    this.done = [];
    this.undone = [];
    this.made = 0; // counts the steps
    this.changed = new Map(); // by cell: after how many of them somebody else wrote there
    const note = ({ row, field }) => this.changed.set(`${row}/${field}`, this.made);
    table.addEventListener("others", ({ detail }) => detail.filter((change) => change.author !== facts.username).forEach(note));
    table.addEventListener("conflict", ({ detail }) => note(detail)); // the answer to an edit brings what the other wrote
  }

  /**
   * Change fields and remember how they were; returns how many locked cells were left as they are. `added` are the rows the edits
   * make: taking the step back takes those rows out.
   */
  take(label, wanted, { added = [], source = "typed", batch = "" } = {}) {
    const fresh = new Set(added);
    const edits = wanted.filter((edit) => !this.table.lockOf(edit.row, edit.field));
    if (!edits.length) return wanted.length;
    this.remember(label, [
      ...edits.filter((edit) => !fresh.has(edit.row)).map(({ row, field, value }) => ({ row, field, after: value, before: this.table.valueOf(row, field) })),
      ...added.map((row) => ({ row, field: "_deleted", before: true, after: false })),
    ]);
    this.table.set(edits, { source, batch });
    return wanted.length - edits.length;
  }

  /** Remember a step that is already in the table: [{row, field, before, after}]. */
  remember(label, edits) {
    this.made += 1;
    this.done.push({ label, edits, n: this.made });
    this.undone = [];
  }

  /** What was found in a cell is nobody's any more: its row had been taken out and is begun anew. */
  disregard(row, field) {
    this.changed.delete(`${row}/${field}`);
  }

  undo() {
    return this.#move(this.done, this.undone, "before");
  }

  redo() {
    return this.#move(this.undone, this.done, "after");
  }

  #move(from, to, side) {
    const step = from.pop();
    if (!step) return null;
    to.push(step);
    const free = step.edits.filter((edit) => !this.#theirs(edit, edit[side], step.n));
    this.table.set(free.map((edit) => ({ row: edit.row, field: edit.field, value: edit[side] })));
    return { label: step.label, kept: step.edits.length - free.length };
  }

  /** Has somebody else written here since, or taken out the row? Then it is no longer mine to take back. */
  #theirs({ row, field }, value, n) {
    if (this.table.lockOf(row, field)) return true;
    // Mine by now, and theirs in between: what was before my step is not what they found.
    if (!field.startsWith("_") && this.changed.get(`${row}/${field}`) >= n) return true;
    if (field === "_deleted") return Boolean(value) && this.table.columns.some((column) => this.#byAnother(row, column.name));
    if (this.table.valueOf(row, "_deleted")) return true;
    return !field.startsWith("_") && this.#byAnother(row, field);
  }

  #byAnother(row, field) {
    const cell = this.table.cell(row, field);
    return Boolean(facts.username && cell.author && cell.author !== facts.username && !cell.pending);
  }
}

/** What became of a step that was to be taken back or done again, in words; `how` is "Taken back" or "Done again". */
export function stepWords(step, how) {
  if (!step) return "There is nothing to take back.";
  const kept = step.kept ? ` ${count(step.kept, "cell")} changed by somebody else since ${step.kept === 1 ? "was" : "were"} left as ${step.kept === 1 ? "it is" : "they are"}.` : "";
  return `${how}: ${step.label[0].toLowerCase()}${step.label.slice(1)}.${kept}`;
}

/** How many locked cells a step left out, to go on a sentence with; "" where it left none. */
export function leftLocked(locked) {
  return locked ? ` ${count(locked, "locked cell")} ${locked === 1 ? "was left as it is" : "were left as they are"}.` : "";
}
