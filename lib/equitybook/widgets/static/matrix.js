/**
 * A grid of choices: the rows of one table down, the rows of another across, and in each cell one choice that is kept as a row of
 * a third table. A cell's row bears a name made from its pair, so two people who fill the same cell meet in one field.
 */
import { bare, isEmpty } from "./cells.js";
import { count, h, newId, randomId } from "./dom.js";
import { listen } from "./live.js";
import { outbox } from "./outbox.js";
import { acts, buttonsOf } from "./matrixacts.js";
import { Cell } from "./matrixcell.js";
import { listenToKeys } from "./matrixkeys.js";
import { lines, pair, pairId } from "./pairs.js";
import { presence } from "./presence.js";
import { styled } from "./style.js";
import { openTable } from "./tables.js";
import { ToCheck } from "./tocheck.js";
import { Steps } from "./undo.js";

class Matrix {
  constructor({ data, rows, columns }, names) {
    Object.assign(this, { data, rowTable: rows, columnTable: columns, names, mark: "", cells: new Map(), active: null, steps: new Steps(data) });
    this.choice = data.columns.find((column) => column.name === names.value);
    this.short = Boolean(this.choice.choices?.every(([code]) => code.length <= 2));
    this.buttons = buttonsOf(this);
    this.tools = h("div", { class: "eq-tools eq-quiet" }, Object.values(this.buttons));
    this.report = h("p", { class: "eq-report" });
    this.body = h("div", {});
    this.notes = h("div", {});
    this.list = new ToCheck(data, {
      place: (row, field) => (field === names.value ? this.placeOf(row) : row ? null : ""),
      go: (row) => this.#cellOf(row)?.focus(),
      settle: (row, field, choice, value) => this.#settle(row, field, choice, value),
      only: (message) => !message.row,
    });
    this.element = h("div", { class: "eq-matrix", role: "group", "aria-label": names.label, "data-table": data.id },
      this.tools, this.report, this.body, this.notes, this.list.element);
    for (const table of [data, rows, columns]) table.addEventListener("change", () => this.draw());
    data.addEventListener("change", ({ detail }) => this.#visit(detail.remote ?? []));
    presence.addEventListener("moved", ({ detail }) => { if ([...detail.places].some((place) => place.startsWith(`${data.id}/`))) this.#drawCells(); });
    window.addEventListener("pagehide", () => { for (const cell of this.cells.values()) cell.release(); });
    listenToKeys(this);
    this.#reviveRows();
    this.draw();
  }

  draw() {
    const { names, data } = this;
    this.rows = lines(this.rowTable, names.row_key, names.row_label);
    this.columns = lines(this.columnTable, names.column_key, names.column_label);
    this.places = new Map();
    for (const { id } of data.rows) {
      const at = pair(data.valueOf(id, names.row_key), data.valueOf(id, names.column_key));
      // Where a file brought a pair twice, the one with a choice in it is shown.
      if (!this.places.has(at) || isEmpty(data.valueOf(this.places.get(at), names.value))) this.places.set(at, id);
    }
    const mark = JSON.stringify([this.rows.known, this.columns.known]);
    if (mark !== this.mark) this.#build(mark);
    this.#drawCells();
    this.#checks();
    this.#tellNotes();
    this.list.draw();
    this.showTools();
  }

  #drawCells() {
    for (const cell of this.cells.values()) cell.draw();
  }

  /** The cell with the focus, or that had it last, is the one that Tab comes to. */
  setActive(cell) {
    this.active = cell;
    this.#markEntrance();
    this.showTools();
  }

  #markEntrance() {
    const entrance = this.active ?? this.cellAt(0, 0);
    for (const cell of this.cells.values()) cell.editor.input.tabIndex = cell === entrance ? 0 : -1;
  }

  cellAt(row, column) {
    const [down, across] = [this.rows.known[row], this.columns.known[column]];
    return down && across ? this.cells.get(pair(down.key, across.key)) : undefined;
  }

  indexOf({ row, column }) {
    const at = ({ known }, { key }) => known.findIndex((one) => one.key === key);
    return { row: at(this.rows, row), column: at(this.columns, column) };
  }

  /** The cell an element of the page is in, or undefined. */
  cellAround(element) {
    const td = this.body.contains(element) ? element.closest("td") : null;
    return td ? [...this.cells.values()].find((cell) => cell.element === td) : undefined;
  }

  /** Move to a cell; out-of-range places stop at the edge. */
  go(row, column) {
    const within = (at, { known }) => Math.min(Math.max(at, 0), known.length - 1);
    this.cellAt(within(row, this.rows), within(column, this.columns))?.focus();
  }

  placeOf(rowId) {
    return this.#cellOf(rowId)?.place ?? null;
  }

  showTools() {
    this.tools.hidden = !this.cells.size;
    this.buttons.undo.disabled = this.steps.done.length === 0;
    this.buttons.redo.disabled = this.steps.undone.length === 0;
    this.buttons.history.disabled = !this.active;
  }

  /** The row that holds a pair's choice, or will hold it. */
  idFor(row, column) {
    const at = pair(row.key, column.key);
    if (this.places.has(at)) return this.places.get(at);
    const id = pairId(row.key, column.key);
    const there = this.data.byId.get(id);
    // A row of that name whose pair was changed by hand is somebody's entry and is not written over.
    return there && !there.deleted ? randomId() : id;
  }

  /** Choosing between two people's choices is a step, too: taking it back brings the other's, not what was there before both. */
  #settle(row, field, choice, value) {
    const before = this.data.valueOf(row, field);
    const { place } = this.#cellOf(row) ?? {};
    this.data.settle(row, field, choice, value);
    if (choice === "mine") this.steps.remember(`use mine in ${place}`, [{ row, field, before, after: value }]);
    this.showTools();
  }

