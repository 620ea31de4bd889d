/* Small helps for every page. Nothing here is needed for a page to work. */
"use strict";

(function () {
  // The error summary of a form takes the focus, so that screen readers start with it.
  function focusMarked(root) {
    const target = root.querySelector("[data-focus]");
    if (target) target.focus();
  }

  // "/" goes to the search box, as in most workbenches.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const search = document.querySelector(".bn-filter input[type=search], #sitesearch");
    if (!search) return;
    event.preventDefault();
    search.focus();
  });

  // Forms that ask before they act.
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  document.addEventListener("htmx:after:swap", (event) => focusMarked(event.target));
  document.addEventListener("DOMContentLoaded", () => focusMarked(document));
})();
