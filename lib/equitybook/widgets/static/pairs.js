/** Pairs of rows from two tables: how the row that belongs to both is named, and which lines a grid of them has. */
import { isEmpty } from "./cells.js";

const LONGEST_ID = 64;

/** The name of the row that holds the choice for a pair: letters, digits, hyphens, colons and underscores. */
export function pairId(first, second) {
  const id = [first, second].map((text) => String(text).replace(/[^A-Za-z0-9-]/g, (one) => `_${one.charCodeAt(0).toString(36)}_`)).join(":");
  return id.length <= LONGEST_ID ? id : `${id.slice(0, 40)}:${digest(id)}`;
}

/** A number made of a text, for names too long to keep whole: 53 bits, in letters and digits. */
function digest(text) {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
    other = Math.imul(other ^ text.charCodeAt(at), 1597334677);
  }
  return (4294967296 * (2097151 & other) + (one >>> 0)).toString(36);
}

/** The pair itself, as one text to look it up by. */
export const pair = (first, second) => `${first}\u0000${second}`;

/** The rows of a table as lines of the grid, each code once; and how many have no code. */
export function lines(table, key, label) {
  const known = new Map();
  let nameless = 0;
  for (const { id } of table.rows) {
    const code = table.valueOf(id, key);
    if (isEmpty(code)) nameless += 1;
    else if (!known.has(String(code))) known.set(String(code), { key: String(code), label: String(table.valueOf(id, label) || code) });
  }
  return { known: [...known.values()], nameless };
}
