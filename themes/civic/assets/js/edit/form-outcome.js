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
    this.isOwn = false;            // whether a reader wrote the id
    this.input = /** @type {HTMLInputElement} */ (edit.piece("id"));
    this.input.addEventListener("input", () => {
      this.isOwn = Boolean(this.input.value);
    });
    edit.piece("download").addEventListener("click", () => this.download());
    edit.piece("copy").addEventListener("click", () => this.copy(edit.text));
    edit.piece("patch").addEventListener("click", () => this.copy(this.patch()));
  }

  /** The id as it is now. */
  get id() {
    return this.opened || this.input.value.trim();
  }

  /** @param {string} id */
  begin(id) {
    this.opened = id;
    this.isOwn = false;
    this.input.value = id;
    this.edit.piece("id-field").hidden = Boolean(id);
    this.edit.piece("ways").hidden = true;
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
    edit.piece("ways").hidden = true;
    if (edit.isAsked) this.showFault();
  }

  /** What is wrong with the id. */
  faults() {
    const { edit, id } = this;
    const room = edit.told.path.split("/")[0];
    const says = !isId(id) ? edit.say("id-bad") : !this.opened && !edit.original && edit.known.titles[room]?.[id] ? edit.say("id-taken") : "";
    const field = edit.piece("id-field");
    return says ? [{ problem: { code: "id-invalid", severity: "error", line: null, says, fix: "" }, field }] : [];
  }

  showFault() {
    const [fault] = this.faults();
    const place = /** @type {HTMLElement} */ (this.edit.element.querySelector("#edit-id-fault"));
    place.hidden = !fault;
    place.textContent = fault?.problem.says ?? "";
    if (fault) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  /** Offer the ways out, or say how much is to be mended. @param {number} errors @param {number} all */
  offer(errors, all) {
    const { edit } = this;
    this.showFault();
    edit.piece("ways").hidden = errors > 0;
    if (errors) {
      edit.tell(edit.say("mend", { count: errors }));
      return;
    }
    const verdict = all ? edit.say("warnings", { count: all }) : edit.say("nothing");
    edit.piece("verdict").textContent = verdict;
    edit.tell(verdict);
    this.prepareHost();
    edit.piece("patch").hidden = !edit.original;
    /** @type {HTMLElement} */ (edit.piece("host")).focus();
  }

  prepareHost() {
    const { edit } = this;
    const link = /** @type {HTMLAnchorElement} */ (edit.piece("host"));
    if (edit.original) {
      link.href = withId(edit.told.edit, this.id);
      edit.piece("host-says").textContent = edit.say("host-edit");
      return;
    }
    const { href, isFilled } = newFileAddress(edit.told.new, this.id, edit.text);
    link.href = href;
    edit.piece("host-says").textContent = edit.say(isFilled ? "host-new" : "host-paste");
  }

  download() {
    const name = this.edit.path.split("/").pop() ?? "";
    save(this.edit.text, name);
    this.edit.tell(this.edit.say("saved", { name }));
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
      edit.tell(edit.say("copied"));
      return;
    }
    /** @type {HTMLDetailsElement} */ (edit.piece("text-fold")).open = true;
    edit.piece("text").textContent = text;
    mark(edit.piece("text"));
    edit.tell(edit.say("not-copied"));
  }
}
