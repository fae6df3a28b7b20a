/** One cell of a grid of choices: its drop-down, what a screen reader says on it, letters typed, and who else has just chosen here. */
import { shown } from "./cells.js";
import { h } from "./dom.js";
import { editorFor } from "./editors.js";
import { outbox } from "./outbox.js";
import { pair } from "./pairs.js";
import { nameOf } from "./server.js";
import { Typing } from "./typing.js";

const VISIT = 8000;
const IN_A_ROW = 700;
const OPENS = new Set([" ", "F4"]);

export class Cell {
  constructor(matrix, row, column) {
    Object.assign(this, { matrix, row, column, typing: null, choosing: false });
    this.editor = editorFor(matrix.choice, this.held.value, {
      label: this.name, describedby: row.check.id, oninput: () => this.put(), onchange: () => this.put(),
    });
    this.letter = matrix.short ? h("span", { class: "eq-letter", "aria-hidden": "true" }) : null;
    this.editor.element.classList.toggle("eq-short", matrix.short);
    this.element = h("td", { role: "cell", "data-label": column.label, "data-pair": `${row.key}/${column.key}` }, this.editor.element, this.letter);
    this.element.addEventListener("focusin", () => this.enter());
    this.element.addEventListener("focusout", () => this.leave());
    this.element.addEventListener("mousedown", () => { this.choosing = true; });
    this.element.addEventListener("keydown", (event) => this.press(event));
    this.draw();
  }

  get rowId() {
    return this.matrix.places.get(pair(this.row.key, this.column.key)) ?? "";
  }

  get held() {
    return this.matrix.data.cell(this.rowId, this.matrix.choice.name);
  }

  get place() {
    return `${this.row.label}, ${this.column.label}`;
  }

  /** What a screen reader says: "The charter, Village manager: A accountable". */
  get name() {
    const cell = this.held;
    const parts = [`${this.place}: ${shown(this.matrix.choice, cell.value) || "nothing chosen"}`];
    if (cell.conflict) parts.push(`${nameOf(cell.conflict.author)} chose something else at the same time`);
    if (cell.refused) parts.push(`not saved: ${cell.refused}`);
    return parts.join(", ");
  }

  enter() {
    this.typing ??= new Typing(this.matrix.data, this.matrix.idFor(this.row, this.column), this.matrix.choice.name);
  }

  press(event) {
    const { key, altKey, ctrlKey, metaKey } = event;
    this.choosing = key !== "Escape" && (this.choosing || OPENS.has(key) || (altKey && key.startsWith("Arrow")));
    if (!this.matrix.short || key.length !== 1 || altKey || ctrlKey || metaKey) return;
    const code = this.#codeTyped(key.toUpperCase());
    if (!code) return;
    event.preventDefault();
    this.editor.write(code);
    this.put();
    this.draw();
  }

  /**
   * A letter means the code of that letter; pressed again, the next code that begins with it; two in a row the code of both. A browser
   * would go by the words of the list.
   */
  #codeTyped(letter) {
    const codes = this.matrix.choice.choices.map(([code]) => code);
    const before = Date.now() - (this.typedAt ?? 0) < IN_A_ROW ? this.typed : "";
    Object.assign(this, { typed: letter, typedAt: Date.now() });
    if (codes.includes(before + letter) && before) return before + letter;
    const found = codes.filter((code) => code.startsWith(letter)).sort((one, other) => one.length - other.length);
    return found[(found.indexOf(this.editor.read()) + 1) % found.length];
  }

  put() {
    this.enter();
    this.choosing = false;
    this.matrix.put(this.row, this.column, this.typing, this.editor.read());
  }

  leave() {
    this.choosing = false;
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
    if (!this.choosing) {
      if (JSON.stringify(this.editor.read()) !== JSON.stringify(value)) this.editor.write(value);
      if (this.typing && !cell.pending) this.typing.seen = cell.version;
    }
    const { input } = this.editor;
    if (input.getAttribute("aria-label") !== this.name) input.setAttribute("aria-label", this.name);
    if (this.letter) {
      this.letter.textContent = value ?? "";
      this.letter.dataset.code = value ?? "";
    }
    this.element.classList.toggle("eq-pending", Boolean(cell.pending));
    this.element.classList.toggle("eq-conflict", Boolean(cell.conflict));
    this.element.classList.toggle("eq-check", Boolean(cell.refused));
  }

  /** Bear the name of the person who has just chosen here. */
  visited(author) {
    this.element.classList.add("eq-visited");
    this.element.dataset.visitor = nameOf(author);
    clearTimeout(this.visit);
    this.visit = setTimeout(() => this.element.classList.remove("eq-visited"), VISIT);
  }
}
