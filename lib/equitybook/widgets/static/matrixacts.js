/** What can be done with the choices of a matrix besides choosing: taken back, emptied, pasted, and looked up in their history. */
import { announce, count, h, randomId } from "./dom.js";
import { isEmpty, meant, same } from "./cells.js";
import { showHistory } from "./history.js";
import { putBack, showTableHistory } from "./tablehistory.js";
import { leftLocked, stepWords } from "./undo.js";

const ROW_STEP = 1000;
const NAMED = 3;
const LONGEST = 24;

/** The buttons above a matrix, by name: the words and the order of every other table's. */
export function buttonsOf(matrix) {
  const button = (words, onclick) => h("button", { type: "button", disabled: true, onclick }, words);
  return {
    undo: button("Undo", () => matrix.undo()),
    redo: button("Redo", () => matrix.redo()),
    history: button("History of this cell", () => matrix.showHistory()),
    tableHistory: h("button", { type: "button", onclick: () => matrix.showTableHistory() }, "History of this table"),
  };
}

/** Methods of the matrix, which takes them in as its own: `this` is the matrix. */
export const acts = {
  /**
   * Put choices into cells ([{cell, value}]) as one step that can be taken back; `goesOn` where a letter belongs to the one typed before.
   * Returns how many cells were changed, how many of them had something in them, and how many are locked and stay.
   */
  write(label, changes, { source = "typed", batch = "", wait = false, goesOn = false } = {}) {
    const { data, names: { value: field } } = this;
    const placed = changes.map(({ cell, value }) => ({ cell, value, row: cell.target }));
    const free = placed.filter(({ row }) => !data.lockOf(row, field));
    const news = free.map((one) => ({ ...one, before: isThere(data, one.row) ? data.valueOf(one.row, field) : null })).filter(({ value, before }) => !same(value, before));
    if (news.length) {
      // A row begun with a choice stays when the choice is taken back: somebody else may have chosen there by then.
      remember(this, label, news.map(({ row, value, before }) => ({ row, field, before, after: value })), goesOn);
      data.set(news.flatMap((one) => editsOf(this, one)), { source, batch, wait });
      this.showTools();
    }
    return { changed: news.length, over: news.filter(({ before }) => !isEmpty(before)).length, locked: placed.length - free.length };
  },

  undo() {
    stepped(this, this.steps.undo(), "Taken back");
  },

  redo() {
    stepped(this, this.steps.redo(), "Done again");
  },

  /** Empty a cell: it stays an answer, "no part in it", and keeps its history. */
  clear(cell) {
    if (isEmpty(cell.held.value)) return;
    const { locked } = this.write(`empty ${cell.place}`, [{ cell, value: null }], { batch: randomId() });
    if (locked) this.say(leftLocked(locked).trim());
  },

  /** Put a block of texts into the cells from the active one on. A blank in it leaves what is there: a list of letters has gaps. */
  paste(block) {
    const start = this.indexOf(this.active);
    const noun = this.short ? "letter" : "choice";
    const changes = [];
    const odd = new Set();
    let outside = 0;
    block.forEach((texts, row) => texts.forEach((text, column) => {
      if (!text.trim()) return;
      const cell = this.cellAt(start.row + row, start.column + column);
      const value = codeFor(this, text);
      if (!cell) outside += 1;
      else if (value === null) odd.add(text.trim());
      else changes.push({ cell, value });
    }));
    const { over, locked, changed } = this.write("paste", changes, { source: "pasted", batch: randomId() });
    const said = [
      changes.length ? `${count(changes.length - locked, noun)} pasted.` : "Nothing was pasted.",
      over ? `${count(over, "cell")} that had something in ${over === 1 ? "it was" : "them were"} written over.` : "",
      outside ? `${count(outside, "cell")} did not fit and ${outside === 1 ? "was" : "were"} left out.` : "",
      odd.size ? `Left out, as ${odd.size === 1 ? "it is" : "they are"} none of the ${noun}s: ${named([...odd])}.` : "",
      leftLocked(locked).trim(),
    ];
    this.say(said.filter(Boolean).join(" "), { undo: changed > 0 });
  },

  async showHistory() {
    const cell = this.active;
    if (!cell) return;
    const again = await showHistory(this.data.id, cell.target, this.choice, `History: ${cell.place}`);
    if (again) this.write(`use an earlier choice in ${cell.place}`, [{ cell, value: again.value ?? null }]);
  },

  async showTableHistory() {
    const point = await showTableHistory(this.data, `History: ${this.data.spec.title}`, { place: (row) => this.placeOf(row) ?? "A choice that is gone" });
    if (point) await putBack(this, point);
  },

  /** Say what happened, under the buttons and to screen readers. */
  say(text, { undo = false } = {}) {
    this.report.replaceChildren(text, ...(undo ? [" ", h("button", { type: "button", class: "eq-link", onclick: () => this.undo() }, "Undo")] : []));
    announce(text);
  },
};

function isThere(data, id) {
  const row = data.byId.get(id);
  return Boolean(row && !row.deleted);
}

/** The edits that put a choice where it belongs, beginning its row where there is none. */
function editsOf(matrix, { cell, row: id, value }) {
  const { data, names } = matrix;
  const edit = { row: id, field: names.value, value, expected: cell.typing?.seen };
  if (isThere(data, id)) return [edit];
  const at = matrix.indexOf(cell);
  // Everybody who begins this row writes the same in these fields, so beginning it twice is no conflict.
  const begun = { _order: at.row * ROW_STEP + at.column, _deleted: false, [names.row_key]: cell.row.key, [names.column_key]: cell.column.key };
  return [...Object.entries(begun).map(([field, one]) => ({ row: id, field, value: one })), edit];
}

function remember(matrix, label, edits, goesOn) {
  const { steps } = matrix;
  const last = steps.done.at(-1);
  if (goesOn && last && last === matrix.lastTyped && last.edits[0]?.row === edits[0].row) {
    // "A" and "R" make one choice, and one step back.
    last.edits[0].after = edits[0].after;
    steps.undone = [];
    if (same(last.edits[0].before, last.edits[0].after)) steps.done.pop();
  } else steps.remember(label, edits);
  matrix.lastTyped = steps.done.at(-1);
}

/** Say what became of a step taken back or done again. */
function stepped(matrix, taken, words) {
  const focused = document.activeElement;
  matrix.showTools();
  matrix.say(stepWords(taken, words));
  // The button or link pressed may be of no use now; whoever works by keyboard must not be left on nothing.
  if (focused?.disabled || !focused?.isConnected) (matrix.active ?? matrix.cellAt(0, 0))?.focus();
}

/** The code a text from a spreadsheet means, or null: "a", "A accountable"; of letters also "A/R" and "R, A". */
function codeFor({ choice, short }, text) {
  const codes = choice.choices.map(([code]) => code);
  const found = meant(choice, text);
  if (codes.includes(found)) return found;
  const letters = (one) => one.toUpperCase().replace(/[^A-Z]/g, "").split("").sort().join("");
  return (short && /^[a-z\W]+$/i.test(text) && codes.find((code) => letters(code) === letters(text))) || null;
}

function named(texts) {
  const some = texts.slice(0, NAMED).map((text) => `“${text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text}”`).join(", ");
  return texts.length > NAMED ? `${some} and ${count(texts.length - NAMED, "more", "more")}` : some;
}
