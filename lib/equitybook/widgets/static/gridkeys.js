/** Keyboard and clipboard of a grid: moving, choosing a block, copying or cutting it out, pasting into it. */
import { h } from "./dom.js";
import { readBlock } from "./paste.js";

/** Listen to a grid's table. */
export function listenToKeys(grid) {
  const { table } = grid;
  table.addEventListener("keydown", (event) => {
    if (event.target.closest("thead")) alongTheHeads(grid, event);
    else if (!grid.editing && event.target.closest("[role=gridcell]")) press(grid, event);
  });
  table.addEventListener("focusin", (event) => follow(grid, event));
  for (const act of ["copy", "cut"]) table.addEventListener(act, (event) => takeOut(grid, event, act));
  table.addEventListener("paste", (event) => {
    // Into a text being typed a word goes where the caret is; a drop-down has none.
    if (grid.editing && !grid.editing.picking && !event.clipboardData.getData("text/plain").match(/[\t\n]/)) return;
    if (grid.editing && grid.editing.column.kind === "long_text") return;
    event.preventDefault();
    grid.cancelEdit();
    grid.paste(readBlock(event.clipboardData.getData("text/plain")));
  });
}

const MOVES = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

function press(grid, event) {
  const command = event.ctrlKey || event.metaKey;
  const handled = command ? withCommand(grid, event) : withoutCommand(grid, event);
  if (handled) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function withCommand(grid, { key, shiftKey }) {
  const lower = key.toLowerCase();
  if (lower === "z") return done(shiftKey ? grid.redo() : grid.undo());
  if (lower === "y") return done(grid.redo());
  if (lower === "a") return done(grid.selectAll());
  if (key === "Home") return done(grid.go(0, 0, { extend: shiftKey }));
  if (key === "End") return done(grid.go(grid.rows.length - 1, grid.columns.length - 1, { extend: shiftKey }));
  return false;
}

function withoutCommand(grid, { key, shiftKey, altKey }) {
  const { activeIndex: row, activeColumn: column } = grid;
  if (altKey) return shiftKey && (key === "ArrowUp" || key === "ArrowDown") ? done(grid.move(key === "ArrowUp" ? -1 : 1)) : false;
  if (key === "ArrowUp" && row === 0 && !shiftKey && !grid.body.cards) return done(headOf(grid, column).focus());
  if (key in MOVES) return done(grid.go(row + MOVES[key][0], column + MOVES[key][1], { extend: shiftKey }));
  if (key === "Home") return done(grid.go(row, 0, { extend: shiftKey }));
  if (key === "End") return done(grid.go(row, grid.columns.length - 1, { extend: shiftKey }));
  if (key === "PageUp" || key === "PageDown") return done(grid.go(row + (key === "PageUp" ? -1 : 1) * grid.body.screenful, column, { extend: shiftKey }));
  if (key === "Enter" || key === "F2") return done(grid.edit());
  if (key === "Delete" || key === "Backspace") return done(grid.clear());
  if (key === "Escape") return done(grid.go(row, column));
  if (key === "Tab") return alongTheRow(grid, shiftKey ? -1 : 1);
  if (key.length === 1) return done(grid.edit({ start: key }));
  return false;
}

function headOf(grid, column) {
  return grid.table.tHead.rows[0].cells[column + 1].querySelector("button");
}

/** Left and right go from head to head, down goes back into the rows; Enter and Space press the button as everywhere. */
function alongTheHeads(grid, event) {
  const column = event.target.closest("th").cellIndex - 1;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.key === "ArrowDown") grid.go(0, column);
  else if (step) headOf(grid, Math.min(Math.max(column + step, 0), grid.columns.length - 1)).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Tab goes along the row and leaves the table at its end, so that nobody is held in it. */
function alongTheRow(grid, step) {
  const next = grid.activeColumn + step;
  if (next < 0 || next >= grid.columns.length) return false;
  return done(grid.go(grid.activeIndex, next));
}

function done() {
  return true;
}

function follow(grid, event) {
  const td = event.target.closest("[role=gridcell]");
  if (!td || grid.editing) return;
  grid.setActive(Number(td.parentElement.dataset.index), td.cellIndex - 1);
}

function takeOut(grid, event, act) {
  // A heading or a card's button has the focus, not a cell: nothing there is to be taken out.
  if (grid.editing || !event.target.closest("[role=gridcell]")) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", grid[act]());
}

/**
 * The help of "Paste from Excel", with a box for those whose browser or keyboard cannot paste into a table. `place` says where the chosen
 * cell is; empty where none is chosen, and everything comes as new rows.
 */
export function pasteHelp(place) {
  const box = h("textarea", { rows: 6, "aria-label": "Cells copied from a spreadsheet" });
  const words = [
    h("p", {}, "In Excel or Google Sheets, select the cells and copy them. Then select the first cell here and press Ctrl and V (on a Mac, Command and V)."),
    h("p", {}, "You may copy the heading row too: columns are then matched by their headings. Or paste into this box:"),
  ];
  const fresh = h("input", { type: "radio", name: "eq-paste-to", checked: true });
  const here = h("input", { type: "radio", name: "eq-paste-to" });
  const where = h("fieldset", { class: "eq-paste-to" }, h("legend", {}, "Where to?"), h("label", { class: "eq-box" }, fresh, "As new rows at the end"), h("label", { class: "eq-box" }, here, `Into the table ${place}`));
  return { body: [...words, box, place ? where : null], read: () => readBlock(box.value), asNew: () => !place || fresh.checked };
}
