/*
 * Loaded first, as an ordinary script, so that it hears the page leaving before Voilà does.
 *
 * Voilà ends the kernel on "beforeunload", which also fires for a download, for a mailto: link, and when a person
 * answers "stay" to the question about unsaved work. "pagehide" fires only when the page really goes.
 */
(function () {
  "use strict";

  window.addEventListener("beforeunload", function (event) {
    event.stopImmediatePropagation();
    if (window.equitybook && window.equitybook.unsent && window.equitybook.unsent() > 0) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  window.addEventListener("pagehide", function (event) {
    var script = document.getElementById("jupyter-config-data");
    if (event.persisted || !script) return;
    var config = JSON.parse(script.textContent);
    if (!config.kernelId) return;
    var token = document.cookie.match("\\b_xsrf=([^;]*)\\b");
    var form = new FormData();
    form.append("_xsrf", token ? token[1] : "");
    navigator.sendBeacon((config.baseUrl || "/") + "voila/api/shutdown/" + config.kernelId, form);
  });
})();
