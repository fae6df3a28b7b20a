/** Typing into one cell of a grid: the editor opens inside the cell, sends while typing, and closes on Enter, Tab, Escape or leaving. */
import { editInDialog, editorFor } from "./editors.js";
import { shown, typed } from "./cells.js";
import { outbox } from "./outbox.js";
import { nameOf } from "./server.js";
import { Typing } from "./typing.js";

const ROOMY = new Set(["long_text", "choices"]);

/** Open the editor of the active cell, or say why it is locked. `start` is the first character typed, which replaces what was there. */
export function editCell(grid, { start = null } = {}) {
  const column = grid.columns[grid.activeColumn];
  const row = grid.rows[grid.activeIndex];
  if (!column || !row) return;
  const locked = grid.data.lockOf(row.id, column.name);
  const other = grid.othersIn(row.id, column.name);
  if (locked) {
    grid.say(`${column.label} is locked. ${locked}`);
    return;
  }
  if (other) grid.say(`${nameOf(other)} is in this cell, too.`);
  if (ROOMY.has(column.kind)) editRoomy(grid, row, column, start);
  else new CellEdit(grid, row, column, start);
}

/** Long texts and several choices, in a dialog: saved while typing, and put back where it is left as it was. */
async function editRoomy(grid, row, column, start) {
  const before = grid.data.valueOf(row.id, column.name);
  const typing = new Typing(grid.data, row.id, column.name);
  let sent = false;
  const value = await editInDialog(column, start !== null && column.kind === "long_text" ? start : before, `${column.label}, row ${grid.data.numberOf(row.id)}`, {
    oninput: (now, options) => { sent = true; typing.put(now, options); },
    place: { table: grid.data.id, row: row.id, field: column.name },
  });
  const after = value === undefined ? before : value;
  const changed = typed(column, after) !== typed(column, before);
  if (sent || changed) typing.put(after);
  typing.end();
  if (changed) grid.remember(`Change ${column.label}`, [{ row: row.id, field: column.name, before, after }]);
  outbox.flush();
}

class CellEdit {
  constructor(grid, row, column, start) {
    this.grid = grid;
    this.row = row;
    this.column = column;
    this.td = grid.body.show(grid.activeIndex, grid.activeColumn);
    this.before = grid.data.valueOf(row.id, column.name);
    this.typing = new Typing(grid.data, row.id, column.name);
    this.sent = false;
    grid.editing = this;
    this.editor = editorFor(column, this.before, { label: this.td.getAttribute("aria-label"), oninput: () => this.send({ wait: true }), onchange: () => this.send() });
    this.td.classList.add("eq-editing");
    this.td.removeAttribute("aria-label");
    this.td.replaceChildren(this.editor.element);
    this.td.addEventListener("keydown", this.press);
    this.editor.input.addEventListener("blur", this.leave);
    this.open(start);
  }

  open(start) {
    this.editor.focus();
    const { input } = this.editor;
    if (input.tagName === "SELECT") openList(input, start);
    else if (start !== null) {
      input.value = start;
      this.send({ wait: true });
    } else input.select();
  }

  press = (event) => {
    const step = { Enter: [event.shiftKey ? -1 : 1, 0], Tab: [0, event.shiftKey ? -1 : 1] }[event.key];
    event.stopPropagation();
    if (event.key === "Escape") this.cancel();
    else if (!step) return;
    else this.close({ step });
    event.preventDefault();
  };

  leave = () => this.close({ focus: false });

  /** Put what is in the editor into the table, so that it is saved while typing. */
  send({ wait = false } = {}) {
    this.sent = true;
    this.typing.put(this.editor.read(), { wait });
  }

  cancel() {
    if (this.sent) this.typing.put(this.before);
    this.end();
    this.grid.go(this.grid.activeIndex, this.grid.activeColumn);
  }

  close({ step = [0, 0], focus = true } = {}) {
    if (this.grid.editing !== this) return;
    const value = this.editor.read();
    const changed = typed(this.column, value) !== typed(this.column, this.before);
    if (changed || this.sent) this.typing.put(value);
    if (changed) this.grid.remember(`Change ${this.column.label}`, [{ row: this.row.id, field: this.column.name, before: this.before, after: value }]);
    this.end();
    outbox.flush();
    if (focus) this.grid.go(this.grid.activeIndex + step[0], this.grid.activeColumn + step[1]);
  }

  end() {
    this.editor.input.removeEventListener("blur", this.leave);
    this.td.removeEventListener("keydown", this.press);
    this.typing.end();
    this.grid.editing = null;
    this.td.classList.remove("eq-editing");
    this.td.eqMark = null;
    this.td.textContent = shown(this.column, this.grid.data.cell(this.row.id, this.column.name).value);
    this.grid.body.draw([this.row.id]);
  }
}

/** Open a drop-down at the first option that begins with the letter typed. */
function openList(select, start) {
  if (start) {
    const option = [...select.options].find((one) => one.textContent.toLowerCase().startsWith(start.toLowerCase()));
    if (option) {
      select.value = option.value;
      select.dispatchEvent(new Event("change"));
    }
    return;
  }
  try {
    select.showPicker?.();
  } catch { /* only allowed in answer to a person's own key or click; the list opens with the space bar all the same */ }
}
