// One paragraph: held while it is written, saved as it is written, refused texts kept beside each other.
import {
  baseKeymap, Decoration, DecorationSet, EditorState, EditorView, history, keymap, NodeSelection, Plugin, redo,
  TextSelection, undo,
} from "../vendor/prosemirror.min.js";
import { ask, say, unsaved } from "./saving.js";
import { docOf, nodeOf, placed, runsOf, schema } from "./text.js";

const PAUSE = 800; // milliseconds without a key before the text is saved
const AGAIN = 5000; // milliseconds before a save is tried again while the network is away
const HOLD = 45_000; // milliseconds after which a paragraph still being written is held anew
const words = document.getElementById("writer").dataset;

export class Paragraph {
  constructor(element, sheet) {
    this.element = element;
    this.sheet = sheet;
    this.key = element.dataset.paragraph;
    this.role = element.dataset.role;
    this.version = Number(element.dataset.version);
    this.typed = [];
    this.dirty = false;
    this.refused = false; // a conflict that the writer has to decide
    this.closed = ""; // why somebody may not write here just now
    this.ended = false;
    this.view = this.mounted(JSON.parse(element.dataset.runs));
    this.restore();
  }

  get address() {
    return `/paragraphs/${this.key}/`;
  }

  get isEmpty() {
    return this.view.state.doc.content.size === 0;
  }

  // The editor

  mounted(runs) {
    const mount = this.element.querySelector(".words");
    mount.replaceChildren();
    return new EditorView({ mount }, {
      state: EditorState.create({ doc: docOf(runs), plugins: this.plugins() }),
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": this.element.dataset.label, spellcheck: "false" },
      dispatchTransaction: (change) => this.changed(change),
      handleTextInput: (_view, _from, _to, text) => text === "/" && this.sheet.pick(this),
      handleDOMEvents: { focus: () => this.focused(), blur: () => this.left() },
      transformPastedText: (text) => text.replace(/\s*\n\s*/g, " "),
    });
  }

  plugins() {
    const keys = {
      Enter: (state) => this.entered(state),
      "Shift-Enter": () => true,
      "Mod-z": undo,
      "Mod-y": redo,
      "Shift-Mod-z": redo,
      Backspace: (state) => this.back(state),
      ArrowUp: (state, _do, view) => view.endOfTextblock("up", state) && this.sheet.step(this, -1),
      ArrowDown: (state, _do, view) => view.endOfTextblock("down", state) && this.sheet.step(this, 1),
      "Shift-ArrowUp": (state, _do, view) => view.endOfTextblock("up", state) && this.sheet.choice.extend(this, -1),
      "Shift-ArrowDown": (state, _do, view) => view.endOfTextblock("down", state) && this.sheet.choice.extend(this, 1),
    };
    return [history(), keymap(keys), keymap(baseKeymap), typedNumbers(this)];
  }

  changed(change) {
    if (this.ended) return;
    this.view.updateState(this.view.state.apply(change));
    if (change.docChanged && !change.getMeta("quiet")) {
      this.dirty = true;
      this.later(PAUSE);
      unsaved.put(this.key, this.version, runsOf(this.view.state.doc));
    }
    this.sheet.selected(this, this.chip());
  }

  chip() {
    const { selection } = this.view.state;
    return selection instanceof NodeSelection && selection.node.type === schema.nodes.chip ? selection.node.attrs.run : null;
  }

  chosenWords() {
    const { doc, selection } = this.view.state;
    return doc.textBetween(selection.from, selection.to, "", (node) => node.attrs.run.says || "");
  }

  entered(state) {
    const run = this.chip();
    if (run) this.view.nodeDOM(state.selection.from)?.click();
    else this.sheet.split(this);
    return true;
  }

  back(state) {
    if (state.selection.empty && state.selection.from === 0) {
      if (this.isEmpty) this.sheet.takeOut(this);
      return true;
    }
    return false;
  }

  put(run) {
    const node = nodeOf(run);
    this.view.dispatch(this.view.state.tr.replaceSelectionWith(node, false).scrollIntoView());
    this.view.focus();
  }

