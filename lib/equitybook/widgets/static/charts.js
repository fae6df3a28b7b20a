/**
 * The charts of one view, drawn where its words left room for them. Vega is fetched only when a chart comes near.
 *
 * Nothing moves: room is kept before a chart is there, one whose numbers did not change stays when the words around it are written
 * anew, one that did change stays until the new one is ready, and no picture comes or goes under a finger.
 */
import { h, released } from "./dom.js";

const NEAR = "400px";
const FOOT = 60; // pixels below a plot: its axis, or its legend
let drawer = null;

function vega() {
  drawer ??= import("./vega.js");
  drawer.catch(() => { drawer = null; });
  return drawer;
}

export class Charts {
  #shown = new Map();
  #watcher = null;

  /** Draw every `[data-chart]` inside an element from its Vega-Lite specification. */
  show(element, specifications) {
    this.#watcher?.disconnect();
    this.#watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        this.#watcher.unobserve(target);
        this.#draw(target, specifications[target.dataset.chart]);
      }
    }, { rootMargin: NEAR });
    const slots = [...element.querySelectorAll("[data-chart]")].filter((slot) => specifications[slot.dataset.chart]);
    for (const slot of slots) if (!this.#keep(slot, specifications[slot.dataset.chart])) this.#watcher.observe(slot);
    const names = new Set(slots.map((slot) => slot.dataset.chart));
    for (const name of this.#shown.keys()) if (!names.has(name)) this.#drop(name);
  }

  stop() {
    this.#watcher?.disconnect();
    for (const name of this.#shown.keys()) this.#drop(name);
  }

  /** Put the picture that was there into its new place; whether it is still the right one. */
  #keep(slot, specification) {
    const shown = this.#shown.get(slot.dataset.chart);
    if (!shown) {
      slot.style.minHeight = `${specification.height + FOOT}px`;
      return false;
    }
    slot.replaceChildren(shown.drawing);
    slot.dataset.drawn = "";
    return shown.of === JSON.stringify(specification);
  }

  #drop(name) {
    this.#shown.get(name).result.finalize();
    this.#shown.delete(name);
  }

  async #draw(slot, specification) {
    // The slot says what the picture shows; the drawing inside would repeat it piece by piece.
    const drawing = h("div", { class: "eq-drawing eq-coming", "aria-hidden": "true" });
    slot.append(drawing);
    try {
      const { vegaEmbed } = await vega();
      // The interpreter instead of compiled expressions: a strict content policy may forbid compiling.
      const result = await vegaEmbed(drawing, specification, { actions: false, renderer: "svg", ast: true, tooltip: true });
      // A legend may take other lines in the width that the axes leave than in the whole: measured once more, none is cut off.
      await result.view.resize().runAsync();
      await released();
      this.#place(slot, { drawing, result, of: JSON.stringify(specification) });
    } catch {
      await released();
      this.#give(slot);
    }
  }

  #place(slot, shown) {
    // The words were written anew meanwhile: this place is gone, and another drawing is on its way.
    if (!slot.isConnected) {
      shown.result.finalize();
      return;
    }
    const name = slot.dataset.chart;
    if (this.#shown.has(name)) this.#drop(name);
    this.#shown.set(name, shown);
    shown.drawing.classList.remove("eq-coming");
    slot.replaceChildren(shown.drawing);
    slot.style.minHeight = "";
    slot.dataset.drawn = "";
  }

  #give(slot) {
    const name = slot.dataset.chart;
    if (this.#shown.has(name)) this.#drop(name);
    slot.replaceChildren();
    slot.style.minHeight = "";
    delete slot.dataset.drawn;
    slot.dataset.failed = "";
    const table = slot.closest("[data-finding], .eq-finding, article, section")?.querySelector("details");
    if (table) table.open = true;
  }
}
