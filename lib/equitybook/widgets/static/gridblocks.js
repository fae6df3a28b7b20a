/** What is done with the chosen block of a grid: emptied, copied, cut, pasted over. */
import { count, randomId } from "./dom.js";
import { isEmpty, same, typed } from "./cells.js";
import { planPaste, writeBlock } from "./paste.js";
import { leftLocked } from "./undo.js";

const were = (number) => (number === 1 ? "was" : "were");

/** Methods of the grid, which takes them in as its own: `this` is the grid. */
export const blocks = {
  clear() {
    const { locked } = empty(this, "Empty cells");
    if (locked) this.say(leftLocked(locked).trim());
  },

  /** The chosen cells as a spreadsheet takes them. */
  copy() {
    const { rows, columns } = this.block();
    this.say(`${size(rows, columns)} copied.`);
    return textOf(this, rows, columns);
  },

  /** Copy the chosen cells and empty them: locked ones are copied only. */
  cut() {
    const { rows, columns } = this.block();
    const text = textOf(this, rows, columns);
    const { emptied, locked } = empty(this, "Cut cells");
    this.say(`${size(rows, columns)} cut.${leftLocked(locked)}`, { undo: emptied > 0 });
    return text;
  },

  /**
   * Put a block of texts into the table, adding rows where it is longer than the table: from the top left of what is chosen on, or as
   * new rows at the end. One value alone fills all that is chosen.
   */
  paste(block, { fresh: asNew = this.activeIndex < 0 } = {}) {
    if (!block.length) return this.say("There was nothing to paste.");
    const chosen = this.block();
    const into = asNew ? { rows: [], columns: [], left: 0 } : chosen;
    const plan = planPaste(block, this.columns, into.left, { rows: into.rows.length, columns: into.columns.length });
    if (plan.headings && !plan.rows) return this.say("Only column names were pasted, nothing under them.");
    const there = into.rows.length ? [...into.rows, ...this.rows.slice(this.rows.indexOf(into.rows.at(-1)) + 1)] : [];
    const fresh = this.data.newRows(Array.from({ length: Math.max(0, plan.rows - there.length) }, () => ({})));
    const targets = [...there.map((row) => row.id), ...fresh.ids];
    const edits = plan.cells.map(({ row, column, value }) => ({ row: targets[row], field: column.name, value }));
    const over = edits.filter(({ row, field, value }) => !isEmpty(this.data.valueOf(row, field)) && !same(this.data.valueOf(row, field), value)).length;
    const all = [...fresh.edits, ...edits];
    const locked = this.take("Paste", all, { added: fresh.ids, source: "pasted", batch: randomId() });
    // A block that was filled stays chosen: it is what the person is looking at.
    if (!plan.filled) this.go(this.rows.findIndex((row) => row.id === targets[0]), asNew ? this.activeColumn : into.left);
    const done = plan.filled ? `${count(edits.length, "cell")} filled` : `${count(plan.rows, "row")} pasted, ${count(edits.length, "cell")}`;
    const added = fresh.ids.length ? `; ${count(fresh.ids.length, "row")} added` : "";
    const written = over ? ` ${count(over, "cell")} that had something in ${over === 1 ? "it was" : "them were"} written over.` : "";
    return this.say(`${done}${added}.${written}${outside(plan.outside)}${leftLocked(locked)}`, { undo: all.length > locked, paste: true });
  },
};

/** Empty what is chosen, in one step. Locked cells stay as they are. */
function empty(grid, label) {
  const { rows, columns } = grid.block();
  const edits = rows.flatMap((row) => columns.filter((column) => grid.data.valueOf(row.id, column.name) !== null).map((column) => ({ row: row.id, field: column.name, value: null })));
  const locked = edits.length ? grid.take(label, edits, { batch: randomId() }) : 0;
  return { emptied: edits.length - locked, locked };
}

function textOf(grid, rows, columns) {
  return writeBlock(rows.map((row) => columns.map((column) => typed(column, grid.data.cell(row.id, column.name).value))));
}

function size({ length: rows }, { length: columns }) {
  return rows * columns === 1 ? "1 cell" : `${rows} × ${columns} cells`;
}

function outside(names) {
  return names.length ? ` ${names.length === 1 ? "This column" : "These columns"} did not fit and ${were(names.length)} left out: ${names.join(", ")}.` : "";
}
