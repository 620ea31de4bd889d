/* Dropping a file on the page puts it into the form's file field. */
"use strict";

(function () {
  const zone = document.querySelector("[data-drop]");
  const field = zone && zone.querySelector("input[type=file]");
  if (!field) return;
  const over = (on) => zone.classList.toggle("bn-drop--over", on);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => { event.preventDefault(); over(true); });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => over(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
})();
