/**
 * Words typed on a drop-down choose from it, from their first letter on. A browser does so only from the moment the drop-down is there:
 * typed on a cell, "White" would be read as "hite".
 */
const PAUSE = 1000;

/** As a keyboard has it: no curly apostrophes, no long dashes. */
const fold = (text) => text.toLowerCase().replaceAll("’", "'").replace(/[–—]/g, "-");
const plain = (text) => fold(text).trim();

export class TypeAhead {
  /** `choose(option)` takes what the letters typed mean so far, null where they mean nothing; `miss(text)` says that nothing in the list is called so. */
  constructor(select, { choose, miss }) {
    Object.assign(this, { select, choose, miss, typed: "", at: 0, missing: false });
  }

  /** Take a key; true where it was one of a word. */
  press({ key, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) return false;
    if (key === "Backspace" && this.typed) return this.#take(this.typed.slice(0, -1));
    // The space bar opens the list, unless it stands between two words.
    if (key === " " && !this.#goesOn(" ") && (!this.typed || this.#paused)) return false;
    if (key.length === 1) return this.#take(this.#goesOn(key) || !this.#paused ? this.typed + key : key);
    return false;
  }

  /** Something was chosen by arrow or by mouse: what was typed before is no longer meant. */
  forget() {
    Object.assign(this, { typed: "", missing: false });
  }

  /** The cell is left: say once more what was not found, code or word. */
  leave() {
    if (this.missing) this.miss(this.typed);
  }

  get #paused() {
    return Date.now() - this.at > PAUSE;
  }

  /** A slow hand is no new word, as long as something in the list begins with all of it. */
  #goesOn(key) {
    return this.typed !== "" && this.#options.some(({ text }) => fold(text).startsWith(fold(this.typed + key)));
  }

  get #options() {
    return [...this.select.options].filter((one) => one.value !== "" && !("odd" in one.dataset));
  }

  #take(typed) {
    Object.assign(this, { typed, at: Date.now() });
    const option = typed ? this.#find(typed) : null;
    this.missing = typed !== "" && !option;
    this.choose(option);
    // The first letters of a code are no miss yet.
    if (this.missing && !this.#options.some(({ value }) => value.toLowerCase().startsWith(plain(typed)))) this.miss(typed);
    return true;
  }

  #find(typed) {
    const options = this.#options;
    const begins = (text) => options.filter((one) => fold(one.text).startsWith(text));
    const [first] = [...options.filter((one) => plain(one.text) === plain(typed)), ...begins(fold(typed)), ...begins(plain(typed))];
    const found = first ?? options.find((one) => one.value.toLowerCase() === plain(typed));
    if (found || !/^(.)\1+$/i.test(typed)) return found ?? null;
    // One letter again and again goes through what begins with it, as in every drop-down.
    const alike = begins(fold(typed[0]));
    return alike[(typed.length - 1) % alike.length] ?? null;
  }
}
