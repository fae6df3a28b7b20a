/** The steps at the side: made from the page's sections, the present one marked, and the last one found again next time. */
import { announce, h } from "./dom.js";

const SETTLE = 4000;

export function showSteps(memory) {
  const sections = [...document.querySelectorAll("section.eq-step[data-title]")];
  const nav = document.querySelector("nav.eq-steps");
  if (!nav || sections.length < 2) return;
  const links = new Map(sections.map((section, at) => [section.id, link(section, at, sections.length)]));
  nav.querySelector("ol").replaceChildren(...[...links.values()].map((one) => h("li", {}, one)));
  nav.hidden = false;
  sections.forEach((section, at) => section.append(turning(sections, at)));
  const mark = (id) => {
    for (const [key, one] of links) {
      if (key === id) one.setAttribute("aria-current", "step");
      else one.removeAttribute("aria-current");
    }
    localStorage.setItem(memory, id);
    const list = nav.querySelector("ol");
    const here = links.get(id);
    if (list.scrollWidth > list.clientWidth) list.scrollLeft = here.parentElement.offsetLeft - 16;
  };
  const last = localStorage.getItem(memory);
  mark(links.has(last) ? last : sections[0].id);
  if (links.has(last) && last !== sections[0].id && !location.hash) resume(document.getElementById(last));
  watch(sections, mark);
  showStates(sections, links);
}

const MARKS = { Complete: "✓", "In progress": "◔", "Data requested": "◔" };

/** A comment of the coach stands in the recap and once more at the step it is about. */
function showComments(sections) {
  for (const copy of document.querySelectorAll("[data-eq-copy]")) copy.remove();
  for (const comment of sections[0].querySelectorAll("[data-eq-comment]")) {
    const section = sections.find((one) => one.dataset.title === comment.dataset.eqSection);
    const copy = comment.cloneNode(true);
    copy.dataset.eqCopy = "";
    section?.querySelector("h2")?.after(copy);
  }
}

/** The recap's table says how far each step is; its words are repeated beside the step, and follow it. */
function showStates(sections, links) {
  const draw = () => {
    showComments(sections);
    for (const row of sections[0].querySelectorAll("table tbody tr")) {
      const section = sections.find((one) => one.dataset.title === row.cells[0]?.textContent.trim());
      const state = row.cells[1]?.textContent.trim();
      if (!section || !state) continue;
      const small = links.get(section.id).querySelector("small");
      if (small.textContent !== state) small.textContent = state;
      links.get(section.id).querySelector(".eq-step-number").textContent = MARKS[state] ?? "○";
    }
  };
  new MutationObserver(draw).observe(sections[0], { childList: true, subtree: true });
  draw();
}

function link(section, at, count) {
  return h("a", { href: `#${section.id}` }, h("span", { class: "eq-step-number", "aria-hidden": "true" }, `${at + 1}`),
    h("span", {}, section.dataset.title, h("small", {}, section.dataset.status || `Step ${at + 1} of ${count}`)));
}

/** "Back" and "Next" at the end of a step. */
function turning(sections, at) {
  const to = (words, section, look) => section && h("a", { class: `eq-button ${look}`, href: `#${section.id}` }, `${words}: ${section.dataset.title}`);
  return h("div", { class: "eq-tools eq-turning" }, to("Back", sections[at - 1], ""), to("Next", sections[at + 1], "go"));
}

/** The step whose heading was passed last is the present one. */
function watch(sections, mark) {
  let asked = 0;
  let current = "";
  const look = () => {
    asked = 0;
    const line = window.innerHeight / 3;
    const passed = sections.filter((section) => section.getBoundingClientRect().top <= line);
    const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 4;
    const here = atEnd && window.scrollY > 0 ? sections.at(-1) : passed.at(-1) ?? sections[0];
    if (here.id !== current) mark(current = here.id);
  };
  window.addEventListener("scroll", () => { asked ||= requestAnimationFrame(look); }, { passive: true });
}

/** Go back to where this person was; stay there while the parts above still grow, until somebody scrolls or types. */
function resume(section) {
  let watching = new ResizeObserver(() => section.scrollIntoView());
  const stop = () => { watching?.disconnect(); watching = null; };
  watching.observe(document.getElementById("eq-cells"));
  for (const sign of ["wheel", "touchstart", "keydown", "mousedown"]) window.addEventListener(sign, stop, { once: true, passive: true });
  setTimeout(stop, SETTLE);
  section.scrollIntoView();
  announce(`You are back at the step ${section.dataset.title}.`);
}
