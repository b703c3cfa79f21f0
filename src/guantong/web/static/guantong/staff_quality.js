// The form of a section is complete without JavaScript. With it: up and down move within a column.
(function () {
  "use strict";

  document.querySelectorAll("table.entry").forEach(function (table) {
    table.addEventListener("keydown", function (event) {
      var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      var column = event.target.getAttribute("data-column");
      if (!step || !column || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      var cells = Array.prototype.slice.call(table.querySelectorAll("[data-column=" + column + "]"));
      var next = cells[cells.indexOf(event.target) + step];
      if (next) {
        event.preventDefault();
        next.focus();
        next.select();
      }
    });
  });
})();
