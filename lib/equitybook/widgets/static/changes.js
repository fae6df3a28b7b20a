/** What changes by a button and a reason: the agreed charter, the baseline of a measure, the definition of a measure. */
import { announce, ask, h, newId, timeOf } from "./dom.js";
import { inUnit, isEmpty, shown } from "./cells.js";
import { editorFor } from "./editors.js";
import { listen } from "./live.js";
import { nameOf, talk } from "./server.js";
import { styled } from "./style.js";
import { openTable, refetch } from "./tables.js";

const AGREED = ["problem_statement", "population_of_focus", "condition", "lever", "focus_departments", "desired_result"];
const BASELINE = ["baseline_value", "baseline_n", "baseline_period", "baseline_date"];
const DEFINITION = ["name", "numerator_def", "denominator_def", "unit", "direction", "rba", "level"];

class Changes {
  constructor(data, element) {
    this.data = data;
    this.status = h("p", { role: "status", class: "eq-report" });
    this.body = h("div");
    this.history = h("div");
    element.replaceChildren(h("section", { class: "eq-changes", "aria-label": data.id === "charter" ? "Versions of your charter" : "Baselines of your measures" },
      this.body, this.status, this.history));
    data.addEventListener("change", () => this.draw());
    this.draw();
    this.tell();
  }

  value(row, field) {
    return this.data.valueOf(row, field);
  }

  column(name) {
    return this.data.columns.find((one) => one.name === name);
  }

  words(row, field) {
    return shown(this.column(field), this.value(row, field));
  }

  /** Draw again only when something it shows has changed, so that the focus stays on a button. */
  draw() {
    const rows = this.data.rows;
    const mark = JSON.stringify(rows.map(({ id }) => ["name", "measure_id", "approved_on", ...BASELINE, "baseline_locked_on", "retired_on"].map((name) => (this.column(name) ? this.value(id, name) : 0))));
    if (mark === this.mark) return;
    this.mark = mark;
    this.body.replaceChildren(this.data.id === "charter" ? this.charter() : this.measures());
  }

  charter() {
    const day = this.words("one", "approved_on");
    if (!day) return this.draft();
    return h("div", { class: "eq-tools" }, h("span", {}, h("b", {}, "Agreed on "), day, "."),
      h("button", { type: "button", onclick: () => this.change("one", AGREED, "Change the charter", { wording: true }) }, "Change the charter…"));
  }

  draft() {
    const column = this.column("approved_on");
    const editor = editorFor(column, null, {});
    return h("div", {}, h("p", { class: "eq-hint" }, "This is a draft: everything above is simply typed. Once your sponsor agrees it becomes version 1; from then on every change needs a reason and the old words are kept."),
      h("div", { class: "eq-field" }, h("label", { for: editor.input.id }, "The day your sponsor agreed"), editor.element),
      h("div", { class: "eq-tools" }, h("button", { type: "button", onclick: () => this.act("api/agreements", { day: editor.read() }, "This is version 1 of your charter.") }, "Our sponsor agreed")));
  }

  measures() {
    const rows = this.data.rows.filter(({ id }) => this.value(id, "name"));
    if (!rows.length) return h("p", { class: "eq-hint" }, "Once a measure has a name and a value, its baseline is locked here.");
    return h("ul", { class: "eq-baselines" }, rows.map(({ id }) => this.measure(id)));
  }

  measure(id) {
    const name = `${this.words(id, "measure_id")} ${this.words(id, "name")}`.trim();
    const unseen = h("span", { class: "eq-unseen" }, `: ${name}`);
    const button = (words, act) => h("button", { type: "button", onclick: act }, words, unseen.cloneNode(true));
    if (this.value(id, "retired_on")) return h("li", {}, h("b", {}, name), h("p", { class: "eq-hint" }, `Retired on ${this.words(id, "retired_on")}. ${this.words(id, "retired_reason")}`));
    if (!this.value(id, "baseline_locked_on")) {
      return h("li", {}, h("b", {}, name), h("p", { class: "eq-hint" }, "No baseline is locked yet."), h("div", { class: "eq-tools" }, button("Lock the baseline", () => this.lock(id, name))));
    }
    const n = this.value(id, "baseline_n");
    return h("li", {}, h("b", {}, name),
      h("p", {}, `Baseline ${inUnit(this.value(id, "unit"), this.value(id, "baseline_value"))}, ${this.words(id, "baseline_period")}${isEmpty(n) ? "" : `, ${n} cases`}. Locked on ${this.words(id, "baseline_locked_on")}${this.value(id, "locked_by") ? ` (${this.words(id, "locked_by")})` : ""}.`),
      h("div", { class: "eq-tools" }, button("Revise the baseline…", () => this.change(id, BASELINE, `Revise the baseline of ${name}`)),
        button("Define it anew…", () => this.redefine(id, name))));
  }

  async lock(row, name) {
    let found;
    try {
      found = await talk("POST", "api/baselines", { body: { row, look: true } });
    } catch (error) {
      this.say(`Not locked: ${error.message}`, "eq-msg");
      return;
    }
    const words = [h("p", {}, "It would be ", h("b", {}, found.baseline), "."), h("p", {}, "That is the newest value you entered for everybody. What the measure counts is fixed with it. Later you can revise the baseline with a reason.")];
    const sure = await ask(`Lock the baseline of ${name}?`, words, [["Lock it", "lock", "go"], ["Not yet", "no"]]);
    if (sure === "lock") await this.act("api/baselines", { row }, "The baseline is locked.");
  }

