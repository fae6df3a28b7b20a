/**
 * This page's copy of a table: what the server has, with what was typed here and is on its way laid over it.
 * The grid and the form draw from it; nobody else keeps values.
 */
import { Codes } from "./codes.js";
import { alike, forgetConflict, keepConflict, keptConflicts, renewed } from "./conflicts.js";
import { facts, talk } from "./server.js";
import { outbox } from "./outbox.js";
import { placed } from "./places.js";
import { randomId } from "./dom.js";

const ORDER = "_order";
const DELETED = "_deleted";
const SYSTEM = new Set([ORDER, DELETED]);
const open = new Map();

/**
 * Tells, by the event "stored", that tables ({tables: Set of ids}) have new values on the server, whoever wrote them; by "gone", that
 * what was typed here went into rows ({table, rows: ids}) somebody else has taken out.
 */
export const news = new EventTarget();

function tellStored(tables) {
  news.dispatchEvent(new CustomEvent("stored", { detail: { tables: new Set(tables) } }));
}

outbox.addEventListener("answer", ({ detail }) => tellStored(detail.tables));

/** Fetch tables again after something wrote to them behind this page's back, such as an import. */
export async function refetch(ids) {
  for (const table of await openTables()) if (ids.includes(table.id)) await table.reload();
  tellStored(ids);
}

/** The table with that id, loaded once per page; everyone who asks gets the same one. */
export function openTable(id) {
  if (!open.has(id)) {
    const loading = talk("GET", `api/tables/${encodeURIComponent(id)}`).then((answer) => new TableData(answer));
    loading.catch(() => open.delete(id));
    open.set(id, loading);
  }
  return open.get(id);
}

/** The tables this page has loaded. */
export async function openTables() {
  return (await Promise.allSettled(open.values())).filter((one) => one.status === "fulfilled").map((one) => one.value);
}

