/**
 * One step at a time: the list at the side leads to each and says how far it is, and the last one is found again next time.
 * All steps on one page are a switch away, to read on or to print.
 */
import { announce, count, h } from "./dom.js";
import { listParts } from "./parts.js";

const SETTLE = 4000;
const ALL = "equitybook:all-steps";
/** It tells of the steps and is none itself: "15 of 15 complete" and "step 16" do not go together. */
const RECAP = "Recap";
const MARKS = { Complete: "✓", "In progress": "◔", "Data requested": "◔" };
const WAITING = ".eq-conflicts li, .eq-msgs[aria-label='Not saved'] li";

export function showSteps(memory) {
  const sections = [...document.querySelectorAll("section.eq-step[data-title]")];
  const nav = document.querySelector("nav.eq-steps");
  if (nav && sections.length > 1) new Steps(nav, sections, memory);
}

class Steps {
  constructor(nav, sections, memory) {
    Object.assign(this, { nav, sections, memory, title: document.title, all: localStorage.getItem(ALL) === "1" });
    this.links = new Map(sections.map((section) => [section, link(section, this.#place(section))]));
    this.list = nav.querySelector("ol");
    this.done = h("p", { class: "eq-steps-done" });
    this.switch = h("button", { type: "button", class: "eq-link", onclick: this.turn });
    this.list.replaceChildren(...[...this.links.values()].map((one) => h("li", {}, one)));
    this.list.before(h("div", { class: "eq-steps-head" }, this.done, this.switch));
    nav.hidden = false;
    sections.forEach((section, at) => this.#frame(section, at));
    window.addEventListener("hashchange", this.follow);
    // A moment later: what waits may be told of before it stands on the page.
    document.addEventListener("equitybook:waiting", () => setTimeout(this.drawStates));
    new MutationObserver(this.drawStates).observe(sections[0], { childList: true, subtree: true });
    this.#begin();
    this.drawStates();
    this.#watch();
  }

  /** Where this person was last time, unless the address says where. */
  #begin() {
    if (this.#addressed()) {
      this.follow();
      return;
    }
    const last = document.getElementById(localStorage.getItem(this.memory) ?? "");
    const back = this.sections.indexOf(last) > 0;
    this.show(back ? last : this.sections[0]);
    if (!back) return;
    if (this.all) stay(last);
    announce(`You are back at the step ${last.dataset.title}.`);
  }

  /** What a step has besides its own cells: a line under its name, and the ways back and on. */
  #frame(section, at) {
    const to = (words, other, look) => other && h("a", { class: `eq-button ${look}`, href: `#${other.id}` }, `${words}: ${other.dataset.title}`);
    const heading = section.querySelector("h2");
    heading.tabIndex = -1;
    const place = this.#place(section);
    heading.after(...[place && h("p", { class: "eq-hint eq-step-note" }, place), listParts(section)].filter(Boolean));
    section.append(h("div", { class: "eq-tools eq-turning" }, to("Back", this.sections[at - 1], ""), to("Next", this.sections[at + 1], "go")));
    // Somebody searches the page, and the browser finds the word in a step that is not shown.
    section.addEventListener("beforematch", () => this.show(section));
  }

  /** "Step 3 of 15", and nothing for the recap. */
  #place(section) {
    const steps = this.sections.filter((one) => one.dataset.title !== RECAP);
    return steps.includes(section) ? `Step ${steps.indexOf(section) + 1} of ${steps.length}` : "";
  }

  #addressed() {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("section.eq-step");
  }

  /** Go where the address says. */
  follow = () => {
    const section = this.#addressed();
    if (!section) return;
    this.show(section);
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target !== section) target.scrollIntoView();
    else if (this.all) section.scrollIntoView();
    else window.scrollTo(0, 0);
    (target.matches("h3") ? target : section.querySelector("h2")).focus({ preventScroll: true });
  };

  show(section) {
    this.#mark(section);
    this.#arrange();
  }

  turn = () => {
    this.all = !this.all;
    localStorage.setItem(ALL, this.all ? "1" : "");
    this.#arrange();
    this.here.scrollIntoView();
  };

