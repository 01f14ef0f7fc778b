// A selection that leaves its paragraph takes whole paragraphs: they are commented on or copied together.
import { comment } from "./commenting.js";
import { say } from "./saving.js";

const writer = document.getElementById("writer");
const page = document.getElementById("sheet");
const bar = document.getElementById("toolbar");

export class Choice {
  constructor(sheet) {
    this.sheet = sheet;
    this.from = this.to = null; // paragraphs, in the order in which they were taken
    page.addEventListener("mousedown", (event) => this.pressed(event));
    page.addEventListener("mousemove", (event) => this.dragged(event));
    document.addEventListener("keydown", (event) => this.keyed(event));
    document.addEventListener("copy", (event) => this.copied(event));
  }

  get paragraphs() {
    if (!this.to) return [];
    const all = this.sheet.paragraphs;
    const [first, last] = [all.indexOf(this.from), all.indexOf(this.to)].sort((a, b) => a - b);
    return all.slice(first, last + 1);
  }

  pressed(event) {
    const over = this.sheet.of(event.target);
    const from = this.to ? this.from : this.sheet.current;
    if (event.shiftKey && over && from && over !== from) {
      event.preventDefault();
      return this.take(from, over);
    }
    this.clear();
    this.from = over || null;
  }

  dragged(event) {
    if (event.buttons !== 1 || !this.from) return;
    const over = this.sheet.of(event.target);
    if (over && (over !== this.from || this.to)) this.take(this.from, over);
  }

  keyed(event) {
    if (!this.to || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.shiftKey && by) {
      event.preventDefault();
      this.take(this.from, this.sheet.paragraphs[this.sheet.paragraphs.indexOf(this.to) + by] || this.to);
    } else if (event.key === "Escape" || by) {
      event.preventDefault();
      const back = event.key === "Escape" ? this.from : this.to;
      this.clear();
      back.focus();
    }
  }

  // Shift and an arrow at the edge of a paragraph
  extend(paragraph, by) {
    const beside = this.sheet.paragraphs[this.sheet.paragraphs.indexOf(paragraph) + by];
    if (beside) this.take(paragraph, beside);
    return Boolean(beside);
  }

  take(from, to) {
    document.activeElement?.closest(".words")?.blur();
    getSelection().removeAllRanges();
    [this.from, this.to] = [from, to];
    this.draw();
    page.focus({ preventScroll: true });
    to.element.scrollIntoView({ block: "nearest" });
    say(writer.dataset.chosen.replace("{n}", this.paragraphs.length));
  }

  clear() {
    const was = this.to;
    this.from = this.to = null;
    if (!was) return;
    this.draw();
    say("");
  }

  draw() {
    const chosen = new Set(this.paragraphs);
    page.classList.toggle("choosing", chosen.size > 0);
    bar.classList.toggle("choosing", chosen.size > 0);
    for (const one of this.sheet.paragraphs) one.element.classList.toggle("chosen", chosen.has(one));
  }

  // On the paragraphs chosen, else on the words chosen in the paragraph being written
  async comment(paragraph) {
    const chosen = this.paragraphs;
    const quote = chosen.length ? "" : paragraph.chosenWords();
    await this.sheet.saveAll();
    comment((chosen[0] || paragraph).key, (chosen.at(-1) || paragraph).key, quote);
  }

  copied(event) {
    if (!this.to) return;
    event.preventDefault();
    const lines = this.paragraphs.map((one) => one.element.querySelector(".line").innerText.replace(/\s*\n\s*/g, ""));
    event.clipboardData.setData("text/plain", lines.join("\n"));
  }
}
