// The text of one paragraph in the editor: words, marks on words, and chips that stand for live pieces.
import { Schema } from "../vendor/prosemirror.min.js";

const SHOWN = ["says", "href", "tone", "remark"]; // what the server adds for showing

export const schema = new Schema({
  nodes: {
    doc: { content: "inline*" },
    text: { group: "inline" },
    chip: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { run: { default: {} } },
      leafText: (node) => node.attrs.run.says || "",
      toDOM: ({ attrs: { run } }) => drawn(run),
      parseDOM: [{ tag: "[data-run]", getAttrs: (one) => ({ run: JSON.parse(one.dataset.run) }) }],
    },
  },
  marks: {
    stated: {
      attrs: { because: { default: "" }, by: { default: "" } },
      inclusive: false,
      toDOM: (mark) => ["span", { class: "figure stated", title: mark.attrs.because, "data-because": mark.attrs.because }, 0],
      parseDOM: [{ tag: "span[data-because]", getAttrs: (one) => ({ because: one.dataset.because, by: "" }) }],
    },
    named: { inclusive: false, toDOM: () => ["span", { class: "named" }, 0], parseDOM: [{ tag: "span.named" }] },
  },
});

function drawn(run) {
  const known = { "data-run": JSON.stringify(run), contenteditable: "false" };
  if (run.remark) known.title = run.remark;
  const own = (run.href || "").startsWith("/") && !run.href.startsWith("//");
  if (!own) return ["mark", { ...known, class: "gap" }, run.says || "…"];
  if (run.sort === "fact") { // a record is a page of its own: the text stays open
    return ["a", { ...known, class: "chip-in-text fact", href: run.href, target: "_blank", rel: "noopener" }, run.says];
  }
  return ["a", { ...known, class: `chip-in-text figure ${run.tone || ""}`, href: run.href }, run.says || "…"];
}

export function docOf(runs) {
  return schema.node("doc", null, runs.map(nodeOf).filter(Boolean));
}

export function nodeOf(run) {
  const sort = run.sort || "words";
  if (sort === "words") return run.text ? schema.text(run.text) : null;
  if (sort === "named") return schema.text(run.text, [schema.marks.named.create()]);
  if (sort === "stated") {
    return schema.text(run.text, [schema.marks.stated.create({ because: run.because || "", by: run.by || "" })]);
  }
  return schema.nodes.chip.create({ run });
}

export function runsOf(doc) {
  const runs = [];
  doc.forEach((node) => runs.push(node.isText ? words(node) : plain(node.attrs.run)));
  return runs;
}

function words(node) {
  const stated = schema.marks.stated.isInSet(node.marks);
  if (stated) return { sort: "stated", text: node.text, because: stated.attrs.because, by: stated.attrs.by };
  return schema.marks.named.isInSet(node.marks) ? { sort: "named", text: node.text } : { text: node.text };
}

function plain(run) {
  return Object.fromEntries(Object.entries(run).filter(([name]) => !SHOWN.includes(name)));
}

// Where the piece of this number begins and which node it is; null when the text has moved on.
export function placed(doc, raw, piece) {
  let found = null;
  doc.forEach((node, offset, index) => {
    const at = node.isText && !node.marks.length ? node.text.indexOf(raw) : -1;
    if (at >= 0 && (!found || index === piece)) found = { from: offset + at, to: offset + at + raw.length };
  });
  return found;
}
