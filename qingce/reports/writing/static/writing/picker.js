// Choosing a figure: search, then unit, period and form with the text that will stand there.
import { ask, Refused } from "./saving.js";

const dialog = document.getElementById("picker");
const form = document.getElementById("picker-form");
const search = document.getElementById("picker-search");
const list = document.getElementById("picker-list");
const choice = document.getElementById("picker-choice");
const unit = document.getElementById("picker-unit");
const period = document.getElementById("picker-period");
const forms = form.querySelector(".pick-forms");
const otherwise = document.getElementById("picker-otherwise");
const override = document.getElementById("picker-override");
const because = document.getElementById("picker-because");
const refusal = document.getElementById("picker-refusal");
const words = document.getElementById("writer").dataset;
const home = `/documents/${words.document}/`;

let chosen = null; // code of the figure
let place = { code: "", href: "" }; // unit as the server understood it
let done = null; // resolves the promise of `pick`

export const isOpen = () => dialog.open;

// Opens the dialog; gives the run that was chosen, "/" typed twice, or null.
export function pick(run = null) {
  chosen = null;
  search.value = "";
  unit.value = run?.unit || "";
  period.value = run?.period || "";
  override.value = run?.override || "";
  because.value = run?.because || "";
  otherwise.open = Boolean(run?.override);
  refuse("");
  showList();
  dialog.showModal();
  if (run) choose(run.code, run.form);
  else look();
  search.focus();
  return new Promise((resolve) => (done = resolve));
}

function end(run) {
  dialog.close();
  done?.(run);
  done = null;
}

// Searching

let waiting = 0;
let looking = Promise.resolve();

function lookSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(look, 120);
}

function look() {
  clearTimeout(waiting);
  waiting = 0;
  return (looking = found());
}

async function found() {
  const said = search.value;
  const found = await ask(`${home}figures/?q=${encodeURIComponent(said)}`).catch(() => ({ figures: [] }));
  if (search.value !== said) return;
  list.replaceChildren(...found.figures.map(option));
  if (!found.figures.length) list.append(line("li", words.nothing, "quiet"));
  if (said.trim()) list.append(gap(said.trim()));
  mark(list.querySelector("[role=option]"));
}

function option(figure, place) {
  const made = document.createElement("li");
  made.id = `picker-option-${place}`;
  made.setAttribute("role", "option");
  made.dataset.code = figure.code;
  made.append(line("span", figure.label), line("small", figure.chapter), line("b", figure.text));
  return made;
}

// What nobody has recorded yet is left open, for all to see.
function gap(said) {
  const made = option({ code: "", label: `${words.open} ${said}`, chapter: "", text: "" }, "gap");
  made.dataset.gap = said;
  return made;
}

function take(option) {
  if (option.dataset.gap) end({ sort: "gap", text: option.dataset.gap, says: option.textContent });
  else choose(option.dataset.code);
}

function mark(option) {
  for (const one of list.querySelectorAll("[aria-selected]")) one.removeAttribute("aria-selected");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  search.setAttribute("aria-activedescendant", option?.id || "");
}

function step(back) {
  const now = list.querySelector("[aria-selected]");
  mark((back ? now?.previousElementSibling : now?.nextElementSibling) || now);
}

function showList() {
  choice.hidden = true;
  list.hidden = search.hidden = false;
}

// One figure

async function choose(code, wanted = "") {
  chosen = code;
  const asked = new URLSearchParams({ figure: code, unit: place.asked || unit.value, period: period.value });
  try {
    const said = await ask(`${home}forms/?${asked}`);
    place = { code: said.unit.code, href: said.href, asked: place.asked };
    document.getElementById("picker-label").textContent = said.label;
    document.getElementById("picker-definition").textContent = said.definition;
    forms.replaceChildren(...said.forms.map((one) => radio(one, wanted || said.forms[0].code)));
    choice.hidden = false;
    list.hidden = search.hidden = true;
    refuse("");
    (forms.querySelector(":checked") || forms.querySelector("input"))?.focus();
  } catch (problem) {
    refuse(problem instanceof Refused ? problem.message : words.offline);
    choice.hidden = false;
  }
}

function radio(one, wanted) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name: "form", value: one.code, checked: one.code === wanted });
  input.dataset.text = one.text;
  label.append(input, line("b", one.text), line("small", one.label));
  return label;
}

async function meant() {
  place.asked = "";
  const said = unit.value.trim();
  if (said) {
    const found = await ask(`${home}units/?q=${encodeURIComponent(said)}`).catch(() => ({ units: [] }));
    if (found.units.length) unit.value = found.units[0].name;
    place.asked = found.units[0]?.code || said;
  }
  if (chosen) await choose(chosen, forms.querySelector(":checked")?.value);
}

function insert() {
  const form = forms.querySelector(":checked");
  if (!chosen || !form) return refuse(words.choose);
  const run = { sort: "figure", code: chosen, form: form.value };
  if (place.asked) run.unit = place.code;
  if (period.value) run.period = period.value;
  if (override.value.trim()) Object.assign(run, { override: override.value.trim(), because: because.value.trim() });
  if (Boolean(run.override) !== Boolean(because.value.trim())) {
    otherwise.open = true;
    (run.override ? because : override).focus();
    return refuse(because.closest(".field").querySelector("label").textContent + "?");
  }
  end({ ...run, says: run.override || form.dataset.text, href: place.href });
}

function refuse(sentence) {
  refusal.textContent = sentence;
  refusal.hidden = !sentence;
}

function line(name, text, css = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = css;
  return made;
}

search.addEventListener("input", () => {
  if (search.value === "/") return end("/");
  lookSoon();
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    event.preventDefault(); // which would only empty the field
    end(null);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(event.key === "ArrowUp");
  }
});
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) take(option);
});
unit.addEventListener("change", meant);
period.addEventListener("change", () => chosen && choose(chosen, forms.querySelector(":checked")?.value));
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (choice.hidden) {
    await (waiting ? look() : looking); // Enter may come before the answer
    const option = list.querySelector("[aria-selected]");
    if (option) take(option);
  } else insert();
});
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  end(null);
});
dialog.addEventListener("click", (event) => {
  const act = event.target.closest("[data-picker]")?.dataset.picker;
  if (act === "close") end(null);
  if (act === "back") {
    chosen = null;
    showList();
    look();
    search.focus();
  }
});
