/** "Mark as put right": the town's answer to what its coach asked for, wherever the comment stands on the page. */
import { announce } from "./dom.js";
import { talk } from "./server.js";

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-eq-resolve]");
  if (!button || button.disabled) return;
  const { eqResolve: comment, version } = button.dataset;
  const places = [...document.querySelectorAll("[data-eq-comment]")].filter((one) => one.dataset.eqComment === comment).map((one) => one.querySelector(".eq-fix"));
  button.disabled = true;
  try {
    const said = await talk("POST", "api/reviews/resolved", { body: { comment, version: Number(version), resolved: true } });
    const words = `Marked as put right on ${day.format(new Date(said.resolved_on))} by ${said.resolved_by}.`;
    for (const place of places) place?.replaceChildren(words);
    announce(words);
  } catch (error) {
    button.disabled = false;
    const words = `Not marked: ${error.message}`;
    const note = button.parentElement.querySelector(".eq-msg") ?? button.parentElement.appendChild(document.createElement("span"));
    note.className = "eq-msg";
    note.textContent = ` ${words}`;
    announce(words);
  }
});
