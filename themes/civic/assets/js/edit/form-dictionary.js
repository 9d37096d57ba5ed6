/** A CSV file that is dropped on a form: its columns are proposed as entries of the dictionary. */
import { piecesOf, proposals, readColumns } from "./dictionary.js";
import { CsvFault } from "./dictionary-csv.js";
import { dropZone } from "./form-controls.js";
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
      if (input.files?.length) this.take(input.files[0]);
    });
    dropZone(edit.piece("drop"), (file) => this.take(file));
  }

  /** @param {File} file */
  async take(file) {
    const { edit } = this;
    const said = edit.piece("proposed");
    edit.piece("pointed").replaceChildren();
    said.textContent = edit.say("reading-csv", { name: file.name });
    try {
      const { columns, rows, delimiter } = await readColumns(piecesOf(file));
      const personal = Object.fromEntries(Object.entries(edit.known.personal).map(([name, list]) => [name, new Set(list)]));
      const found = proposals(columns, rows, personal);
      this.describeFile(file.name, delimiter, found);
      const kept = this.describe(found);
      const read = edit.say("read-csv", { count: found.length, name: file.name, rows });
      said.textContent = kept ? `${read} ${edit.say("kept-columns", { count: kept })}` : read;
      this.point(found);
      edit.update();
    } catch (error) {
      if (!(error instanceof CsvFault)) throw error;
      said.textContent = edit.say("not-csv", { name: file.name, says: edit.say(error.word, error.values) });
    }
  }

  /** @param {string} key */
  field(key) {
    return /** @type {HTMLElement} */ (partsOf(this.edit.form).find((part) => part.dataset.key === key));
  }

  /** An entry under `files:` where there is none yet. @param {string} name @param {string} delimiter @param {Proposal[]} found */
  describeFile(name, delimiter, found) {
    const files = this.field("files");
    if (!isEmpty(readField(files, yaml))) return;
    const keys = new Map([["path", /** @type {import("./form-tree.js").Tree} */ (name)]]);
    if (DELIMITERS[delimiter] && !(delimiter === "\t" && /tsv$/i.test(name))) keys.set("delimiter", DELIMITERS[delimiter]);
    const empty = [...new Set(found.flatMap((each) => each.empty))].sort();
    if (empty.length) keys.set("empty", empty.map((value) => ({ from: null, value })));
    for (const { entry, field } of entryFields(files)) if (isEmpty(readField(field, yaml))) entry.remove();
    addTo(files, keys, yaml, this.edit.legend);
  }

  /** Add what is not described yet, and say how many are. @param {Proposal[]} found */
  describe(found) {
    const columns = this.field("columns");
    const before = new Set(entryFields(columns).map(({ name }) => name?.value));
    for (const { name, keys, seen } of found) {
      if (before.has(name)) continue;
      const entry = addTo(columns, /** @type {import("./form-tree.js").Tree} */ (keys), yaml, this.edit.legend, name);
      if (seen) hint(entry, seen);
    }
    foldEntries(columns);
    return found.filter(({ name }) => before.has(name)).length;
  }

  /** Point out what may be personal data. @param {Proposal[]} found */
  point(found) {
    const { edit } = this;
    const what = (/** @type {string} */ kind) => (kind === "name" ? edit.say("personal-name")
      : edit.say("personal-values", { what: edit.say(`what-${kind}`) }));
    edit.piece("pointed").replaceChildren(...found.filter(({ personal }) => personal).map(({ name, personal }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const entry = entryFields(this.field("columns")).find((each) => each.name?.value === name);
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

/** Show the ends that were seen where a rule for them could be written. @param {Element} entry @param {{least: string, most: string}} seen */
function hint(entry, seen) {
  for (const [key, text] of [["minimum", seen.least], ["maximum", seen.most]]) {
    const control = /** @type {HTMLInputElement | null} */ (entry.querySelector(`[data-key="${key}"] [data-control]`));
    if (control) control.placeholder = text;
  }
}
