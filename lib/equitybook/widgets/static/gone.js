/**
 * What was typed into rows that somebody else had taken out meanwhile, offline or in the same moment. It is saved with those rows, where
 * nobody would look for it: so it is said, and one press brings the rows back.
 */
import { banner, count } from "./dom.js";
import { news } from "./tables.js";

const NAME = "gone";
const MOMENT = 300; // a grid that is being typed in says it first
const waiting = new Map(); // table: ids of its rows

news.addEventListener("gone", ({ detail: { table, rows } }) => {
  setTimeout(() => tell(table, rows.filter((row) => row !== table.rescued && table.byId.get(row)?.deleted)), MOMENT);
});

function tell(table, rows) {
  if (!rows.length) return;
  waiting.set(table, new Set([...(waiting.get(table) ?? []), ...rows]));
  const some = [...waiting.values()].reduce((sum, ids) => sum + ids.size, 0);
  const where = [...waiting.keys()].map((one) => one.spec.title).join(", ");
  banner(NAME, null);
  banner(NAME, `Somebody else took out ${count(some, "row")} you typed in (${where}). What you typed is kept with ${some === 1 ? "it" : "them"}.`,
    [some === 1 ? "Bring the row back" : "Bring the rows back", () => close(true)], ["Leave it so", () => close(false)]);
}

function close(back) {
  if (back) for (const [table, ids] of waiting) table.set(table.removal([...ids], { deleted: false }));
  waiting.clear();
  banner(NAME, null);
}
