/** A CSV file that is dropped on a form: its columns are proposed as entries of the dictionary. */
import { MOST_ROWS, piecesOf, proposals, readColumns } from "./dictionary.js";
import { CsvFault } from "./dictionary-csv.js";
import { chosen, dropZone } from "./form-open.js";
import { addTo, entryFields, isEmpty, partsOf, readField } from "./form-tree.js";
import { yaml } from "./form-file.js";
import { foldEntries } from "./form-entries.js";
import { reveal } from "./form-faults.js";

/** @typedef {import("./form-editor.js").Editor} Editor */
/** @typedef {import("./dictionary.js").Proposal} Proposal */

const DELIMITERS = /** @type {Record<string, string>} */ ({ "\t": "tab", ";": ";", "|": "|" });

export class Dictionary {
  /** @param {Editor} edit */
  constructor(edit) {
    this.edit = edit;
    const input = /** @type {HTMLInputElement} */ (edit.piece("csv"));
    input.addEventListener("change", (event) => {
      event.stopPropagation();
      this.takeAll(chosen(input));
    });
    dropZone(edit.piece("drop"), (files) => this.takeAll(files));
  }

  /** @param {File[]} files */
  async takeAll(files) {
    if (!this.edit.isOpen) return;      // what is opened next would take the place of what is found now
    const said = this.edit.piece("proposed");
    this.edit.piece("pointed").replaceChildren();
    /** @type {string[]} */
    const told = [];
    for (const file of files) {
      said.textContent = [...told, this.edit.say("reading-csv", { name: file.name })].join(" ");
      told.push(await this.take(file));
    }
    said.textContent = told.join(" ");
    this.edit.update();
  }

  /** Take in one file, and say what came of it. @param {File} file */
  async take(file) {
    const { edit } = this;
    try {
      const { columns, rows, delimiter } = await readColumns(piecesOf(file));
      const personal = Object.fromEntries(Object.entries(edit.known.personal).map(([name, list]) => [name, new Set(list)]));
      const found = proposals(columns, rows, personal);
      const { place, isNew } = this.describeFile(file.name, delimiter, found);
      const dictionary = this.dictionaryOf(place, isNew, found);
      const kept = this.describe(dictionary, found);
      this.pointOut(dictionary, found);
      this.pointOutGone(dictionary, file.name, found);
      return [edit.say("read-csv", { count: found.length, name: file.name, rows: this.rowsOf(rows) }),
        ...(kept ? [edit.say("kept-columns", { count: kept })] : []),
        ...(dictionary === this.field("columns") ? [] : [edit.say("own-columns", { name: file.name })])].join(" ");
    } catch (error) {
      if (!(error instanceof CsvFault)) throw error;
      return edit.say("not-csv", { name: file.name, says: edit.say(error.word, error.values) });
    }
  }

  /** @param {number} rows */
  rowsOf(rows) {
    return this.edit.say(rows >= MOST_ROWS ? "first-rows" : "rows", { count: rows });
  }

  /** @param {string} key @param {Element} [group] */
  field(key, group = this.edit.form) {
    return /** @type {HTMLElement} */ (partsOf(group).find((part) => part.dataset.key === key));
  }

  /** The entries under `files:` that say something. */
  get files() {
    return entryFields(this.field("files")).filter(({ field }) => !isEmpty(readField(field, yaml))).map(({ field }) => field);
  }

  /** The entry of a file under `files:`, which is made where there is none. @param {string} name @param {string} delimiter @param {Proposal[]} found */
  describeFile(name, delimiter, found) {
    const same = this.files.find((file) => ["path", "url"].some((key) => nameIn(readField(this.field(key, file), yaml)) === name));
    if (same) return { place: same, isNew: false };
    const files = this.field("files");
    const keys = new Map([["path", /** @type {import("./form-tree.js").Tree} */ (name)]]);
    if (DELIMITERS[delimiter] && !(delimiter === "\t" && /tsv$/i.test(name))) keys.set("delimiter", DELIMITERS[delimiter]);
    const empty = [...new Set(found.flatMap((each) => each.empty))].sort();
    if (empty.length) keys.set("empty", empty.map((value) => ({ from: null, value })));
    for (const { entry, field } of entryFields(files)) if (isEmpty(readField(field, yaml))) entry.remove();
    addTo(files, keys, yaml, this.edit.legend);
    return { place: this.files[this.files.length - 1], isNew: true };
  }

