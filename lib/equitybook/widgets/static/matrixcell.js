/** One cell of a grid of choices: its drop-down, what a screen reader says on it, letters typed, and who else is or has just been in it. */
import { shown } from "./cells.js";
import { h } from "./dom.js";
import { editorFor } from "./editors.js";
import { outbox } from "./outbox.js";
import { pair } from "./pairs.js";
import { whoIsIn } from "./presence.js";
import { nameOf } from "./server.js";
import { Typing } from "./typing.js";

const VISIT = 8000;
const IN_A_ROW = 700;
const KEY_HELD = 500;
const OPENS = new Set([" ", "F4"]);
const KNOWS_OPEN = CSS.supports("selector(:open)");

export class Cell {
  constructor(matrix, row, column) {
    Object.assign(this, { matrix, row, column, typing: null, opened: false, picking: 0, recent: "" });
    this.editor = editorFor(matrix.choice, this.held.value, { label: this.name, describedby: row.check.id, onchange: () => this.pick() });
    this.letter = matrix.short ? h("span", { class: "eq-letter", "aria-hidden": "true" }) : null;
    this.editor.element.classList.toggle("eq-short", matrix.short);
    this.element = h("td", { role: "gridcell", "data-label": column.label, "data-pair": `${row.key}/${column.key}`, "data-field": matrix.choice.name }, this.editor.element, this.letter);
    this.element.addEventListener("focusin", () => this.enter());
    this.element.addEventListener("focusout", () => this.leave());
    this.element.addEventListener("mousedown", () => { this.opened = true; });
    this.element.addEventListener("keyup", ({ key }) => this.release(key));
    this.draw();
  }

  get rowId() {
    return this.matrix.places.get(pair(this.row.key, this.column.key)) ?? "";
  }

  /** The row a choice made here goes to; while somebody is in the cell, the one it had when she came. */
  get target() {
    return this.typing?.row ?? this.matrix.idFor(this.row, this.column);
  }

  get held() {
    return this.matrix.data.cell(this.rowId, this.matrix.choice.name);
  }

  get place() {
    return `${this.row.label}, ${this.column.label}`;
  }

  /** What a spreadsheet is given: the letter, or the words where the choices are words. */
  get copied() {
    const { value } = this.held;
    return this.matrix.short ? value ?? "" : shown(this.matrix.choice, value);
  }

  /** Is the list open? It then has the keys, and what others choose is not drawn into it. */
  get open() {
    return this.opened && (!KNOWS_OPEN || this.editor.input.matches(":open"));
  }

  /** Who else has the focus here; "" where nobody has. */
  get here() {
    return whoIsIn(this.matrix.data.id, this.target, this.matrix.choice.name);
  }

  /** What a screen reader says: "The charter, Village manager: A accountable". */
  get name() {
    const cell = this.held;
    const { here } = this;
    const parts = [`${this.place}: ${shown(this.matrix.choice, cell.value) || "nothing chosen"}`];
    if (cell.conflict) parts.push(`${nameOf(cell.conflict.author)} chose something else at the same time`);
    if (cell.refused) parts.push(`not saved: ${cell.refused}`);
    if (here) parts.push(`${nameOf(here)} is in this cell`);
    return parts.join(", ");
  }

  focus() {
    this.editor.focus();
    this.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  enter() {
    this.typing ??= new Typing(this.matrix.data, this.matrix.idFor(this.row, this.column), this.matrix.choice.name);
    this.matrix.setActive(this);
  }

  /** A key pressed while the list is open, where a browser tells of it. */
  pressInList({ key }) {
    if (["Escape", "Enter", "Tab"].includes(key)) this.opened = false;
  }

  /** A key that is no move; returns whether it was of use here. */
  press(event) {
    const { key, altKey } = event;
    if (key === "Escape") this.release(key);
    if (OPENS.has(key) || (altKey && key.startsWith("Arrow"))) return this.#opens();
    if (altKey) return false;
    if (key === "Enter" || key === "F2") return this.#show();
    if (key === "Delete" || key === "Backspace") return this.#done(this.matrix.clear(this));
    return this.matrix.short && key.length === 1 && this.#letter(key.toUpperCase());
  }

  #done() {
    return true;
  }

