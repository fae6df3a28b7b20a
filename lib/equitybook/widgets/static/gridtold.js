/** What a grid tells of what became of a change elsewhere: emptied, left out, or its row taken away by somebody else. */
import { announce, count, h } from "./dom.js";
import { shown } from "./cells.js";
import { nameOf } from "./server.js";

/** Methods of the grid, which takes them in as its own: `this` is the grid. */
export const told = {
  /** Say what happened, under the buttons and to screen readers. What is said of a `paste` is said again, with what came of it, once it is stored. */
  say(text, { undo = false, paste = false } = {}) {
    const link = (words, onclick) => [" ", h("button", { type: "button", class: "eq-link", onclick }, words)];
    this.report.replaceChildren(text, ...(undo ? link("Undo", () => this.undo()) : []));
    this.reporting = paste ? { text, undo, blanks: [] } : null;
    announce(text);
  },

  /** Everything pasted is stored and checked. */
  arrived() {
    if (!this.reporting) return;
    const { text, undo, blanks } = this.reporting;
    const words = [...new Set(blanks)].map((one) => `“${one}”`).join(" or ");
    const empty = blanks.length ? ` ${count(blanks.length, "cell")} with ${words} ${blanks.length === 1 ? "is" : "are"} empty.` : "";
    const found = this.data.allMessages.filter((one) => !this.data.isMissing(one)).length;
    this.say(`${text}${empty} ${found ? `${count(found, "thing")} to check, listed below the table.` : "Nothing to check."}`, { undo });
  },

  /** "N/A" and the like are no numbers; the cell is empty, and that is said rather than left to be discovered. */
  emptied({ row, field, text }) {
    const place = this.place(row, field);
    if (!place) return;
    if (this.reporting) this.reporting.blanks.push(text);
    else this.say(`${place}: “${text}” stands for no value, so the cell is empty.`);
  },

  /** What could name a person was not kept: say once for a column why, after the words on the paste it came with. */
  leftOut({ entry, why }) {
    const column = this.data.columns.find((one) => one.name === entry.field);
    const words = `${column?.label ?? "A cell"} was left out. ${why}`;
    if (this.reporting?.text.includes(words) || this.report.textContent.includes(words)) return;
    if (this.reporting) this.reporting.text += ` ${words}`;
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
    this.data.rescued = id; // said here: the bar at the foot need not say it as well
    this.refresh();
    // Told by the answer to what was typed rather than by the change itself, it is not known yet who did it.
    const author = this.data.byId.get(id).cells.get("_deleted")?.author;
    const who = author ? nameOf(author) : "Somebody else";
    this.say(`${who} deleted the row you were typing in. What you typed is kept: “${shown(column, value) || "nothing"}”.`);
    const back = () => {
      this.data.set([...this.data.removal([id], { deleted: false }), { row: id, field: column.name, value }]);
      this.go(this.rows.findIndex((row) => row.id === id), this.columns.indexOf(column));
    };
    this.report.append(" ", h("button", { type: "button", class: "eq-link", onclick: back }, "Bring the row back"));
    // Not to the button, which the next space typed would press, nor to another cell, which the next letter would overwrite: Tab leads on to it.
    this.report.tabIndex = -1;
    this.report.focus();
  },
};
