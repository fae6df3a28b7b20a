/** Worked examples under tables and forms: each opens by itself, and one switch opens or closes all; the choice is remembered per person. */
import { h } from "./dom.js";
import { owner } from "./server.js";

const MEMORY = `equitybook:examples:${owner}`;
const all = new Set();
let button = null;

const wanted = () => localStorage.getItem(MEMORY) === "show";

/**
 * A closed disclosure around an example; null where there is none. The HTML is written by the notebook's author, never by a
 * participant. With `cards` its rows stand one under the other, as the rows of the table above it do.
 */
export function exampleOf(html, { cards = false } = {}) {
  if (!html) return null;
  const body = h("div", { class: "eq-example-body", role: "group", "aria-label": "Prairie Glen's example", tabindex: 0 });
  body.innerHTML = html;
  if (cards) for (const table of body.querySelectorAll("table")) table.replaceWith(...asCards(table));
  const element = h("details", { class: "eq-example", open: wanted() }, h("summary", {}, "See Prairie Glen's example"), body);
  all.add(element);
  offerSwitch();
  return element;
}

/** A table's rows as lists of terms, what is empty left out: a table of twenty columns is read by nobody. */
function asCards(table) {
  const heads = [...table.querySelectorAll("thead th")].map((one) => one.textContent);
  const caption = table.caption ? [h("p", { class: "eq-label" }, table.caption.textContent)] : [];
  const rows = [...table.tBodies[0].rows].map((row) => h("dl", { class: "eq-example-card" }, [...row.cells].flatMap((cell, at) =>
    cell.textContent.trim() === "" ? [] : [h("dt", {}, heads[at] ?? ""), h("dd", {}, cell.textContent)])));
  return [...caption, ...rows];
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
