/**
 * The rows of a grid that are on the page: all of a short table, a window of a long one, a page of cards on a phone or where
 * the grid is laid out as cards. Of more than a few cards only those are open that somebody has opened or worked on, so that a table
 * is looked over at a glance and a phone is not scrolled for minutes.
 * Cells are changed in place, so the focus and an open editor stay where they are.
 */
import { h } from "./dom.js";
import { nameOf } from "./server.js";
import { bare, cellName, isEmpty, NUMERIC, shown } from "./cells.js";

const ALL_UP_TO = 100;
const ROW_HEIGHT = 44;
const MARGIN = 12;
const OPEN_UP_TO = 3;
const LONGEST_NAME = 90;
export const CARDS_PER_PAGE = 20;

export class Rows {
  constructor(grid) {
    this.grid = grid;
    this.made = new Map();
    this.page = 0;
    this.opened = new Set();
    this.phone = window.matchMedia("(max-width: 600px)");
    this.phone.addEventListener("change", () => this.draw());
  }

  get cards() {
    return this.phone.matches || this.grid.layout === "cards";
  }

  get long() {
    return !this.cards && this.grid.rows.length > ALL_UP_TO;
  }

  /** Whether there are so many cards that they close. */
  get folds() {
    return this.cards && this.grid.rows.length > OPEN_UP_TO;
  }

  get someFolded() {
    return this.folds && this.grid.rows.some((row) => !this.opened.has(row.id));
  }

  foldAll() {
    if (this.someFolded) for (const row of this.grid.rows) this.opened.add(row.id);
    else this.opened.clear();
    this.draw();
  }

