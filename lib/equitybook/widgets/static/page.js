/** The frame of a workbook page: what is saved, the steps at the side, links that never end the page's kernel. */
import { base, cookie, facts, signInUrl } from "./server.js";
import { h, timeOf } from "./dom.js";
import { outbox } from "./outbox.js";
import "./resolving.js";
import { showSteps } from "./steps.js";

const SLOW = 1000;

/** Keep the header's "Saved 10:42" true. The words for the eye change at once; those for the ear only when they matter. */
function showSaved() {
  const seen = document.querySelector(".eq-saved");
  const heard = document.querySelector("[data-eq=saved]");
  if (!seen) return;
  let later = 0;
  const draw = () => {
    const state = outbox.state;
    const words = state.kind === "saved" ? (state.at ? `Saved ${timeOf(state.at)}` : "Nothing to save yet") : state.text;
    seen.dataset.state = state.kind;
    if (seen.textContent !== words || !seen.hasChildNodes()) seen.replaceChildren(words);
    clearTimeout(later);
    later = setTimeout(() => {
      if (heard.dataset.words === words) return;
      heard.dataset.words = words;
      heard.replaceChildren(words, ...(state.signIn ? [" ", h("a", { href: signInUrl, target: "_blank", rel: "noopener" }, "Sign in in a new tab")] : []));
      heard.classList.toggle("eq-shown", Boolean(state.signIn));
    }, state.kind === "saving" ? SLOW : 0);
  };
  outbox.addEventListener("state", draw);
  draw();
}

/** A click on a link elsewhere, a download or a mail address must leave this page and its kernel alone. */
function tameLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || link.hasAttribute("download")) return;
    const target = new URL(link.href, location.href);
    if (target.origin !== location.origin || target.protocol === "mailto:") {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    } else if (target.pathname.startsWith(`${base}equitybook/api/downloads/`)) {
      link.download = "";
    }
  }, true);
}

function letSignOut() {
  const form = document.querySelector("[data-eq=sign-out]");
  form?.addEventListener("submit", () => { form.elements._xsrf.value = cookie("_xsrf"); });
}

function whenReady(work) {
  if (document.body.dataset.ready !== undefined) work();
  else document.addEventListener("equitybook:ready", work, { once: true });
}

tameLinks();
letSignOut();
whenReady(() => {
  showSaved();
  showSteps(`equitybook:step:${facts.community ?? ""}:${facts.username ?? ""}:${location.pathname}`);
});
