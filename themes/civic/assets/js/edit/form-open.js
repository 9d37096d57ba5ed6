/** A file of the catalog that is chosen, dropped or pasted into a form, and which of the catalog's files it is. */
import { isTableName, looksLikeRows } from "./dictionary-csv.js";
import { valuesOf } from "./form-file.js";
import { idOf } from "./form-which.js";

/** @typedef {import("./form-editor.js").Editor} Editor */

/** @param {Editor} edit */
export function listenForFiles(edit) {
  const input = /** @type {HTMLInputElement} */ (edit.piece("file"));
  const paste = /** @type {HTMLTextAreaElement} */ (edit.piece("paste"));
  input.addEventListener("change", async () => {
    for (const file of chosen(input)) await take(edit, file);
  });
  edit.piece("read").addEventListener("click", async () => {
    if (paste.value.trim() && await openText(edit, paste.value, "")) paste.value = "";
  });
  dropZone(edit.piece("open"), ([file]) => take(edit, file));
  keepDropsOut();
}

/** The files that were chosen. The same can be chosen again. @param {HTMLInputElement} input */
export function chosen(input) {
  const files = [...input.files ?? []];
  input.value = "";
  return files;
}

/** Let files be dropped. @param {HTMLElement} zone @param {(files: File[]) => void} take */
export function dropZone(zone, take) {
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.dataset.state = "over";
  });
  zone.addEventListener("dragleave", () => delete zone.dataset.state);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.state;
    const files = [...event.dataTransfer?.files ?? []];
    if (files.length) take(files);
  });
}

/** A browser opens a file that is dropped beside the boxes in the place of the page, and all that was written is gone. */
function keepDropsOut() {
  for (const kind of /** @type {const} */ (["dragover", "drop"])) {
    document.addEventListener(kind, (event) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    });
  }
}

/** @param {Editor} edit @param {File} file */
async function take(edit, file) {
  if (isTableName(file.name)) edit.tell(edit.say("is-table", { name: file.name }), true);
  else await openText(edit, await file.text(), file.name.replace(/\.ya?ml$/i, ""));
}

/** Whether it was opened. @param {Editor} edit @param {string} text @param {string} stem    of the file's name; "" for what is pasted */
async function openText(edit, text, stem) {
  if (looksLikeRows(text)) {
    edit.tell(edit.say("is-rows"), true);
    return false;
  }
  if (!await edit.ask.isSure("ask-replace")) return false;
  const id = await whichFile(edit, text, stem);
  if (id !== null) edit.open(text, id);
  return id !== null;
}

/** Its id; "" for a new one or one that cannot be read, null where nobody says. @param {Editor} edit @param {string} text @param {string} stem */
async function whichFile(edit, text, stem) {
  if (edit.isWaiting) return edit.outcome.opened;
  const values = valuesOf(text);
  const room = edit.told.path.split("/")[0];
  const titles = edit.known.titles[room] ?? {};
  const found = values ? idOf(values, room, edit.known) || (titles[stem] === undefined ? "" : stem) : "";
  return found || !values || !Object.keys(titles).length ? found : edit.ask.whichOf(titles);
}