  /** A row that was taken out keeps its last choice on the server. Choosing there again is no conflict with it: the new choice stands. */
  #reviveRows() {
    const { data, names } = this;
    const revived = new Set();
    outbox.addEventListener("receipt", ({ detail: { entry, result } }) => {
      if (entry.table === data.id && entry.field === "_deleted" && entry.value === false && result.status === "conflict") revived.add(entry.row);
    });
    data.addEventListener("conflict", ({ detail: { row, field } }) => {
      if (field !== names.value || !revived.delete(row)) return;
      this.steps.disregard(row, field);
      data.settle(row, field, "mine", data.cell(row, field).conflict.mine);
    });
  }

  /** Make the table anew; the focus stays with its pair. */
  #build(mark) {
    const focused = [...this.cells].find(([, cell]) => cell.element.contains(document.activeElement))?.[0];
    const active = this.active && pair(this.active.row.key, this.active.column.key);
    this.mark = mark;
    this.active = null;
    this.cells = new Map();
    this.checks = new Map();
    if (!this.rows.known.length || !this.columns.known.length) {
      this.body.replaceChildren(h("p", { class: "eq-empty" }, this.names.empty || this.#whatFirst()));
      return;
    }
    const head = h("tr", { role: "row" }, h("th", { role: "columnheader", scope: "col" }, this.#label(this.rowTable, this.names.row_label)),
      this.columns.known.map(({ label }) => h("th", { role: "columnheader", scope: "col" }, label)));
    const rows = this.rows.known.map((row) => this.#row(row));
    this.body.replaceChildren(
      h("p", { class: "eq-hint" }, this.#meanings()),
      h("div", { class: "eq-scroll" },
        h("table", { class: "eq-table eq-matrix-table", role: "grid", "aria-label": this.names.label },
          h("thead", { role: "rowgroup" }, head), h("tbody", { role: "rowgroup" }, rows))));
    this.active = this.cells.get(active) ?? null;
    this.#markEntrance();
    // A line may have been taken out under the hands of who was in it.
    if (focused) (this.active ?? this.cellAt(0, 0)).editor.focus();
  }

  #row({ key, label }) {
    const check = h("span", { id: newId("check"), class: "eq-matrix-check" });
    this.checks.set(key, check);
    const row = { key, label, check };
    const cells = this.columns.known.map((column) => {
      const cell = new Cell(this, row, column);
      this.cells.set(pair(key, column.key), cell);
      return cell.element;
    });
    return h("tr", { role: "row" }, h("th", { role: "rowheader", scope: "row" }, h("span", { class: "eq-matrix-name" }, label), check), cells);
  }

  /** What to look at in each row, in the server's words, beside the row it is about. */
  #checks() {
    const { data, names } = this;
    const said = new Map();
    for (const message of data.allMessages.filter((one) => one.row && !data.isMissing(one))) {
      const key = String(data.valueOf(message.row, names.row_key) ?? "");
      said.set(key, [...(said.get(key) ?? []), plain(message.text, key, this.choice)]);
    }
    const begun = new Set(data.rows.filter(({ id }) => !isEmpty(data.valueOf(id, names.value))).map(({ id }) => String(data.valueOf(id, names.row_key))));
    for (const [key, check] of this.checks) {
      const words = (said.get(key) ?? []).join(" ") || (begun.has(key) ? "" : "Nothing chosen yet.");
      if (check.textContent !== words) check.textContent = words;
      check.closest("th").classList.toggle("eq-check", said.has(key));
    }
  }

  /** What is kept and cannot be shown in the grid. */
  #tellNotes() {
    const { data, names } = this;
    const astray = data.rows.filter(({ id }) => !isEmpty(data.valueOf(id, names.value)) && !this.#cellOf(id)).map(({ id }) => id);
    const nameless = [[this.rows, this.rowTable], [this.columns, this.columnTable]].filter(([found]) => found.nameless);
    const mark = JSON.stringify([astray, nameless.map(([found]) => found.nameless), this.cells.size > 0]);
    if (mark === this.noted) return;
    this.noted = mark;
    this.notes.replaceChildren(
      ...nameless.map(([found, table]) => h("p", { class: "eq-hint" }, `${count(found.nameless, "row")} of “${table.spec.title}” ${found.nameless === 1 ? "has" : "have"} no code yet, and ${found.nameless === 1 ? "is" : "are"} not shown here.`)),
      ...(astray.length && this.cells.size ? [h("p", { class: "eq-hint" }, `${count(astray.length, "choice")} here ${astray.length === 1 ? "belongs" : "belong"} to rows or columns that are no longer listed. `,
        h("button", { type: "button", class: "eq-link", onclick: () => { this.steps.take(astray.length === 1 ? "take a choice out" : "take choices out", data.removal(astray)); this.showTools(); } }, astray.length === 1 ? "Take it out" : "Take them out"))] : []));
  }

  #cellOf(rowId) {
    const at = pair(this.data.valueOf(rowId, this.names.row_key), this.data.valueOf(rowId, this.names.column_key));
    return this.places.get(at) === rowId ? this.cells.get(at) : undefined;
  }

  #visit(changes) {
    for (const { row, field, author } of changes) if (field === this.names.value) this.#cellOf(row)?.visited(author);
  }

  #label(table, name) {
    return table.columns.find((column) => column.name === name)?.label ?? table.spec.title;
  }

  #meanings() {
    const letters = this.short ? "typing a letter chooses it, two quickly typed give both, the same once more the next that begins with it" : "typing chooses what begins with it";
    const how = `Every choice is saved by itself. By keyboard, arrow keys move; ${letters}; Enter opens the list, Delete empties the cell.`;
    return this.short ? `${this.choice.choices.map(([, words]) => words).join(" · ")}. ${how}` : how;
  }

  #whatFirst() {
    const missing = [[this.columns, this.columnTable], [this.rows, this.rowTable]].filter(([found]) => !found.known.length).map(([, table]) => `“${table.spec.title}”`);
    return `Add the first row to ${missing.join(" and to ")} above. The grid then appears here.`;
  }
}

