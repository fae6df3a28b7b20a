/**
 * What was typed and is not yet acknowledged: kept in this browser until the server has it.
 *
 * An entry is one edit under a key of its own and never changes its value once made, so sending it twice (another tab, a
 * reload, a lost answer) is harmless: the server stores a key once. Newer typing in the same field replaces an entry that was
 * never sent, and waits behind one that was. Each entry has its own place in localStorage, so two tabs cannot overwrite each other.
 */
import { owner, Refused, SignedOut, talk } from "./server.js";
import { randomId } from "./dom.js";

const PREFIX = `equitybook:outbox:${owner}:`;
const IDLE = 600;
const SLOWEST_RETRY = 30000;
const MOST_PER_POST = 2000;

const place = (entry) => `${entry.table}\u0000${entry.row}\u0000${entry.field}`;

class Outbox extends EventTarget {
  constructor() {
    super();
    this.entries = new Map();
    this.newest = new Map();
    this.after = new Map(); // by key: the entries that wait for that one
    this.unkept = new Set(); // keys of entries for which this browser had no room
    this.trouble = null;
    this.savedAt = "";
    this.sending = false;
    this.failures = 0;
    this.timer = 0;
    this.clock = Date.now();
    this.#remember();
    window.addEventListener("online", () => this.flush());
    window.addEventListener("focus", () => { if (this.trouble) this.flush(); });
    document.addEventListener("visibilitychange", () => { if (this.size) this.flush(); });
    window.equitybook = { ...window.equitybook, unsent: () => this.size };
    if (this.entries.size) setTimeout(() => this.flush());
  }

  /** How many edits are not yet acknowledged. */
  get size() {
    return [...this.entries.values()].filter((entry) => !entry.refused).length;
  }

  /** The edits not yet acknowledged for one table, oldest first. */
  pending(table) {
    return [...this.entries.values()].filter((entry) => entry.table === table).sort((one, other) => one.n - other.n);
  }

  /** The newest unacknowledged edit of a field, or undefined. */
  pendingFor(table, row, field) {
    return this.entries.get(this.newest.get(place({ table, row, field })));
  }

  /**
   * Keep edits and send them soon. Each is {table, row, field, value, expected, source, batch}; `expected` is the version
   * the author saw. `wait` leaves a moment for more typing.
   */
  put(edits, { wait = false } = {}) {
    for (const edit of edits) {
      const before = this.entries.get(this.newest.get(place(edit)));
      const entry = { source: "typed", batch: "", ...edit, key: randomId(), n: (this.clock += 1), sent: false, after: null };
      if (before && (before.sent || before.refused)) {
        entry.after = before.refused ? null : before.key;
        entry.expected = before.expected;
        if (before.refused) this.#forget(before);
      } else if (before) {
        entry.expected = before.expected;
        entry.after = before.after;
        this.#forget(before);
      }
      this.#keep(entry);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait ? IDLE : 0);
    this.#tell();
  }

  /** Give up an edit the server refused: what it would have changed stays as the server has it. */
  drop(entry) {
    this.#forget(entry);
    this.dispatchEvent(new CustomEvent("dropped", { detail: { entry } }));
    this.#tell();
  }

  /** Send what is waiting now; resolves when nothing more can be sent. */
  async flush() {
    clearTimeout(this.timer);
    if (this.sending) return;
    this.sending = true;
    try {
      for (let batch = this.#next(); batch.length; batch = this.#next()) await this.#post(batch);
      this.failures = 0;
      this.trouble = null;
    } catch (error) {
      this.#fail(error);
    } finally {
      this.sending = false;
      this.#tell();
    }
  }

  /** Send everything, and resolve once nothing is on its way: acknowledged, or kept because it could not be sent. */
  async sent() {
    await this.flush();
    while (this.sending) await new Promise((resolve) => { setTimeout(resolve, 50); });
  }

  /** "saved", "saving" or "unsaved", with the words for the header. */
  get state() {
    const refused = [...this.entries.values()].find((entry) => entry.refused);
    if (this.trouble && this.unkept.size) return { kind: "unsaved", ...this.trouble, text: "Not saved, and too much to keep in this browser: leave this page open until it is saved" };
    if (this.trouble) return { kind: "unsaved", ...this.trouble };
    if (this.size) return { kind: "saving", text: this.unkept.size ? "Saving… Leave this page open: it is too much to keep in this browser" : "Saving…" };
    if (refused) return { kind: "unsaved", text: `Not saved: ${refused.refused}` };
    return { kind: "saved", at: this.savedAt, text: "" };
  }

  /** Note a time at which the server had everything, as an ISO text. */
  noteSaved(at) {
    if (at && at > this.savedAt) {
      this.savedAt = at;
      this.#tell();
    }
  }

  #next() {
    const ready = [...this.entries.values()].filter((entry) => !entry.refused && !(entry.after && this.entries.has(entry.after)));
    ready.sort((one, other) => one.n - other.n);
    const batch = ready.slice(0, MOST_PER_POST);
    for (const entry of batch.filter((one) => !one.sent)) {
      entry.sent = true;
      this.#write(entry);
    }
    return batch;
  }

  async #post(batch) {
    let answer;
    try {
      answer = await talk("POST", "api/edits", { body: { edits: batch.map(wire) }, keepalive: lastChance(batch) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.#narrow(batch, error.message);
      return;
    }
    this.trouble = null;
    for (const result of answer.results) this.#acknowledge(result);
    for (const { key, why } of answer.left ?? []) this.#leaveOut(this.entries.get(key), why);
    for (const entry of batch.filter((one) => this.entries.has(one.key))) this.#refuse(entry, "the server gave no answer for it.");
    this.noteSaved(answer.at);
    this.dispatchEvent(new CustomEvent("answer", { detail: { ...answer, tables: new Set(batch.map((entry) => entry.table)) } }));
  }

  /** One edit the server cannot take must not hold up the others: halve until it stands alone. */
  async #narrow(batch, sentence) {
    if (batch.length === 1) {
      this.#refuse(batch[0], sentence);
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await this.#post(batch.slice(0, middle));
    await this.#post(batch.slice(middle));
  }

  #acknowledge(result) {
    const entry = this.entries.get(result.key);
    if (!entry) return;
    for (const later of this.after.get(entry.key) ?? []) {
      if (later.after !== entry.key || !this.entries.has(later.key)) continue;
      later.after = null;
      if (result.status === "saved") later.expected = result.version;
      this.#write(later);
    }
    this.after.delete(entry.key);
    this.#forget(entry);
    this.dispatchEvent(new CustomEvent("receipt", { detail: { entry, result } }));
  }

  /** What could name a person is not kept, here neither. */
  #leaveOut(entry, why) {
    if (!entry) return;
    this.drop(entry);
    this.dispatchEvent(new CustomEvent("left", { detail: { entry, why } }));
  }

