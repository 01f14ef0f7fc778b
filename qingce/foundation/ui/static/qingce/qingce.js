// The little behaviour that pages have. Without it every link still leads to a full page.
const drawer = () => document.getElementById("drawer");
let opener = null;

// Figures open beside the page; with a modifier key, or without scripts, as a page of their own.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.figure");
  if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.closest("#drawer") && !link.dataset.drawer) return;
  event.preventDefault();
  opener = link;
  document.querySelectorAll("a.figure.on").forEach((one) => one.classList.remove("on"));
  link.classList.add("on");
  window.htmx.ajax("GET", link.getAttribute("href"), { target: "#drawer", swap: "innerHTML" })
    .then(() => drawer().querySelector("h2")?.focus());
});

const closeDrawer = () => {
  drawer().replaceChildren();
  document.querySelectorAll("a.figure.on").forEach((one) => one.classList.remove("on"));
  opener?.focus();
};

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) { event.preventDefault(); closeDrawer(); }
  for (const menu of document.querySelectorAll("details.who[open]"))
    if (!menu.contains(event.target)) menu.open = false;
  const step = event.target.closest("[data-step]");
  if (step) {
    const input = step.parentElement.querySelector("input");
    input.value = Math.max(0, (Number(input.value) || 0) + Number(step.dataset.step));
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "Escape" && drawer()?.hasChildNodes()) closeDrawer();
  if ((event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
});

// A form that is sent says so, and is not sent twice.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.target.method === "post" && button && !event.target.dataset.again)
    requestAnimationFrame(() => { button.disabled = true; });
});

// Choosing a value of a filter asks at once where the form wishes it.
document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-ask]")) event.target.form.requestSubmit();
});