  /** Choose fields to change, say why, and, for the charter, whether only the wording changes or the meaning. */
  async change(row, fields, title, { wording = false } = {}) {
    if (wording) await this.tell(); // whether the meaning may change is the coach's to say, and ends by itself
    const editors = fields.map((name) => [this.column(name), editorFor(this.column(name), this.value(row, name), {})]);
    const before = editors.map(([, editor]) => JSON.stringify(editor.read())); // what nobody touched is not sent, however it is stored
    const reason = this.#reason();
    const meaning = this.#meaning();
    const body = [...editors.map(([column, editor]) => this.#field(column, editor)), ...(wording ? [meaning.element] : []), reason.element];
    const touched = () => editors.filter(([, editor], at) => JSON.stringify(editor.read()) !== before[at]);
    await this.#ask(title, body, "Change it", () => Boolean(reason.read() || touched().length), async () => {
      const values = Object.fromEntries(touched().map(([column, editor]) => [column.name, editor.read()]));
      if (Object.keys(values).length) return this.act("api/revisions", { table: this.data.id, row, values, reason: reason.read(), ...(wording ? { substance: meaning.read() } : {}) }, "Changed. The old words are kept below.");
      this.say("Nothing was changed.");
      return "";
    });
  }

  async redefine(row, name) {
    const editors = DEFINITION.map((field) => [this.column(field), editorFor(this.column(field), this.value(row, field), {})]);
    const reason = this.#reason();
    const body = [h("p", {}, "Another definition is another measure: this one is retired with its numbers, a new one begins, and the chart shows the break."), ...editors.map(([column, editor]) => this.#field(column, editor)), reason.element];
    await this.#ask(`Define ${name} anew`, body, "Begin the new measure", () => Boolean(reason.read()), () => {
      const values = Object.fromEntries(editors.map(([column, editor]) => [column.name, editor.read()]));
      return this.act("api/redefinitions", { row, values, reason: reason.read() }, ({ measure_id: code, left }) => `${code} begins in its place.${left ? ` Not taken along, because the unit or what is better has changed: ${left}. Enter it anew on the card of ${code}.` : ""}`);
    });
  }

  /** Ask until it is stored or left as it was: what somebody wrote stays in the dialog when the server does not take it. */
  async #ask(title, body, go, unkept, send) {
    const problem = h("p", { class: "eq-msg", role: "alert", hidden: true });
    while (await ask(title, [problem, ...body], [[go, "go", "go"], ["Leave as it was", "leave"]], { wide: true, unkept }) === "go") {
      const why = await send();
      if (!why) return;
      problem.hidden = false;
      problem.textContent = `Not changed: ${why}`;
    }
  }

  /** Do it and say so; gives "" or why it was not done. */
  async act(path, body, done) {
    this.say("Saving…");
    try {
      const answer = await talk("POST", path, { body });
      await refetch([this.data.id]);
      this.say(typeof done === "function" ? done(answer) : done);
      await this.tell();
      return "";
    } catch (error) {
      this.say(`Not changed: ${error.message}`, "eq-msg");
      return error.message;
    }
  }

  say(text, look = "") {
    this.status.className = `eq-report ${look}`;
    this.status.textContent = text;
    announce(text);
  }

  /** Every change that was made with a reason. */
  async tell() {
    let told;
    try {
      const answer = await talk("GET", "api/revisions", { query: { table: this.data.id } });
      told = answer.revisions;
      this.meaning = answer.meaning;
    } catch {
      return; // the panel works without it, and the next change tells it again
    }
    const mine = told.filter((one) => this.column(one.field));
    if (!mine.length) return this.history.replaceChildren();
    const say = (one, value) => shown(this.column(one.field), value) || "(empty)";
    this.history.replaceChildren(h("details", {}, h("summary", {}, `Changes made with a reason: ${mine.length}`), h("ol", { reversed: true }, mine.reverse().map((one) =>
      h("li", {}, h("b", {}, one.label), `: ${say(one, one.old)} → ${say(one, one.new)}. `, h("q", {}, one.reason), h("span", { class: "eq-meta" }, ` ${nameOf(one.author)}, ${timeOf(one.at)}`))))));
    return undefined;
  }

  #field(column, editor) {
    const label = column.kind === "choices" ? h("div", { class: "eq-label" }, column.label) : h("label", { for: editor.input.id }, column.label);
    return h("div", { class: "eq-field" }, label, editor.element);
  }

  #reason() {
    const id = newId("reason");
    const area = h("textarea", { id, rows: 2, maxlength: 2000 });
    return { read: () => area.value.trim(), element: h("div", { class: "eq-field" }, h("label", { for: id }, "Why?"), h("div", { class: "eq-hint" }, "A sentence. It stands beside the old words from now on, and your coach reads it."), area) };
  }

  /** Neither is chosen beforehand: whoever changes the charter says which it is. read() gives null until then. */
  #meaning() {
    const name = newId("meaning");
    const [wording, meaning] = [h("input", { type: "radio", name }), h("input", { type: "radio", name })];
    return {
      read: () => (meaning.checked ? true : wording.checked ? false : null),
      element: h("fieldset", { class: "eq-field" }, h("legend", {}, "What changes?"), this.meaning ? h("p", { class: "eq-hint" }, this.meaning) : null, h("label", { class: "eq-box" }, wording, "Only the wording"),
        h("label", { class: "eq-box" }, meaning, "The meaning: another problem, other people, other departments"),
        h("p", { class: "eq-hint" }, "Other people or other departments are another meaning in any case.")),
    };
  }
}

/** The widget's view. */
export async function render({ model, el }) {
  await styled();
  el.classList.add("eq-widget");
  try {
    new Changes(await openTable(model.get("table")), el);
    listen();
  } catch (error) {
    el.replaceChildren(h("p", { class: "eq-msg", role: "alert" }, `This could not be fetched: ${error.message} `, h("button", { type: "button", onclick: () => render({ model, el }) }, "Try again")));
  }
}
