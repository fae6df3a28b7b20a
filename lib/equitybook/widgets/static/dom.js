/** Small ways to build and speak to the page. */

const PRESSED = 150;
const MOST_HELD = 20;

/**
 * Make an element: h("button", {class: "go", onclick: save, "aria-label": "Save"}, "Save").
 * Text becomes text nodes, so nothing a person typed is ever read as HTML. null and false children are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value === "boolean") element[name] = value;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let counter = 0;

/** A new id for labels and descriptions. */
export function newId(prefix) {
  counter += 1;
  return `eq-${prefix}-${counter}`;
}

/** A short random name for a row, an edit or a batch: 12 letters and digits. */
export function randomId() {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => alphabet[byte % 36]).join("");
}

let speaker = null;

/** Say something to people who use a screen reader, without moving anything. */
export function announce(text) {
  if (!speaker) {
    speaker = h("div", { class: "eq-unseen", "aria-live": "polite", "data-eq": "announcer" });
    document.body.append(speaker);
  }
  speaker.textContent = "";
  // A new text node a moment later is read even when the words are the same as before.
  setTimeout(() => { speaker.textContent = text; }, 60);
}

/**
 * A modal dialog with a title, a body and buttons; resolves to the value of the button pressed, or null on Escape.
 * `place` ({table, row, field}) says which cell is being worked on in it; while `unkept()` is true, Escape asks to be pressed once more.
 */
export function ask(title, body, buttons, { wide = false, place = null, unkept = null } = {}) {
  return new Promise((resolve) => {
    const heading = newId("dialog");
    const before = document.activeElement;
    const dialog = h("dialog", { class: wide ? "eq-dialog eq-wide" : "eq-dialog", "aria-labelledby": heading },
      h("h2", { id: heading }, title), h("div", { class: "eq-dialog-body" }, body),
      h("div", { class: "eq-tools" }, buttons.map(([label, value, look]) =>
        h("button", { type: "button", class: look ?? "", onclick: () => { dialog.returnValue = value; dialog.close(value); } }, label))));
    dialog.addEventListener("close", () => {
      const value = dialog.returnValue || null;
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(value);
    });
    if (unkept) guardAgainstEscape(dialog, unkept);
    // Arrow keys and shortcuts pressed inside a dialog are not meant for the grid it was opened from.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    if (place) Object.assign(dialog.dataset, place);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** One press of a key does not throw away what somebody has written. */
function guardAgainstEscape(dialog, unkept) {
  const warning = h("p", { class: "eq-msg", role: "alert", hidden: true });
  dialog.lastElementChild.before(warning);
  dialog.addEventListener("input", () => { warning.hidden = true; });
  dialog.addEventListener("cancel", (event) => {
    if (!warning.hidden || !unkept()) return;
    event.preventDefault();
    warning.hidden = false;
    warning.textContent = "What you wrote here will not be kept. Press Escape once more to leave it as it was.";
  });
}

/** Wait for an answer; where none comes, say why in a dialog and give null. */
export async function answered(asking, title) {
  try {
    return await asking;
  } catch (error) {
    await ask(title, h("p", { role: "alert" }, `${error.message} Try again in a moment.`), [["Close", "close", "go"]]);
    return null;
  }
}

/**
 * Resolve once nothing on the page is pressed, and after three seconds in any case. What is drawn before would move a button away from
 * under a finger, here or further down: it would be elsewhere when it is let go, and nothing would happen.
 */
export async function released() {
  for (let held = 0; held < MOST_HELD && document.body.querySelector(":active"); held += 1) {
    await new Promise((go) => { setTimeout(go, PRESSED); });
  }
}

/** "1 row", "2,000 rows". */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayAndClock = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** "10:42" for today, "3 Nov, 10:42" for another day; from an ISO time in UTC. */
export function timeOf(iso) {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return "";
  return time.toDateString() === new Date().toDateString() ? clock.format(time) : dayAndClock.format(time);
}

/** One bar at the foot of the page for what concerns all of it; null takes it away. */
export function banner(name, text, ...buttons) {
  const bar = document.querySelector(`[data-eq-banner="${name}"]`);
  if (text === null) bar?.remove();
  else if (!bar) {
    document.body.append(h("div", { class: "eq-banner", role: "alert", "data-eq-banner": name }, h("span", {}, text),
      buttons.map(([words, onclick]) => h("button", { type: "button", onclick }, words))));
  }
}