export class TableData extends EventTarget {
  constructor(answer) {
    super();
    this.spec = answer.table;
    this.columns = answer.table.columns;
    this.unwritten = new Set(this.columns.filter((column) => column.typed === false).map((column) => column.name));
    this.byId = new Map();
    this.codes = new Codes(this);
    this.load(answer);
    outbox.addEventListener("receipt", ({ detail }) => { if (detail.entry.table === this.id) this.#receive(detail); });
    outbox.addEventListener("refused", ({ detail }) => { if (detail.entry.table === this.id) this.#tell({ rows: [detail.entry.row] }); });
    outbox.addEventListener("dropped", ({ detail }) => { if (detail.entry.table === this.id) this.#back(detail.entry); });
    outbox.addEventListener("answer", ({ detail }) => {
      if (detail.messages?.[this.id]) this.setMessages(detail.messages[this.id]);
      if (detail.locked?.[this.id]) this.setLocks(detail.locked[this.id]);
      if (detail.gone?.[this.id]) this.#takeOut(detail.gone[this.id]);
    });
  }

  get id() {
    return this.spec.id;
  }

  /**
   * Take everything from the server, then lay the unsent edits over it. Rows that were `settled` here and are not in the answer were
   * taken out meanwhile: they stay known as such, so that nothing typed for them makes new ones of them.
   */
  load(answer, settled = new Set()) {
    const open = keptConflicts(this.id);
    const before = this.byId;
    this.byId = new Map(answer.rows.map((row) => [row.id, {
      id: row.id, order: row.order, deleted: false, locked: row.locked ?? {},
      cells: new Map([
        ...Object.entries(row.cells).map(([field, cell]) => [field, { ...cell, conflict: renewed(this.id, row.id, field, open[`${row.id}/${field}`], cell) }]),
        ...Object.entries(row.system).map(([field, version]) => [field, { version }]),
      ]),
    }]));
    for (const [id, row] of before) if (!this.byId.has(id)) this.byId.set(id, settled.has(id) ? { ...row, deleted: true } : row);
    this.seq = answer.seq;
    this.codes.learn(answer.codes);
    this.messages = new Map();
    const times = answer.rows.flatMap((row) => Object.values(row.cells).map((cell) => cell.at));
    outbox.noteSaved(times.reduce((newest, at) => (at > newest ? at : newest), ""));
    for (const entry of outbox.pending(this.id)) this.#lay(entry.row, entry.field, entry.value);
    this.#sort();
    this.setMessages(answer.messages ?? []);
    this.codes.part();
    this.#tell({ all: true });
  }

  /** Fetch the table again, for example after an import changed all of it. */
  async reload() {
    // What is on its way, or is made while the answer comes, need not be in it.
    const settled = new Set([...this.byId.keys()].filter((row) => !outbox.pendingFor(this.id, row, ORDER)));
    this.load(await talk("GET", `api/tables/${encodeURIComponent(this.id)}`), settled);
  }

  /** {value, version, author, at, source, pending, refused, conflict} of one cell. */
  cell(rowId, field) {
    const cell = this.byId.get(rowId)?.cells.get(field) ?? { value: null, version: 0 };
    const waiting = outbox.pendingFor(this.id, rowId, field);
    return waiting ? { ...cell, value: waiting.value, pending: true, refused: waiting.refused } : cell;
  }

  /** Why a field may not be changed any more, in a sentence; "" where it may. */
  lockOf(rowId, field) {
    if (this.unwritten.has(field)) return "The page fills this in itself.";
    return this.byId.get(rowId)?.locked[field] ?? "";
  }

  /** Take the server's word on what is locked: {row id: {field: sentence}}; rows not named have nothing locked. */
  setLocks(locks) {
    const changed = [...this.byId.values()].filter((row) => JSON.stringify(row.locked) !== JSON.stringify(locks[row.id] ?? {}));
    for (const row of changed) row.locked = locks[row.id] ?? {};
    if (changed.length) this.#tell({ rows: changed.map((row) => row.id) });
  }

  /** The number a row is called by: its place in the order of entry, from 1, however the page shows the rows. */
  numberOf(rowId) {
    return this.numbers.get(rowId) ?? 0;
  }

  /** What there is to check in one cell (field "" is the whole row, row "" the whole table). */
  messagesFor(rowId, field) {
    return this.messages.get(`${rowId}\u0000${field}`) ?? [];
  }

  /** Is this a message about a cell that is simply not filled in yet? */
  isMissing({ row, field }) {
    const value = row && field ? this.valueOf(row, field) : "";
    return value === null || (Array.isArray(value) && value.length === 0);
  }

  setMessages(messages) {
    this.allMessages = messages;
    this.messages = new Map();
    for (const { row, field, text } of messages) {
      const key = `${row}\u0000${field}`;
      this.messages.set(key, [...(this.messages.get(key) ?? []), text]);
    }
    this.#tell({ messages: true });
  }

  /** Change fields: [{row, field, value, expected?}]. `expected` is the version seen when the person began to type. */
  set(edits, { source = "typed", batch = "", wait = false } = {}) {
    outbox.put(edits.map(({ row, field, value, expected }) => ({
      table: this.id, row, field, value, source, batch, expected: expected ?? this.#version(row, field),
    })), { wait });
    let moved = false;
    for (const { row, field, value } of edits) moved = this.#lay(row, field, value) || moved;
    if (moved) this.#sort();
    this.#tell(moved ? { all: true } : { rows: edits.map((edit) => edit.row) });
  }

  /** The edits that add rows of values ({field: value}) after a row, or at the end; and the ids of those rows. */
  newRows(rows, { after = null } = {}) {
    const at = after ? this.rows.findIndex((row) => row.id === after) : this.rows.length - 1;
    const low = this.rows[at]?.order ?? 0;
    const high = this.rows[at + 1]?.order ?? low + rows.length + 1;
    const ids = rows.map(() => randomId());
    const edits = rows.flatMap((values, index) => [
      { row: ids[index], field: ORDER, value: low + ((high - low) * (index + 1)) / (rows.length + 1) },
      ...Object.entries({ ...values, ...this.codes.give(ids[index], index) }).map(([field, value]) => ({ row: ids[index], field, value })),
    ]);
    return { ids, edits };
  }

  /** The edits that move a row one place up (step -1) or down (1) in the order of entry; none at the edge. */
  moved(rowId, step) {
    return placed(this.rows, rowId, step).map(([row, value]) => ({ row, field: ORDER, value }));
  }

  /** The edits that take rows out, or bring them back. */
  removal(ids, { deleted = true } = {}) {
    return ids.map((row) => ({ row, field: DELETED, value: deleted }));
  }

  /** The value a field has now, system fields included. */
  valueOf(rowId, field) {
    const row = this.byId.get(rowId);
    if (field === ORDER) return row?.order ?? null;
    if (field === DELETED) return row ? row.deleted : true;
    return this.cell(rowId, field).value ?? null;
  }

  /** Take in what others wrote: changes from the server's history. Returns those that were news here. */
  apply(changes) {
    const fresh = changes.filter((change) => change.table === this.id && change.version > this.#version(change.row, change.field));
    for (const change of fresh) this.#store(change.row, change.field, change);
    if (fresh.some((change) => SYSTEM.has(change.field))) this.#sort();
    if (fresh.length) this.codes.part();
    const mine = facts.username ?? null;
    if (fresh.length) {
      this.#tell({ all: true, remote: fresh.filter((change) => change.author !== mine) });
      tellStored([this.id]);
    }
    return fresh;
  }

  /** Settle a conflict: keep theirs, or write mine over it knowingly. */
  settle(rowId, field, choice, value) {
    const cell = this.byId.get(rowId)?.cells.get(field);
    if (!cell?.conflict) return;
    delete cell.conflict;
    forgetConflict(this.id, rowId, field);
    if (choice === "theirs") this.#tell({ rows: [rowId] });
    else this.set([{ row: rowId, field, value, expected: cell.version }]);
  }

  #version(rowId, field) {
    return this.byId.get(rowId)?.cells.get(field)?.version ?? 0;
  }

  #row(rowId) {
    if (!this.byId.has(rowId)) this.byId.set(rowId, { id: rowId, order: Number.MAX_SAFE_INTEGER, deleted: false, locked: {}, cells: new Map() });
    return this.byId.get(rowId);
  }

  #lay(rowId, field, value) {
    const row = this.#row(rowId);
    const isNew = !this.rows?.includes(row);
    if (field === ORDER) row.order = value;
    if (field === DELETED) row.deleted = value;
    this.codes.seen(field, value);
    return isNew || SYSTEM.has(field);
  }

  #store(rowId, field, { value, version, author, at, source }) {
    const row = this.#row(rowId);
    const waiting = outbox.pendingFor(this.id, rowId, field);
    const conflict = renewed(this.id, rowId, field, row.cells.get(field)?.conflict, { value, author, at });
    row.cells.set(field, { value, version, author, at, source, ...(conflict ? { conflict } : {}) });
    if (!waiting) this.#lay(rowId, field, value);
  }

  #receive({ entry, result }) {
    if (result.version >= this.#version(result.row, result.field)) this.#store(result.row, result.field, result);
    if (result.status === "conflict") this.#disagree(entry, result);
    else if (result.value === null && typeof entry.value === "string") this.dispatchEvent(new CustomEvent("emptied", { detail: { ...result, text: entry.value } }));
    this.dispatchEvent(new CustomEvent("saved", { detail: result }));
    if (SYSTEM.has(result.field)) this.#sort();
    this.#tell({ rows: [result.row] });
  }

  #disagree(entry, result) {
    if (SYSTEM.has(result.field)) {
      // Whether a row is there, and where, has no two sides worth asking about: the last wish wins, a newer one of ours included.
      if (outbox.pendingFor(this.id, result.row, result.field)) return;
      this.set([{ row: result.row, field: result.field, value: entry.value, expected: result.version }], { source: entry.source, batch: entry.batch });
      return;
    }
    const cell = this.byId.get(result.row).cells.get(result.field);
    if (alike(cell.value, entry.value)) return;
    cell.conflict = { mine: entry.value, theirs: result.value, author: result.author, at: result.at, seen: entry.expected };
    keepConflict(this.id, result.row, result.field, cell.conflict);
    this.dispatchEvent(new CustomEvent("conflict", { detail: { row: result.row, field: result.field } }));
  }

  /** What was typed here came to rows that are not there any more: they go from the page, and somebody is told. */
  #takeOut(ids) {
    for (const id of ids) this.#row(id).deleted = true;
    this.#sort();
    this.#tell({ all: true });
    news.dispatchEvent(new CustomEvent("gone", { detail: { table: this, rows: ids } }));
  }

  #sort() {
    this.rows = [...this.byId.values()].filter((row) => !row.deleted)
      .sort((one, other) => one.order - other.order || (one.id < other.id ? -1 : 1));
    this.numbers = new Map(this.rows.map((row, at) => [row.id, at + 1]));
  }

  /** An edit was given up: the row stands as the server has it. */
  #back({ row, field }) {
    const stored = this.byId.get(row)?.cells.get(field)?.value;
    if (field === DELETED) this.byId.get(row).deleted = stored ?? false;
    this.#sort();
    this.#tell({ all: true });
  }

  #tell(detail) {
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }
}
