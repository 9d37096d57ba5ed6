/** What a reader does in a form: change a field, add or remove an entry, open a file, finish, start again. */
import { askedId } from "./finish-id.js";
import { nameEntries, entriesOf } from "./form-entries.js";
import { addTo } from "./form-tree.js";
import { summarize } from "./form-faults.js";
import { yaml } from "./form-file.js";

/** @typedef {import("./form-editor.js").Editor} Editor */

/** @param {Editor} edit */
export function listen(edit) {
  edit.form.addEventListener("change", (event) => {
    visit(edit, /** @type {HTMLElement} */ (event.target));
    edit.update();
  });
  edit.form.addEventListener("click", (event) => press(edit, /** @type {HTMLElement} */ (event.target)));
  edit.form.addEventListener("submit", (event) => {
    event.preventDefault();
    finish(edit);
  });
  edit.piece("again").addEventListener("click", () => edit.open(edit.original, edit.outcome.opened));
  listenForFiles(edit);
}

/** @param {Editor} edit @param {HTMLElement} control */
function visit(edit, control) {
  const field = /** @type {HTMLElement | null} */ (control.closest("[data-field]"));
  if (field) edit.visited.add(field.dataset.id ?? "");
  const entry = control.matches("[data-name]") && control.closest("[data-entry]");
  if (entry && entry.parentElement) nameAll(edit, entry.parentElement);
}

/** @param {Editor} edit @param {Element} entries */
function nameAll(edit, entries) {
  const label = entries.closest("[data-field]")?.querySelector("[data-add]")?.getAttribute("data-label") ?? "";
  nameEntries(entries, (number) => edit.legend(label, number));
}

/** @param {Editor} edit @param {HTMLElement} target */
function press(edit, target) {
  const add = target.closest("[data-add]");
  const remove = target.closest("[data-remove]");
  if (add) {
    const field = /** @type {HTMLElement} */ (add.closest("[data-field]"));
    const entry = addTo(field, "", yaml, edit.legend);
    /** @type {HTMLElement} */ (entry.querySelector("input, select, textarea")).focus();
    edit.tell(edit.say("added", { label: add.getAttribute("data-label") ?? "" }));
  }
  if (remove) {
    const entry = /** @type {HTMLElement} */ (remove.closest("[data-entry]"));
    const field = /** @type {HTMLElement} */ (entry.parentElement?.closest("[data-field]"));
    const label = entry.querySelector("[data-legend]")?.textContent ?? field.querySelector("[data-add]")?.getAttribute("data-label");
    entry.remove();
    nameAll(edit, entriesOf(field));
    edit.visited.add(field.dataset.id ?? "");
    /** @type {HTMLElement} */ ([...field.querySelectorAll("[data-add]")].pop()).focus();
    edit.tell(edit.say("removed", { label: label ?? "" }));
    edit.update();
  }
}

/** Check everything, and go to what is wrong, or to the ways out. @param {Editor} edit */
function finish(edit) {
  edit.isAsked = true;
  edit.update();
  const wrong = [...edit.outcome.faults(), ...edit.placed];
  const errors = wrong.filter(({ problem }) => problem.severity === "error");
  edit.piece("summary").hidden = !errors.length;
  summarize(edit.piece("faults"), errors.length ? wrong : [], edit.say);
  summarize(edit.piece("better"), errors.length ? [] : wrong, edit.say);
  edit.outcome.offer(errors.length, wrong.length);
  if (errors.length) edit.piece("summary").focus();
}

/** A file of the catalog that is chosen, dropped or pasted. @param {Editor} edit */
function listenForFiles(edit) {
  const file = /** @type {HTMLInputElement} */ (edit.piece("file"));
  const paste = /** @type {HTMLTextAreaElement} */ (edit.piece("paste"));
  const opened = edit.outcome.opened;
  file.addEventListener("change", async () => {
    if (file.files?.length) edit.open(await file.files[0].text(), opened || idIn(file.files[0].name));
  });
  edit.piece("read").addEventListener("click", () => {
    if (paste.value.trim()) edit.open(paste.value, askedId());
  });
  dropZone(edit.piece("open"), async (dropped) => edit.open(await dropped.text(), idIn(dropped.name)));
}

/** The id that a file's name has: none where it is called as all of its kind are. @param {string} name */
function idIn(name) {
  const stem = name.replace(/\.ya?ml$/, "");
  return stem === "dataset" || stem === "measure" || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)
    ? askedId() : stem;
}

/** Let a file be dropped. @param {HTMLElement} zone @param {(file: File) => void} take */
export function dropZone(zone, take) {
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.dataset.state = "over";
  });
  zone.addEventListener("dragleave", () => delete zone.dataset.state);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.state;
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  });
}
