/** The parts of a long step, as links under its name: who comes back wants the answers or what they say, not the reasons once more. */
import { h } from "./dom.js";

const HEADINGS = ".jp-MarkdownOutput h3";
const FEWEST = 3;

/** Give each part of a step an address of its own, for every step has parts of the same names, and list those that are further down. */
export function listParts(section) {
  const parts = [...section.querySelectorAll(HEADINGS)].map((heading) => {
    heading.querySelector(".anchor-link")?.remove();
    const words = heading.textContent.trim();
    heading.id = `${section.id}-${words.replace(/\s+/g, "-")}`;
    heading.tabIndex = -1;
    return h("li", {}, h("a", { href: `#${heading.id}` }, words));
  });
  return parts.length < FEWEST ? null : h("nav", { class: "eq-parts", "aria-label": `Parts of ${section.dataset.title}` }, h("ul", {}, parts.slice(1)));
}
