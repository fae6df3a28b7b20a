/** The mouse in a grid: a press goes to a cell, a second one opens it, a press that sweeps over other cells chooses them. A finger scrolls and sweeps nothing. */

const STEADY = 4; // pixels a hand moves without meaning it

/** Listen to a grid's table. */
export function listenToMouse(grid) {
  grid.table.addEventListener("mousedown", (event) => point(grid, event));
}

function placeOf(td) {
  return [Number(td.parentElement.dataset.index), td.cellIndex - 1];
}

function point(grid, event) {
  const td = event.target.closest("[role=gridcell]");
  if (!td || td === grid.editing?.td) return;
  const [index, column] = placeOf(td);
  event.preventDefault();
  // The menu of the other button is about what is chosen.
  if (event.button && grid.isSelected(index, column)) return;
  const again = grid.isActive(index, column) && document.activeElement === td && !event.button;
  grid.go(index, column, { extend: event.shiftKey });
  // A finger has no double click.
  if (grid.body.cards) grid.edit();
  else if (!event.button) sweep(grid, event, again);
}

/** Follow the pressed mouse over the cells. Let go where it was pressed, on the cell one was in already, it means "let me in". */
function sweep(grid, start, again) {
  let moved = false;
  const move = (event) => {
    if (!(event.buttons & 1)) stop();
    moved ||= Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > STEADY;
    const td = moved && event.buttons & 1 ? event.target.closest?.("[role=gridcell]") : null;
    if (!td || !grid.table.contains(td) || grid.editing) return;
    const [index, column] = placeOf(td);
    if (!grid.isActive(index, column)) grid.go(index, column, { extend: true });
  };
  const stop = () => {
    document.removeEventListener("mousemove", move);
    document.removeEventListener("mouseup", end);
  };
  const end = () => {
    stop();
    if (again && !start.shiftKey && grid.block().rows.length * grid.block().columns.length === 1) grid.edit();
  };
  document.addEventListener("mousemove", move);
  document.addEventListener("mouseup", end);
}
