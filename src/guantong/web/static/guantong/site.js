// Better with JavaScript, complete without it: printing, focus after a swap, addresses without empty parts.
(function () {
  "use strict";

  function ready() {
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
    });
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) {
      window.print();
    }
  });

  document.addEventListener("submit", function (event) {
    if (window.htmx && event.target.hasAttribute("hx-get")) {
      return;
    }
    event.target.querySelectorAll("input[name], select[name]").forEach(function (field) {
      field.disabled = field.value === "";
    });
    window.setTimeout(function () {
      event.target.querySelectorAll(":disabled").forEach(function (field) {
        field.disabled = false;
      });
    }, 0);
  });

  document.addEventListener("htmx:configRequest", function (event) {
    var given = event.detail.formData;
    Array.from(new Set(given.keys())).forEach(function (name) {
      var kept = given.getAll(name).filter(function (value) {
        return value !== "";
      });
      given.delete(name);
      kept.forEach(function (value) {
        given.append(name, value);
      });
    });
  });

  document.addEventListener("htmx:afterSettle", function () {
    ready();
    var place = document.getElementById("problems") || document.getElementById("answer-title");
    if (place) {
      place.focus();
    }
  });

  window.addEventListener("pageshow", ready);
  ready();
})();
