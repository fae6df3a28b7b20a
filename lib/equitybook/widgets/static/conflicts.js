/** Conflicts that wait for this person's choice: kept in this browser until it is made, so that a reload does not make it for them. */
import { same } from "./cells.js";
import { facts, owner } from "./server.js";

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

/** A conflict is with what the other has written by now: who chooses must not overwrite what was never shown. */
export function renewed(table, row, field, conflict, { value, author, at }) {
  if (!conflict || author === facts.username || same(value, conflict.theirs)) return conflict;
  if (alike(value, conflict.mine)) {
    forgetConflict(table, row, field);
    return undefined;
  }
  const now = { ...conflict, theirs: value, author, at };
  keepConflict(table, row, field, now);
  return now;
}

/** The same, though one is as it was typed ("6") and the other as it was read (6). */
export function alike(one, other) {
  return same(one, other) || (one !== null && other !== null && String(one) === String(other));
}
