/** Where rows stand in the order of entry: a number each, so that one row moves and the others need not. */

/**
 * The new places, [[row id, place]], that move a row one up (step -1) or down (1); none at the edge. Rows of one paste may stand on one
 * spot, and between two spots there is room for some fifty moves only: then all rows are given new places.
 */
export function placed(rows, rowId, step) {
  const from = rows.findIndex((row) => row.id === rowId);
  const to = from + step;
  if (from < 0 || !rows[to]) return [];
  const [low, high] = step < 0 ? [rows[to - 1]?.order ?? rows[to].order - 2, rows[to].order] : [rows[to].order, rows[to + 1]?.order ?? rows[to].order + 2];
  const between = (low + high) / 2;
  if (between > low && between < high) return [[rowId, between]];
  const ids = rows.map((row) => row.id);
  ids.splice(to, 0, ...ids.splice(from, 1));
  return ids.map((row, at) => [row, at + 1]);
}
