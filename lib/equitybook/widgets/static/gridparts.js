/** The parts of a grid's page: buttons, heading row, the place for the rows, the words around them. */
import { h, newId } from "./dom.js";
import { heading, NUMERIC, WIDTHS } from "./cells.js";
import { url } from "./server.js";

const NUMBER_WIDTH = 3.5;
const HOW = "Arrow keys move, Enter or typing edits, Escape leaves a cell as it was. Tab goes along the row and leaves the table at its end. "
  + "Alt, Shift and an arrow up or down move the row. The arrow up from the first row leads to the column heads, which sort.";
const LONGEST_NAME = 40;
const LETTER = 0.56;
const AROUND = 2.7;
const WIDEST_WORD = 14;

/** As wide as its kind needs, and as its longest word: no word is broken in two. In rem. */
function width(column) {
  const words = [heading(column), ...(column.choices ?? []).map(([, label]) => label)].join(" ").split(/\s+/);
  const longest = Math.max(...words.map((word) => word.length)) * LETTER + AROUND;
  return Math.max(WIDTHS[column.kind] ?? 10, Math.min(longest, WIDEST_WORD));
}

/** Build everything and return it by name: {element, table, scroll, buttons, report, empty, find, pager}. */
export function buildGrid(grid, empty) {
  const help = newId("help");
  const parts = {
    buttons: buttons(grid),
    report: h("p", { class: "eq-report" }),
    empty: h("p", { class: "eq-empty" }, empty || "Nothing here yet. Paste from Excel, or add the first row."),
    pager: h("div", { class: "eq-tools eq-pager", hidden: true }),
    uploading: h("div"),
    ...find(grid),
    table: table(grid, help),
  };
  parts.scroll = h("div", { class: "eq-scroll" }, parts.table);
  parts.element = h("div", { class: "eq-grid", role: "group", "aria-label": grid.label, "data-table": grid.data.id },
    h("p", { class: "eq-table-title" }, grid.label),
    h("div", { class: "eq-tools" }, parts.buttons.add, parts.buttons.starters, parts.buttons.paste, parts.buttons.upload,
      file("Blank spreadsheet", `api/downloads/blank/${grid.data.id}.xlsx`), file("Download", `api/downloads/${grid.data.id}.xlsx`), file("As CSV", `api/downloads/${grid.data.id}.csv`, `Download: ${grid.label}`),
      h("span", { class: "eq-undo eq-quiet" }, parts.buttons.undo, parts.buttons.redo), more()),
    parts.uploading,
    h("div", { class: "eq-tools eq-quiet" },
      // A card has its own.
      grid.layout === "cards" ? null : h("span", { class: "eq-row-tools" }, parts.buttons.duplicate, parts.buttons.remove, parts.buttons.up, parts.buttons.down),
      parts.buttons.history, parts.buttons.tableHistory, parts.buttons.fold),
    h("p", { class: "eq-unseen", id: help }, HOW),
    h("div", { class: "eq-above" }, parts.find, meanings(grid.columns)), parts.report, parts.empty, parts.scroll, parts.pager);
  return parts;
}

function buttons(grid) {
  const button = (words, onclick, look) => h("button", { type: "button", class: look ?? "", onclick }, words);
  return {
    add: button(adding(grid), () => grid.addRow(), "go"),
    starters: button("Begin with the usual rows", () => grid.begin()),
    paste: button("Paste from Excel", () => grid.showPasteHelp()),
    upload: grid.data.spec.upload_megabytes ? button("Upload a file", () => grid.showUpload(), "eq-second") : null,
    undo: button("Undo", () => grid.undo()),
    redo: button("Redo", () => grid.redo()),
    duplicate: button("Duplicate row", () => grid.duplicate()),
    remove: button("Delete row", () => grid.remove()),
    up: button("Move row up", () => grid.move(-1)),
    down: button("Move row down", () => grid.move(1)),
    history: button("History of this cell", () => grid.showHistory(), "eq-second"),
    fold: button("Open every row", () => grid.foldAll()),
    tableHistory: button("History of this table", () => grid.showTableHistory(), "eq-second"),
  };
}

