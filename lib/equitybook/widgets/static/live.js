/** What others write appears here within two seconds, without moving the focus. */
import { facts, nameOf, Refused, SignedOut, talk } from "./server.js";
import { here, meet } from "./presence.js";
import "./gone.js";
import { openTables } from "./tables.js";
import { outbox } from "./outbox.js";
import { announce, banner } from "./dom.js";

const EVERY = 1500;
const MANY = 400;
const QUIET = 10000;

let after = null;
let timer = 0;
let lastSaid = 0;
let heard = null; // how often comments on the cycle before and on this one were released

/** Begin to listen; call it as often as you like. */
export function listen() {
  if (timer) return;
  timer = setTimeout(look, EVERY);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") hurry(); });
}

/** Ask now rather than in a moment, for example after an import. */
export function hurry() {
  clearTimeout(timer);
  timer = setTimeout(look, 0);
}

async function look() {
  clearTimeout(timer);
  let pause = EVERY;
  try {
    if (document.visibilityState === "visible") await take();
  } catch (error) {
    // The header already tells about unsent work; without any, a lost connection shows when somebody types.
    pause = error instanceof SignedOut || error instanceof Refused ? 30000 : 5000;
  }
  timer = setTimeout(look, pause);
}

async function take() {
  const tables = await openTables();
  if (!tables.length) return;
  after ??= Math.min(...tables.map((table) => table.seq));
  const answer = await talk("GET", "api/changes", { query: { after, ...here() } });
  after = answer.seq;
  meet(answer.here ?? []);
  hearOfComments(answer.released ?? {});
  for (const table of tables) await give(table, answer);
  if (outbox.trouble && !outbox.trouble.signIn) outbox.flush();
}

/** Say that the coach has released comments that this page, made earlier, does not show. Counts begin anew with the server. */
function hearOfComments(released) {
  const now = [facts.cycle - 1, facts.cycle].map((cycle) => released[cycle] ?? 0);
  if (heard && now.some((count, at) => count > heard[at])) {
    banner("comments", "Your coach has written to you about this workbook. Reload to read it; what you typed is saved.", ["Reload", () => location.reload()]);
  }
  heard = now;
}

async function give(table, answer) {
  const mine = answer.changes.filter((change) => change.table === table.id);
  // An import writes thousands of cells: one fresh copy is quicker than replaying them.
  if (mine.length > MANY) await table.reload();
  else if (mine.length) say(table, table.apply(mine));
  if (answer.messages?.[table.id]) table.setMessages(answer.messages[table.id]);
  if (answer.locked?.[table.id]) table.setLocks(answer.locked[table.id]);
}

function say(table, news) {
  const other = news.find((change) => change.author !== facts.username);
  table.dispatchEvent(new CustomEvent("others", { detail: news }));
  if (!other || Date.now() - lastSaid < QUIET) return;
  const column = table.columns.find((one) => one.name === other.field);
  const row = table.rows.findIndex((one) => one.id === other.row) + 1;
  lastSaid = Date.now();
  if (column && row) announce(`${nameOf(other.author)} changed ${column.label}${table.spec.single ? "" : ` in row ${row}`}.`);
}
