/** The parts of a grid's page: buttons, heading row, the place for the rows, the words around them. */
import { h, newId } from "./dom.js";
import { heading, NUMERIC, WIDTHS } from "./cells.js";
import { url } from "./server.js";

const NUMBER_WIDTH = 3.5;
const width = (column) => WIDTHS[column.kind] ?? 10;

/** Build everything and return it by name: {element, table, scroll, buttons, report, empty, find, pager}. */
export function buildGrid(grid, empty) {
  const help = newId("help");
  const parts = {
    buttons: buttons(grid),
    report: h("p", { class: "eq-report" }),
    empty: h("p", { class: "eq-empty" }, empty || "Nothing here yet. Upload a file, paste from Excel, or add the first row."),
    pager: h("div", { class: "eq-tools eq-pager", hidden: true }),
    find: find(grid),
    table: table(grid, help),
  };
  parts.scroll = h("div", { class: "eq-scroll" }, parts.table);
  parts.element = h("div", { class: "eq-grid", role: "group", "aria-label": grid.label },
    h("div", { class: "eq-tools" }, parts.buttons.add, parts.buttons.paste,
      file("Blank spreadsheet", `api/downloads/blank/${grid.data.id}.xlsx`), file("Download", `api/downloads/${grid.data.id}.xlsx`)),
    h("div", { class: "eq-tools eq-quiet" }, parts.buttons.undo, parts.buttons.redo, parts.buttons.duplicate, parts.buttons.remove, parts.buttons.history),
    meanings(grid.columns),
    h("p", { class: "eq-unseen", id: help }, "Arrow keys move, Enter or typing edits, Escape leaves a cell as it was. Tab goes along the row and leaves the table at its end."),
    parts.find, parts.report, parts.empty, parts.scroll, parts.pager);
  return parts;
}

function buttons(grid) {
  const button = (words, onclick, look) => h("button", { type: "button", class: look ?? "", onclick }, words);
  return {
    add: button("Add row", () => grid.addRow(), "go"),
    paste: button("Paste from Excel", () => grid.showPasteHelp()),
    undo: button("Undo", () => grid.undo()),
    redo: button("Redo", () => grid.redo()),
    duplicate: button("Duplicate row", () => grid.duplicate()),
    remove: button("Delete row", () => grid.remove()),
    history: button("History of this cell", () => grid.showHistory()),
  };
}

function file(words, path) {
  return h("a", { class: "eq-button", href: url(path), download: "" }, words);
}

function find(grid) {
  return h("div", { class: "eq-find", hidden: true },
    h("label", {}, "Find ", h("input", { type: "search", oninput: (event) => { grid.filter.text = event.target.value.trim(); grid.refresh(); } })),
    h("label", { class: "eq-box" }, h("input", { type: "checkbox", onchange: (event) => { grid.filter.check = event.target.checked; grid.refresh(); } }), "Only rows to check"));
}

function table(grid, help) {
  const { columns } = grid;
  const head = h("tr", { role: "row", "aria-rowindex": 1 },
    h("th", { role: "columnheader", scope: "col", class: "eq-number", "aria-colindex": 1 }, "Row"),
    columns.map((column, at) => h("th", { role: "columnheader", scope: "col", "aria-colindex": at + 2, title: column.help || null, class: NUMERIC.has(column.kind) ? "n" : "" },
      heading(column), column.required ? h("span", { class: "eq-needed" }, " needed") : null)));
  const total = NUMBER_WIDTH + columns.reduce((sum, column) => sum + width(column), 0);
  return h("table", {
    role: "grid", class: "eq-table", "aria-label": grid.label, "aria-describedby": help, "aria-colcount": columns.length + 1, style: `min-width:${total}rem`,
  }, h("colgroup", {}, [NUMBER_WIDTH, ...columns.map(width)].map((rem) => h("col", { style: `width:${rem}rem` }))), h("thead", {}, head), h("tbody", {}));
}

function meanings(columns) {
  const explained = columns.filter((column) => column.help || column.required);
  if (!explained.length) return null;
  return h("details", { class: "eq-meanings" }, h("summary", {}, "What the columns mean"),
    h("dl", {}, explained.map((column) => [h("dt", {}, heading(column)), h("dd", {}, [column.help, column.required ? "Needed." : ""].filter(Boolean).join(" "))])));
}
