// The order of the agenda without loading the page anew: buttons keep the focus, items can be dragged.
// Without this every button sends its form, and the page comes back at the item.

const box = () => document.getElementById("agenda");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
let dragged = null;

async function send(fields, focus) {
  const answer = await fetch(box().dataset.order, {
    method: "POST",
    headers: { "X-CSRFToken": token(), "HX-Request": "true" },
    body: new URLSearchParams(fields),
  });
  const html = await answer.text();
  if (!answer.ok || !html.includes('id="agenda"')) {
    window.location.reload();
    return;
  }
  const said = box().dataset.said;
  box().outerHTML = html;
  box().querySelector("[data-state]").textContent = said;
  const target = document.getElementById(focus);
  // At the end of the list one of the two buttons is off; the item itself takes the focus then.
  const place = target && target.disabled ? target.closest("li") : target;
  if (place) place.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-move]");
  if (!form) return;
  event.preventDefault();
  const step = event.submitter.value;
  const item = form.elements.namedItem("item").value;
  send({ item, step }, `${step}-${item}`);
});

document.addEventListener("dragstart", (event) => {
  const row = event.target.closest ? event.target.closest("#agenda li[draggable]") : null;
  if (!row) return;
  dragged = row;
  row.classList.add("bn-agenda--dragged");
  event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const row = event.target.closest("#agenda li");
  if (!dragged || !row) return;
  event.preventDefault();
  if (row === dragged) return;
  const box = row.getBoundingClientRect();
  row.parentNode.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? row : row.nextSibling);
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  const row = dragged;
  dragged = null;
  row.classList.remove("bn-agenda--dragged");
  const order = [...box().querySelectorAll("li[data-item]")].map((item) => item.dataset.item);
  send({ order: order.join(",") }, row.id);
});