  #mark(section) {
    this.here = section;
    for (const [one, at] of this.links) {
      if (one === section) at.setAttribute("aria-current", "step");
      else at.removeAttribute("aria-current");
    }
    localStorage.setItem(this.memory, section.id);
    document.title = `${section.dataset.title} · ${this.title}`;
    const item = this.links.get(section).parentElement;
    this.list.scrollTo(item.offsetLeft - 16, item.offsetTop - this.list.clientHeight / 2);
  }

  #arrange() {
    // "until-found": the browser's own search still reads what is not shown.
    for (const section of this.sections) {
      if (this.all || section === this.here) section.removeAttribute("hidden");
      else section.setAttribute("hidden", "until-found");
    }
    document.body.dataset.step = this.all || this.here === this.sections[0] ? "first" : "later";
    this.switch.textContent = this.all ? "One step at a time" : "Show all steps";
  }

  /** The recap's table says how far each step is and how long it takes; its words are repeated beside the step, and follow it. */
  drawStates = () => {
    showComments(this.sections);
    const rows = [...this.sections[0].querySelectorAll(".eq-recap tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
    for (const [title, state, toCheck, minutes] of rows) {
      const at = this.sections.findIndex((one) => one.dataset.title === title);
      if (at > 0) this.#draw(at, state, /\d/.test(toCheck) ? `${toCheck} to check` : "", minutes);
    }
    const complete = rows.filter(([, state]) => state === "Complete").length;
    write(this.done, rows.length ? `${complete} of ${count(rows.length, "step")} complete` : "");
  };

  #draw(at, state, toCheck, minutes) {
    const section = this.sections[at];
    const step = this.links.get(section);
    const waiting = section.querySelectorAll(WAITING).length;
    write(step.querySelector("small"), waiting ? `${waiting} to settle` : [state, toCheck].filter(Boolean).join(" · "));
    write(step.querySelector(".eq-step-number"), waiting ? "!" : MARKS[state] ?? "○");
    step.classList.toggle("eq-waiting", waiting > 0);
    write(section.querySelector(".eq-step-note"), `${this.#place(section)}, about ${minutes}`);
  }

  /** Where all steps stand on one page, the one whose heading was passed last is the present one. */
  #watch() {
    let asked = 0;
    const look = () => {
      asked = 0;
      const line = window.innerHeight / 3;
      const passed = this.sections.filter((section) => section.getBoundingClientRect().top <= line);
      const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 4;
      const here = atEnd && window.scrollY > 0 ? this.sections.at(-1) : passed.at(-1) ?? this.sections[0];
      if (here !== this.here) this.#mark(here);
    };
    window.addEventListener("scroll", () => { if (this.all) asked ||= requestAnimationFrame(look); }, { passive: true });
  }
}

/** Change words only where they differ: whoever watches the page for changes is not woken for nothing. */
function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function link(section, place) {
  const number = place.split(" ")[1] ?? "";
  return h("a", { href: `#${section.id}` }, h("span", { class: "eq-step-number", "aria-hidden": "true" }, number),
    h("span", {}, section.dataset.title, h("small", {}, section.dataset.status || place || "Where you are")));
}

/** A comment of the coach stands in the recap and once more at the step it is about. */
function showComments(sections) {
  for (const copy of document.querySelectorAll("[data-eq-copy]")) copy.remove();
  for (const comment of sections[0].querySelectorAll("[data-eq-comment]")) {
    const section = sections.find((one) => one.dataset.title === comment.dataset.eqSection);
    const copy = comment.cloneNode(true);
    copy.dataset.eqCopy = "";
    section?.querySelector(".eq-step-note").after(copy);
  }
}

/** Stay at a step while the parts above it still grow, until somebody scrolls or types. */
function stay(section) {
  let watching = new ResizeObserver(() => section.scrollIntoView());
  const stop = () => { watching?.disconnect(); watching = null; };
  watching.observe(document.getElementById("eq-cells"));
  for (const sign of ["wheel", "touchstart", "keydown", "mousedown"]) window.addEventListener(sign, stop, { once: true, passive: true });
  setTimeout(stop, SETTLE);
  section.scrollIntoView();
}
