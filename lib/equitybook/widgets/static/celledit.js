/** Typing into one cell of a grid: the editor opens inside the cell, sends while typing, and closes on Enter, Tab, Escape or leaving. */
import { announce } from "./dom.js";
import { editInDialog, editorFor } from "./editors.js";
import { shown, typed } from "./cells.js";
import { outbox } from "./outbox.js";
import { nameOf } from "./server.js";
import { TypeAhead } from "./typeahead.js";
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
    Object.assign(this, { grid, row, column, picking: null });
    this.td = grid.body.show(grid.activeIndex, grid.activeColumn);
    this.before = grid.data.valueOf(row.id, column.name);
    this.typing = new Typing(grid.data, row.id, column.name);
    this.sent = false;
    grid.editing = this;
    const onchange = () => { this.picking?.forget(); this.send(); };
    this.editor = editorFor(column, this.before, { label: this.td.getAttribute("aria-label"), oninput: () => this.send({ wait: true }), onchange });
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
    if (input.tagName === "SELECT") {
      this.picking = new TypeAhead(input, { choose: (option) => this.pick(option), miss: (text) => this.miss(text) });
      if (start === null || !this.picking.press({ key: start })) openList(input);
    } else if (start !== null) {
      input.value = start;
      this.send({ wait: true });
    } else input.select();
  }

  press = (event) => {
    const step = { Enter: [event.shiftKey ? -1 : 1, 0], Tab: [0, event.shiftKey ? -1 : 1] }[event.key];
    event.stopPropagation();
    if (event.key === "Escape") this.cancel();
    else if (step) this.close({ step });
    else if (!this.picking?.press(event)) return;
    event.preventDefault();
  };

  /** Take the choice whose words are being typed; where they mean none, what was there before. */
  pick(option) {
    if (option) this.editor.input.value = option.value;
    else this.editor.write(this.before);
    if (option || this.sent) this.send({ wait: true });
    if (option) announce(option.text);
  }

  miss(text) {
    this.grid.say(`“${text}” is not in the list of ${this.column.label}. The cell stays as it was.`);
  }

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
    this.picking?.leave();
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

/** Open the list of a drop-down. */
function openList(select) {
  try {
    select.showPicker?.();
  } catch { /* only allowed in answer to a person's own key or click; the list opens with the space bar all the same */ }
}
