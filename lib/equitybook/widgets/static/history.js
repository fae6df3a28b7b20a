/** Who wrote what in a cell, and when; and any earlier value back with one button. */
import { nameOf, talk } from "./server.js";
import { answered, ask, h, timeOf } from "./dom.js";
import { shown } from "./cells.js";

export const SOURCES = { typed: "typed", pasted: "pasted", imported: "from a file", carried: "carried from an earlier cycle" };

/** Show the history of one cell; resolves to {value} when a value is to be used again, otherwise null. */
export async function showHistory(table, rowId, column, title) {
  const answer = await answered(talk("GET", "api/history", { query: { table, row: rowId, field: column.name } }), "The history cannot be shown just now");
  if (!answer) return null;
  const changes = [...(answer.changes ?? [])].reverse();
  if (!changes.length) {
    await ask(title, h("p", {}, "Nothing was ever written here."), [["Close", "close", "go"]]);
    return null;
  }
  let picked = null;
  // The newest value may be one that lost against another and waits for a choice.
  const standing = changes.findIndex((change) => change.status !== "conflict");
  const rows = changes.map((change, at) => h("tr", {},
    h("td", {}, timeOf(change.at)), h("td", {}, nameOf(change.author)), h("td", {}, shown(column, change.value) || "(empty)"),
    h("td", {}, SOURCES[change.source] ?? change.source, change.status === "conflict" || change.reason ? `, ${change.reason || "written at the same time as another value"}` : ""),
    h("td", {}, at === standing ? "as it is now" : h("button", {
      type: "button", onclick: (event) => { picked = { value: change.value }; event.target.closest("dialog").close("picked"); },
    }, "Use this again", h("span", { class: "eq-unseen" }, `: ${shown(column, change.value) || "empty"}`)))));
  const head = h("tr", {}, ["When", "Who", "What", "How", ""].map((words) => h("th", { scope: "col" }, words || h("span", { class: "eq-unseen" }, "Use again"))));
  await ask(title, h("div", { class: "eq-scroll", tabindex: 0, role: "region", "aria-label": title }, h("table", { class: "eq-table" }, h("thead", {}, head), h("tbody", {}, rows))), [["Close", "close", "go"]], { wide: true });
  return picked;
}
