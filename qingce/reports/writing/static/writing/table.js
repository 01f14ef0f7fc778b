// A table among the paragraphs: it is moved, commented on and chosen like them, and changed on its own page.
export class Table {
  constructor(element, sheet) {
    this.element = element;
    this.sheet = sheet;
    this.key = element.dataset.paragraph;
    this.role = element.dataset.role;
    this.dirty = false;
    element.tabIndex = -1;
    element.addEventListener("focus", () => this.focused());
    element.addEventListener("keydown", (event) => this.keyed(event));
    element.addEventListener("click", (event) => event.target.closest("a") || element.focus());
  }

  keyed(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.target !== this.element || !(by || event.key === "Enter")) return;
    event.preventDefault();
    if (by && event.shiftKey) this.sheet.choice.extend(this, by);
    else if (by) this.sheet.step(this, by);
    else location.assign(`/paragraphs/${this.key}/`);
  }

  focused() {
    this.sheet.current?.element.classList.remove("writing-here");
    this.sheet.current = this;
    this.element.classList.add("writing-here");
  }

  focus() {
    this.element.focus();
  }

  save() {
    return Promise.resolve();
  }

  letGo() {
    return Promise.resolve();
  }

  chosenWords() {
    return "";
  }

  chip() {
    return null;
  }

  end() {}
}
