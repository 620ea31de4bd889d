// The writing page while the connection comes and goes. Every line keeps the text that the server
// last had (its base). What was typed is sent with the base; the server merges both with what others
// wrote and answers with the result. What was sent and not answered is sent again under the same key.

const root = document.querySelector("[data-writing]");
const IDENTIFIER = "23456789abcdefghjkmnpqrstuvwxyz";
const PAUSE = 700;
const ASK_EVERY = 2000;

const lines = new Map();
const store = `schreiben:${root.dataset.sync}`;
const box = root.querySelector("[data-lines]");
const template = root.querySelector("[data-template]");
const state = root.querySelector("[data-state]");
const signs = new Map([...root.querySelectorAll("[data-sign]")].map((key) => [key.dataset.sign, key.dataset.makes]));
const people = [...document.querySelectorAll("#anwesende option")].map((option) => option.value);
let number = Number(root.dataset.number);
let busy = false;
let timer = 0;
let last = null;

// Not elements[name]: a field called "item" would meet the method of that name.
const part = (form, name) => form.elements.namedItem(name);
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => IDENTIFIER[byte % IDENTIFIER.length]).join("");

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

// A line as the page knows it: its form, its base, what is on its way, which fields were changed.
function adopt(form, entry, base) {
  const line = { form, entry, base, sent: null, changed: {}, after: "" };
  lines.set(entry, line);
  form.dataset.entry = entry;
  form.id = `zeile-${entry}`;
  part(form, "entry").value = entry;
  part(form, "speaker").setAttribute("list", "anwesende");
  form.addEventListener("submit", (event) => { event.preventDefault(); remember(line); });
  part(form, "text").addEventListener("input", () => { readSign(line); grow(form); offerNames(line); remember(line); });
  part(form, "text").addEventListener("keydown", (event) => keyed(event, line));
  part(form, "text").addEventListener("focus", () => { last = line; });
  part(form, "text").addEventListener("blur", () => setTimeout(() => hideNames(form), 200));
  for (const [name, field] of [["kind", "kind"], ["speaker", "speaker"], ["item", "item"], ["internal", "internal"]]) {
    part(form, name).addEventListener("change", () => {
      const input = part(form, name);
      line.changed[field] = input.type === "checkbox" ? input.checked : input.value;
      form.dataset.kind = part(form, "kind").value;
      remember(line);
    });
  }
  grow(form);
  return line;
}

function grow(form) {
  const text = part(form, "text");
  text.rows = Math.max(1, Math.min(12, text.value.split("\n").length + Math.floor(text.value.length / 90)));
}

function addLine(after) {
  const form = template.content.firstElementChild.cloneNode(true);
  const entry = newId();
  for (const element of form.querySelectorAll("[id]")) element.id = `${entry}-${element.id}`;
  for (const label of form.querySelectorAll("[for]")) label.htmlFor = `${entry}-${label.htmlFor}`;
  for (const element of form.querySelectorAll("[aria-describedby]")) element.removeAttribute("aria-describedby");
  if (after) after.form.after(form); else box.append(form);
  part(form, "text").value = "";
  const line = adopt(form, entry, "");
  line.after = after ? after.entry : "";
  if (after) {
    part(form, "item").value = part(after.form, "item").value;
    if (part(form, "item").value) line.changed.item = part(form, "item").value;
  }
  return line;
}

// One sign, typed first in an empty line, says what the line is.
function readSign(line) {
  const text = part(line.form, "text");
  const makes = signs.get(text.value[0]);
  if (!makes || line.base || text.value.length > 1 || text.dataset.signed) return;
  text.value = "";
  text.dataset.signed = "1";
  setKind(line, makes);
}

function setKind(line, kind) {
  part(line.form, "kind").value = kind;
  line.form.dataset.kind = kind;
  line.changed.kind = kind;
}

function keyed(event, line) {
  const names = line.form.querySelector(".bn-names");
  if (event.key === "Tab" && !event.shiftKey && names) {
    event.preventDefault();
    names.querySelector("button").click();
  } else if (event.key === "Escape" && names) {
    hideNames(line.form);
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (part(line.form, "text").value.trim()) part(addLine(line).form, "text").focus();
  }
}

// Names of those present, completed from their first letters.
function offerNames(line) {
  hideNames(line.form);
  const text = part(line.form, "text");
  const typed = /([\p{L}-]{2,})$/u.exec(text.value.slice(0, text.selectionStart));
  if (!typed) return;
  const start = typed[1].toLowerCase();
  const found = people.filter((name) => name.toLowerCase().split(/[\s-]+/).some((word) => word.startsWith(start) && word.length > start.length));
  if (!found.length) return;
  const list = document.createElement("ul");
  list.className = "bn-names";
  for (const name of found.slice(0, 5)) {
    const choice = document.createElement("button");
    choice.type = "button";
    choice.className = "bn-key";
    choice.textContent = name;
    choice.addEventListener("click", () => {
      text.setRangeText(`${name} `, text.selectionStart - typed[1].length, text.selectionStart, "end");
      hideNames(line.form);
      text.focus();
      remember(line);
    });
    const item = document.createElement("li");
    item.append(choice);
    list.append(item);
  }
  line.form.querySelector(".bn-line__main").after(list);
}

function hideNames(form) {
  form.querySelector(".bn-names")?.remove();
}

// What is not on the server yet also lies in the browser, in case the page is closed.
function remember() {
  const waiting = [...lines.values()].filter(waits).map((line) => ({
    entry: line.entry, base: line.base, text: part(line.form, "text").value, after: line.after, changed: line.changed, sent: line.sent,
  }));
  try {
    if (waiting.length) localStorage.setItem(store, JSON.stringify(waiting)); else localStorage.removeItem(store);
  } catch { /* A full or forbidden store takes nothing away from the page. */ }
  clearTimeout(timer);
  timer = setTimeout(talk, waiting.length ? PAUSE : ASK_EVERY);
}

