/**
 * Who else is here, and in which cell. It travels with the look for changes; nothing of it is stored.
 * A person who reads with her ears hears one sentence when somebody comes, and the name where she meets it: no running commentary.
 */
import { announce, h, randomId } from "./dom.js";
import { facts, nameOf } from "./server.js";

const FORGET = 5 * 60 * 1000;
const tab = randomId();
const greeted = new Map();
let others = [];

/** Tells "moved" ({places: Set of "table/row/field"}) when somebody came, went or went elsewhere. */
export const presence = new EventTarget();

/** Where the focus is, as the server is told: {tab, table, row, field}; only the tab where it is in no cell or field. */
export function here() {
  const cell = document.activeElement?.closest?.("[data-field]");
  const table = cell?.closest("[data-table]")?.dataset.table;
  if (!table) return { tab };
  return { tab, table, row: cell.closest("[data-row]")?.dataset.row ?? "one", field: cell.dataset.field };
}

/** Take in who else is here: [{username, table, row, field}]. */
export function meet(found) {
  const mine = facts.username ?? null;
  const now = found.filter((one) => one.username !== mine);
  if (JSON.stringify(now) === JSON.stringify(others)) return;
  const places = new Set([...others, ...now].map(placeOf));
  others = now;
  show();
  for (const { username } of now) greet(username);
  presence.dispatchEvent(new CustomEvent("moved", { detail: { places } }));
}

/** The username of who else is in a cell, or "". */
export function whoIsIn(table, row, field) {
  return others.find((one) => one.table === table && one.row === row && one.field === field)?.username ?? "";
}

const placeOf = ({ table, row, field }) => `${table}/${row}/${field}`;

function greet(username) {
  const known = Date.now() - (greeted.get(username) ?? -Infinity) < FORGET;
  greeted.set(username, Date.now());
  if (!known) announce(`${nameOf(username)} is here too.`);
}

/** The header's "Also here: Dana Whitfield". */
function show() {
  const right = document.querySelector(".eq-header .eq-right");
  if (!right) return;
  let line = right.querySelector(".eq-also");
  if (!line) {
    line = h("span", { class: "eq-also" });
    right.prepend(line);
  }
  line.hidden = others.length === 0;
  line.textContent = others.length ? `Also here: ${others.map((one) => nameOf(one.username)).join(", ")}` : "";
}
