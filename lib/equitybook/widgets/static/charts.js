/** Draw a finding's charts where its words left room for them. Vega is fetched only when a chart comes near. */
import { h } from "./dom.js";

const NEAR = "400px";
let drawer = null;

function vega() {
  drawer ??= import("./vega.js");
  drawer.catch(() => { drawer = null; });
  return drawer;
}

/** Draw every `[data-chart]` inside an element from its Vega-Lite specification. Returns a function that stops and cleans up. */
export function drawCharts(element, specifications) {
  const drawn = [];
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      draw(target, specifications[target.dataset.chart]).then((result) => result && drawn.push(result));
    }
  }, { rootMargin: NEAR });
  for (const slot of element.querySelectorAll("[data-chart]")) if (specifications[slot.dataset.chart]) watcher.observe(slot);
  return () => {
    watcher.disconnect();
    for (const result of drawn) result.finalize();
  };
}

async function draw(slot, specification) {
  try {
    const { vegaEmbed } = await vega();
    // The interpreter instead of compiled expressions: a strict content policy may forbid compiling.
    // The slot says what the picture shows; the drawing inside would repeat it piece by piece.
    const drawing = h("div", { class: "eq-drawing", "aria-hidden": "true" });
    slot.replaceChildren(drawing);
    const result = await vegaEmbed(drawing, specification, { actions: false, renderer: "svg", ast: true, tooltip: true });
    slot.dataset.drawn = "";
    return result;
  } catch {
    slot.replaceChildren();
    slot.dataset.failed = "";
    const table = slot.closest("[data-finding], .eq-finding, article, section")?.querySelector("details");
    if (table) table.open = true;
    return null;
  }
}