  #refuse(entry, sentence) {
    entry.refused = sentence;
    this.#write(entry);
    this.dispatchEvent(new CustomEvent("refused", { detail: { entry } }));
  }

  #fail(error) {
    this.failures += 1;
    this.trouble = error instanceof SignedOut
      ? { text: "Not saved: please sign in again; what you typed is kept in this browser", signIn: true }
      : { text: "Not saved: connection lost, kept in this browser" };
    const pause = Math.min(SLOWEST_RETRY, 1000 * 2 ** Math.min(this.failures - 1, 5));
    this.timer = setTimeout(() => this.flush(), pause);
  }

  #keep(entry) {
    this.#take(entry);
    this.#write(entry);
  }

  #take(entry) {
    this.entries.set(entry.key, entry);
    this.newest.set(place(entry), entry.key);
    if (entry.after) this.after.set(entry.after, [...(this.after.get(entry.after) ?? []), entry]);
  }

  #forget(entry) {
    this.entries.delete(entry.key);
    this.unkept.delete(entry.key);
    if (this.newest.get(place(entry)) === entry.key) this.newest.delete(place(entry));
    localStorage.removeItem(PREFIX + entry.key);
  }

  #write(entry) {
    try {
      localStorage.setItem(PREFIX + entry.key, JSON.stringify(entry));
      this.unkept.delete(entry.key);
    } catch {
      this.unkept.add(entry.key); // this browser's storage is full; the header says so
    }
  }

  #remember() {
    const found = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).map((name) => JSON.parse(localStorage.getItem(name)));
    for (const entry of found.sort((one, other) => one.n - other.n)) {
      // What was refused once may be taken after an update of the server: a reload tries again.
      delete entry.refused;
      this.#take(entry);
    }
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("state", { detail: this.state }));
  }
}

/** A page being left may finish a request only if it is small: browsers allow 64 kB. */
function lastChance(batch) {
  return document.visibilityState === "hidden" && batch.length < 200;
}

function wire({ table, row, field, value, expected, key, source, batch }) {
  return { table, row, field, value, expected, key, source, batch };
}

/** The page's one outbox. */
export const outbox = new Outbox();
