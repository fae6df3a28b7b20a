/** A coach's boxes beside a town's summary: saved as they are typed, released by a button. Drafts are the coach's alone. */
import { h, randomId, timeOf } from "./dom.js";
import { Refused, SignedOut, signInUrl, talk } from "./server.js";

const IDLE = 700;
const AGAIN = 5000;
const READY = "3";

/** Where this page's comments are saved: towns/<town>/<cycle>.html is reviews/<town>/<cycle>. */
const [town, file] = location.pathname.split("/").slice(-2);
const path = `reviews/${town}/${file.replace(/\.html$/, "")}`;

const saved = document.querySelector("[data-eq=saved]");
const reportAll = document.querySelector("[data-eq=report-all]");
const steps = [];

/** One field of one step: what the server has of it, and what stands in the box. */
class Field {
  constructor(step, place) {
    Object.assign(this, { step, place, name: place.dataset.field, version: Number(place.dataset.version), timer: 0, working: null, stuck: false });
    this.inputs = [...place.querySelectorAll("input, textarea")];
    this.known = this.value;
    place.addEventListener("input", () => this.changed(place.querySelector("textarea") ? IDLE : 0));
    place.addEventListener("change", () => this.changed(0));
  }

  get value() {
    const [first] = this.inputs;
    if (first.type === "checkbox") return first.checked;
    if (first.type === "radio") return this.inputs.find((one) => one.checked)?.value ?? "";
    return first.value;
  }

  set value(value) {
    const [first] = this.inputs;
    if (first.type === "checkbox") first.checked = Boolean(value);
    else if (first.type === "radio") for (const one of this.inputs) one.checked = one.value === (value ?? "");
    else first.value = value ?? "";
    this.step.look();
  }

  get unsaved() {
    return this.stuck || this.value !== this.known;
  }

  changed(wait) {
    this.step.look();
    if (this.stuck || this.value === this.known) return tell();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
    return tell();
  }

  /** Send what stands here until the server has it; resolves when it does, or when it cannot be now. */
  save() {
    clearTimeout(this.timer);
    this.working ??= this.send().finally(() => { this.working = null; tell(); });
    return this.working;
  }

  async send() {
    while (!this.stuck && this.value !== this.known) {
      const value = this.value;
      // Kept over tries: an edit whose answer was lost is stored once.
      if (this.key?.value !== value) this.key = { value, id: randomId() };
      const edit = { step: this.step.name, field: this.name, value, expected: this.version, key: this.key.id };
      try {
        const { results: [result], at } = await talk("POST", path, { body: { edits: [edit] }, keepalive: document.visibilityState === "hidden" });
        this.key = null;
        if (result.status === "conflict") this.conflict(result, value);
        else Object.assign(this, { known: value, version: result.version });
        trouble = null;
        savedAt = at;
        this.step.touched(result.status);
      } catch (error) {
        trouble = error;
        if (error instanceof Refused) this.step.say(`Not saved: ${error.message}`);
        else this.timer = setTimeout(() => this.save(), AGAIN);
        return;
      }
    }
  }

  /** Somebody else wrote here: show both, and let the coach choose. Both stay in the history. */
  conflict(theirs, mine) {
    this.stuck = true;
    const shown = (value) => (value === true ? "yes" : value || "nothing");
    const settle = (value) => {
      Object.assign(this, { stuck: false, version: theirs.version, known: theirs.value ?? (typeof mine === "boolean" ? false : "") });
      note.remove();
      if (value !== undefined) this.value = value;
      this.inputs[0].focus();
      this.changed(0);
    };
    const note = h("div", { class: "eq-alert", role: "alert" },
      h("p", {}, `${theirs.author} wrote here at ${timeOf(theirs.at)}: “${shown(theirs.value)}”. You wrote: “${shown(mine)}”.`),
      h("div", { class: "eq-tools" },
        h("button", { type: "button", onclick: () => settle() }, "Keep mine"),
        h("button", { type: "button", onclick: () => settle(theirs.value) }, `Take what ${theirs.author} wrote`)));
    this.step.conflicts.append(note);
  }
}

/** The boxes of one step. */
class Step {
  constructor(place) {
    Object.assign(this, { place, name: place.dataset.step, openChecks: Number(place.dataset.openChecks) });
    for (const part of ["state", "report", "release", "conflicts"]) this[part] = place.querySelector(`[data-eq=${part}]`);
    this.fields = [...place.querySelectorAll("[data-field]")].map((one) => new Field(this, one));
    this.release.addEventListener("click", () => release([this], this.name, this.report));
    this.look();
  }

