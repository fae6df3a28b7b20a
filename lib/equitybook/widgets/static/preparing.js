/*
 * While the workbook runs: how far it is, and what to do when it takes too long. When it has run: one section per step.
 *
 * An ordinary script, loaded in the head, because the page calls it while it is still arriving.
 */
(function () {
  "use strict";
  var LONG = 20000;
  var waiting = setTimeout(tooLong, LONG);

  function say(text) {
    var words = document.querySelector("[data-eq=preparing-words]");
    if (words) words.textContent = text;
  }

  function tooLong() {
    say("This takes longer than usual. Everything you saved is kept. You can wait, or reload the page.");
  }

  function step(index, count) {
    var bar = document.querySelector("#eq-preparing progress");
    if (!bar) return;
    bar.max = count;
    bar.value = index;
    clearTimeout(waiting);
    waiting = setTimeout(tooLong, LONG);
  }

  // HTML that needs no widget is shown at once, before Voilà's own scripts have loaded.
  function showPlainOutputs(cells) {
    cells.querySelectorAll('script[type="application/vnd.voila.cell-output+json"]').forEach(function (script) {
      var data = JSON.parse(script.textContent).data || {};
      if (data["application/vnd.jupyter.widget-view+json"] || typeof data["text/html"] !== "string") return;
      var place = document.createElement("div");
      place.className = "eq-html jp-RenderedHTMLCommon";
      place.innerHTML = data["text/html"];
      script.replaceWith(place);
    });
  }

  // Every h2 begins a step: it and what follows, up to the next, become one section.
  function group(cells) {
    var section = null;
    var used = {};
    Array.from(cells.children).forEach(function (cell) {
      var heading = cell.querySelector("h2");
      if (heading) {
        section = document.createElement("section");
        section.className = "eq-step";
        cells.insertBefore(section, cell);
        name(section, heading, used);
      }
      if (section) section.appendChild(cell);
    });
  }

  function name(section, heading, used) {
    heading.querySelectorAll(".anchor-link").forEach(function (link) { link.remove(); });
    // As nbconvert and JupyterLab name a heading: links to a step lead there in a saved page, too.
    var id = heading.id || heading.textContent.trim().replace(/ /g, "-");
    heading.removeAttribute("id");
    used[id] = (used[id] || 0) + 1;
    section.id = used[id] > 1 ? id + "-" + used[id] : id;
    heading.id = section.id + "-title";
    section.dataset.title = heading.textContent.trim();
    section.setAttribute("aria-labelledby", heading.id);
  }

  function finish() {
    clearTimeout(waiting);
    var cells = document.getElementById("eq-cells");
    showPlainOutputs(cells);
    group(cells);
    document.getElementById("eq-preparing").remove();
    cells.hidden = false;
    document.body.dataset.ready = "";
    document.dispatchEvent(new Event("equitybook:ready"));
  }

  // Voilà calls these by name, the first whenever it has nothing to send for a while.
  window.voila_heartbeat = function () {};
  window.voila_process = step;
  window.voila_finish = function () {};
  window.equitybookPreparing = { step: step, finish: finish };
})();
