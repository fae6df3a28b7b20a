/** The entry grid: a real table that behaves like a spreadsheet, saves every cell by itself, and can be used by keyboard and by ear. */
import { count, h } from "./dom.js";
import { exampleOf } from "./examples.js";
import { editCell } from "./celledit.js";
import { Chosen } from "./chosen.js";
import { buildGrid } from "./gridparts.js";
import { acts } from "./gridacts.js";
import { blocks } from "./gridblocks.js";
import { told } from "./gridtold.js";
import { listenToKeys } from "./gridkeys.js";
import { listenToMouse } from "./gridmouse.js";
import { listen } from "./live.js";
import { outbox } from "./outbox.js";
import { CARDS_PER_PAGE, Rows } from "./rows.js";
import { presence, whoIsIn } from "./presence.js";
import { openTable } from "./tables.js";
import { ToCheck } from "./tocheck.js";
import { facts } from "./server.js";
import { Steps } from "./undo.js";
import { styled } from "./style.js";
import { View } from "./view.js";

const VISIBLE_FOR = 8000;
const FIND_FROM = 15;

export class Grid {
  constructor(data, { label = data.spec.title, empty = "", layout = "table", example = "", fields = [] } = {}) {
    this.data = data;
    this.layout = layout;
    this.view = new View(data);
    // Some steps are about some columns of a wide table; what is typed, checked and copied stays the whole row.
    this.columns = fields.length ? fields.map((name) => data.columns.find((one) => one.name === name)).filter(Boolean) : data.columns;
    this.label = label;
    this.steps = new Steps(data);
    this.activeRow = null;
    this.activeColumn = 0;
    this.chosen = new Chosen(this);
    this.reporting = null;
    this.editing = null;
    this.visitors = new Map();
    Object.assign(this, buildGrid(this, empty));
    this.body = new Rows(this);
    this.list = new ToCheck(data, {
      place: (row, field) => this.place(row, field),
      go: (row, field) => this.#lead(row, field),
      settle: (row, field, choice, value) => { data.settle(row, field, choice, value); this.#lead(row, field); },
      correct: (rows, field, value) => { this.correct(rows, field, value); this.#lead(rows[0], field); },
    });
    this.element.append(this.list.element, ...[exampleOf(example, { cards: layout === "cards" })].filter(Boolean));
    listenToKeys(this);
    listenToMouse(this);
    this.scroll.addEventListener("scroll", () => requestAnimationFrame(() => { if (this.body.long) this.body.draw(); }));
    data.addEventListener("change", ({ detail }) => this.#changed(detail));
    data.addEventListener("others", ({ detail }) => this.#welcome(detail));
    outbox.addEventListener("left", ({ detail }) => { if (detail.entry.table === data.id) this.leftOut(detail); });
    data.addEventListener("emptied", ({ detail }) => this.emptied(detail));
    presence.addEventListener("moved", ({ detail }) => this.body.draw([...detail.places].filter((place) => place.startsWith(`${data.id}/`)).map((place) => place.split("/")[1])));
    this.refresh();
  }

  get activeIndex() {
    return this.rows.findIndex((row) => row.id === this.activeRow);
  }

  isActive(index, column) {
    const active = this.activeIndex;
    return active < 0 ? index === 0 && column === 0 : index === active && column === this.activeColumn;
  }

  isSelected(index, column) {
    return this.chosen.has(this.rows[index]?.id, column);
  }

  /** The chosen block, or the active cell alone: {rows, columns, left}. */
  block() {
    return this.chosen.block();
  }

  setActive(index, column) {
    const row = this.rows[index]?.id ?? null;
    // Whoever comes to another cell by Tab or by a card's name works on that one.
    if (row !== this.activeRow || column !== this.activeColumn) this.chosen.clear();
    this.activeRow = row;
    this.activeColumn = column;
    if (this.activeRow) this.body.opened.add(this.activeRow);
    this.body.draw();
    this.#tools();
  }

  /** Move to a cell; out-of-range places stop at the edge. */
  go(index, column, { extend = false } = {}) {
    if (!this.rows.length) return;
    const row = Math.min(Math.max(index, 0), this.rows.length - 1);
    const at = Math.min(Math.max(column, 0), this.columns.length - 1);
    if (extend) this.chosen.reach(row, at);
    else this.chosen.clear();
    this.activeRow = this.rows[row].id;
    this.activeColumn = at;
    const td = this.body.show(row, this.activeColumn);
    td?.focus({ preventScroll: this.body.long });
    if (!this.body.long) td?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  selectAll() {
    this.chosen.all();
    this.body.draw();
  }

  edit(options) {
    editCell(this, options);
  }

  cancelEdit() {
    this.editing?.cancel();
  }

  /** Change cells as one step that can be taken back. Returns how many locked cells were left as they are. */
  take(label, edits, options) {
    const locked = this.steps.take(label, edits, options);
    this.#tools();
    return locked;
  }

  /** A cell was saved while being typed: remember it as one step. */
  remember(label, edits) {
    this.steps.remember(label, edits);
    this.#tools();
  }

  /** Who else has the focus in a cell; "" where nobody has. */
  othersIn(row, field) {
    return whoIsIn(this.data.id, row, field);
  }

  /** Who else changed a cell a moment ago. */
  visitor(row, field) {
    return this.visitors.get(`${row}/${field}`) ?? "";
  }

  /** Draw everything again: rows came, went or moved, or other rows are to be shown. */
  refresh() {
    this.rows = this.view.rows();
    this.table.setAttribute("aria-rowcount", this.rows.length + 1);
    const none = this.data.rows.length === 0;
    this.element.classList.toggle("eq-none", none);
    this.empty.hidden = !none;
    this.scroll.hidden = none;
    const some = this.data.rows.length;
    this.find.hidden = some < FIND_FROM && this.view.plain;
    this.found.all.hidden = this.view.plain;
    this.found.order.value = this.view.by ? `${this.view.by.name} ${this.view.down ? "down" : "up"}` : "";
    this.columns.forEach((column, at) => this.table.tHead.rows[0].cells[at + 1].setAttribute("aria-sort", this.view.sortOf(column)));
    this.body.draw();
    this.list.draw();
    this.#tools();
  }

  /** After the rows are on the page: the pager of the cards. */
  drawn() {
    this.found.orderLabel.hidden = !this.body.cards;
    this.buttons.fold.hidden = !this.body.folds;
    this.buttons.fold.textContent = this.body.someFolded ? "Open every row" : "Close every row";
    const pages = Math.ceil(this.rows.length / CARDS_PER_PAGE);
    this.pager.hidden = !this.body.cards || pages < 2;
    if (this.pager.hidden) return;
    const turn = (step, words) => h("button", { type: "button", disabled: this.body.page + step < 0 || this.body.page + step >= pages, onclick: () => { this.body.page += step; this.body.draw(); this.scroll.scrollIntoView(); } }, words);
    const first = this.body.page * CARDS_PER_PAGE;
    this.pager.replaceChildren(turn(-1, "Earlier rows"), `Rows ${first + 1} to ${Math.min(first + CARDS_PER_PAGE, this.rows.length)} of ${this.rows.length.toLocaleString("en-US")}`, turn(1, "Later rows"));
  }

  #changed(detail) {
    this.rescue();
    if (detail.all) this.refresh();
    else if (detail.rows) this.body.draw(new Set(detail.rows));
    if (!detail.messages) {
      this.list.draw();
      return;
    }
    this.body.draw();
    this.list.draw();
    if (!outbox.pending(this.data.id).length) this.arrived();
  }

  #welcome(changes) {
    for (const change of changes.filter((one) => one.author !== facts.username)) this.visitors.set(`${change.row}/${change.field}`, change.author);
    this.body.draw();
    setTimeout(() => {
      for (const change of changes) this.visitors.delete(`${change.row}/${change.field}`);
      this.body.draw();
    }, VISIBLE_FOR);
  }

  place(row, field) {
    if (!row) return "";
    const index = this.data.rows.findIndex((one) => one.id === row);
    const column = this.columns.find((one) => one.name === field);
    return index < 0 ? null : column ? `Row ${index + 1}, ${column.label}` : `Row ${index + 1}`;
  }

  #lead(row, field) {
    if (this.view.narrowed) this.showAll();
    this.go(this.rows.findIndex((one) => one.id === row), Math.max(0, this.columns.findIndex((one) => one.name === field)));
  }

  #tools() {
    const chosen = this.activeIndex >= 0;
    this.buttons.starters.hidden = !this.data.spec.starters || this.data.rows.length > 0;
    this.buttons.undo.disabled = this.steps.done.length === 0;
    this.buttons.redo.disabled = this.steps.undone.length === 0;
    for (const name of ["duplicate", "remove", "up", "down", "history"]) this.buttons[name].disabled = !chosen;
    const none = this.data.rows.length === 0;
    for (const name of ["undo", "redo", "history"]) {
      const button = this.buttons[name];
      const focused = button === document.activeElement;
      button.hidden = none && button.disabled;
      if (focused && button.hidden) this.buttons.add.focus();
    }
  }
}

Object.assign(Grid.prototype, acts, blocks, told);

/** The widget's view: load the table, then show the grid. */
export async function render({ model, el }) {
  await styled();
  el.classList.add("eq-widget");
  el.replaceChildren(h("p", { class: "eq-hint", role: "status" }, "Fetching your answers…"));
  try {
    const data = await openTable(model.get("table"));
    el.replaceChildren(new Grid(data, {
      label: model.get("label") || data.spec.title, empty: model.get("empty"), layout: model.get("layout_as"), example: model.get("example"), fields: model.get("fields") ?? [],
    }).element);
    listen();
  } catch (error) {
    el.replaceChildren(h("p", { class: "eq-msg", role: "alert" }, `This table could not be fetched: ${error.message} `, h("button", { type: "button", onclick: () => render({ model, el }) }, "Try again")));
  }
}
