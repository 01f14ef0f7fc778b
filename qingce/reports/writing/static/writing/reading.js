// A text that stands still: whoever chooses words in it, in one paragraph or across several, comments on them.
import { comment } from "./commenting.js";

const page = document.getElementById("sheet");
const button = document.getElementById("quote");

const paragraphOf = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest(".para");

function chosen() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const paras = [...page.querySelectorAll(".para")].filter((one) => range.intersectsNode(one.querySelector(".words")));
  const inside = page.contains(range.commonAncestorContainer);
  return inside && paras.length ? { range, paras } : null;
}

function words({ range, paras }) {
  return paras.map((para) => within(range, para.querySelector(".words"))).filter(Boolean).join(" ");
}

function within(range, line) {
  const part = document.createRange();
  part.selectNodeContents(line);
  if (paragraphOf(range.startContainer) === line.closest(".para")) part.setStart(range.startContainer, range.startOffset);
  if (paragraphOf(range.endContainer) === line.closest(".para")) part.setEnd(range.endContainer, range.endOffset);
  return part.toString().trim();
}

document.addEventListener("selectionchange", () => {
  button.hidden = !chosen();
});
button.addEventListener("mousedown", (event) => event.preventDefault());
button.addEventListener("click", () => {
  const found = chosen();
  if (!found) return;
  comment(found.paras[0].dataset.paragraph, found.paras.at(-1).dataset.paragraph, words(found));
});
