/* Files go up in pieces while the form is filled in. Without script, or where the browser cannot
   compute checksums, the form sends the file by itself as always. */
"use strict";

(function () {
  const zone = document.querySelector("[data-pieces]");
  const field = zone && zone.querySelector("input[type=file]");
  if (!field || !window.isSecureContext || !window.crypto.subtle) return;
  const said = zone.dataset;
  const form = field.form;
  const arrived = form.elements.arrived;
  const piece = Number(said.piece);
  const several = "several" in said;
  const files = new Map();

  const list = document.createElement("ul");
  list.className = "bn-pieces";
  const hint = Object.assign(document.createElement("p"), { className: "bn-muted", textContent: said.drop });
  const news = document.createElement("p");
  news.setAttribute("role", "status");
  field.multiple = several;
  const box = Object.assign(document.createElement("div"), { className: "bn-drop" });
  box.append(hint, list, news);
  field.after(box);

  const wait = (seconds) => new Promise((go) => {
    const timer = setTimeout(done, seconds * 1000);
    function done() { clearTimeout(timer); window.removeEventListener("online", done); go(); }
    window.addEventListener("online", done);
  });
  const hex = (buffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, "0")).join("");
  const digest = async (blob) => hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));

  /* The same file is known again by its size, its beginning and its end. */
  async function fingerprint(file) {
    const ends = new Blob([String(file.size), file.slice(0, 1 << 20), file.slice(-(1 << 20))]);
    return digest(ends);
  }

  function ask(address, method, body, headers) {
    return fetch(address, { method, body, headers: { "X-CSRFToken": said.token, ...headers } });
  }

  /* Again and again until there is an answer; a server that restarts is no answer. */
  async function surely(row, address, method, body, headers) {
    for (let tries = 0; !row.left; tries += 1) {
      try {
        const answer = await ask(address, method, body, headers);
        if (answer.status < 500) { row.say(""); return answer; }
      } catch (lost) { /* said below */ }
      row.say(said.away);
      await wait(Math.min(1 + tries, 8));
    }
    throw new Error("left");
  }

  async function send(row) {
    const { file } = row;
    const begun = await surely(row, said.begin, "POST", JSON.stringify({ name: file.name, size: file.size, fingerprint: await fingerprint(file) }), { "Content-Type": "application/json" });
    const state = await begun.json();
    if (begun.status !== 201) { row.refuse(state.error); return; }
    row.key = state.id;
    let offset = state.offset;
    while (offset < file.size && !row.left) {
      row.show(offset);
      const part = file.slice(offset, offset + piece);
      const headers = { "Upload-Offset": String(offset), "Upload-Checksum": `sha256 ${await digest(part)}`, "Content-Type": "application/offset+octet-stream" };
      const answer = await surely(row, said.begin + row.key + "/", "PATCH", part, headers);
      const reached = answer.headers.get("Upload-Offset");
      if (reached !== null) offset = Number(reached);
      else if (answer.status !== 460) { row.refuse((await answer.json()).error); return; }
    }
    row.show(file.size);
    row.done = true;
    row.say(said.ready);
    settle();
  }

  function add(file) {
    const item = document.createElement("li");
    const bar = Object.assign(document.createElement("progress"), { max: file.size, value: 0 });
    const name = Object.assign(document.createElement("span"), { textContent: file.name });
    bar.setAttribute("aria-label", file.name);
    const words = document.createElement("small");
    const leave = Object.assign(document.createElement("button"), { type: "button", className: "kern-btn kern-btn--tertiary kern-btn--x-small" });
    leave.append(Object.assign(document.createElement("span"), { className: "kern-label", textContent: said.leave }));
    item.append(name, " ", bar, " ", words, " ", leave);
    list.append(item);
    const row = {
      file, key: "", done: false, left: false,
      show(offset) { bar.value = offset; },
      say(text) { words.textContent = text; },
      refuse(text) { row.say(text); news.textContent = `${file.name}: ${text}`; drop(false); },
    };
    function drop(gone) {
      row.left = true;
      files.delete(row);
      if (gone) { item.remove(); if (row.key) ask(said.begin + row.key + "/", "DELETE"); }
      settle();
    }
    leave.addEventListener("click", () => { drop(true); field.focus(); });
    files.set(row, item);
    const title = form.elements.title;
    if (!title.value) title.value = file.name.replace(/\.[^.]+$/, "");
    if (file.size > Number(said.largest)) row.refuse(said.large);
    else send(row).catch(() => {});
  }

  function take(chosen) {
    if (!several) for (const [row, item] of files) { row.left = true; item.remove(); files.delete(row); }
    for (const file of several ? chosen : [...chosen].slice(0, 1)) add(file);
    field.value = "";
  }

  let waiting = null;
  function settle() {
    const rows = [...files.keys()];
    arrived.value = rows.filter((row) => row.done).map((row) => row.key).join(" ");
    if (waiting && rows.every((row) => row.done)) form.requestSubmit(waiting);
  }

  field.addEventListener("change", () => take([...field.files]));
  form.addEventListener("submit", (event) => {
    if ([...files.keys()].every((row) => row.done)) return;
    event.preventDefault();
    waiting = event.submitter;
    news.textContent = said.wait;
  });
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => { event.preventDefault(); box.classList.add("bn-drop--over"); });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => box.classList.remove("bn-drop--over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
})();
