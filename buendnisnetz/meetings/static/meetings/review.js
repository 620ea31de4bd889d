/* Reviewing with the keyboard and with the eye on the passage. The page works without it. */
"use strict";

(function () {
  const findings = document.querySelector(".bn-review__findings");
  const text = document.querySelector(".bn-review__text");
  if (!findings || !text) return;

  const cards = () => Array.from(findings.querySelectorAll("[data-proposal]")).filter((card) => card.offsetParent);
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;

  function mark(id, scroll) {
    for (const old of text.querySelectorAll(".bn-passage--chosen")) old.classList.remove("bn-passage--chosen");
    for (const old of findings.querySelectorAll(".bn-proposal--chosen")) old.classList.remove("bn-proposal--chosen");
    const pieces = text.querySelectorAll(`[data-ids~="${CSS.escape(id)}"]`);
    pieces.forEach((piece) => piece.classList.add("bn-passage--chosen"));
    const card = document.getElementById("v-" + id);
    if (card) card.classList.add("bn-proposal--chosen");
    if (scroll && pieces.length) pieces[0].scrollIntoView({ block: "center", behavior: quiet ? "auto" : "smooth" });
  }

  function go(card) {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    mark(card.dataset.proposal, true);
  }

  function step(by) {
    const all = cards();
    const current = all.indexOf(document.activeElement.closest("[data-proposal]") || findings.querySelector(".bn-proposal--chosen"));
    go(all[Math.min(Math.max(current + by, 0), all.length - 1)]);
  }

  findings.addEventListener("click", (event) => {
    const link = event.target.closest("[data-passage]");
    if (link) { event.preventDefault(); go(link.closest("[data-proposal]")); }
  });
  findings.addEventListener("focusin", (event) => {
    const card = event.target.closest("[data-proposal]");
    if (card) mark(card.dataset.proposal, true);
  });
  text.addEventListener("click", (event) => {
    const piece = event.target.closest("[data-ids]");
    if (!piece) return;
    event.preventDefault();
    const ids = piece.dataset.ids.split(" ");
    // Of several findings in one passage, another click goes to the next.
    const chosen = findings.querySelector(".bn-proposal--chosen");
    const at = chosen ? ids.indexOf(chosen.dataset.proposal) : -1;
    go(document.getElementById("v-" + ids[(at + ids.length - 1 + (at < 0 ? 1 : 0)) % ids.length]));
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "j" || event.key === "k") { event.preventDefault(); step(event.key === "j" ? 1 : -1); return; }
    const card = document.activeElement.closest("[data-proposal]");
    if (!card) return;
    const key = event.key === "e" ? "k" : event.key;
    if (event.key === "Enter" && event.target === card) { mark(card.dataset.proposal, true); return; }
    if (!["a", "v", "z", "e"].includes(event.key)) return;
    const button = card.querySelector(`[data-key="${key}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });

  // After a decision the next card takes the focus, so that the keyboard stays at work.
  document.addEventListener("htmx:after:swap", () => {
    const chosen = findings.querySelector(".bn-proposal--chosen");
    if (!chosen && pending) {
      const card = document.getElementById("v-" + pending);
      const all = cards();
      go(all[all.indexOf(card) + 1] || card);
    }
    pending = null;
  });
  let pending = null;
  findings.addEventListener("submit", (event) => {
    const card = event.target.closest("[data-proposal]");
    if (card) pending = card.dataset.proposal;
  });
})();