  focus(atEnd = false) {
    const { doc, tr } = this.view.state;
    this.view.dispatch(tr.setSelection(TextSelection.create(doc, atEnd ? doc.content.size : 0)));
    this.view.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  // A number that somebody typed: taken from the ledger, stated by hand, or no figure at all

  take(raw, piece, run) {
    const at = placed(this.view.state.doc, raw, piece);
    if (at) this.view.dispatch(this.view.state.tr.replaceWith(at.from, at.to, nodeOf(run)));
    return this.save();
  }

  mark(raw, piece, mark) {
    const at = placed(this.view.state.doc, raw, piece);
    if (at) this.view.dispatch(this.view.state.tr.addMark(at.from, at.to, mark));
    return this.save();
  }

  // Held while it is written

  async focused() {
    this.sheet.current = this;
    this.element.classList.add("writing-here");
    clearInterval(this.holding);
    this.holding = setInterval(() => this.hold(), HOLD);
    await this.hold();
  }

  async hold() {
    try {
      const said = await ask(`${this.address}hold/`, new URLSearchParams());
      this.shut("");
      if (said.version !== this.version && !this.dirty) this.show(said);
    } catch (problem) {
      if (problem.status === 409) this.shut(problem.message);
      else this.away(problem);
    }
  }

  shut(because) {
    if (this.ended || because === this.closed) return;
    this.closed = because;
    this.element.querySelector(".held").textContent = because;
    this.view.setProps({ editable: () => !because });
    if (because) clearInterval(this.holding);
  }

  async left() {
    if (this.sheet.isPicking || this.ended) return;
    this.element.classList.remove("writing-here");
    clearInterval(this.holding);
    await this.save();
    if (this.ended || !this.view.hasFocus()) this.letGo();
  }

  letGo(options) {
    return ask(`${this.address}hold/`, new URLSearchParams({ release: "1" }), options).catch(() => {});
  }

  // Saved as it is written

  later(wait) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), wait);
  }

  save(options) {
    this.saving = (this.saving || Promise.resolve()).then(() => this.sendOff(options));
    return this.saving;
  }

  async sendOff(options) {
    clearTimeout(this.waiting);
    if (!this.dirty || this.refused) return;
    const sent = this.view.state.doc;
    say(words.saving);
    try {
      const said = await ask(`${this.address}text/`, { version: this.version, runs: runsOf(sent) }, options);
      this.dirty = !this.view.state.doc.eq(sent);
      if (!this.dirty) unsaved.drop(this.key);
      this.show(said, sent);
      say(`${words.saved} ${said.saved}`);
      this.sheet.saved();
    } catch (problem) {
      if (problem.status === 409) this.conflict(problem);
      else this.away(problem);
    }
  }

  away(problem) {
    const offline = problem.status === undefined;
    say(offline ? words.offline : problem.message || words.unsaved, "wait");
    if (offline && this.dirty) this.later(AGAIN);
  }

  // What the server read: figures as they are now, what to look at, numbers typed by hand
  show(said, sent) {
    if (this.ended) return;
    const before = JSON.stringify(this.typed);
    this.version = said.version;
    this.element.dataset.version = said.version;
    this.element.querySelector(".advice").innerHTML = said.advice;
    this.typed = said.typed;
    const { state } = this.view;
    if (sent && !state.doc.eq(sent)) return;
    const doc = docOf(said.runs);
    const same = state.doc.eq(doc);
    if (same && JSON.stringify(said.typed) === before) return; // leave the caret alone
    const change = same ? state.tr : state.tr.replaceWith(0, state.doc.content.size, doc.content);
    if (!same) {
      const at = Math.min(state.selection.from, change.doc.content.size);
      change.setSelection(TextSelection.create(change.doc, at));
    }
    this.view.dispatch(change.setMeta("quiet", true).setMeta("addToHistory", false).setMeta("typed", true));
  }

  // Both texts stand beside each other until the writer decides
  conflict(problem) {
    this.refused = true;
    say(problem.message, "bad");
    const theirs = problem.said;
    const box = document.createElement("div");
    box.className = "notice conflict";
    const text = theirs.runs.map((run) => run.says).join("");
    box.append(element("p", problem.message), element("p", words.theirs), element("blockquote", text));
    box.append(
      button(words.take, () => this.settle(theirs, () => this.show(theirs))),
      button(words.mine, () => this.settle(theirs, () => { this.dirty = true; this.save(); })),
    );
    this.element.querySelector(".advice").replaceChildren(box);
  }

  settle(theirs, act) {
    this.refused = false;
    this.version = theirs.version;
    this.dirty = false;
    unsaved.drop(this.key);
    this.element.querySelector(".advice").replaceChildren();
    act();
  }

  // A text left unsaved in this browser is put back
  restore() {
    const kept = unsaved.get(this.key);
    if (!kept) return;
    const doc = docOf(kept.runs);
    if (JSON.stringify(runsOf(this.view.state.doc)) === JSON.stringify(runsOf(doc))) return unsaved.drop(this.key);
    this.version = kept.version;
    this.view.dispatch(this.view.state.tr.replaceWith(0, this.view.state.doc.content.size, doc.content));
    say(words.restored, "wait");
  }

  end() {
    this.ended = true;
    clearInterval(this.holding);
    clearTimeout(this.waiting);
    this.view.destroy();
  }
}

// Numbers typed by hand are underlined where they stand.
function typedNumbers(paragraph) {
  const found = (doc) =>
    DecorationSet.create(doc, paragraph.typed.flatMap(([raw, piece]) => {
      const at = placed(doc, raw, piece);
      return at ? [Decoration.inline(at.from, at.to, { class: "typed" })] : [];
    }));
  return new Plugin({
    state: {
      init: () => DecorationSet.empty,
      apply: (change, held) => (change.getMeta("typed") ? found(change.doc) : held.map(change.mapping, change.doc)),
    },
    props: {
      decorations(state) {
        return this.getState(state);
      },
    },
  });
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function button(text, act) {
  const made = element("button", text);
  made.type = "button";
  made.className = "btn small";
  made.addEventListener("click", act);
  return made;
}
