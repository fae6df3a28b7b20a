/** How a stored value reads on the page, and what a cell is called. */
import { nameOf } from "./server.js";

const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 10 });
const rounded = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 0, maximumFractionDigits: 2 });
const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

const MONTHS = Array.from({ length: 12 }, (_, at) => days.formatToParts(new Date(Date.UTC(2026, at, 1))).find((part) => part.type === "month").value);

/** Are two stored values the same, lists of choices included? */
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Kinds whose values stand at the right, under each other. */
export const NUMERIC = new Set(["whole", "number", "money", "percent"]);

/** Widths that hold the usual value of each kind, in rem. */
export const WIDTHS = { text: 11, long_text: 18, whole: 6.5, number: 7, money: 8.5, percent: 7, date: 8.5, choice: 11, choices: 15, yes_no: 6.5 };

export function isEmpty(value) {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** The words for one code of a column's list; the code itself where it is not in the list. */
export function labelOf(column, code) {
  return column.choices?.find(([one]) => one === code)?.[1] ?? String(code);
}

/** A value as it is read: "$74,250", "24 %", "10 Mar 2014", "White". What is not of the kind is shown as typed. */
export function shown(column, value) {
  if (isEmpty(value)) return "";
  if (Array.isArray(value)) return value.map((code) => labelOf(column, code)).join(", ");
  if (column.choices) return labelOf(column, value);
  if (column.kind === "yes_no") return value === true ? "Yes" : value === false ? "No" : String(value);
  if (typeof value === "number") return numeric(column.kind, value);
  if (column.kind === "date" && /^\d{4}-\d\d-\d\d$/.test(value)) return days.format(new Date(`${value}T00:00:00Z`));
  return String(value);
}

function numeric(kind, value) {
  if (kind === "money") return money.format(value);
  // Nobody types five decimals: such a number was computed, and is read to two. What is stored keeps them all.
  const text = (Number.isInteger(Math.round(value * 1e6) / 100) ? numbers : rounded).format(value);
  return kind === "percent" ? `${text} %` : text;
}

/** A measure's number with its unit: "41.5 %", "31 days", "$1,200". */
export function inUnit(unit, value) {
  if (typeof value !== "number") return isEmpty(value) ? "" : String(value);
  if (unit === "pct") return numeric("percent", value);
  if (unit === "dollars") return numeric("money", value);
  return `${numeric("number", value)}${unit === "days" ? ` ${value === 1 ? "day" : "days"}` : ""}`;
}

/** A value as it is edited or copied to a spreadsheet: plain digits, ISO dates, words for codes. */
export function typed(column, value) {
  if (isEmpty(value)) return "";
  if (Array.isArray(value)) return value.map((code) => labelOf(column, code)).join("; ");
  if (column.choices) return labelOf(column, value);
  if (column.kind === "yes_no" && typeof value === "boolean") return value ? "Yes" : "No";
  return String(value);
}

/** A value as it stands in a field to be changed: as typed, but a day as it is read, "30 Jun 2026". */
export function editable(column, value) {
  return column.kind === "date" ? shown(column, value) : typed(column, value);
}

/** Text that came from a keyboard or a spreadsheet, as it is sent: codes where the words are those of the list. */
export function meant(column, text) {
  const trimmed = text.replaceAll("\u00a0", " ").trim();
  if (trimmed === "") return null;
  if (column.kind === "choices") return several(column, trimmed).map((one) => codeFor(column, one));
  if (column.choices) return codeFor(column, trimmed);
  if (column.kind === "date") return isoDay(trimmed);
  return column.kind === "long_text" ? text : trimmed;
}

/** A day in the words this page writes itself, as year-month-day; any other text as it is, for the server to read. */
function isoDay(text) {
  const found = text.match(/^(\d{1,2}) ([A-Z][a-z]{2,3}) (\d{4})$/);
  const month = found ? MONTHS.indexOf(found[2]) : -1;
  if (month < 0) return text;
  const iso = `${found[3]}-${String(month + 1).padStart(2, "0")}-${found[1].padStart(2, "0")}`;
  return days.format(new Date(`${iso}T00:00:00Z`)) === text ? iso : text;
}

/** The choices in one text, apart as the server takes apart a file's cell: by semicolons, bars and lines, or else by commas unless they are part of the words. */
function several(column, text) {
  const known = ([code, label]) => [code, label].some((one) => String(one).toLowerCase() === text.toLowerCase());
  if (column.choices.some(known)) return [text];
  const parts = text.split(/[;\n|]/);
  const commas = parts.length === 1 && !column.choices.some(([, label]) => label.includes(","));
  return (commas ? text.split(",") : parts).map((one) => one.trim()).filter(Boolean);
}

function codeFor(column, text) {
  const wanted = text.toLowerCase();
  return column.choices.find(([code, label]) => label.toLowerCase() === wanted || String(code).toLowerCase() === wanted)?.[0] ?? text;
}

/** A message without the place in front of it, for where the place is plain: "Row 3, People: 7.5 is not…" to "7.5 is not…". */
export function bare(text, column) {
  const at = text.indexOf(`${column.label}: `);
  return at >= 0 && at < 20 ? text.slice(at + column.label.length + 2) : text;
}

/** The heading of a column with its unit: "Yearly pay (US dollars)". */
export function heading(column) {
  return column.unit && column.unit.toLowerCase() !== column.label.toLowerCase() ? `${column.label} (${column.unit})` : column.label;
}

/** What a screen reader says on a cell: "Row 3, People, 14, check: 14 is more than 12." `here` is who else is in it, `locked` why it is locked. */
export function cellName(number, column, cell, messages, { here = "", locked = "" } = {}) {
  const missing = isEmpty(cell.value) && messages.length > 0;
  const parts = [`Row ${number}`, column.label, shown(column, cell.value) || (missing ? "empty, needed" : "empty")];
  if (cell.conflict) parts.push(`${nameOf(cell.conflict.author)} wrote something else at the same time`);
  if (cell.refused) parts.push(`not saved: ${cell.refused}`);
  if (locked) parts.push(`locked: ${locked}`);
  if (here) parts.push(`${nameOf(here)} is in this cell`);
  if (messages.length && !missing) parts.push(`check: ${messages.map((text) => bare(text, column)).join(" ")}`);
  return parts.join(", ");
}
