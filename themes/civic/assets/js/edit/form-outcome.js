/** The end of a form: the id, the path, the text as it will be, and the ways to take it along. */
import { copy, mark, newFileAddress, save, withId } from "./finish.js";
import { isId, slugOf } from "./finish-id.js";
import { patchOf } from "./finish-patch.js";

/** @typedef {import("./form-editor.js").Editor} Editor */

export class Outcome {
  /** @param {Editor} edit */
  constructor(edit) {
    this.edit = edit;
    this.opened = "";              // the id of what is edited
    this.isFilled = false;         // whether the address at the code host holds the text
    this.isOwn = false;            // whether a reader wrote the id
    this.input = /** @type {HTMLInputElement} */ (edit.piece("id"));
    this.isLeft = false;           // whether a reader was at it
    this.input.addEventListener("input", () => {
      this.isOwn = Boolean(this.input.value);
    });
    this.input.addEventListener("change", () => {
      this.isLeft = true;
    });
    edit.piece("download").addEventListener("click", () => this.download());
    edit.piece("copy").addEventListener("click", () => this.copy(edit.text));
    edit.piece("patch").addEventListener("click", () => this.copy(this.patch()));
    edit.piece("host").addEventListener("click", () => {
      if (this.isFilled) edit.taken = edit.text;
    });
  }

  /** The id as it is now. */
  get id() {
    return this.opened || this.input.value.trim();
  }

  /** @param {string} id */
  begin(id) {
    this.opened = id;
    this.isOwn = false;
    this.isLeft = false;
    this.input.value = id;
    this.edit.piece("id-field").hidden = Boolean(id);
    this.hideWays();
  }

  /** Show what came of a change. */
  show() {
    const { edit } = this;
    if (!this.opened && !this.isOwn) {
      const title = /** @type {HTMLInputElement | null} */ (edit.form.querySelector('[data-key="title"] [data-control]'));
      this.input.value = slugOf(title?.value ?? "");
    }
    edit.piece("path").textContent = edit.path;
    edit.piece("text").textContent = edit.text;
    this.hideWays();
    this.showFault();
  }

  hideWays() {
    this.edit.piece("ways").hidden = true;
    this.edit.piece("answer").textContent = "";
    this.edit.piece("finish").className = "button";
  }

  /** What is wrong with the id. */
  faults() {
    const { edit, id } = this;
    const room = edit.told.path.split("/")[0];
    const says = !isId(id) ? edit.say("id-bad") : !this.opened && edit.known.titles[room]?.[id] !== undefined ? edit.say("id-taken") : "";
    const field = edit.piece("id-field");
    return says ? [{ problem: { code: "id-invalid", severity: "error", line: null, says, fix: "" }, field }] : [];
  }

  showFault() {
    // Before a title is written there is no id yet, and nothing to tell.
    const isTold = this.edit.isAsked || this.isLeft || (this.edit.visited.has("f-title") && this.input.value);
    const [fault] = isTold ? this.faults() : [];
    const place = /** @type {HTMLElement} */ (this.edit.element.querySelector("#edit-id-fault"));
    place.hidden = !fault;
    place.textContent = fault?.problem.says ?? "";
    if (fault) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  /** Offer the ways out, or say how much is to be mended. @param {number} errors @param {number} others */
  offer(errors, others) {
    const { edit } = this;
    this.showFault();
    edit.piece("ways").hidden = errors > 0;
    if (errors) {
      edit.tell(edit.say("mend", { count: errors }));
      return;
    }
    const verdict = others ? edit.say("warnings", { count: others }) : edit.say("nothing");
    const isUnchanged = Boolean(this.opened) && edit.text === edit.original;
    edit.piece("verdict").textContent = isUnchanged ? `${edit.say("unchanged")} ${verdict}` : verdict;
    edit.tell(edit.piece("verdict").textContent ?? "");
    edit.piece("host").hidden = isUnchanged;
    edit.piece("patch").hidden = isUnchanged || !this.opened;
    edit.piece("host-says").hidden = isUnchanged;
    this.prepareHost();
    if (!isUnchanged) this.setFirst(edit.piece(this.isFilled ? "host" : "copy"));
  }

  /** Let one way stand out before the others, and go to it. @param {HTMLElement} way */
  setFirst(way) {
    const { edit } = this;
    for (const name of ["host", "copy", "finish"]) edit.piece(name).className = "more";
    way.className = "button";
    way.parentElement?.prepend(way);
    way.focus();
  }

  prepareHost() {
    const { edit } = this;
    const link = /** @type {HTMLAnchorElement} */ (edit.piece("host"));
    const made = this.opened ? { href: withId(edit.told.edit, this.id), isFilled: false }
      : newFileAddress(edit.told.new, this.id, edit.text);
    link.href = made.href;
    this.isFilled = made.isFilled;
    edit.piece("host-says").textContent = edit.say(this.opened ? "host-edit" : made.isFilled ? "host-new" : "host-paste");
  }

  /** Say, beside a way out, that the file was taken along by it. @param {string} text */
  answer(text) {
    this.edit.piece("answer").textContent = text;
    this.edit.taken = this.edit.text;
  }

  download() {
    const name = this.edit.path.split("/").pop() ?? "";
    save(this.edit.text, name);
    this.answer(this.edit.say("saved", { name }));
  }

  patch() {
    const { edit } = this;
    const folder = edit.told.folder ? `${edit.told.folder}/` : "";
    return patchOf(edit.original, edit.text, folder + edit.path);
  }

  /** @param {string} text */
  async copy(text) {
    const { edit } = this;
    if (await copy(text)) {
      this.answer(edit.say("copied"));
      return;
    }
    /** @type {HTMLDetailsElement} */ (edit.piece("text-fold")).open = true;
    edit.piece("text").textContent = text;
    mark(edit.piece("text"));
    edit.piece("answer").textContent = edit.say("not-copied");
  }
}
