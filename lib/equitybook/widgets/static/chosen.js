/** The block of cells chosen in a grid. Its rows are known by id: a row that comes, goes or moves elsewhere does not make others the chosen ones. */
export class Chosen {
  constructor(grid) {
    this.grid = grid;
    this.clear();
  }

  clear() {
    Object.assign(this, { anchor: null, ids: new Set(), left: 0, right: -1 });
  }

  /** Choose everything between where the choosing began and a cell. */
  reach(index, column) {
    const { rows, activeRow, activeColumn } = this.grid;
    const indexOf = (id) => rows.findIndex((row) => row.id === id);
    // Where it began may be gone by now; then it begins where the person is.
    if (!this.anchor || indexOf(this.anchor.row) < 0) this.anchor = { row: activeRow ?? rows[index].id, column: activeColumn };
    const from = indexOf(this.anchor.row);
    const [top, bottom] = [from < 0 ? index : from, index].sort((one, other) => one - other);
    [this.left, this.right] = [this.anchor.column, column].sort((one, other) => one - other);
    this.ids = new Set(rows.slice(top, bottom + 1).map((row) => row.id));
  }

  all() {
    const { rows, columns } = this.grid;
    if (rows.length) this.anchor = { row: rows[0].id, column: 0 };
    Object.assign(this, { ids: new Set(rows.map((row) => row.id)), left: 0, right: columns.length - 1 });
  }

  has(id, column) {
    return column >= this.left && column <= this.right && this.ids.has(id);
  }

  /** What is chosen and still there, or the active cell alone: {rows, columns, left}. */
  block() {
    const { rows, columns, activeRow, activeColumn } = this.grid;
    const chosen = rows.filter((row) => this.ids.has(row.id));
    if (chosen.length) return { rows: chosen, columns: columns.slice(this.left, this.right + 1), left: this.left };
    return { rows: rows.filter((row) => row.id === activeRow), columns: columns.slice(activeColumn, activeColumn + 1), left: activeColumn };
  }

  /** Rows are shown in another order, or fewer of them: what stood together does no longer. Returns the words for it, "" where no block was chosen. */
  letGo() {
    const { rows, columns } = this.block();
    this.clear();
    return rows.length * columns.length > 1 ? " The block of cells is no longer chosen." : "";
  }
}
