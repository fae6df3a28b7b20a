/** Keyboard and clipboard of a grid of choices: moving as in every other table, one tab stop, blocks from a spreadsheet. */
import { readBlock, writeBlock } from "./paste.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-5, 0], PageDown: [5, 0] };

/** Listen to a matrix's cells. An open list has the keys to itself. */
export function listenToKeys(matrix) {
  matrix.body.addEventListener("keydown", (event) => {
    const cell = matrix.cellAround(event.target);
    if (!cell || cell.open) {
      cell?.pressInList(event);
      return;
    }
    const handled = event.ctrlKey || event.metaKey ? withCommand(matrix, event) : withoutCommand(matrix, cell, event);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  });
  // On the document: not every browser tells a focused list of a paste.
  document.addEventListener("paste", (event) => {
    const cell = matrix.cellAround(document.activeElement);
    if (!cell || cell.open) return;
    event.preventDefault();
    matrix.paste(readBlock(event.clipboardData.getData("text/plain")));
  });
  document.addEventListener("copy", (event) => {
    const cell = matrix.cellAround(document.activeElement);
    if (!cell || cell.open || String(window.getSelection())) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeBlock([[cell.copied]]));
    matrix.say("1 cell copied.");
  });
}

function withCommand(matrix, { key, shiftKey, altKey }) {
  if (altKey) return false;
  const lower = key.toLowerCase();
  if (lower === "z") return done(shiftKey ? matrix.redo() : matrix.undo());
  if (lower === "y") return done(matrix.redo());
  if (key === "Home") return done(matrix.go(0, 0));
  if (key === "End") return done(matrix.go(Infinity, Infinity));
  // A closed list would take these for a choice.
  return key in MOVES;
}

function withoutCommand(matrix, cell, event) {
  const { key, shiftKey, altKey } = event;
  const { row, column } = matrix.indexOf(cell);
  if (altKey) return cell.press(event);
  if (key in MOVES) return done(matrix.go(row + MOVES[key][0], column + MOVES[key][1]));
  if (key === "Home") return done(matrix.go(row, 0));
  if (key === "End") return done(matrix.go(row, Infinity));
  if (key === "Tab") return alongTheRow(matrix, row, column + (shiftKey ? -1 : 1));
  return cell.press(event);
}

/** Tab goes along the row and leaves the table at its end, so that nobody is held in it. */
function alongTheRow(matrix, row, next) {
  if (next < 0 || next >= matrix.columns.known.length) return false;
  return done(matrix.go(row, next));
}

function done() {
  return true;
}
