/** Fills the fields of a form, checks what is written, and hands it out. */
import { words } from "../explorer/words.js";
import { askedId } from "./finish-id.js";
import { Ask } from "./form-ask.js";
import { isSame, stepsBetween, plain } from "./form-changes.js";
import { listen } from "./form-controls.js";
import { Dictionary } from "./form-dictionary.js";
import { takePatterns } from "./form-entries.js";
import { clearFaults, showFaults, summarize } from "./form-faults.js";
import { changed, valuesOf, written, yaml } from "./form-file.js";
import { faultsOf } from "./form-judge.js";
import { Outcome } from "./form-outcome.js";
import { readGroup, writeGroup } from "./form-tree.js";
import { parsed } from "./own-keys.js";
import { preview } from "./preview.js";

/** @typedef {import("./form-tree.js").Tree} Tree */
/** @typedef {import("./form-faults.js").Placed} Placed */
/** @typedef {import("./rules.js").Known} Known */
/**
 * What /edit/known.json holds beside what the rules ask of a catalog: titles by room and id, words that point to personal data,
 * and what lies in the folder of each dataset.
 * @typedef {Known & {titles: Record<string, Record<string, string>>, personal: Record<string, string[]>,
 *   here: Record<string, Known["here"]>}} KnownHere
 */

export class Editor {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.told = /** @type {Record<string, string>} */ (element.dataset);
    const pieces = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-piece]")]);
    this.pieces = new Map(pieces.map((each) => [each.dataset.piece ?? "", each]));
    this.form = /** @type {HTMLFormElement} */ (this.piece("form"));
    this.say = words(element);
    this.legend = (/** @type {string} */ label, /** @type {number | string} */ number) => (
      this.say(typeof number === "number" ? "entry" : "called", { label, number: String(number), name: String(number) }));
    this.original = "";                       // the file that is edited; "" for a new one
    /** @type {Map<string, Tree>} */
    this.opened = new Map();                  // what the form held when it was opened
    this.text = "";                           // the file as it will be
    this.taken = "";                          // the same, when it was last taken along
    /** @type {Placed[]} */
    this.placed = [];
    /** @type {Set<string>} */
    this.visited = new Set();                 // fields that a reader was at: before, nothing is wrong with them
    this.isAsked = false;                     // whether all was asked to be checked
    this.outcome = new Outcome(this);
    this.ask = new Ask(this);
    this.rules = /** @type {import("./rules.js").Rules} */ ({});
    this.known = /** @type {KnownHere} */ ({});
  }

  /** @param {string} name */
  piece(name) {
    return /** @type {HTMLElement} */ (this.pieces.get(name));
  }

  /** Fetch the rules, and let the form be filled in. */
  async start() {
    try {
      [this.rules, this.known] = await Promise.all([fetched(this.told.rules), fetched(this.told.known)]);
    } catch {
      this.tell(this.say("no-rules"));
      this.piece("no-rules").hidden = false;
      return;
    }
    this.suggestIds();
    takePatterns(this.form);
    if (this.pieces.has("csv")) new Dictionary(this);
    listen(this);
    this.piece("open").hidden = false;
    if (this.pieces.has("preview")) this.piece("preview").hidden = false;
    await this.openAsked();
  }

  /** The ids that a field may name, with the titles behind them. */
  suggestIds() {
    for (const [room, titles] of Object.entries(this.known.titles)) {
      const list = document.createElement("datalist");
      list.id = `ids-${room}`;
      list.append(...Object.entries(titles).map(([id, title]) => new Option(title, id)));
      this.element.append(list);
    }
    for (const input of this.form.querySelectorAll("[data-room]")) {
      input.setAttribute("list", `ids-${input.getAttribute("data-room")}`);
    }
  }

  /** Open the file that the address names. */
  async openAsked() {
    const id = askedId();
    if (!id) {
      this.open("", "");
      return;
    }
    this.tell(this.say("loading"));
    const source = this.told.source.replace("CITYFOLIO-ID", id);
    const text = source ? await fetch(source).then((answer) => (answer.ok ? answer.text() : "")).catch(() => "") : "";
    if (text) {
      this.open(text, id);
      return;
    }
    // An empty form would say that all of the file goes, so it waits for the file.
    this.outcome.begin(id);
    /** @type {HTMLDetailsElement} */ (this.piece("opening")).open = true;
    this.tell(this.say("no-source", { id }), true);
  }

  /** Fill the form. @param {string} text @param {string} id    of what is edited; "" where it is not known yet */
  open(text, id) {
    const values = valuesOf(text);
    if (!values) {
      this.showUnreadable(text);
      return;
    }
    this.outcome.begin(id);
    this.isAsked = false;
    this.visited.clear();
    this.original = text;
    writeGroup(this.form, values, yaml, this.legend);
    this.opened = readGroup(this.form, yaml);
    this.piece("summary").hidden = true;
    /** @type {HTMLFieldSetElement} */ (this.piece("all")).disabled = false;
    this.tell(id ? this.say("opened", { path: this.path }) : this.say("new"), true);
    this.update();
  }

  /** @param {string} text */
  showUnreadable(text) {
    this.tell(this.say("unreadable"), true);
    this.piece("less").hidden = true;
    const found = faultsOf(this, text).map(({ problem }) => ({ problem, field: null }));
    this.piece("summary-title").textContent = this.say("mend", { count: found.length });
    summarize(this.piece("faults"), found, this.say);
    this.piece("summary").hidden = false;
    this.piece("summary").focus();
  }

  /** The place of the file in the catalog. */
  get path() {
    return this.told.path.replace("CITYFOLIO-ID", this.outcome.id || "ID");
  }

  /** Whether something can be written. */
  get isOpen() {
    return !/** @type {HTMLFieldSetElement} */ (this.piece("all")).disabled;
  }

  /** Whether the file that the address names has to be chosen before anything can be written. */
  get isWaiting() {
    return Boolean(this.outcome.opened) && !this.isOpen;
  }

  /** Whether something was written that was not taken along. */
  get isUnsaved() {
    if (!this.isOpen || isSame(plain(this.opened), plain(readGroup(this.form, yaml)))) return false;
    this.update();
    return this.text !== this.taken;
  }

  /** Show what the page would say now. @param {Map<string, Tree>} [values] */
  preview(values = readGroup(this.form, yaml)) {
    if (!this.pieces.has("shown")) return;
    const suggested = /** @type {HTMLOptionElement[]} */ ([...this.form.querySelectorAll("#f-frequency-words option")]);
    const wordOf = (/** @type {string} */ given) => suggested.find((each) => each.value === given.toLowerCase())?.text ?? given;
    preview(this.piece("shown"), plain(values), this.say, wordOf);
  }

  /** Take in what was changed: the text, what is wrong with it, and what the page would say. */
  update() {
    clearFaults(this.form);
    const values = readGroup(this.form, yaml);
    this.text = this.original ? changed(this.original, stepsBetween(this.opened, values), this) : written(plain(values), this);
    this.placed = faultsOf(this, this.text);
    showFaults(this.form, this.placed, (field) => this.isAsked || this.visited.has(field.dataset.id ?? ""));
    this.outcome.show();
    this.preview(values);
  }

  /** Say something to those who listen, and where it is to be seen. @param {string} text @param {boolean} [isShown] */
  tell(text, isShown = false) {
    this.piece("status").textContent = text;
    if (isShown) this.piece("opened").textContent = text;
  }
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return parsed(await answer.text());
}
