/** Two texts that grew out of one: put together where each side changed other lines or sentences, otherwise one after the other. */

/** The lines and sentences of a text; joined, they are the text again. */
export function pieces(text) {
  return String(text ?? "").split(/(?<=\n)|(?<=[.!?]\s)(?=\S)/).filter((piece) => piece !== "");
}

/**
 * Merge two texts against the text both began with: {text, clean}. `clean` is false where both changed the same place, or where
 * they began with nothing: then theirs stands first and mine after it, for a person to sort out.
 */
export function merged(base, mine, theirs) {
  const [old, one, other] = [base, mine, theirs].map(pieces);
  const joined = old.length ? weave(old, edits(old, one), edits(old, other)) : null;
  return joined === null ? { text: `${theirs}\n${mine}`, clean: false } : { text: joined.join(""), clean: true };
}

/** Replacements that make `now` of `old`: [{from, to, put}], in order. */
function edits(old, now) {
  const kept = common(old, now);
  const found = [];
  let [at, here] = [0, 0];
  for (const [from, to] of [...kept, [old.length, now.length]]) {
    if (from > at || to > here) found.push({ from: at, to: from, put: now.slice(here, to) });
    [at, here] = [from + 1, to + 1];
  }
  return found;
}

/** The longest common subsequence of two lists, as pairs of places. */
function common(one, other) {
  const length = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      length[i][j] = one[i] === other[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    if (one[i] === other[j]) pairs.push([i++, j++]);
    else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Apply both lists of replacements; null where they touch the same place differently. */
function weave(old, mine, theirs) {
  const all = [...mine.map((edit) => ({ ...edit, mine: true })), ...theirs].sort((one, other) => one.from - other.from || one.to - other.to);
  const text = [];
  let at = 0;
  let before = null;
  for (const edit of all) {
    if (before && same(before, edit)) continue;
    // Two changes of one piece, or words put in where the other changed something, could be about the same thing: ask.
    const adds = (one) => one.from === one.to;
    if (before && before.mine !== edit.mine && (edit.from < before.to || (edit.from === before.to && (adds(before) || adds(edit))))) return null;
    text.push(...old.slice(at, edit.from), ...edit.put);
    at = edit.to;
    before = edit;
  }
  return [...text, ...old.slice(at)];
}

function same(one, other) {
  return one.mine !== other.mine && one.from === other.from && one.to === other.to && one.put.join("") === other.put.join("");
}