  /**
   * Where the columns of a file are described: with the dataset, unless another file is described there that has none of these.
   * @param {HTMLElement} file @param {boolean} isNew @param {Proposal[]} found
   */
  dictionaryOf(file, isNew, found) {
    const [own, shared] = [this.field("columns", file), this.field("columns")];
    if (!isEmpty(readField(own, yaml))) return own;
    const names = new Set(namesIn(shared));
    const isShared = !isNew || this.files.length === 1 || !names.size || found.every(({ name }) => names.has(name));
    return isShared ? shared : own;
  }

  /** Add what is not described yet, and say how many are. @param {HTMLElement} columns @param {Proposal[]} found */
  describe(columns, found) {
    const before = new Set(namesIn(columns));
    for (const { name, keys, seen } of found) {
      if (before.has(name)) continue;
      const entry = addTo(columns, /** @type {import("./form-tree.js").Tree} */ (keys), yaml, this.edit.legend, name);
      if (seen) hint(entry, seen);
    }
    foldEntries(columns);
    return found.filter(({ name }) => before.has(name)).length;
  }

  /**
   * Name what is described and not in the file any more. What several files share may be in another of them.
   * @param {HTMLElement} columns @param {string} name @param {Proposal[]} found
   */
  pointOutGone(columns, name, found) {
    const there = new Set(found.map((each) => each.name));
    const gone = namesIn(columns).filter((each) => !there.has(each));
    const isShared = columns === this.field("columns")
      && this.files.filter((file) => isEmpty(readField(this.field("columns", file), yaml))).length > 1;
    if (!gone.length || isShared) return;
    const { edit } = this;
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "more";
    button.textContent = edit.say("gone-remove");
    button.addEventListener("click", () => {
      for (const each of entryFields(columns)) if (gone.includes(each.name?.value ?? "")) each.entry.remove();
      item.textContent = edit.say("gone-removed");
      edit.update();
    });
    item.append(edit.say("gone", { name, columns: gone.join(", ") }), " ", button);
    edit.piece("pointed").append(item);
  }

  /** Point out what may be personal data. @param {HTMLElement} columns @param {Proposal[]} found */
  pointOut(columns, found) {
    const { edit } = this;
    const what = (/** @type {string} */ kind) => (kind === "name" ? edit.say("personal-name")
      : edit.say("personal-values", { what: edit.say(`what-${kind}`) }));
    edit.piece("pointed").append(...found.filter(({ personal }) => personal).map(({ name, personal }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const entry = entryFields(columns).find((each) => each.name?.value === name);
      const goal = /** @type {HTMLElement} */ (entry && partsOf(entry.field).find((part) => part.dataset.key === "sensitive")
        ?.querySelector("[data-control]"));
      link.href = `#${goal?.id}`;
      link.textContent = edit.say("personal", { name, why: what(personal) });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        reveal(goal);
      });
      item.append(link);
      return item;
    }));
  }
}

/** The names of the columns that are described. @param {HTMLElement} columns */
const namesIn = (columns) => entryFields(columns).flatMap(({ name }) => (name?.value ? [name.value] : []));

/** The name of a file in its path or address. @param {import("./form-tree.js").Tree} path */
const nameIn = (path) => (typeof path === "string" ? path.split(/[?#]/)[0].split("/").pop() : "");

/** Show the ends that were seen where a rule for them could be written. @param {Element} entry @param {{least: string, most: string}} seen */
function hint(entry, seen) {
  for (const [key, text] of [["minimum", seen.least], ["maximum", seen.most]]) {
    const control = /** @type {HTMLInputElement | null} */ (entry.querySelector(`[data-key="${key}"] [data-control]`));
    if (control) control.placeholder = text;
  }
}
