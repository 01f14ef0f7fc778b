// The drawing of the tree: fold, search, mark, zoom, print, and move a unit by dragging it.
// With scripts off the lists still fold, and “Move” beside a unit leads to the same form.
const drawing = document.getElementById("drawing");
const tools = document.getElementById("drawing-tools");
const search = document.getElementById("drawing-search");
const say = document.getElementById("drawing-say");
const LARGEST = 1.5;
const SMALLEST = 0.7;
let zoom = 1;
let dragged = null;

const nodes = [...(drawing?.querySelectorAll(".node") ?? [])];

function fold(levels) {
  for (const details of drawing.querySelectorAll("details")) {
    let depth = 0;
    for (let up = details.closest(".node"); up; up = up.parentElement.closest(".node")) depth += 1;
    details.open = depth <= levels;
  }
}

// Shows the units that `wanted` chooses with all above them; everything again when nothing is asked.
function only(wanted) {
  for (const node of nodes) node.classList.remove("away", "hit");
  if (!wanted) return sayFound("");
  const hits = nodes.filter(wanted);
  const shown = new Set();
  for (const hit of hits) {
    hit.classList.add("hit");
    for (let up = hit; up; up = up.parentElement.closest(".node")) {
      shown.add(up);
      if (up !== hit) up.querySelector(":scope > details").open = true;
    }
  }
  for (const node of nodes) node.classList.toggle("away", !shown.has(node));
  sayFound(hits.length ? `${hits.length} ${say.dataset.found}` : say.dataset.none);
}

function sayFound(words) {
  say.textContent = words;
}

function ask() {
  const words = search.value.trim().toLowerCase();
  const marks = [...tools.querySelectorAll("[data-mark][aria-pressed=true]")].map((one) => one.dataset.mark);
  if (!words && !marks.length) return only(null);
  only((node) => {
    const called = !words || node.dataset.i.includes(words) || node.dataset.code.toLowerCase() === words;
    return called && (!marks.length || marks.some((mark) => node.dataset.marks.split(" ").includes(mark)));
  });
}

function magnify(step) {
  zoom = Math.min(LARGEST, Math.max(SMALLEST, zoom + step * 0.1));
  drawing.style.setProperty("--zoom", zoom.toFixed(1));
}

// A unit goes under a body that is neither itself, nor beneath it, nor the body it stands under now.
function target(event) {
  const node = event.target.closest?.(".node.body");
  if (!node || !dragged || dragged.contains(node)) return null;
  return dragged.parentElement.closest(".node") === node ? null : node;
}

function drop(node) {
  const link = document.createElement("a");
  link.href = `/units/${encodeURIComponent(dragged.dataset.code)}/relocation/?to=${encodeURIComponent(node.dataset.code)}`;
  link.dataset.dialog = "";
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}

function clear() {
  for (const node of drawing.querySelectorAll(".may-drop, .dragged")) node.classList.remove("may-drop", "dragged");
}

if (drawing) {
  tools.hidden = false;
  search.addEventListener("input", ask);
  document.getElementById("drawing-query").addEventListener("submit", (event) => {
    if (event.submitter?.name !== "drawn") event.preventDefault();
  });
  tools.addEventListener("click", ({ target: button }) => {
    if (button.dataset.fold) fold(Number(button.dataset.fold));
    else if (button.dataset.zoom) magnify(Number(button.dataset.zoom));
    else if ("print" in button.dataset) window.print();
    else if (button.dataset.mark) {
      button.ariaPressed = String(button.ariaPressed !== "true");
      ask();
    }
  });
  addEventListener("beforeprint", () => fold(9));
  drawing.addEventListener("dragstart", (event) => {
    const line = event.target.closest?.("[draggable]");
    if (!line) return;
    dragged = line.closest(".node");
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.code);
  });
  drawing.addEventListener("dragover", (event) => {
    const node = target(event);
    for (const old of drawing.querySelectorAll(".may-drop")) if (old !== node) old.classList.remove("may-drop");
    if (!node) return;
    event.preventDefault();
    node.classList.add("may-drop");
  });
  drawing.addEventListener("drop", (event) => {
    const node = target(event);
    if (node) {
      event.preventDefault();
      drop(node);
    }
    clear();
  });
  drawing.addEventListener("dragend", () => {
    clear();
    dragged = null;
  });
}
