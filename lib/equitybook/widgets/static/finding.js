/** What the data say: words and tables made by the analysis, charts drawn here, and a nudge to the analysis after every save. */
import { banner, h, released } from "./dom.js";
import { Charts } from "./charts.js";
import { offerKeeping } from "./evidence.js";
import { styled } from "./style.js";
import { news } from "./tables.js";

const PAUSE = 400;
const SLOW = 1200;
const LOST = 15000;
const REACHED = "button, summary, a[href], [tabindex]";

class Finding {
  constructor(model, el) {
    Object.assign(this, { model, el, charts: new Charts(), waiting: new Set(), asked: 0, turn: 0 });
    this.content = h("div", { class: "eq-finding-content" });
    this.note = h("p", { class: "eq-hint eq-updating", role: "status" });
    el.replaceChildren(this.note, this.content);
    this.draw();
    model.on("change:html", this.draw);
    model.on("change:charts", this.draw);
    model.on("msg:custom", this.hear);
    news.addEventListener("stored", this.nudge);
  }

  /** Show the newest words; what was folded open stays open, and what had the focus keeps it. */
  draw = () => {
    cancelAnimationFrame(this.frame);
    this.turn += 1;
    const { turn } = this;
    // Words and charts arrive as two changes; one drawing is enough.
    this.frame = requestAnimationFrame(async () => {
      await released();
      if (turn === this.turn) this.#write();
    });
  };

  #write() {
    const focused = this.content.contains(document.activeElement) ? document.activeElement : null;
    const open = [...this.content.querySelectorAll("details")].map((one) => one.open);
    this.content.innerHTML = this.model.get("html");
    this.content.querySelectorAll("details").forEach((one, at) => { if (open[at] !== undefined) one.open = open[at]; });
    offerKeeping(this.content);
    this.charts.show(this.content, this.model.get("charts") ?? {});
    if (focused) this.#focusLike(focused);
  }

  /** Give the focus to what stands where an element stood: the same kind with the same words. */
  #focusLike({ tagName, textContent }) {
    const same = [...this.content.querySelectorAll(REACHED)].find((one) => one.tagName === tagName && one.textContent === textContent);
    same?.focus({ preventScroll: true });
  }

  nudge = ({ detail }) => {
    const mine = this.model.get("tables") ?? [];
    for (const table of detail.tables) if (!mine.length || mine.includes(table)) this.waiting.add(table);
    if (!this.waiting.size) return;
    clearTimeout(this.pause);
    this.pause = setTimeout(this.ask, PAUSE);
  };

  ask = () => {
    this.asked += 1;
    const tables = [...this.waiting];
    this.waiting.clear();
    clearTimeout(this.slow);
    clearTimeout(this.lost);
    this.slow = setTimeout(() => { this.note.textContent = "Updating…"; }, SLOW);
    this.lost = setTimeout(this.give, LOST);
    if (this.el.closest(".jupyter-widgets-disconnected")) this.give();
    else {
      try {
        this.model.send({ type: "saved", tables, request: this.asked });
      } catch {
        this.give();
      }
    }
  };

  hear = (message) => {
    if (message?.type !== "done" || message.request < this.asked) return;
    clearTimeout(this.slow);
    clearTimeout(this.lost);
    this.note.textContent = message.problem ?? "";
    banner("analysis", null);
  };

  give = () => {
    clearTimeout(this.slow);
    this.note.textContent = "";
    banner("analysis", "The picture is paused: connection to the analysis was lost. What you typed is saved. Reload to continue.", ["Reload", () => location.reload()]);
  };

  end() {
    cancelAnimationFrame(this.frame);
    this.turn += 1;
    this.charts.stop();
    news.removeEventListener("stored", this.nudge);
    for (const timer of [this.pause, this.slow, this.lost]) clearTimeout(timer);
  }
}

/** The widget's view. */
export async function render({ model, el }) {
  await styled();
  el.classList.add("eq-widget", "eq-finding-view");
  const finding = new Finding(model, el);
  return () => finding.end();
}
