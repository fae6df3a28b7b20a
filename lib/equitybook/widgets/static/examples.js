/** Worked examples under tables and forms: each opens by itself, and one switch opens or closes all; the choice is remembered per person. */
import { h } from "./dom.js";
import { owner } from "./server.js";

const MEMORY = `equitybook:examples:${owner}`;
const all = new Set();
let button = null;

const wanted = () => localStorage.getItem(MEMORY) === "show";

/** A closed disclosure around an example; null where there is none. The HTML is written by the notebook's author, never by a participant. */
export function exampleOf(html) {
  if (!html) return null;
  const body = h("div", { class: "eq-example-body" });
  body.innerHTML = html;
  const element = h("details", { class: "eq-example", open: wanted() }, h("summary", {}, "See Prairie Glen's example"), body);
  all.add(element);
  offerSwitch();
  return element;
}

/** The page's one switch, made with the first example. A page without the workbook's frame, such as JupyterLab's, has none. */
function offerSwitch() {
  const cells = document.getElementById("eq-cells");
  if (!cells || button?.isConnected) return;
  button = h("button", { type: "button", "data-eq": "examples", onclick: turn });
  name();
  cells.prepend(h("div", { class: "eq-tools eq-page-tools eq-quiet" }, h("span", {}, "Examples from Prairie Glen:"), button));
}

function turn() {
  localStorage.setItem(MEMORY, wanted() ? "hide" : "show");
  for (const element of all) element.open = wanted();
  name();
}

function name() {
  button.replaceChildren(wanted() ? "Hide all" : "Show all", h("span", { class: "eq-unseen" }, " examples"));
}
