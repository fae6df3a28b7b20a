/** What a grid's buttons do: rows added, copied, moved and taken out; the rows sorted and found; histories and the paste box. */
import { ask, count, randomId } from "./dom.js";
import { pasteHelp } from "./gridkeys.js";
import { showHistory } from "./history.js";
import { importInto } from "./importer.js";
import { talk } from "./server.js";
import { putBack, showTableHistory } from "./tablehistory.js";
import { stepWords } from "./undo.js";

const SETTLED = 700;

/** Methods of the grid, which takes them in as its own: `this` is the grid. */
export const acts = {
  addRow() {
    const { ids, edits } = this.data.newRows([{}]);
    if (this.view.narrowed) this.showAll();
    this.take("Add a row", edits, { added: ids });
    this.go(this.rows.length - 1, 0);
  },

  /** Put in the rows most towns begin with, for a table that is still empty. */
  async begin() {
    const { added } = await talk("POST", "api/starters", { body: { table: this.data.id } });
    await this.data.reload();
    this.say(`${count(added, "row")} added. Change or delete what does not fit your town.`);
    this.go(0, 0);
  },

  duplicate(ids = [this.activeRow]) {
    for (const id of ids.filter((one) => one && this.data.byId.has(one))) {
      const values = Object.fromEntries(this.data.columns.map((column) => [column.name, this.data.valueOf(id, column.name)]).filter(([, value]) => value !== null));
      const added = this.data.newRows([values], { after: id });
      this.take("Duplicate a row", added.edits, { added: added.ids, batch: randomId() });
      this.say("Row duplicated.", { undo: true });
      this.go(this.rows.findIndex((row) => row.id === added.ids[0]), this.activeColumn);
    }
  },

  remove(ids = this.block().rows.map((row) => row.id)) {
    const index = this.rows.findIndex((row) => row.id === ids[0]);
    if (index < 0) return undefined;
    const kept = ids.find((id) => Object.keys(this.data.byId.get(id).locked).length > 0);
    if (kept) return this.say(`Row ${this.data.numberOf(kept)} has locked cells, so it stays. ${Object.values(this.data.byId.get(kept).locked)[0]}`);
    this.chosen.clear();
    this.take("Delete rows", this.data.removal(ids), { batch: randomId() });
    this.say(`${count(ids.length, "row")} deleted.`, { undo: true });
    if (this.rows.length) return this.go(Math.min(index, this.rows.length - 1), this.activeColumn);
    this.activeColumn = 0;
    this.buttons.add.focus();
    return undefined;
  },

  undo() {
    stepped(this, () => this.steps.undo(), "Taken back");
  },

  redo() {
    stepped(this, () => this.steps.redo(), "Done again");
  },

  /** Move a row one place up (-1) or down (1) in the order of entry. */
  move(step, id = this.activeRow) {
    if (!this.view.plain) return this.say("Rows can be moved while every row is shown as entered.");
    const edits = this.data.moved(id, step);
    if (!edits.length) return this.say(`This is the ${step < 0 ? "first" : "last"} row already.`);
    this.take(`Move a row ${step < 0 ? "up" : "down"}`, edits, { batch: randomId() });
    this.say(`Moved ${step < 0 ? "up" : "down"}: now row ${this.data.numberOf(id)} of ${this.data.rows.length.toLocaleString("en-US")}.`, { undo: true });
    this.go(this.rows.findIndex((row) => row.id === id), this.activeColumn);
    return undefined;
  },

  /** Open every card of a long table, or close them again. */
  foldAll() {
    this.body.foldAll();
    this.say(this.body.someFolded ? "Every row is closed; its name opens it." : "Every row is open.");
  },

  /** Press a column's head: up, down, then as entered. */
  turn(column) {
    this.view.turn(column);
    viewed(this);
  },

  sort(column, down) {
    this.view.sort(column, down);
    viewed(this);
  },

  narrow(wanted) {
    this.view.narrow(wanted);
    // Said once, after the last letter; the block was let go at the first.
    this.loose = this.chosen.letGo() || this.loose;
    this.refresh();
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      this.say(`${count(this.rows.length, "row")} of ${this.data.rows.length.toLocaleString("en-US")} shown.${this.loose ?? ""}`);
      this.loose = "";
    }, SETTLED);
  },

  /** Every row again, in the order of entry. */
  showAll() {
    this.view.clear();
    this.found.text.value = "";
    this.found.check.checked = false;
    viewed(this);
  },

  async showHistory() {
    const column = this.columns[this.activeColumn];
    const row = this.rows[this.activeIndex];
    if (!row) return this.say("Choose a cell first.");
    const again = await showHistory(this.data.id, row.id, column, `History: row ${this.data.numberOf(row.id)}, ${column.label}`);
    if (again) this.take(`Use an earlier ${column.label}`, [{ row: row.id, field: column.name, value: again.value }]);
    return undefined;
  },

  async showTableHistory() {
    const point = await showTableHistory(this.data, `History: ${this.data.spec.title}`);
    if (point) await putBack(this, point);
  },

  /** Put one value into a field of several rows, in one step that can be undone. */
  correct(rows, field, value) {
    const label = this.columns.find((one) => one.name === field)?.label ?? field;
    const locked = this.take(`Change ${label}`, rows.map((row) => ({ row, field, value })), { batch: randomId() });
    this.say(`${count(rows.length - locked, "cell")} changed: ${label}.${locked ? ` ${count(locked, "cell is", "cells are")} locked.` : ""}`);
  },

  /** Open the place for this table's own file, or close it again. */
  showUpload() {
    const open = !this.uploading.hasChildNodes();
    this.buttons.upload.setAttribute("aria-expanded", String(open));
    if (open) importInto(this.uploading, { table: this.data.id, title: this.data.spec.title, most: this.data.spec.upload_megabytes });
    else this.uploading.replaceChildren();
  },

  async showPasteHelp() {
    const { rows: [first], left } = this.block();
    const help = pasteHelp(this.activeIndex < 0 || !first ? "" : `in row ${this.data.numberOf(first.id)}, from “${this.columns[left].label}” on: what stands there is written over`);
    const pressed = await ask("Paste from Excel or Google Sheets", help.body, [["Paste", "paste", "go"], ["Close", "close"]], { wide: true });
    if (pressed === "paste") this.paste(help.read(), { fresh: help.asNew() });
  },
};

function viewed(grid) {
  const loose = grid.chosen.letGo();
  grid.refresh();
  grid.say(`${grid.view.by ? `Sorted by ${grid.view.by.label}, ${grid.view.order}. The order of entry is kept.` : "Every row stands as entered."}${loose}`);
}

function stepped(grid, take, words) {
  const within = grid.table.contains(document.activeElement);
  const index = grid.activeIndex;
  const step = take();
  grid.say(stepWords(step, words));
  if (!step || !within) return;
  // The row may be gone with the step; whoever works by keyboard must not be left on nothing.
  if (grid.rows.length) grid.go(grid.activeIndex >= 0 ? grid.activeIndex : index, grid.activeColumn);
  else (grid.buttons.redo.disabled ? grid.buttons.add : grid.buttons.redo).focus();
}