function recall() {
  let waiting = [];
  try { waiting = JSON.parse(localStorage.getItem(store) || "[]"); } catch { return; }
  for (const kept of waiting) {
    let line = lines.get(kept.entry);
    if (!line) {
      line = addLine(lines.get(kept.after) || null);
      lines.delete(line.entry);
      line.entry = kept.entry;
      lines.set(kept.entry, line);
      line.form.dataset.entry = kept.entry;
      line.form.id = `zeile-${kept.entry}`;
      part(line.form, "entry").value = kept.entry;
    }
    Object.assign(line, { base: kept.base, after: kept.after, changed: kept.changed, sent: kept.sent });
    part(line.form, "text").value = kept.text;
    if (kept.changed.kind) { part(line.form, "kind").value = kept.changed.kind; line.form.dataset.kind = kept.changed.kind; }
    grow(line.form);
  }
}

const waits = (line) => line.sent || part(line.form, "text").value !== line.base || (line.base && Object.keys(line.changed).length);

function changes() {
  const waiting = [...lines.values()].filter(waits);
  for (const line of waiting) {
    if (!line.sent) {
      line.sent = { key: crypto.randomUUID(), text: part(line.form, "text").value, fields: line.changed };
      line.changed = {};
    }
  }
  return waiting.slice(0, 100).map((line) => ({
    key: line.sent.key, entry: line.entry, base: line.base, text: line.sent.text, after: line.after, fields: line.sent.fields,
  }));
}

async function talk() {
  clearTimeout(timer);
  if (busy) { timer = setTimeout(talk, PAUSE); return; }
  busy = true;
  const waiting = changes();
  if (waiting.length) say(root.dataset.saving);
  try {
    const answer = waiting.length
      ? await fetch(root.dataset.sync, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token() }, body: JSON.stringify({ number, changes: waiting }) })
      : await fetch(`${root.dataset.sync}?seit=${number}`);
    if (answer.status === 409) say(`${root.dataset.refused}: ${(await answer.json()).error}`);
    else if (!answer.ok) throw new Error(String(answer.status));
    else { hear(await answer.json(), new Set(waiting.map((change) => change.entry))); say(root.dataset.saved); }
  } catch { say(root.dataset.away); }
  busy = false;
  remember();
}

// Behind what is being typed the server's text waits: what was sent becomes the new base, and the
// server merges once more. Where nobody types, the line shows what the server has.
function hear(answer, sent) {
  number = answer.number;
  for (const row of answer.entries) {
    const line = lines.get(row.entry) || (row.text ? addKnown(row.entry) : null);
    if (!line) continue;
    const text = part(line.form, "text");
    const had = line.sent ? line.sent.text : line.base;
    if (text.value === had) {
      if (text.value !== row.text) replace(text, row.text);
      line.base = row.text;
    } else {
      line.base = had;
    }
    for (const name of ["kind", "item", "speaker"]) if (!(name in line.changed)) part(line.form, name).value = row[name];
    if (!("internal" in line.changed)) part(line.form, "internal").checked = row.internal;
    line.form.dataset.kind = part(line.form, "kind").value;
    line.form.querySelector("[data-deed]").textContent = row.deed;
    line.form.hidden = !row.text && line !== last && !text.value;
    grow(line.form);
  }
  for (const entry of sent) { const line = lines.get(entry); if (line) line.sent = null; }
  arrange(answer.order);
}

function addKnown(entry) {
  const line = addLine(null);
  lines.delete(line.entry);
  line.entry = entry;
  line.changed = {};
  lines.set(entry, line);
  line.form.dataset.entry = entry;
  line.form.id = `zeile-${entry}`;
  part(line.form, "entry").value = entry;
  return line;
}

// The caret stays behind the same words when others write before it.
function replace(text, value) {
  const [start, end, active] = [text.selectionStart, text.selectionEnd, document.activeElement === text];
  const before = text.value;
  let same = 0;
  while (same < Math.min(before.length, value.length) && before[same] === value[same]) same += 1;
  const shift = (place) => (place <= same ? place : Math.max(same, place + value.length - before.length));
  text.value = value;
  if (active) text.setSelectionRange(shift(start), shift(end));
}

// Lines stand in the server's order; a line that somebody writes in is never moved from under them.
function arrange(order) {
  let behind = null;
  for (const entry of order) {
    const line = lines.get(entry);
    if (!line) continue;
    const right = behind ? behind.form.nextElementSibling === line.form : box.firstElementChild === line.form;
    if (!right && !line.form.contains(document.activeElement)) {
      if (behind) behind.form.after(line.form); else box.prepend(line.form);
    }
    behind = line;
  }
}

for (const form of box.querySelectorAll("form")) adopt(form, form.dataset.entry, part(form, "base").value);
root.querySelector("[data-new]").remove();
root.classList.add("bn-writing--live");
root.querySelector("[data-bar]").hidden = false;
for (const key of root.querySelectorAll("[data-sign]")) {
  key.addEventListener("click", () => {
    const line = last && !part(last.form, "text").value ? last : addLine(last);
    setKind(line, key.dataset.makes);
    part(line.form, "text").dataset.signed = "1";
    part(line.form, "text").focus();
  });
}
recall();
if (![...lines.values()].some((line) => !part(line.form, "text").value)) part(addLine([...lines.values()].at(-1) || null).form, "text").focus();
window.addEventListener("online", talk);
document.addEventListener("visibilitychange", () => { if (!document.hidden) talk(); });
remember();
