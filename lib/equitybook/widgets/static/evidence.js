/** "Keep as evidence": what a finding says today, with one sentence of the town's own. Kept evidence is never edited. */
import { announce, answered, ask, h, newId } from "./dom.js";
import { editorFor } from "./editors.js";
import { facts, talk } from "./server.js";
import { openTable, refetch } from "./tables.js";

const LONGEST = 240;
const SLOW = 800;
const said = new Map(); // by finding: what was last said of keeping it, for findings are written anew
const NOT_OFFERED = new Set(["CHARTER.evidence", "CHARTER.changes", "CHARTER.decisions"]); // what the town wrote itself is no evidence

/** Put the button under every finding that has something to say. */
export function offerKeeping(content) {
  if (!facts.cycle) return;
  for (const article of content.querySelectorAll("article[data-finding]")) {
    if (article.querySelector(".eq-nothing") || NOT_OFFERED.has(article.dataset.finding)) continue;
    const title = article.querySelector(".eq-title")?.textContent ?? "";
    const { finding } = article.dataset;
    const kept = h("div", { class: "eq-kept", "data-kept": finding }, said.get(finding));
    article.append(h("div", { class: "eq-keep" }, h("button", { type: "button", onclick: () => keep(finding, title) }, "Keep as evidence…", h("span", { class: "eq-unseen" }, `: ${title}`)), kept));
  }
}

/** Say under a finding what became of keeping it, wherever it stands by now. */
function tell(finding, words) {
  said.set(finding, words);
  for (const place of document.querySelectorAll(`[data-kept="${CSS.escape(finding)}"]`)) place.textContent = words;
  announce(words);
}

async function keep(finding, title, before = {}) {
  const earlier = said.get(finding) ?? "";
  const slow = setTimeout(() => tell(finding, "One moment…"), SLOW);
  const fetched = await answered(Promise.all([openTable("measures"), openTable("evidence"), talk("GET", "api/evidence", { query: { finding } })]), "This cannot be kept just now");
  clearTimeout(slow);
  tell(finding, earlier);
  if (!fetched) return;
  const [measures, evidence, offered] = fetched;
  const statement = area(before.statement);
  const measure = choose("Measure it belongs to", measures.rows.map(({ id }) => [measures.valueOf(id, "measure_id"), `${measures.valueOf(id, "measure_id")} ${measures.valueOf(id, "name") ?? ""}`]).filter(([code]) => code), before.measure_id);
  const about = subject(offered.about, before.about, measure);
  const column = evidence.columns.find((one) => one.name === "confidence");
  const confidence = choose(column.label, column.choices, before.confidence);
  const body = [h("p", {}, "The page keeps what this finding says today. Your plan may only cite evidence that one of you has put into a sentence."), about.element, statement.element, measure.element, confidence.element];
  const unkept = () => Boolean(statement.read());
  if (await ask(`Keep as evidence: ${title}`, body, [["Keep it", "keep", "go"], ["Not now", "no"]], { wide: true, unkept }) !== "keep") return;
  const words = { about: about.read(), statement: statement.read(), measure_id: measure.read(), confidence: confidence.read() };
  try {
    const answer = await talk("POST", "api/evidence", { body: { cycle: facts.cycle, finding, ...words } });
    await refetch(["evidence"]);
    tell(finding, [`Kept as ${answer.evidence_id}, at the top of your workbooks from now on.`, ...answer.marks].join(" "));
  } catch (error) {
    // The sentence is not lost: the dialog opens again with it and says what is missing.
    if (await ask("Not kept", h("p", { role: "alert" }, error.message), [["Go back to it", "again", "go"], ["Leave it", "leave"]]) === "again") await keep(finding, title, words);
  }
}

function area(value = "") {
  const id = newId("statement");
  const left = h("span", { class: "eq-hint", "aria-live": "polite" });
  const box = h("textarea", { id, rows: 3, maxlength: LONGEST, oninput: () => { left.textContent = `${LONGEST - box.value.length} characters left`; } });
  box.value = value;
  return { read: () => box.value.trim(), element: h("div", { class: "eq-field" }, h("label", { for: id }, "What does it show, in one sentence of your own?"), h("div", { class: "eq-hint" }, "Name no people."), box, left) };
}

/** What of the finding it is about, where there is more than one thing to choose; a row of a measure's brings its measure along. */
function subject(offered, before, measure) {
  if (offered.length < 2) return { read: () => offered[0]?.label ?? "", element: null };
  const id = newId("about");
  const select = h("select", { id, onchange: () => { const code = offered[select.selectedIndex].measure_id; if (code) measure.write(code); } }, offered.map(({ label }) => h("option", { value: label }, label)));
  if (offered.some(({ label }) => label === before)) select.value = before;
  return { read: () => select.value, element: h("div", { class: "eq-field" }, h("label", { for: id }, "What is it about?"), select) };
}

function choose(label, options, value = null) {
  const editor = editorFor({ kind: "choice", choices: options }, value, {});
  return { read: editor.read, write: editor.write, element: h("div", { class: "eq-field" }, h("label", { for: editor.input.id }, label), editor.element) };
}