  /** The browser opens the list itself. */
  #opens() {
    this.#meet();
    this.opened = true;
    return false;
  }

  #show() {
    this.#opens();
    try {
      this.editor.input.showPicker();
    } catch {
      this.opened = false; // not every browser has this; the list opens with the space bar all the same
    }
    return true;
  }

  #letter(letter) {
    const goesOn = Date.now() - (this.typedAt ?? 0) < IN_A_ROW;
    const code = this.#codeTyped(letter, goesOn ? this.typed : "");
    if (!code) return false;
    this.#meet();
    this.put(code, { goesOn });
    return true;
  }

  /**
   * A letter means the code of that letter; pressed again, the next code that begins with it; two in a row the code of both. A browser
   * would go by the words of the list.
   */
  #codeTyped(letter, before) {
    const codes = this.matrix.choice.choices.map(([code]) => code);
    Object.assign(this, { typed: letter, typedAt: Date.now() });
    if (codes.includes(before + letter) && before) return before + letter;
    const found = codes.filter((code) => code.startsWith(letter)).sort((one, other) => one.length - other.length);
    return found[(found.indexOf(this.held.value) + 1) % found.length];
  }

  #meet() {
    if (this.here) this.matrix.say(`${nameOf(this.here)} is in this cell, too.`);
  }

  /**
   * Something was picked from the list. Chromium says the same when Escape closes the list after an arrow key, and only the key let go
   * tells which it was: until then nothing is written.
   */
  pick() {
    if (!this.opened) this.put(this.editor.read());
    else this.picking = setTimeout(() => this.release(), KEY_HELD);
  }

  /** The key that closed the list is let go: keep what was picked, or, after Escape, what was there. */
  release(key = "") {
    if (!this.picking) return;
    clearTimeout(this.picking);
    Object.assign(this, { picking: 0, opened: false });
    if (key === "Escape") this.draw();
    else this.put(this.editor.read());
  }

  put(value, { goesOn = false } = {}) {
    this.enter();
    this.opened = false;
    const { locked } = this.matrix.write(`change ${this.place}`, [{ cell: this, value }], { wait: true, goesOn });
    if (locked) this.matrix.say(`${this.place} is locked. ${this.matrix.data.lockOf(this.target, this.matrix.choice.name)}`);
    this.draw();
  }

  leave() {
    this.release();
    this.opened = false;
    const { data, choice } = this.matrix;
    if (outbox.pendingFor(data.id, this.typing?.row, choice.name)) outbox.flush();
    this.typing?.end();
    this.typing = null;
    this.draw();
  }

  /** Show what the table holds. An open list is left alone: what is picked from it is then held against what somebody else wrote. */
  draw() {
    const cell = this.held;
    const value = cell.value ?? null;
    if (!this.open && !this.picking) {
      if (JSON.stringify(this.editor.read()) !== JSON.stringify(value)) this.editor.write(value);
      if (this.typing && !cell.pending) this.typing.seen = cell.version;
    }
    const { input } = this.editor;
    if (input.getAttribute("aria-label") !== this.name) input.setAttribute("aria-label", this.name);
    if (this.letter) {
      this.letter.textContent = value ?? "";
      this.letter.dataset.code = value ?? "";
    }
    this.element.dataset.row = this.target;
    this.element.classList.toggle("eq-pending", Boolean(cell.pending));
    this.element.classList.toggle("eq-conflict", Boolean(cell.conflict));
    this.element.classList.toggle("eq-check", Boolean(cell.refused));
    const visitor = this.here || this.recent;
    this.element.classList.toggle("eq-visited", Boolean(visitor));
    this.element.dataset.visitor = nameOf(visitor);
  }

  /** Bear the name of the person who has just chosen here. */
  visited(author) {
    this.recent = author;
    clearTimeout(this.visit);
    this.visit = setTimeout(() => { this.recent = ""; this.draw(); }, VISIT);
    this.draw();
  }
}
