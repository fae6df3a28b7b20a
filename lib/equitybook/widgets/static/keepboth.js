/** Two people's texts in one: shown merged, to be read and corrected before it is saved. */
import { editInDialog } from "./editors.js";
import { merged } from "./merge.js";
import { nameOf, talk } from "./server.js";

/** Resolves to the text both are to become, or undefined where nothing is decided. `seen` is the version mine began with; `base` the text, where it is known. */
export async function keepBoth(table, row, column, { mine, theirs, author, seen, base: known }, place) {
  const base = known ?? await common(table, row, column, seen);
  const { text, clean } = merged(base, String(mine), String(theirs));
  const words = clean
    ? `You and ${nameOf(author)} changed different parts. Both are in here. Read it once, then keep it.`
    : `You and ${nameOf(author)} changed the same part. ${nameOf(author)}'s text stands first, yours after it. Make one text of them, then keep it.`;
  return editInDialog({ ...column, kind: "long_text", help: words, choices: null }, text, place ? `Keep both: ${place}` : "Keep both");
}

/** The text both began with; "" where it cannot be known, so that nothing is merged by guessing. */
async function common(table, row, column, seen) {
  if (!seen) return "";
  const { changes } = await talk("GET", "api/history", { query: { table, row, field: column.name } }).catch(() => ({ changes: [] }));
  const value = changes.find((change) => change.version === seen)?.value;
  return typeof value === "string" ? value : "";
}
