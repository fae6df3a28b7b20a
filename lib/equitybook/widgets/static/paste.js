/** Blocks of cells between this page and Excel or Google Sheets: tab-separated text, with quotes around what holds tabs or line ends. */
import { heading, meant } from "./cells.js";

/** Text from a spreadsheet as rows of texts. Trailing blank lines are left out. */
export function readBlock(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const row = rows[rows.length - 1];
    if (quoted) {
      if (sign !== '"') row[row.length - 1] += sign;
      else if (text[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; }
      else quoted = false;
    } else if (sign === '"' && row[row.length - 1] === "" && closes(text, at)) quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  while (rows.length && rows[rows.length - 1].every((cell) => cell.trim() === "")) rows.pop();
  return rows;
}

/** Is the quote at this place closed before a tab, a line end or the end? Otherwise it is an inch sign or a stray quote. */
function closes(text, start) {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') at += 1;
    else return at + 1 === text.length || "\t\r\n".includes(text[at + 1]);
  }
  return false;
}

/** Rows of texts as a spreadsheet takes them. */
export function writeBlock(rows) {
  return rows.map((row) => row.map((cell) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t")).join("\n");
}

const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The column each cell of a heading row stands for, or null when the row is no heading row: one cell alone is a value, also where a column is called so. */
function readHeadings([row = [], ...under], columns) {
  // The words of the page and of its own spreadsheets come first: one column's name may be another one's words.
  const words = [heading, ({ label }) => label, ({ name }) => name];
  const found = row.map((cell) => words.map((of) => columns.findIndex((column) => plain(of(column)) === plain(cell))).find((at) => at >= 0) ?? -1);
  const filled = row.filter((cell) => cell.trim() !== "").length;
  const known = found.filter((index) => index >= 0).length;
  const least = under.length ? 1 : 2;
  return filled > 0 && known >= Math.max(least, Math.ceil(filled * 0.6)) && new Set(found.filter((index) => index >= 0)).size === known ? found : null;
}

/**
 * Where each pasted value goes, starting at a row and a column of the view; one value alone goes `over` all that is chosen ({rows, columns}):
 * {cells: [{row: index from the start row, column, value}], rows, outside: what did not fit, in words, headings: bool, filled: bool}.
 */
export function planPaste(block, columns, startColumn, over = { rows: 1, columns: 1 }) {
  const filled = block.length === 1 && block[0].length === 1 && over.rows * over.columns > 1;
  const headings = readHeadings(block, columns);
  const body = headings ? block.slice(1) : filled ? Array.from({ length: over.rows }, () => Array(over.columns).fill(block[0][0])) : block;
  const cells = [];
  const outside = new Set();
  body.forEach((texts, row) => texts.forEach((text, at) => {
    const column = columns[headings ? headings[at] : startColumn + at];
    if (column) cells.push({ row, column, value: meant(column, text) });
    else if (text.trim()) outside.add(headings ? `“${block[0][at].trim() || `column ${at + 1}`}”` : `column ${at + 1}`);
  }));
  return { cells, rows: body.length, outside: [...outside], headings: headings !== null, filled };
}
