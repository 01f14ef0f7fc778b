// The dialog of comments on a paragraph, with the words that were chosen or the paragraphs it reaches over.
const QUOTED = 300; // characters

export function comment(first, last, quote = "") {
  const asked = new URLSearchParams({ quote: quote.trim().slice(0, QUOTED) });
  if (last && last !== first) asked.set("until", last);
  const link = document.createElement("a");
  link.href = `/paragraphs/${first}/comments/?${asked}`;
  link.dataset.dialog = "";
  document.body.append(link);
  link.click();
  link.remove();
}