  field(name) {
    return this.fields?.find((one) => one.name === name);
  }

  /** A reason is asked for where the step is called ready past an open check. */
  look() {
    const reason = this.field("override_reason");
    if (reason) reason.place.hidden = !(this.openChecks > 0 && this.field("rating").value === READY);
  }

  touched(status) {
    if (status === "conflict") return;
    const words = this.state.textContent;
    if (!words.startsWith("Released")) this.stands("Draft, not released");
    else if (!words.endsWith("; changed since")) this.stands(`${words}; changed since`);
    this.say("");
  }

  /** Say how the comment stands: here, and in the page's table of steps. */
  stands(words) {
    this.state.textContent = words;
    const noted = document.querySelector(`[data-eq-noted="${this.name.toLowerCase()}"]`);
    if (noted) noted.textContent = words;
  }

  say(words) {
    this.report.textContent = words;
  }
}

let savedAt = "";
let trouble = null;

/** Say above all boxes whether everything is saved. */
function tell() {
  const fields = steps.flatMap((one) => one.fields);
  saved.classList.toggle("eq-msg", Boolean(trouble));
  if (trouble instanceof SignedOut) {
    saved.replaceChildren("Not saved: you are signed out. ", h("a", { href: signInUrl, target: "_blank", rel: "noopener" }, "Sign in in a new tab"));
  } else if (trouble) {
    saved.replaceChildren(trouble instanceof Refused ? `Not saved: ${trouble.message}` : "Not saved: the connection was lost. It is tried again.");
  } else if (fields.some((one) => one.stuck)) {
    saved.replaceChildren("Two versions wait for your choice below.");
  } else {
    saved.replaceChildren(fields.some((one) => one.unsaved) ? "Saving…" : savedAt ? `Saved ${timeOf(savedAt)}` : "Saved");
  }
}

/** Save what is typed, then let the town read it. */
async function release(some, name, report) {
  report.textContent = "Releasing…";
  const fields = some.flatMap((one) => one.fields);
  await Promise.all(fields.map((one) => one.save()));
  if (fields.some((one) => one.unsaved)) {
    report.textContent = "Not released: something you typed is not saved yet. It is still in the box; try again in a moment.";
    return;
  }
  try {
    const { released, held } = await talk("POST", `${path}/release`, { body: { step: name } });
    for (const one of released) some.find((step) => step.name === one.step).stands(one.state);
    for (const one of held) some.find((step) => step.name === one.step).say(`Not released: ${one.why}`);
    const done = released.length === 1 ? "1 comment is released: the town can read it now." : `${released.length} comments are released: the town can read them now.`;
    const waiting = name ? held[0]?.why : held.length ? `${held.length} ${held.length === 1 ? "has" : "have"} to wait; the reason stands at the step.` : "";
    const nothing = released.length || held.length ? "" : "There is nothing new to release.";
    report.textContent = [released.length ? done : "", waiting ? (name ? `Not released: ${waiting}` : waiting) : "", nothing].filter(Boolean).join(" ");
  } catch (error) {
    report.textContent = `Not released: ${error.message}`;
  }
}

for (const place of document.querySelectorAll(".eq-review")) steps.push(new Step(place));
document.querySelector("[data-eq=release-all]").addEventListener("click", () => release(steps, "", reportAll));

/** The coach's leave to change an agreed charter's meaning, where it takes one. */
const leave = document.querySelector("[data-eq=leave]");
leave?.querySelector("button").addEventListener("click", async ({ target }) => {
  const words = leave.querySelector("[data-eq=leave-words]");
  const before = words.textContent.replace(/ Not changed: .*$/, "");
  target.disabled = true;
  try {
    const now = await talk("POST", `reviews/${town}/charter-leave`, { body: { open: target.dataset.open !== "true" } });
    words.textContent = now.words;
    target.dataset.open = String(now.open);
    target.textContent = now.open ? "Close it now" : "Open the meaning for two weeks";
  } catch (error) {
    words.textContent = `${before} Not changed: ${error.message}`;
  }
  target.disabled = false;
  target.focus();
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const field of steps.flatMap((one) => one.fields)) if (field.unsaved) field.save();
});
window.addEventListener("beforeunload", (event) => {
  if (steps.some((step) => step.fields.some((field) => field.unsaved))) {
    event.preventDefault();
    event.returnValue = "";
  }
});
document.body.dataset.reviews = "ready";
