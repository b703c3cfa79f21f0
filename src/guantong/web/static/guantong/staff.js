// The work desk is complete without JavaScript. With it: printing, focus on what is wrong, one submission per click.
(function () {
  "use strict";

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });

  document.addEventListener("submit", function (event) {
    window.setTimeout(function () {
      event.target.querySelectorAll("button[type=submit]").forEach(function (button) {
        button.disabled = true;
        window.setTimeout(function () {
          button.disabled = false;
        }, 4000);
      });
    }, 0);
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("button[type=submit]:disabled").forEach(function (button) {
      button.disabled = false;
    });
    var place = document.getElementById("problems");
    if (place) {
      place.focus();
    }
  });
})();