Object.assign(Matrix.prototype, acts);

/** A message beside its row need not say which row: "Task T2: nobody is accountable yet." to "Nobody is accountable yet." */
function plain(text, key, column) {
  const at = text.indexOf(`${key}: `);
  const said = at >= 0 && at < 40 ? text.slice(at + key.length + 2) : bare(text, column);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

const NAMES = ["row_key", "row_label", "column_key", "column_label", "value", "label", "empty"];

/** The widget's view: load the three tables, then show the grid. */
export async function render({ model, el }) {
  await styled();
  el.classList.add("eq-widget");
  el.replaceChildren(h("p", { class: "eq-hint", role: "status" }, "Fetching your answers…"));
  try {
    const [data, rows, columns] = await Promise.all(["table", "rows", "columns"].map((name) => openTable(model.get(name))));
    const names = Object.fromEntries(NAMES.map((name) => [name, model.get(name) ?? ""]));
    el.replaceChildren(new Matrix({ data, rows, columns }, { ...names, label: names.label || data.spec.title }).element);
    listen();
  } catch (error) {
    el.replaceChildren(h("p", { class: "eq-msg", role: "alert" }, `This table could not be fetched: ${error.message} `, h("button", { type: "button", onclick: () => render({ model, el }) }, "Try again")));
  }
}
