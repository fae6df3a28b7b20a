/** What happened in a whole table, newest first: who, when, what was there and what came, from where; and the table back as it was. */
import { shown } from "./cells.js";
import { answered, ask, count, h, timeOf } from "./dom.js";
import { SOURCES } from "./history.js";
import { outbox } from "./outbox.js";
import { nameOf, talk } from "./server.js";

const MANY = 6;

/** Show it; resolves to the point ({seq, at}) the table is to be put back to, otherwise null. `place(row)` names a row where it has no number. */
export async function showTableHistory(data, title, { place = null } = {}) {
  const answer = await answered(talk("GET", "api/table-history", { query: { table: data.id } }), "The history cannot be shown just now");
  if (!answer) return null;
  if (!answer.points.length) {
    await ask(title, h("p", {}, "Nothing was ever written in this table."), [["Close", "close", "go"]]);
    return null;
  }
  let picked = null;
  const pick = (event, point) => { picked = point; event.target.closest("dialog").close("picked"); };
  const list = h("ol", { class: "eq-points" }, answer.points.map((point, at) => h("li", {},
    h("p", {}, h("b", {}, `${timeOf(point.at)}, ${nameOf(point.author)}`), `: ${summary(data, point)}`),
    changes(data, point, place),
    at === 0 ? h("p", { class: "eq-hint" }, "This is how the table is now.") : h("button", { type: "button", onclick: (event) => pick(event, point) },
      "Restore this point", h("span", { class: "eq-unseen" }, `: ${timeOf(point.at)}, ${summary(data, point)}`)))));
  const more = answer.more ? h("p", { class: "eq-hint" }, "Older steps are kept, too; the history of a cell shows them.") : null;
  await ask(title, h("div", {}, h("p", { class: "eq-hint" }, "Restoring writes the earlier values anew. Nothing is lost: you can undo it, and it stands in this history."), list, more), [["Close", "close", "go"]], { wide: true });
  return picked;
}

/** Put the table of a widget ({data, report, say}) back as it was at a point, and say so, with the way back. */
export async function putBack(widget, point) {
  const { data } = widget;
  await outbox.sent();
  const answer = await answered(talk("POST", "api/restore", { body: { table: data.id, seq: point.seq } }), "The table was not put back");
  if (!answer) return;
  await data.reload();
  const again = h("button", { type: "button", class: "eq-link", onclick: async () => {
    if (!await answered(talk("POST", "api/undo", { body: { batch: answer.batch } }), "The table was not changed back")) return;
    await data.reload();
    widget.say("The table is as it was before.");
  } }, "Undo");
  widget.say(answer.restored ? `${count(answer.restored, "cell")} put back to how ${answer.restored === 1 ? "it was" : "they were"} at ${timeOf(point.at)}.` : "Nothing is different from that point.");
  if (answer.restored) widget.report.append(" ", again);
}

function summary(data, point) {
  const how = point.reason === "restored" ? "restored an earlier point" : point.reason === "undo" ? "taken back" : SOURCES[point.source] ?? point.source;
  const rows = [[point.added, "added"], [point.removed, "deleted"], [point.moved, "moved"]].filter(([number]) => number).map(([number, words]) => `${count(number, "row")} ${words}`);
  const cells = point.cells ? [count(point.cells, "cell")] : [];
  return `${[...cells, ...rows].join(", ")}, ${how}`;
}

function changes(data, { changes: few, cells }, place) {
  if (!few.length) return null;
  const line = ({ row, field, old, value }) => {
    const column = data.columns.find((one) => one.name === field);
    const number = data.numberOf(row);
    const where = place ? `${place(row)}, ` : data.spec.single ? "" : number ? `Row ${number}, ` : "A row that is gone, ";
    return h("li", {}, `${where}${column?.label ?? field}: ${old === null ? "empty" : shown(column ?? {}, old)} → ${value === null ? "empty" : shown(column ?? {}, value)}`);
  };
  const rest = cells - Math.min(few.length, MANY);
  return h("ul", {}, few.slice(0, MANY).map(line), rest > 0 ? h("li", {}, `and ${count(rest, "more cell")}`) : null);
}
