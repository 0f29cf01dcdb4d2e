"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const blocks = Array.from(document.querySelectorAll(".b"));
const status = document.getElementById("status");
const search = document.getElementById("search");
const help = document.getElementById("help");
const saveButton = document.getElementById("save");
const LABELS = Array.from(document.querySelectorAll(".f-label"), (box) => box.value);
let at = -1;
// The labels that the saved gold has: with nothing corrected any more, they may still differ.
let saved = labelsNow();

function labelsNow() {
  return blocks.map((b) => b.dataset.label);
}

// The search fold of the package: case, alef and yeh forms, teh marbuta, marks and tatweel do not count.
const DROPPED = /[\u0640\p{Mn}\p{Me}\p{Cf}]/gu;
function fold(text) {
  let out = "";
  for (const c of text.normalize("NFKC").toLowerCase()) out += data.folds[c] ?? c;
  return out.replace(DROPPED, "");
}
let folded = null;
function foldedTexts() {
  if (folded === null) folded = blocks.map((b) => fold(b.querySelector(".t").textContent));
  return folded;
}

function checked(selector) {
  return new Set(Array.from(document.querySelectorAll(selector)).filter((box) => box.checked).map((box) => box.value));
}
function filter() {
  const labels = checked(".f-label");
  const langs = checked(".f-lang");
  const wanted = fold(search.value.trim());
  const texts = wanted ? foldedTexts() : null;
  let shown = 0;
  blocks.forEach((b, i) => {
    const hit = labels.has(b.dataset.label)
      && Array.from(b.querySelectorAll(".s")).some((s) => langs.has(s.dataset.lang))
      && (!wanted || texts[i].includes(wanted));
    b.hidden = !hit;
    shown += hit ? 1 : 0;
  });
  status.textContent = `${shown} of ${blocks.length} blocks shown`;
}
function count() {
  for (const label of LABELS) {
    document.querySelector(`.n[data-n="${label}"]`).textContent = blocks.filter((b) => b.dataset.label === label).length;
  }
  const changed = blocks.filter((b) => b.dataset.label !== b.dataset.was).length;
  document.getElementById("changed").textContent = changed || "";
  saveButton.disabled = changed === 0 && blocks.every((b, i) => b.dataset.label === saved[i]);
}

// One block at a time is reached by the Tab key: where the reader is, the first one before.
function mark(index) {
  const last = blocks[Math.max(at, 0)];
  last.classList.remove("at");
  last.tabIndex = -1;
  at = index;
  blocks[at].classList.add("at");
  blocks[at].tabIndex = 0;
}
function go(index) {
  if (index < 0 || index >= blocks.length) return;
  mark(index);
  blocks[at].scrollIntoView({ block: "center" });
  blocks[at].focus({ preventScroll: true });
}
function step(by) {
  let next = at + by;
  if (at < 0) next = by > 0 ? 0 : blocks.length - 1;
  while (next >= 0 && next < blocks.length && blocks[next].hidden) next += by;
  go(next);
}
function addButtons(why) {
  const line = document.createElement("p");
  line.className = "set";
  line.append("Set label: ");
  for (const label of LABELS) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.set = label;
    button.textContent = label;
    line.append(button, " ");
  }
  why.append(line);
}
function explain(block) {
  const why = block.querySelector(".why");
  if (!why.querySelector(".set")) addButtons(why);
  why.hidden = !why.hidden;
}
function setLabel(block, label) {
  block.classList.remove(`l-${block.dataset.label}`);
  block.dataset.label = label;
  block.classList.add(`l-${label}`);
  block.classList.toggle("changed", label !== block.dataset.was);
  block.querySelector(".badge").textContent = label;
  count();
  status.textContent = `Block ${blocks.indexOf(block) + 1}: ${label}`; // who does not see the badge hears it
}

// Corrections are saved as gold: one object per document, every block a line with its label (nobody has judged its languages).
function gold() {
  return Array.from(document.querySelectorAll("section")).map((section) => {
    const doc = data.documents[Number(section.dataset.doc)];
    const lines = Array.from(section.querySelectorAll(".b"), (b) => {
      const line = { start: Number(b.dataset.start), end: Number(b.dataset.end), label: b.dataset.label };
      if (b.dataset.label !== b.dataset.was) line.corrected_from = b.dataset.was;
      return line;
    });
    return JSON.stringify({ id: doc.id, text: doc.text, lines });
  }).join("\n") + "\n";
}
async function save() {
  if (saveButton.disabled) return;
  const labels = labelsNow();
  if (data.save) {
    const headers = { "Content-Type": "application/x-ndjson", "If-Match": `"${data.version}"` };
    saveButton.disabled = true; // until this one is done: a second would be over a version that is gone
    const answer = await fetch(data.save, { method: "POST", headers, body: gold() }).catch(() => null);
    if (answer === null) status.textContent = "Not saved: the server does not answer";
    else if (!answer.ok) status.textContent = `Not saved: ${answer.status} ${await answer.text()}`;
    else {
      status.textContent = `Saved: ${await answer.text()}`;
      saved = labels;
      data.version = answer.headers.get("ETag").replaceAll('"', "");
    }
    count();
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([gold()], { type: "application/x-ndjson" }));
  link.download = "corrections.gold.jsonl";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  status.textContent = "Corrections offered as corrections.gold.jsonl";
  saved = labels;
  count();
}

document.querySelectorAll(".f-label, .f-lang").forEach((box) => box.addEventListener("change", filter));
search.addEventListener("input", filter);
saveButton.addEventListener("click", save);
document.getElementById("help-button").addEventListener("click", () => help.showModal());
document.getElementById("help-close").addEventListener("click", () => help.close());
document.querySelector("main").addEventListener("click", (event) => {
  const block = event.target.closest(".b");
  if (!block) return;
  const set = event.target.closest("[data-set]");
  go(blocks.indexOf(block));
  if (set) setLabel(block, set.dataset.set);
  else if (event.target.closest(".t")) explain(block);
});
document.querySelector("main").addEventListener("focusin", (event) => {
  const block = event.target.closest(".b");
  if (block && block !== blocks[at]) mark(blocks.indexOf(block));
});
// Labels are lost with the window, unless they were saved.
window.addEventListener("beforeunload", (event) => {
  if (blocks.some((b, i) => b.dataset.label !== saved[i])) event.preventDefault();
});

// A keyboard of another script has its own letters on these keys, and some their own digits: there the place says which.
const PLACES = { KeyJ: "j", KeyK: "k", KeyU: "u", KeyS: "s", Digit1: "1", Digit2: "2", Digit3: "3", Slash: "/" };
function keyOf(event) {
  if (event.key.length > 1) return event.key;
  const typed = event.key.toLowerCase();
  if (/[!-~]/.test(typed)) return typed;
  return event.code === "Slash" && event.shiftKey ? "?" : PLACES[event.code] ?? typed;
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.target === search) {
    if (event.key === "Escape") search.blur();
    return;
  }
  const current = at >= 0 ? blocks[at] : null;
  const key = keyOf(event);
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "Enter" && current && !event.target.closest("button, input")) explain(current);
  else if (current && "123".includes(key)) setLabel(current, LABELS[Number(key) - 1]);
  else if (key === "u" && current) setLabel(current, current.dataset.was);
  else if (key === "s") save();
  else if (key === "/") { event.preventDefault(); search.focus(); }
  else if (key === "?") help.showModal();
});
if (blocks.length) blocks[0].tabIndex = 0;
count();
filter();
