/** The list under a table or form: what to check, what was not saved, where two people wrote at once. Each line leads to its cell. */
import { count, h, newId, timeOf } from "./dom.js";
import { bare, shown } from "./cells.js";
import { editInDialog } from "./editors.js";
import { keepBoth } from "./keepboth.js";
import { outbox } from "./outbox.js";
import { nameOf } from "./server.js";

const SHOWN = 20;
const NAMED = 6;

export class ToCheck {
  /**
   * `place(row, field)` names a cell or gives null when it is not shown here; `go(row, field)` leads to it; `only` picks the messages;
   * `correct(rows, field, value)` puts a value into several rows, where rows can have the same fault.
   */
  constructor(data, { place, go, settle, correct = null, only = () => true }) {
    Object.assign(this, { data, place, go, settle, correct, only, all: false, waiting: 0 });
    this.element = h("div", { class: "eq-tocheck", id: newId("tocheck") });
  }

  /** Draw once for all that happens in one go: thousands of receipts arrive together after a large paste. */
  draw() {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => { this.drawing = false; this.#draw(); });
  }

  #draw() {
    const conflicts = this.#conflicts();
    const refused = outbox.pending(this.data.id).filter((entry) => entry.refused && this.place(entry.row, entry.field) !== null);
    const placed = this.data.allMessages.filter(this.only).filter((one) => this.place(one.row, one.field) !== null);
    const missing = placed.filter((one) => this.data.isMissing(one));
    const messages = placed.filter((one) => !this.data.isMissing(one));
    const lines = this.#alike(messages);
    const shownOnes = this.all ? lines : lines.slice(0, SHOWN);
    const mark = JSON.stringify([conflicts, refused, shownOnes, messages.length, missing]);
    if (mark === this.mark) return;
    this.mark = mark;
    this.element.replaceChildren(
      ...(conflicts.length ? [h("ul", { class: "eq-conflicts", "aria-label": "Written by two people at once" }, conflicts.map((one) => this.#conflict(one)))] : []),
      ...(refused.length ? [h("ul", { class: "eq-msgs", "aria-label": "Not saved" }, refused.map((entry) => this.#refused(entry)))] : []),
      ...(messages.length ? [
        h("p", { class: "eq-msg-count" }, `${count(messages.length, "thing")} to check. Everything is kept as typed.`),
        h("ul", { class: "eq-msgs", "aria-label": "Things to check" }, shownOnes.map((alike) => (alike.length > 1 ? this.#many(alike) : this.#message(alike[0])))),
      ] : []),
      ...(missing.length ? [this.#missing(missing)] : []),
      ...(lines.length > shownOnes.length ? [h("button", { type: "button", onclick: () => { this.all = true; this.draw(); } }, `Show all ${messages.length}`)] : []));
    if (conflicts.length + refused.length === this.waiting) return;
    this.waiting = conflicts.length + refused.length;
    // This table may be in a step that is not shown; the list of steps says so.
    document.dispatchEvent(new Event("equitybook:waiting"));
  }

  /** Messages that say the same of the same value are one line, and are put right in one go: forty times "Polise" is one mistake. */
  #alike(messages) {
    const lines = new Map();
    for (const one of messages) {
      const same = this.correct && one.row && one.field ? JSON.stringify([one.field, this.data.valueOf(one.row, one.field), bare(one.text, this.#column(one.field))]) : one;
      if (lines.has(same)) lines.get(same).push(one);
      else lines.set(same, [one]);
    }
    return [...lines.values()];
  }

  /** The texts name their row and column themselves. */
  #message({ row, field, text, suggestion }) {
    return h("li", {}, row ? h("button", { type: "button", class: "eq-link", onclick: () => this.go(row, field) }, text) : text,
      row && suggestion && this.correct ? [" ", this.#change([row], field, suggestion, `: ${this.place(row, field)}`)] : null);
  }

  #many(alike) {
    const [{ row, field, text, suggestion }] = alike;
    const column = this.#column(field);
    const said = bare(text, column);
    const rows = alike.map((one) => one.row);
    const numbers = rows.slice(0, NAMED).map((one) => this.data.numberOf(one));
    const others = rows.length - numbers.length;
    const where = others ? `${numbers.join(", ")} and ${count(others, "more", "more")}` : `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
    const all = ` in ${everyRow(rows)}`;
    return h("li", {}, h("button", { type: "button", class: "eq-link", onclick: () => this.go(row, field) }, `${column.label}: ${said} In rows ${where}.`), " ",
      suggestion ? [this.#change(rows, field, suggestion, all, { seen: true }), " "] : null,
      h("button", { type: "button", class: "eq-small", onclick: () => this.#ask(rows, column) }, `Change${all}…`, h("span", { class: "eq-unseen" }, `: ${said}`)));
  }

  #change(rows, field, value, rest, { seen = false } = {}) {
    return h("button", { type: "button", class: "eq-small", onclick: () => this.correct(rows, field, value) }, `Change to ${shown(this.#column(field), value)}`, seen ? rest : h("span", { class: "eq-unseen" }, rest));
  }

  async #ask(rows, column) {
    const value = await editInDialog(column, null, `${column.label}: what is right in ${everyRow(rows)}?`);
    if (value !== undefined && value !== null) this.correct(rows, column.name, value);
  }

  /** What the server will not take, and the way out. */
  #refused(entry) {
    const place = this.place(entry.row, entry.field);
    return h("li", {}, `${place ? `${place} was` : "This was"} not saved: ${entry.refused} `,
      h("button", { type: "button", class: "eq-link", onclick: () => outbox.drop(entry) }, "Leave it as it was", h("span", { class: "eq-unseen" }, `: ${place}`)));
  }

  /** What is not filled in yet is no mistake: one quiet line for all of it. */
  #missing([first, ...others]) {
    return h("p", { class: "eq-hint" }, `${count(others.length + 1, "needed cell is", "needed cells are")} still empty. `,
      h("button", { type: "button", class: "eq-link", onclick: () => this.go(first.row, first.field) }, "Go to the first"));
  }

  #conflicts() {
    return [...this.data.byId.values()].filter((row) => !row.deleted).flatMap((row) => this.data.columns
      .filter((column) => row.cells.get(column.name)?.conflict && this.place(row.id, column.name) !== null)
      .map((column) => ({ row: row.id, field: column.name, ...row.cells.get(column.name).conflict })));
  }

  /** What the other writes while the merged text is being read is merged in, too, and read. */
  async #both(column, row, conflict) {
    let open = conflict;
    let text = await keepBoth(this.data.id, row, column, open, this.place(row, column.name));
    for (let now = this.data.cell(row, column.name).conflict; text !== undefined && now && now.at !== open.at; now = this.data.cell(row, column.name).conflict) {
      open = { ...now, mine: text, base: open.theirs };
      text = await keepBoth(this.data.id, row, column, open, this.place(row, column.name));
    }
    if (text === undefined) return;
    this.settle(row, column.name, "mine", text);
  }

  #column(name) {
    return this.data.columns.find((one) => one.name === name);
  }

  #conflict({ row, field, mine, theirs, author, at, seen }) {
    const column = this.#column(field);
    const place = this.place(row, field);
    const button = (words, choice, value) => h("button", { type: "button", onclick: () => this.settle(row, field, choice, value) }, words, h("span", { class: "eq-unseen" }, `: ${place}`));
    const together = ["text", "long_text"].includes(column.kind) && mine && theirs;
    return h("li", {},
      h("p", {}, h("b", {}, place), `: you wrote “${shown(column, mine) || "nothing"}”; ${nameOf(author)} wrote “${shown(column, theirs) || "nothing"}” at ${timeOf(at)}. Both are kept in the history. Which one stands?`),
      h("div", { class: "eq-tools" }, button("Use mine", "mine", mine), button(`Keep ${nameOf(author)}'s`, "theirs", theirs),
        together ? h("button", { type: "button", onclick: () => this.#both(column, row, { mine, theirs, author, at, seen }) }, "Keep both", h("span", { class: "eq-unseen" }, `: ${place}`)) : null));
  }
}

function everyRow({ length }) {
  return length === 2 ? "both rows" : `all ${length} rows`;
}
