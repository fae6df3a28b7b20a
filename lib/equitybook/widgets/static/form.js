/** The form of a single record: every field with its words, its example and its message, saved by itself while it is typed. */
import { h, newId } from "./dom.js";
import { exampleOf } from "./examples.js";
import { bare, heading, isEmpty, shown } from "./cells.js";
import { editorFor } from "./editors.js";
import { showHistory } from "./history.js";
import { listen } from "./live.js";
import { outbox } from "./outbox.js";
import { presence, whoIsIn } from "./presence.js";
import { nameOf } from "./server.js";
import { styled } from "./style.js";
import { openTable } from "./tables.js";
import { ToCheck } from "./tocheck.js";
import { Typing } from "./typing.js";

const ROW = "one";

class Field {
  constructor(data, column, redraw) {
    Object.assign(this, { data, column, redraw });
    this.typing = new Typing(data, ROW, column.name);
    this.dirty = false;
    this.said = "";
    const ids = { hint: newId("hint"), message: newId("message"), locked: newId("locked"), label: newId("label") };
    this.message = h("div", { id: ids.message, class: "eq-field-msg" });
    this.other = h("span", { class: "eq-field-other" });
    // What is locked can be reached and read, and cannot be typed into.
    this.still = h("div", { class: "eq-still", role: "textbox", tabindex: 0, "aria-readonly": "true", "aria-labelledby": ids.label, "aria-describedby": ids.locked });
    this.why = h("div", { id: ids.locked, class: "eq-why" });
    this.editor = editorFor(column, data.valueOf(ROW, column.name), {
      describedby: `${ids.hint} ${ids.message}`, oninput: () => this.type({ wait: true }), onchange: () => this.type({}),
    });
    this.editor.element.addEventListener("focusout", () => this.leave());
    data.addEventListener("emptied", ({ detail }) => { if (detail.field === column.name) this.said = `“${detail.text}” stands for no value, so this is empty.`; });
    this.element = h("div", { class: `eq-field eq-kind-${column.kind}`, "data-field": column.name },
      this.#label(ids.label), h("div", { class: "eq-hint", id: ids.hint }, this.#hint()), this.editor.element, this.message);
    this.draw();
  }

  type(options) {
    this.dirty = true;
    this.said = "";
    this.typing.put(this.editor.read(), options);
  }

  leave() {
    this.dirty = false;
    if (outbox.pendingFor(this.data.id, ROW, this.column.name)) outbox.flush();
    else this.redraw();
  }

  /** Show what the table holds, unless somebody is typing here. */
  draw() {
    const cell = this.data.cell(ROW, this.column.name);
    const differs = JSON.stringify(this.editor.read()) !== JSON.stringify(cell.value ?? null);
    // Out of reach of the cursor a value stands as it is read everywhere, however it was typed.
    if (!this.dirty && (differs || !this.editor.element.contains(document.activeElement))) this.editor.write(cell.value);
    if (!this.dirty && !cell.pending) this.typing.seen = cell.version;
    this.#lock(this.data.lockOf(ROW, this.column.name), cell.value);
    const visitor = whoIsIn(this.data.id, ROW, this.column.name);
    this.other.textContent = visitor ? ` ${nameOf(visitor)} is here` : "";
    const messages = [...this.data.messagesFor(ROW, this.column.name).map((text) => bare(text, this.column)), ...(cell.refused ? [`Not saved: ${cell.refused}`] : [])];
    const quiet = isEmpty(cell.value) && !cell.refused;
    this.element.classList.toggle("eq-check", messages.length > 0 && !quiet);
    if (messages.length && !quiet) this.editor.input.setAttribute("aria-invalid", "true");
    else this.editor.input.removeAttribute("aria-invalid");
    const words = quiet ? this.said : messages.join(" ");
    if (this.message.textContent !== words) this.message.textContent = words;
  }

  #lock(sentence, value) {
    // Whoever is in the field finishes first; leaving it draws again.
    if (sentence && this.editor.element.contains(document.activeElement)) return;
    this.sentence = sentence;
    if (sentence) {
      if (!this.still.parentElement) this.editor.element.replaceWith(this.still, this.why);
      this.still.textContent = shown(this.column, value) || "Nothing entered";
      this.sayWhy();
    } else if (this.still.parentElement) {
      this.why.remove();
      this.still.replaceWith(this.editor.element);
    }
  }

