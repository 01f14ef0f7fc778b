// What pages do beyond links and forms. With scripts off every link opens a page of its own.
const drawer = document.getElementById("drawer");
const drawerBody = document.getElementById("drawer-body");
const desk = document.getElementById("desk");
const dialog = document.getElementById("dialog");
const narrow = matchMedia("(max-width:1080px)");
let opener = null;

function plainClick(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

async function openDrawer(link) {
  if (!drawer.contains(link)) opener = link;
  markOpen(link);
  drawer.hidden = false;
  desk.classList.add("open");
  document.body.classList.toggle("sheet-open", narrow.matches);
  drawerBody.classList.add("opening");
  try {
    await htmx.ajax("GET", link.href, { target: drawerBody, swap: "innerHTML" });
  } finally {
    drawerBody.classList.remove("opening");
  }
  drawer.scrollTop = 0;
  drawerBody.focus({ preventScroll: true });
}

function closeDrawer() {
  drawer.hidden = true;
  drawerBody.replaceChildren();
  desk.classList.remove("open");
  document.body.classList.remove("sheet-open");
  markOpen(null);
  opener?.focus();
}

function markOpen(link) {
  for (const old of document.querySelectorAll(".figure.on")) old.classList.remove("on");
  if (link && !drawer.contains(link)) link.classList.add("on");
}

function sayFailure(address) {
  const said = document.createElement("p");
  said.className = "refusal";
  said.textContent = drawer.dataset.failed;
  const link = document.createElement("a");
  link.href = address;
  link.className = "btn";
  link.textContent = drawer.dataset.open;
  drawerBody.replaceChildren(said, link);
}

async function openDialog(link) {
  const body = document.getElementById("dialog-body");
  await htmx.ajax("GET", link.href, { target: body, swap: "innerHTML" });
  if (body.childElementCount) dialog.showModal();
  else location.assign(link.href);
}

function step(button) {
  const input = button.parentElement.querySelector("input");
  const next = (Number(input.value) || 0) + Number(button.dataset.step);
  const low = input.min === "" ? -Infinity : Number(input.min);
  const high = input.max === "" ? Infinity : Number(input.max);
  input.value = String(Math.min(Math.max(next, low), high));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// On a narrow screen the drawer covers the page, so Tab must not wander beneath it.
function keepFocusIn(event) {
  const stops = [...drawer.querySelectorAll("a[href],button,input,select,textarea,summary")].filter(
    (stop) => !stop.disabled && stop.offsetParent,
  );
  const [first, last] = [stops[0], stops.at(-1)];
  const at = document.activeElement;
  if (event.shiftKey ? at === first || at === drawerBody : at === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

// Arrow keys walk the rows of a list by their first links.
function walkRows(event) {
  const row = document.activeElement?.closest("tbody tr, .list > li");
  const next = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
  const link = next?.querySelector("a[href]");
  if (!link) return;
  event.preventDefault();
  link.focus();
}

document.addEventListener("click", (event) => {
  const closing = event.target.closest("[data-close]");
  if (closing) return closing.dataset.close === "drawer" ? closeDrawer() : dialog.close();
  const stepping = event.target.closest("[data-step]");
  if (stepping) return step(stepping);
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const link = event.target.closest("a.figure[href], a[data-drawer], a[data-dialog]");
  if (!link || !plainClick(event)) return;
  event.preventDefault();
  if (link.matches("[data-dialog]")) openDialog(link);
  else openDrawer(link);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input,textarea,select,[contenteditable]");
  if ((event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
    const search = document.getElementById("search");
    if (search?.offsetParent) {
      event.preventDefault();
      search.select();
    }
  } else if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    if (menu) menu.open = false;
    else if (!dialog.open && !drawer.hidden) closeDrawer();
  } else if (event.key === "Tab" && !drawer.hidden && narrow.matches) keepFocusIn(event);
  else if (/^Arrow(Up|Down)$/.test(event.key) && !typing) walkRows(event);
});

// A second press on a slow network must not send the form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.ariaBusy === "true") return event.preventDefault();
  form.ariaBusy = "true";
  setTimeout(() => (form.ariaBusy = "false"), 4000);
});

for (const kind of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(kind, (event) => {
    if (event.detail.target === drawerBody) sayFailure(event.detail.pathInfo.requestPath);
  });
}

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.target.closest?.(".drop")?.classList.toggle("over", kind === "dragover");
  });
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("form[data-ask] select")) target.form.requestSubmit();
  const say = target.closest(".drop")?.querySelector(".drop-say");
  const names = [...(target.files ?? [])].map((file) => file.name);
  if (say && names.length) say.textContent = `${say.dataset.chosen} ${names.join("、")}`;
});

document.addEventListener("click", ({ target }) => target.closest("[data-print-page]") && print());

const offline = document.getElementById("offline");
for (const kind of ["online", "offline"]) {
  addEventListener(kind, () => (offline.hidden = navigator.onLine));
}
document.documentElement.classList.add("scripts");
