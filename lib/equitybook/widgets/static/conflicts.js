/** Conflicts that wait for this person's choice: kept in this browser until it is made, so that a reload does not make it for them. */
import { owner } from "./server.js";

const name = (table) => `equitybook:conflicts:${owner}:${table}`;

/** The open conflicts of a table by "row/field": {mine, theirs, author, at}. */
export function keptConflicts(table) {
  return JSON.parse(localStorage.getItem(name(table)) || "{}");
}

export function keepConflict(table, row, field, conflict) {
  localStorage.setItem(name(table), JSON.stringify({ ...keptConflicts(table), [`${row}/${field}`]: conflict }));
}

export function forgetConflict(table, row, field) {
  const { [`${row}/${field}`]: settled, ...open } = keptConflicts(table);
  if (settled) localStorage.setItem(name(table), JSON.stringify(open));
}
