// The sheet: its paragraphs, the bar above it, and what stands beside it.
import { Choice } from "./choosing.js";
import { Paragraph } from "./paragraph.js";
import { isOpen, pick } from "./picker.js";
import { ask, part, say } from "./saving.js";
import { Table } from "./table.js";
import { docOf, runsOf, schema } from "./text.js";

const writer = document.getElementById("writer");
const page = document.getElementById("sheet");
const side = document.getElementById("side");
const bar = document.getElementById("toolbar");
const home = `/documents/${writer.dataset.document}/`;

const sheet = {
  paragraphs: [],
  current: null,

  mount() {
    this.choice.clear();
    const sort = (one) => (one.dataset.role === "table" ? Table : Paragraph);
    this.paragraphs = [...page.querySelectorAll(".para")].map((one) => new (sort(one))(one, this));
    this.current = null;
  },

  get isPicking() {
    return isOpen();
  },

  of(element) {
    const para = element.closest(".para");
    return this.paragraphs.find((one) => one.element === para);
  },

  step(from, by) {
    const next = this.paragraphs[this.paragraphs.indexOf(from) + by];
    next?.focus(by < 0);
    return Boolean(next);
  },

  // Figures

  pick(paragraph, run = null) {
    pick(run).then((chosen) => {
      if (chosen === "/") paragraph.view.dispatch(paragraph.view.state.tr.insertText("/"));
      else if (chosen) paragraph.put(chosen);
      paragraph.view.focus();
    });
    return true;
  },

  selected(paragraph, run) {
    bar.querySelector("[data-do=change]").hidden = run?.sort !== "figure";
  },

  // Paragraphs added, moved, taken out

  async split(paragraph) {
    const { doc, selection, tr } = paragraph.view.state;
    const tail = runsOf(doc.cut(selection.to));
    if (selection.from < doc.content.size) paragraph.view.dispatch(tr.delete(selection.from, doc.content.size));
    const added = await this.restructured("paragraphs/", { after: paragraph.key, role: roleBelow(paragraph.role) });
    if (!added || !tail.length) return;
    added.view.dispatch(added.view.state.tr.insert(0, docOf(tail).content));
    added.focus();
  },

  takeOut(paragraph) {
    const at = Math.max(0, this.paragraphs.indexOf(paragraph) - 1);
    return this.placed(paragraph, "out").then(() => this.paragraphs[at]?.focus(true));
  },

  async addTable(paragraph) {
    const added = await this.restructured("paragraphs/", { after: paragraph.key, role: "table" });
    if (added) location.assign(`/paragraphs/${added.key}/`);
  },

  placed(paragraph, act) {
    return this.restructured(`/paragraphs/${paragraph.key}/place/`, { act }, paragraph.key);
  },

  async restructured(address, said, focus = null) {
    await this.saveAll();
    try {
      const where = address.startsWith("/") ? address : home + address;
      const made = await ask(where, new URLSearchParams(said));
      await this.current?.letGo(); // its editor is about to go; the one that gets the caret is held anew
      const drawn = await part(`${home}sheet/`);
      for (const one of this.paragraphs) one.end();
      page.innerHTML = drawn;
      this.mount();
      this.saved();
      const found = this.paragraphs.find((one) => one.key === String(focus || made.paragraph));
      found?.focus();
      return found;
    } catch (problem) {
      say(problem.message || writer.dataset.offline, "bad");
      return null;
    }
  },

  saveAll(options) {
    return Promise.all(this.paragraphs.map((one) => one.save(options)));
  },

  // What stands beside the text follows a moment after it was saved
  saved() {
    clearTimeout(this.refreshing);
    this.refreshing = setTimeout(refreshSide, 600);
  },
};

function roleBelow(role) {
  return ["item", "title"].includes(role) ? role : "text";
}

async function refreshSide() {
  const open = [...side.querySelectorAll("details[open]")].map((one) => one.id);
  side.innerHTML = await part(`${home}side/`).catch(() => side.innerHTML);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
}

// The bar keeps the caret where it is.
bar.addEventListener("mousedown", (event) => event.preventDefault());
bar.addEventListener("click", (event) => {
  const act = event.target.closest("[data-do]")?.dataset.do;
  const paragraph = sheet.current || sheet.paragraphs.at(-1);
  if (!act || !paragraph) return;
  if (act === "comment") sheet.choice.comment(paragraph);
  else if (act === "table") sheet.addTable(paragraph);
  else if (paragraph.role === "table" && ["pick", "change"].includes(act)) location.assign(`/paragraphs/${paragraph.key}/`);
  else if (act === "pick") sheet.pick(paragraph);
  else if (act === "change") sheet.pick(paragraph, paragraph.chip());
  else if (act === "add") sheet.restructured("paragraphs/", { after: paragraph.key, role: roleBelow(paragraph.role) });
  else if (act === "out") sheet.takeOut(paragraph);
  else sheet.placed(paragraph, act);
});

// A number typed by hand, answered
page.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-raw],button[data-name]");
  if (!button) return;
  const paragraph = sheet.of(button);
  const piece = Number(button.dataset.piece);
  if (button.dataset.name) paragraph.mark(button.dataset.name, piece, schema.marks.named.create());
  else paragraph.take(button.dataset.raw, piece, { sort: "figure", code: button.dataset.takeFigure, form: button.dataset.form });
});
page.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-state]");
  if (!form) return;
  event.preventDefault();
  const because = new FormData(form).get("because");
  sheet.of(form).mark(form.dataset.state, Number(form.dataset.piece), schema.marks.stated.create({ because }));
});

side.addEventListener("submit", (event) => {
  const form = event.target.closest("form.sentence");
  if (!form) return;
  event.preventDefault();
  const after = (sheet.current || sheet.paragraphs.at(-1))?.key || "";
  sheet.restructured("paragraphs/", { sentence: new FormData(form).get("sentence"), after });
});

// Nothing is lost on the way out: what was not saved yet is sent, and the browser asks; nobody waits for who left.
addEventListener("pagehide", () => {
  sheet.saveAll({ keepalive: true });
  sheet.current?.letGo({ keepalive: true });
});
addEventListener("beforeunload", (event) => {
  if (sheet.paragraphs.some((one) => one.dirty)) {
    sheet.saveAll({ keepalive: true });
    event.preventDefault();
  }
});
addEventListener("online", () => sheet.saveAll());

sheet.choice = new Choice(sheet);
sheet.mount();
