/** What a file is proposed to mean: every choice can be changed, what is unclear is asked, nothing is guessed. */
import { count, h, newId } from "./dom.js";
import { rehearse } from "./uploads.js";

const PAUSE = 250;
const UNSETTLED = "?";

export class ProposalView {
  /** `again({sheet, headerRow})` reads the file anew; `accept(mapping, mode)` and `cancel()` end it; `noun` is ["person", "people"]. */
  constructor(proposal, { noun, again, accept, cancel }) {
    Object.assign(this, { proposal, noun, again, accept, cancel, upload: proposal.upload, mapping: structuredClone(proposal.mapping), report: null, mode: "replace" });
    this.heading = h("h3", { tabindex: -1 }, `${proposal.file}: ${count(proposal.rows, "row")}`);
    this.parts = Object.fromEntries(["notices", "open", "columns", "codes", "preview", "result"].map((name) => [name, h("div")]));
    this.go = h("button", { type: "button", class: "go", onclick: () => this.#accept() }, "Import");
    this.element = h("section", { class: "eq-proposal", "aria-label": "What this file is understood to mean" }, this.heading,
      this.parts.notices, this.#sheets(), this.parts.open, this.parts.columns, this.parts.codes, this.parts.preview, this.parts.result, this.#modes(),
      h("div", { class: "eq-tools" }, this.go, h("button", { type: "button", onclick: () => this.cancel() }, "Do not import")));
    this.draw();
    this.#rehearse();
  }

  busy(on) {
    this.go.disabled = on;
  }

  draw() {
    const focused = document.activeElement?.dataset?.choice;
    this.parts.notices.replaceChildren(...this.#notices());
    this.parts.open.replaceChildren(...this.#open());
    this.parts.columns.replaceChildren(...(this.proposal.columns.length ? [this.#columns()] : []));
    this.parts.codes.replaceChildren(...this.#codes());
    this.parts.preview.replaceChildren(...this.#preview());
    this.parts.result.replaceChildren(...this.#result());
    this.go.textContent = `Import ${count(this.report?.rows ?? this.proposal.rows, ...this.noun)}`;
    if (focused) this.element.querySelector(`[data-choice="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #notices() {
    const { dropped, messages, problems, remembered } = this.proposal;
    const line = (words) => h("p", { class: "eq-notice" }, words);
    return [
      dropped.length ? h("div", { class: "eq-notice" }, h("p", {}, h("b", {}, "Removed before anything was kept:")), h("ul", {}, dropped.map(({ column, reason }) => h("li", {}, `${column}: ${reason}`)))) : this.proposal.columns.length ? line("No column with names or employee numbers was found.") : null,
      ...(remembered ? [line("Your choices for a file with the same headings were remembered. Please look at them once more.")] : []),
      ...messages.map(line), ...problems.map((words) => h("p", { class: "eq-msg" }, words)),
    ].filter(Boolean);
  }

  #sheets() {
    const { sheet_names: names, sheet, header_row: row, top } = this.proposal;
    const pick = (label, options, value, change) => h("label", {}, `${label} `, h("select", { value, onchange: (event) => change(event.target.value) }, options.map(([code, words]) => h("option", { value: code, selected: String(code) === String(value) }, words))));
    const first = ({ cells }) => cells.filter((cell) => cell !== null && cell !== "").slice(0, 4).join(" · ") || "(empty)";
    return h("div", { class: "eq-find" },
      names.length > 1 ? pick("Sheet", names.map((name) => [name, name]), sheet, (value) => this.again({ sheet: value })) : null,
      top?.length ? h("details", { open: row === 0 }, h("summary", {}, row ? `Headings are read from row ${row}` : "The file is read as a list without headings"),
        pick("Headings are in", [...top.map((one) => [one.row, `Row ${one.row}: ${first(one)}`]), [0, "No row: the list has no headings"]], row, (value) => this.again({ sheet, headerRow: value }))) : null);
  }

  /** Questions about the whole file, the open ones first. */
  #open() {
    const { questions, open } = this.proposal;
    const asked = [...questions].sort((one, other) => Number(one.answer !== null) - Number(other.answer !== null));
    return [
      ...(open.length ? [h("h3", {}, `${count(open.length, "thing")} to settle before this can be imported`), h("ul", {}, open.map((words) => h("li", {}, words)))] : []),
      ...asked.map((question) => {
        const id = newId("question");
        return h("fieldset", { class: "eq-field", id }, h("legend", {}, question.text), question.options.map(([code, words]) =>
          h("label", { class: "eq-box" }, h("input", { type: "radio", name: id, value: code, checked: question.answer === code, "data-choice": `q:${question.id}:${code}`, onchange: () => { this.mapping.answers[question.id] = code; this.#changed(); } }), words)));
      }),
    ];
  }

  #columns() {
    const { columns, targets } = this.proposal;
    const rows = columns.map(({ source, target, sample, why }) => h("tr", {}, h("th", { scope: "row" }, source), h("td", {}, sample.join(" · ")),
      h("td", {}, this.#select(`c:${source}`, `Meaning of ${source}`, [["", "Leave out"], ...targets.map(([name, label, needed]) => [name, needed ? `${label} (needed)` : label])], target ?? "",
        (value) => { this.mapping.columns[source] = value || null; })), h("td", {}, why)));
    const settled = columns.filter((one) => one.target).length;
    return h("details", { open: !this.drawn || this.columnsOpen, ontoggle: (event) => { this.drawn = true; this.columnsOpen = event.target.open; } },
      h("summary", {}, `Columns: ${settled} of ${columns.length} are read`), table(["Column in your file", "For example", "Is read as", "Why"], rows, "Columns of the file"));
  }

  #codes() {
    const fields = Object.entries(this.proposal.codes).filter(([, words]) => words.length);
    if (!fields.length) return [];
    return [h("h3", {}, "What the words in your file stand for"), ...fields.map(([field, words]) => this.#codesOf(field, words))];
  }

  #codesOf(field, words) {
    const label = this.#label(field);
    // What was asked stays on top once it is settled: rows that jump away under the hand are not trusted.
    const sorted = [...words].sort((one, other) => Number(this.#asked(field, other)) - Number(this.#asked(field, one)));
    const unsettled = words.filter((one) => one.code === null).length;
    const rows = sorted.map(({ raw, count: times, code, ask, options }) => h("tr", { class: code === null ? "eq-asked" : "" },
      h("th", { scope: "row" }, raw || "(empty)"), h("td", { class: "n" }, times.toLocaleString("en-US")),
      h("td", {}, this.#select(`w:${field}:${raw}`, `${raw || "Empty"} in ${label}`, [...(code === null ? [[UNSETTLED, "Please choose…"]] : []), ...options.map(([one, text]) => [`=${one}`, text])], code === null ? UNSETTLED : `=${code}`,
        (value) => this.#settle(field, raw, value === UNSETTLED ? null : value.slice(1))), code === null && ask ? h("span", { class: "eq-ask" }, " Not clear what this stands for: please choose") : null)));
    return h("details", { open: unsettled > 0 || this.keptOpen?.has(field), ontoggle: (event) => { if (event.target.open) (this.keptOpen ??= new Set()).add(field); else this.keptOpen?.delete(field); } },
      h("summary", {}, `${label}: ${count(words.length, "word")}${unsettled ? `, ${unsettled} to settle` : ""}`), table(["In your file", "Rows", "Stands for"], rows, label));
  }

  #asked(field, { raw, ask, code }) {
    if (ask || code === null) (this.everAsked ??= new Set()).add(`${field}/${raw}`);
    return this.everAsked?.has(`${field}/${raw}`) ?? false;
  }

  /** Show the choice at once; what follows from it comes when the server has tried it. */
  #settle(field, raw, code) {
    (this.mapping.codes[field] ??= {})[raw] = code;
    this.proposal.codes[field].find((one) => one.raw === raw).code = code;
    this.report = null;
    this.draw();
  }

  #preview() {
    const { preview } = this.proposal;
    if (!preview.length) return [];
    const names = [...new Set(preview.flatMap((row) => Object.keys(row)))];
    const rows = preview.map((row) => h("tr", {}, names.map((name) => h("td", {}, row[name] ?? ""))));
    return [h("details", { open: true }, h("summary", {}, "The first rows as they would be read"), table(names.map((name) => this.#label(name)), rows, "First rows"))];
  }

  /** What the import would bring: counts to compare with what people know, blanks, and what to look at. */
  #result() {
    if (!this.report) return [];
    const { counts, notes, problems, problem_count: found, left_out: left, left_out_count: leftCount } = this.report;
    return [
      h("h3", {}, "What would be imported"), h("p", {}, h("b", {}, count(this.report.rows, ...this.noun))),
      ...(this.mode === "replace" && this.report.replaces ? [h("p", {}, `${count(this.report.replaces, "row that is", "rows that are")} in the table now will be replaced.`)] : []),
      ...Object.entries(counts).map(([field, codes]) => h("details", { open: Object.keys(codes).length < 13 }, h("summary", {}, this.#label(field)),
        table([this.#label(field), this.noun[1].replace(/^./, (sign) => sign.toUpperCase())], Object.entries(codes).map(([code, number]) => h("tr", {}, h("th", { scope: "row" }, this.#word(field, code)), h("td", { class: "n" }, number.toLocaleString("en-US")))), this.#label(field)))),
      ...(notes.length ? [h("ul", {}, notes.map((note) => h("li", {}, note)))] : []),
      ...(leftCount ? [listed(`${count(leftCount, "row")} left out`, left)] : []),
      ...(found ? [listed(`${count(found, "thing")} to check. All are kept as in the file`, problems)] : []),
    ];
  }

  #modes() {
    // A census download takes the place of its own topics; there is nothing to choose.
    if (!this.proposal.columns.length) return null;
    const name = newId("mode");
    const choice = (value, words) => h("label", { class: "eq-box" }, h("input", { type: "radio", name, checked: this.mode === value, onchange: () => { this.mode = value; this.draw(); } }), words);
    return h("fieldset", { class: "eq-field" }, h("legend", {}, "If there are rows already"), choice("replace", "Replace them (you can undo this)"), choice("append", "Add these to them"));
  }

  #select(choice, label, options, value, change) {
    return h("select", { "data-choice": choice, "aria-label": label, onchange: (event) => { change(event.target.value); this.#changed(); } },
      options.map(([code, words]) => h("option", { value: code, selected: code === value }, words)));
  }

  #label(field) {
    return this.proposal.targets.find(([name]) => name === field)?.[1] ?? field;
  }

  #word(field, code) {
    const option = this.proposal.codes[field]?.flatMap((one) => one.options).find(([one]) => one === code);
    return option?.[1] ?? (code || "(empty)");
  }

  #changed() {
    clearTimeout(this.timer);
    // An answer that is still on its way knows nothing of this choice and must not undo it.
    this.turn = (this.turn ?? 0) + 1;
    this.timer = setTimeout(() => this.#rehearse(), PAUSE);
  }

  async #rehearse() {
    const turn = this.turn = (this.turn ?? 0) + 1;
    this.parts.result.replaceChildren(h("p", { class: "eq-hint", role: "status" }, "Checking all rows…"));
    try {
      const answer = await rehearse(this.upload, this.mapping);
      if (turn !== this.turn) return;
      this.proposal = { ...this.proposal, ...answer.proposal, remembered: this.proposal.remembered };
      this.mapping = structuredClone(answer.proposal.mapping);
      this.report = answer.error ? null : answer;
      this.problem = answer.error ?? "";
    } catch (error) {
      this.problem = error.message;
      this.report = null;
    }
    this.draw();
  }

  async #accept() {
    clearTimeout(this.timer);
    if (!this.report) await this.#rehearse();
    if (this.report) {
      this.accept(this.mapping, this.mode);
      return;
    }
    this.parts.result.replaceChildren(h("p", { class: "eq-msg", role: "alert" }, this.problem));
    (this.element.querySelector(".eq-asked select") ?? this.element.querySelector("fieldset input"))?.focus();
  }
}

function table(headings, rows, label) {
  return h("div", { class: "eq-scroll", tabindex: 0, role: "region", "aria-label": label },
    h("table", { class: "eq-table" }, h("thead", {}, h("tr", {}, headings.map((words) => h("th", { scope: "col" }, words)))), h("tbody", {}, rows)));
}

function listed(title, items) {
  return h("details", {}, h("summary", {}, `${title}.`), h("ul", {}, items.slice(0, 50).map(({ row, column, text }) => h("li", {}, `Row ${row}${column ? `, ${column}` : ""}: ${text}`))));
}
