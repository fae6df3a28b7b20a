/** The style sheet, once per page: the page theme links it itself; in JupyterLab the first widget does. */
import { base } from "./server.js";
import { h } from "./dom.js";

let loading = null;

/** Resolves when the style sheet is there, or will not come: words unstyled are better than no words. */
export function styled() {
  loading ??= new Promise((resolve) => {
    if (document.querySelector("link[data-eq-style]")) return resolve();
    const version = new URL(import.meta.url).search;
    const link = h("link", { rel: "stylesheet", href: `${base}equitybook/static/equitybook.css${version}`, "data-eq-style": "" });
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    document.head.append(link);
    return undefined;
  });
  return loading;
}
