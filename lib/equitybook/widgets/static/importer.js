/** Uploading a file: choose it, see what would be taken from it, settle what is unclear, accept, and take it back if need be. */
import { announce, count, h, newId } from "./dom.js";
import { listen } from "./live.js";
import { ProposalView } from "./proposal.js";
import { styled } from "./style.js";
import { refetch } from "./tables.js";
import { forget, importRows, sendFile, takeBack } from "./uploads.js";

const KINDS = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.xlsb,.ods";
const NOUNS = { roster: ["person", "people"], census: ["figure", "figures"] };
const TAKEN = { census: [".csv,.zip", "The ZIP or CSV that the Census site gives you"] };

class Importer {
  constructor(el, { kind, label, most }) {
    Object.assign(this, { kind, most, noun: NOUNS[kind] ?? ["row", "rows"] });
    const [accept, words] = TAKEN[this.kind] ?? [KINDS, "Excel, CSV or OpenDocument"];
    const input = newId("file");
    this.file = h("input", { type: "file", id: input, accept, "aria-describedby": `${input}-limit`, onchange: () => this.take(this.file.files[0]) });
    this.drop = h("div", { class: "eq-drop" }, this.file, h("label", { for: input, class: "eq-button go" }, label),
      h("span", { class: "eq-hint", id: `${input}-limit` }, `Or drop a file here. ${words}, up to ${this.most} MB.`));
    this.status = h("p", { class: "eq-report", role: "status" });
    this.body = h("div");
    el.replaceChildren(h("div", { class: "eq-import", role: "group", "aria-label": label }, this.drop, this.status, this.body));
    this.#listenToDrop();
  }

  #listenToDrop() {
    const over = (on) => (event) => { event.preventDefault(); this.drop.classList.toggle("eq-over", on); };
    this.drop.addEventListener("dragover", over(true));
    this.drop.addEventListener("dragleave", over(false));
    this.drop.addEventListener("drop", (event) => { over(false)(event); this.take(event.dataTransfer.files[0]); });
  }

  /** Check the size here, so that nobody waits for a file that will be refused; then send it. */
  async take(file, options = {}) {
    if (!file) return;
    this.chosen = file;
    this.file.value = "";
    this.say("");
    this.body.replaceChildren();
    const megabytes = file.size / 1024 / 1024;
    if (megabytes > this.most) {
      this.complain(`${file.name} has ${megabytes.toFixed(0)} MB; at most ${this.most} MB are taken. Delete sheets and columns that are not needed, save it again, and upload that. Nothing was changed.`);
      return;
    }
    const stop = new AbortController();
    this.#showProgress(file, stop);
    try {
      const proposal = await sendFile(file, { kind: this.kind, ...options, signal: stop.signal, onprogress: (share) => this.#progress(share) });
      this.propose(proposal);
    } catch (error) {
      this.body.replaceChildren();
      if (error.name === "AbortError") this.say("Stopped. Nothing was changed.");
      else this.complain(`${error.message} Nothing was changed.`);
    }
  }

  #showProgress(file, stop) {
    this.bar = h("progress", { max: 1, value: 0, "aria-label": `Sending ${file.name}` });
    this.words = h("span", {}, `Sending ${file.name}…`);
    this.body.replaceChildren(h("div", { class: "eq-tools" }, this.bar, this.words, h("button", { type: "button", onclick: () => stop.abort() }, "Stop")));
  }

  #progress(share) {
    this.bar.value = share;
    this.words.textContent = share < 1 ? `${Math.round(share * 100)} % sent` : "Reading the file…";
  }

  propose(proposal) {
    this.say("");
    const view = new ProposalView(proposal, {
      noun: this.noun,
      again: (options) => this.take(this.chosen, options),
      accept: (mapping, mode) => this.accept(view, mapping, mode),
      cancel: () => this.cancel(proposal.upload),
    });
    this.body.replaceChildren(view.element);
    view.heading.focus();
  }

  async accept(view, mapping, mode) {
    view.busy(true);
    this.say("Importing…");
    try {
      const report = await importRows(view.upload, mapping, mode);
      await refetch([report.table]);
      this.#done(report);
    } catch (error) {
      view.busy(false);
      this.complain(`Not imported: ${error.message}`);
    }
  }

  #done(report) {
    const words = `${count(report.added, ...this.noun)} imported.`;
    const undo = h("button", { type: "button", onclick: () => this.undo(report) }, "Undo");
    this.say("");
    this.result = h("div", { class: "eq-notice", tabindex: -1 }, h("p", {}, h("b", {}, words)),
      h("ul", {}, report.notes.map((note) => h("li", {}, note)),
        report.left_out_count ? h("li", {}, `${count(report.left_out_count, "row")} of the file ${report.left_out_count === 1 ? "was" : "were"} left out.`) : null,
        report.problem_count ? h("li", {}, `${count(report.problem_count, "thing")} to check, marked in the table. Kept as in the file.`) : null),
      h("div", { class: "eq-tools" }, undo));
    this.body.replaceChildren(this.result);
    this.result.focus({ preventScroll: true });
    this.result.scrollIntoView({ block: "nearest" });
    announce(words);
  }

  async undo(report) {
    this.say("Taking it back…");
    this.body.querySelector("button").disabled = true;
    try {
      await takeBack(report.batch);
      await refetch([report.table]);
      this.body.replaceChildren();
      this.say("The import was taken back. What was there before is there again.");
      this.file.focus();
    } catch (error) {
      this.complain(`Not taken back: ${error.message}`);
    }
  }

  async cancel(upload) {
    this.body.replaceChildren();
    this.say("Nothing was imported, and the upload was deleted.");
    this.file.focus();
    await forget(upload).catch(() => {}); // it expires by itself within a day
  }

  say(text) {
    this.status.className = "eq-report";
    this.status.textContent = text;
  }

  complain(text) {
    this.status.className = "eq-report eq-msg";
    this.status.textContent = text;
  }
}

/** The place to upload a table's own file, for example the blank spreadsheet filled in, put into `el`; the focus goes to it. */
export function importInto(el, { table, title, most }) {
  new Importer(el, { kind: `table:${table}`, label: `Upload a file: ${title}`, most }).file.focus();
}

/** The widget's view. */
export async function render({ model, el }) {
  await styled();
  el.classList.add("eq-widget");
  new Importer(el, { kind: model.get("kind"), label: model.get("label"), most: model.get("most_megabytes") });
  listen();
}