  /** Say why the field is locked; where the field above says the same, only to those who hear this field by itself. */
  sayWhy({ again = false } = {}) {
    this.why.replaceChildren(h("span", { class: "eq-lock" }, "Locked"), h("span", { class: again ? "eq-unseen" : "" }, ` ${this.sentence}`));
  }

  #label(id) {
    const words = [heading(this.column), this.column.required ? h("span", { class: "eq-needed" }, " needed") : null];
    const label = this.column.kind === "choices" ? h("span", { class: "eq-label", id }, words) : h("label", { for: this.editor.input.id, id }, words);
    return h("div", {}, label, this.other);
  }

  #hint() {
    const example = isEmpty(this.column.example) ? "" : `For example: ${shown(this.column, this.column.example)}`;
    return [this.column.help, example].filter(Boolean).join(" ");
  }
}

export class Form {
  constructor(data, { fields = [], label = data.spec.title, example = "" } = {}) {
    this.data = data;
    const columns = fields.length ? fields.map((name) => data.columns.find((column) => column.name === name)).filter(Boolean) : data.columns;
    this.fields = columns.map((column) => new Field(data, column, () => this.draw()));
    const names = new Set(columns.map((column) => column.name));
    this.list = new ToCheck(data, {
      place: (row, field) => (field === "" ? "" : names.has(field) ? columns.find((column) => column.name === field).label : null),
      go: (row, field) => this.fields.find((one) => one.column.name === field)?.editor.focus(),
      settle: (row, field, choice, value) => data.settle(row, field, choice, value),
      only: (message) => message.field === "" && !fields.length,
    });
    this.element = h("div", { class: "eq-form", role: "group", "aria-label": label, "data-table": data.id },
      this.fields.map((field) => field.element), this.list.element,
      h("details", { class: "eq-more" }, h("summary", {}, "Earlier answers"), h("div", { class: "eq-tools" }, columns.map((column) =>
        h("button", { type: "button", onclick: () => this.#history(column) }, column.label, h("span", { class: "eq-unseen" }, ": history"))))), exampleOf(example));
    data.addEventListener("change", () => this.draw());
    presence.addEventListener("moved", () => this.draw());
    this.#tellLocksOnce();
    this.list.draw();
  }

  draw() {
    for (const field of this.fields) field.draw();
    this.#tellLocksOnce();
    this.list.draw();
  }

  #tellLocksOnce() {
    const told = new Set();
    for (const field of this.fields.filter((one) => one.sentence)) {
      field.sayWhy({ again: told.has(field.sentence) });
      told.add(field.sentence);
    }
  }

  async #history(column) {
    const again = await showHistory(this.data.id, ROW, column, `History: ${column.label}`);
    if (again) this.data.set([{ row: ROW, field: column.name, value: again.value }]);
  }
}

/** The widget's view: load the table, then show the form. */
export async function render({ model, el }) {
  await styled();
  el.classList.add("eq-widget");
  el.replaceChildren(h("p", { class: "eq-hint", role: "status" }, "Fetching your answers…"));
  try {
    const data = await openTable(model.get("table"));
    el.replaceChildren(new Form(data, { fields: model.get("fields") ?? [], label: model.get("label") || data.spec.title, example: model.get("example") }).element);
    listen();
  } catch (error) {
    el.replaceChildren(h("p", { class: "eq-msg", role: "alert" }, `This form could not be fetched: ${error.message} `, h("button", { type: "button", onclick: () => render({ model, el }) }, "Try again")));
  }
}