/** "Add a measure" where a card has a short name, otherwise "Add row". */
function adding(grid) {
  const one = grid.data.spec.one_row?.replace(/^one /, "") ?? "";
  if (grid.layout !== "cards" || !one || one.length > LONGEST_NAME) return "Add row";
  return `Add ${/^[aeiou]/i.test(one) ? "an" : "a"} ${one}`;
}

function file(words, path, about = "") {
  return h("a", { class: "eq-button eq-second", href: url(path), download: "" }, words, about ? h("span", { class: "eq-unseen" }, `: ${about}`) : null);
}

/** On a phone, where seven lines of buttons would stand above a table, what is needed less often waits behind this one. */
function more() {
  const turn = ({ currentTarget }) => {
    const open = currentTarget.closest(".eq-grid").classList.toggle("eq-more-open");
    currentTarget.setAttribute("aria-expanded", String(open));
  };
  return h("button", { type: "button", class: "eq-more", "aria-expanded": "false", onclick: turn }, "More", h("span", { class: "eq-unseen" }, " for this table"));
}

/** Finding, the rows to check, and the order of cards, whose heads are not on the page. */
function find(grid) {
  const text = h("input", { type: "search", oninput: (event) => grid.narrow({ text: event.target.value }) });
  const check = h("input", { type: "checkbox", onchange: (event) => grid.narrow({ check: event.target.checked }) });
  const order = h("select", { onchange: (event) => chosen(grid, event.target.value) }, h("option", { value: "" }, "as entered"),
    grid.columns.flatMap((column) => [h("option", { value: `${column.name} up` }, heading(column)), h("option", { value: `${column.name} down` }, `${heading(column)}, last first`)]));
  const all = h("button", { type: "button", hidden: true, onclick: () => grid.showAll() }, "Show every row as entered");
  const orderLabel = h("label", {}, "Order ", order);
  return {
    found: { text, check, order, all, orderLabel },
    find: h("div", { class: "eq-find", hidden: true }, h("label", {}, "Find ", text), h("label", { class: "eq-box" }, check, "Only rows to check"), orderLabel, all),
  };
}

function chosen(grid, value) {
  const [name, side] = value.split(" ");
  grid.sort(grid.columns.find((column) => column.name === name) ?? null, side === "down");
}

function table(grid, help) {
  const { columns } = grid;
  const head = h("tr", { role: "row", "aria-rowindex": 1 },
    h("th", { role: "columnheader", scope: "col", class: "eq-number", "aria-colindex": 1 }, "Row"), columns.map((column, at) => columnHead(grid, column, at)));
  const total = NUMBER_WIDTH + columns.reduce((sum, column) => sum + width(column), 0);
  return h("table", {
    role: "grid", class: "eq-table", "aria-label": grid.label, "aria-describedby": help, "aria-colcount": columns.length + 1, style: `min-width:${total}rem`,
  }, h("colgroup", {}, [NUMBER_WIDTH, ...columns.map(width)].map((rem) => h("col", { style: `width:${rem}rem` }))), h("thead", {}, head), h("tbody", {}));
}

/** A head sorts when it is pressed. It is reached by the arrow up from the first row, so that Tab need not pass all of them. */
function columnHead(grid, column, at) {
  return h("th", { role: "columnheader", scope: "col", "aria-colindex": at + 2, "aria-sort": "none", title: column.help || null, class: NUMERIC.has(column.kind) ? "n" : "" },
    h("button", { type: "button", class: "eq-sort", tabindex: -1, onclick: () => grid.turn(column) }, heading(column)),
    column.required ? h("span", { class: "eq-needed" }, " needed") : null);
}

function meanings(columns) {
  const explained = columns.filter((column) => column.help || column.required);
  if (!explained.length) return null;
  return h("details", { class: "eq-meanings" }, h("summary", {}, "What the columns mean"),
    h("dl", {}, explained.map((column) => [h("dt", {}, heading(column)), h("dd", {}, [column.help, column.required ? "Needed." : ""].filter(Boolean).join(" "))])));
}