  #folded(id) {
    return this.folds && !this.opened.has(id);
  }

  #turn(id) {
    if (!this.opened.delete(id)) this.opened.add(id);
    this.draw();
  }

  /** Bring the page up to date. `only` limits the work to some row ids when no row came or went. */
  draw(only = null) {
    if (only) {
      for (const id of only) if (this.made.has(id)) this.#fill(this.made.get(id), id);
      return;
    }
    const { table, scroll } = this.grid;
    table.classList.toggle("eq-cards", this.cards);
    scroll.classList.toggle("eq-long", this.long);
    scroll.classList.toggle("eq-open", this.cards);
    this.#place(this.#wanted());
    this.grid.drawn?.();
  }

  /** Make sure a row is on the page and return its cell. */
  show(index, column) {
    this.opened.add(this.grid.rows[index].id);
    if (this.cards && Math.floor(index / CARDS_PER_PAGE) !== this.page) {
      this.page = Math.floor(index / CARDS_PER_PAGE);
    } else if (this.long) {
      const { scroll } = this.grid;
      const head = this.grid.table.tHead.offsetHeight;
      const top = index * ROW_HEIGHT;
      if (top < scroll.scrollTop) scroll.scrollTop = top;
      else if (top + ROW_HEIGHT > scroll.scrollTop + scroll.clientHeight - head) scroll.scrollTop = top + ROW_HEIGHT - scroll.clientHeight + head;
    }
    this.draw();
    return this.cellAt(index, column);
  }

  cellAt(index, column) {
    return this.made.get(this.grid.rows[index]?.id)?.cells[column + 1];
  }

  /** How many rows fit on a screen: what Page Down moves by. */
  get screenful() {
    return Math.max(1, Math.floor(this.grid.scroll.clientHeight / ROW_HEIGHT) - 2);
  }

  #wanted() {
    const total = this.grid.rows.length;
    if (this.cards) {
      this.page = Math.min(this.page, Math.max(0, Math.ceil(total / CARDS_PER_PAGE) - 1));
      return range(this.page * CARDS_PER_PAGE, Math.min(total, (this.page + 1) * CARDS_PER_PAGE));
    }
    if (!this.long) return range(0, total);
    const { scroll } = this.grid;
    const first = Math.max(0, Math.floor(scroll.scrollTop / ROW_HEIGHT) - MARGIN);
    const last = Math.min(total, Math.ceil((scroll.scrollTop + (scroll.clientHeight || 600)) / ROW_HEIGHT) + MARGIN);
    const indexes = range(first, last);
    // The row with the focus stays, however far it is scrolled away: otherwise the keyboard would lose its place.
    const active = this.grid.activeIndex;
    if (active >= 0 && (active < first || active >= last)) indexes.push(active);
    return indexes.sort((one, other) => one - other);
  }

  #place(indexes) {
    const body = this.grid.table.tBodies[0];
    const wanted = [];
    let next = 0;
    for (const index of indexes) {
      if (this.long && index > next) wanted.push(this.#gap(index - next));
      wanted.push(this.#row(index));
      next = index + 1;
    }
    if (this.long && next < this.grid.rows.length) wanted.push(this.#gap(this.grid.rows.length - next));
    const keep = new Set(wanted);
    for (const node of [...body.children]) if (!keep.has(node)) node.remove();
    let cursor = body.firstChild;
    for (const node of wanted) {
      if (node === cursor) cursor = cursor.nextSibling;
      else body.insertBefore(node, cursor);
    }
    // Not "is it on the page": a grid is drawn once before it is.
    for (const [id, row] of this.made) if (!keep.has(row)) this.made.delete(id);
  }

  #gap(rows) {
    return h("tr", { role: "presentation", "aria-hidden": "true", class: "eq-gap", style: `height:${rows * ROW_HEIGHT}px` });
  }

  #row(index) {
    const { id } = this.grid.rows[index];
    if (!this.made.has(id)) this.made.set(id, this.#make(id));
    const row = this.made.get(id);
    row.dataset.index = index;
    row.setAttribute("aria-rowindex", index + 2);
    this.#fill(row, id);
    return row;
  }

  #make(id) {
    const { columns } = this.grid;
    const row = h("tr", { role: "row", "data-row": id }, h("th", { role: "rowheader", scope: "row", class: "eq-number", "aria-colindex": 1 }),
      columns.map((column, at) => h("td", {
        role: "gridcell", tabindex: -1, "aria-colindex": at + 2, "data-label": column.label, "data-field": column.name, class: `eq-kind-${column.kind}${NUMERIC.has(column.kind) ? " n" : ""}`,
      })));
    return row;
  }

  #fill(row, id) {
    const { grid } = this;
    const index = Number(row.dataset.index);
    const number = grid.data.numberOf(id);
    row.classList.toggle("eq-folded", this.#folded(id));
    this.#head(row, number, id);
    grid.columns.forEach((column, at) => {
      const td = row.cells[at + 1];
      if (td === grid.editing?.td) return;
      const cell = grid.data.cell(id, column.name);
      const messages = grid.data.messagesFor(id, column.name);
      const here = grid.othersIn(id, column.name);
      const locked = grid.data.lockOf(id, column.name);
      const name = cellName(number, column, cell, messages, { here, locked });
      const visitor = here || grid.visitor(id, column.name);
      const mark = `${name}|${cell.pending ?? ""}|${visitor}`;
      this.#mark(td, index, at, id);
      if (td.eqMark === mark) return;
      td.eqMark = mark;
      td.replaceChildren(...breakable(shown(column, cell.value)));
      td.setAttribute("aria-label", name);
      const missing = messages.length > 0 && isEmpty(cell.value);
      td.title = [locked, ...(missing ? [] : messages.map((text) => bare(text, column)))].filter(Boolean).join(" ");
      td.classList.toggle("eq-locked", Boolean(locked) && column.typed !== false);
      if (locked) td.setAttribute("aria-readonly", "true");
      else td.removeAttribute("aria-readonly");
      td.classList.toggle("eq-check", messages.length > 0 && !missing);
      td.classList.toggle("eq-missing", missing);
      td.classList.toggle("eq-pending", Boolean(cell.pending));
      td.classList.toggle("eq-conflict", Boolean(cell.conflict));
      td.classList.toggle("eq-visited", Boolean(visitor));
      td.dataset.visitor = nameOf(visitor);
      if (messages.length && !missing) td.setAttribute("aria-invalid", "true");
      else td.removeAttribute("aria-invalid");
    });
  }

  #mark(td, index, at, id) {
    const active = this.grid.isActive(index, at);
    // Where cards close, the active cell may be in a closed one: every open card can be entered by Tab.
    const entrance = this.folds && at === 0 && id !== this.grid.activeRow && !this.#folded(id);
    td.tabIndex = active || entrance ? 0 : -1;
    const selected = this.grid.isSelected(index, at);
    td.classList.toggle("eq-selected", selected);
    if (selected) td.setAttribute("aria-selected", "true");
    else td.removeAttribute("aria-selected");
  }

  #head(row, number, id) {
    const { grid } = this;
    const head = row.cells[0];
    const messages = grid.data.messagesFor(id, "");
    const folded = this.#folded(id);
    const name = this.cards ? named(grid, id) : "";
    const open = folded ? grid.columns.filter((column) => grid.data.messagesFor(id, column.name).length > 0).length : 0;
    const mark = `${number}|${this.cards}|${this.folds}|${folded}|${name}|${open}|${messages.join(" ")}`;
    if (head.eqMark === mark) return;
    head.eqMark = mark;
    head.classList.toggle("eq-check", messages.length > 0);
    const focused = head.contains(document.activeElement) ? document.activeElement.dataset.act : "";
    head.replaceChildren(this.#name(number, name, id));
    if (messages.length) head.append(h("span", { class: "eq-unseen" }, `, check: ${messages.join(" ")}`));
    if (!this.cards) return;
    if (open) head.append(h("span", { class: "eq-open-count" }, `${open} to fill in or check`));
    const button = (words, onclick) => h("button", { type: "button", "data-act": words.toLowerCase(), onclick }, words, h("span", { class: "eq-unseen" }, ` row ${number}`));
    head.append(h("span", { class: "eq-card-tools" }, button("Up", () => grid.move(-1, id)), button("Down", () => grid.move(1, id)),
      button("Duplicate", () => grid.duplicate([id])), button("Delete", () => grid.remove([id]))));
    // By what it does, not by its place: somebody else's row may come or go between hearing "Duplicate" and pressing Enter.
    if (focused) (head.querySelector(folded ? ".eq-fold" : `[data-act=${focused}]`) ?? head.querySelector("button")).focus({ preventScroll: true });
  }

  /** What a row is called; where cards close, it is what opens and closes them. */
  #name(number, name, id) {
    const words = this.cards ? `Row ${number}${name}` : `${number}`;
    if (!this.folds) return h("span", {}, words);
    return h("button", { type: "button", class: "eq-fold", "data-act": "fold", "aria-expanded": String(!this.#folded(id)), onclick: () => this.#turn(id) }, words);
  }
}

/**
 * The columns that tell a table's rows apart: of those in words the first two, or as many as it takes of those that differ from row to
 * row, four at most. Kept with the rows it was worked out for.
 */
function telling(grid) {
  const { rows } = grid;
  if (grid.telling?.rows === rows && grid.telling.at === grid.data.seq) return grid.telling.columns;
  const words = grid.columns.filter((column) => !NUMERIC.has(column.kind));
  const valueOf = (row, column) => shown(column, grid.data.cell(row.id, column.name).value);
  const differ = words.filter((column) => new Set(rows.map((row) => valueOf(row, column))).size > 1);
  const apart = (columns) => new Set(rows.map((row) => columns.map((column) => valueOf(row, column)).join("|"))).size === rows.length;
  const columns = [2, 3, 4].map((most) => differ.slice(0, most)).find(apart) ?? differ.slice(0, 2);
  const found = columns.length < 2 ? words.slice(0, 2) : columns;
  grid.telling = { rows, at: grid.data.seq, columns: found };
  return found;
}

/** What a card says of its row beside the number: its code and name, or what tells it apart, " · M1 Days to a permit". */
function named(grid, id) {
  const [first] = grid.data.columns;
  const columns = first.numbered ? grid.data.columns.slice(0, 2) : telling(grid);
  const said = columns.map((column) => shown(column, grid.data.cell(id, column.name).value)).filter(Boolean).join(first.numbered ? " " : ", ");
  if (!said) return " · nothing entered yet";
  return ` · ${said.length > LONGEST_NAME ? `${said.slice(0, LONGEST_NAME - 1).trimEnd()}…` : said}`;
}

/** Words that may be broken after a slash rather than anywhere: Community Development/Planning. */
function breakable(text) {
  const [first, ...rest] = text.split("/");
  return [first, ...rest.flatMap((part) => ["/", h("wbr"), part])];
}

function range(first, last) {
  return Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
}
