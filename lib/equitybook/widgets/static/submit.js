/** The last step: what is complete and what is not, a note for the coach, and the button. */
import { h, newId, randomId, timeOf } from "./dom.js";
import { outbox } from "./outbox.js";
import { styled } from "./style.js";
import { talk } from "./server.js";

const WORDS = { true: "Complete", false: "Not yet" };

class Panel {
  constructor(model, el) {
    this.model = model;
    // A lost answer and a second press must not submit twice: the key changes only once the server has answered.
    this.key = randomId();
    const id = newId("note");
    this.checks = h("ul", { class: "eq-checks" });
    this.note = h("textarea", { id, rows: 3, maxlength: 2000 });
    this.button = h("button", { type: "button", class: "go", onclick: () => this.submit() }, "Submit to my coach");
    this.status = h("p", { role: "status", class: "eq-report" });
    el.replaceChildren(h("div", { class: "eq-submit" }, this.checks,
      h("div", { class: "eq-field" }, h("label", { for: id }, "A note for your coach"),
        h("div", { class: "eq-hint" }, "Optional. What should you talk about first?"), this.note),
      h("p", { class: "eq-hint" }, "Your coach reads a summary and your written answers, never rows about one person, and can look in at any time, also before you submit. Submitting says that you are ready to talk; your note then stands at the top of what your coach reads. You can submit with things still open."),
      h("div", { class: "eq-tools" }, this.button), this.status));
    model.on("change:checks", () => this.draw());
    model.on("change:submitted", () => this.draw());
    this.draw();
  }

  draw() {
    this.checks.replaceChildren(...this.model.get("checks").map(({ text, done, where, detail }) => h("li", { class: done ? "eq-done" : "eq-open" },
      h("span", { class: "eq-mark", "aria-hidden": "true" }, done ? "✓" : "○"), h("span", {}, h("b", {}, WORDS[Boolean(done)]), ": ",
        where && !done ? h("a", { href: where }, text) : text, detail ? h("span", { class: "eq-hint" }, ` ${detail}`) : null))));
    const last = this.model.get("submitted");
    if (last?.at && !this.status.textContent) this.status.textContent = thanks(last.at);
  }

  async submit() {
    this.button.disabled = true;
    this.status.textContent = "Submitting…";
    try {
      await outbox.sent();
      if (outbox.size) throw new Error("some of what you typed is not saved yet. It is kept in this browser. Try again when the connection is back.");
      const answer = await talk("POST", "api/submit", { body: { cycle: this.model.get("cycle"), note: this.note.value.trim(), key: this.key } });
      this.key = randomId();
      this.status.textContent = thanks(answer.at);
      this.model.send({ type: "submitted", number: answer.number, at: answer.at });
    } catch (error) {
      this.status.textContent = `Not submitted: ${error.message}`;
    } finally {
      this.button.disabled = false;
    }
  }
}

function thanks(at) {
  const day = new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  const time = timeOf(at);
  return `Submitted ${time.includes(day) ? time.replace(",", "") : `${day} ${time}`}. You can keep editing and submit again.`;
}

/** The widget's view. */
export async function render({ model, el }) {
  await styled();
  el.classList.add("eq-widget");
  new Panel(model, el);
}
