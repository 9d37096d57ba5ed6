/** What a form asks before it does something that cannot be taken back, or that it cannot find out. */

/** @typedef {import("./form-editor.js").Editor} Editor */

export class Ask {
  /** @param {Editor} edit */
  constructor(edit) {
    this.edit = edit;
    this.dialog = /** @type {HTMLDialogElement} */ (edit.piece("ask"));
    this.which = /** @type {HTMLSelectElement} */ (edit.piece("which"));
    edit.piece("yes").addEventListener("click", () => this.dialog.close("yes"));
    edit.piece("no").addEventListener("click", () => this.dialog.close(""));
  }

  /** Whether to go on, though what was written is lost; without a question where nothing is. @param {string} word */
  async isSure(word) {
    return !this.edit.isUnsaved || this.answered(word);
  }

  /**
   * Which of the catalog's files one is: its id, "" for a new one, null where nobody says.
   * @param {Record<string, string>} titles    by id
   */
  async whichOf(titles) {
    const named = Object.entries(titles).sort(([, one], [, other]) => one.localeCompare(other));
    this.which.replaceChildren(new Option(this.edit.say("which-new"), ""), ...named.map(([id, title]) => new Option(title, id)));
    return await this.answered("ask-which", true) ? this.which.value : null;
  }

  /** @param {string} word @param {boolean} [hasList] @returns {Promise<boolean>} */
  answered(word, hasList = false) {
    const { dialog, edit } = this;
    const question = edit.say(word);
    // Browsers of 2020 know no dialogs of a page's own.
    if (!dialog.showModal) return Promise.resolve(confirm(question));
    edit.piece("question").textContent = question;
    edit.piece("yes").textContent = edit.say(`${word}-yes`);
    edit.piece("which-field").hidden = !hasList;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true }));
  }
}
