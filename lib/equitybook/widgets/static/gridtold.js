/** What a grid tells of what became of a change elsewhere: emptied, left out, or its row taken away by somebody else. */
import { h } from "./dom.js";
import { shown } from "./cells.js";
import { nameOf } from "./server.js";

/** Methods of the grid, which takes them in as its own: `this` is the grid. */
export const told = {
  /** "N/A" and the like are no numbers; the cell is empty, and that is said rather than left to be discovered. */
  emptied({ row, field, text }) {
    const place = this.place(row, field);
    if (place) this.say(`${place}: “${text}” stands for no value, so the cell is empty.`);
  },

  /** What could name a person was not kept: say once for a column why, after the words on the paste it came with. */
  leftOut({ entry, why }) {
    const column = this.data.columns.find((one) => one.name === entry.field);
    const words = `${column?.label ?? "A cell"} was left out. ${why}`;
    if (this.reporting?.includes(words) || this.report.textContent.includes(words)) return;
    if (this.reporting) this.reporting += ` ${words}`;
    else this.say(words);
  },

  /** Somebody else took out the row that is being typed in: what was typed is kept, and the row comes back with one button. */
  rescue() {
    const { editing } = this;
    if (!editing || !this.data.byId.get(editing.row.id)?.deleted) return;
    const { row: { id }, column } = editing;
    const value = editing.editor.read();
    editing.end();
    this.activeRow = null;
    this.refresh();
    const who = nameOf(this.data.byId.get(id).cells.get("_deleted")?.author);
    this.say(`${who} deleted the row you were typing in. What you typed is kept: “${shown(column, value) || "nothing"}”.`);
    const back = () => {
      this.data.set([...this.data.removal([id], { deleted: false }), { row: id, field: column.name, value }]);
      this.go(this.rows.findIndex((row) => row.id === id), this.columns.indexOf(column));
    };
    const button = h("button", { type: "button", class: "eq-link", onclick: back }, "Bring the row back");
    this.report.append(" ", button);
    button.focus();
  },
};
