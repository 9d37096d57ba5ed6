/** What a reader does in a form: change a field, add or remove an entry, open a file, finish, start again. */
import { entriesOf, nameEntries, wordsIn } from "./form-entries.js";
import { summarize } from "./form-faults.js";
import { yaml } from "./form-file.js";
import { listenForFiles } from "./form-open.js";
import { addTo } from "./form-tree.js";

/** @typedef {import("./form-editor.js").Editor} Editor */

const PREVIEWED_AFTER = 200;    // milliseconds without a letter more

/** @param {Editor} edit */
export function listen(edit) {
  edit.form.addEventListener("change", (event) => leave(edit, /** @type {HTMLElement} */ (event.target)));
  edit.form.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    // Whoever ends a line with Enter does not mean to be done with the whole form.
    if (event.key !== "Enter" || event.isComposing || !(target instanceof HTMLInputElement) || target.type !== "text") return;
    event.preventDefault();
    leave(edit, target);
  });
  let waiting = 0;
  edit.form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => edit.preview(), PREVIEWED_AFTER);
  });
  edit.form.addEventListener("click", (event) => press(edit, /** @type {HTMLElement} */ (event.target)));
  edit.form.addEventListener("submit", (event) => {
    event.preventDefault();
    finish(edit);
  });
  edit.piece("again").addEventListener("click", async () => {
    if (await edit.ask.isSure("ask-again")) edit.open(edit.original, edit.outcome.opened);
  });
  addEventListener("beforeunload", (event) => {
    if (!edit.isUnsaved) return;
    event.preventDefault();
    event.returnValue = "";      // older browsers ask only then
  });
  listenForFiles(edit);
}

/** Take in what was written in a field. @param {Editor} edit @param {HTMLElement} control */
function leave(edit, control) {
  visit(edit, control);
  edit.update();
}

/** @param {Editor} edit @param {HTMLElement} control */
function visit(edit, control) {
  const field = /** @type {HTMLElement | null} */ (control.closest("[data-field]"));
  if (field) edit.visited.add(field.dataset.id ?? "");
  const entry = control.closest("[data-entry]");
  if (entry?.parentElement && control.matches("[data-name], .edit-line *")) nameAll(edit, entry.parentElement);
}

/** @param {Editor} edit @param {Element} entries */
function nameAll(edit, entries) {
  const label = entries.closest("[data-field]")?.querySelector("[data-add]")?.getAttribute("data-label") ?? "";
  nameEntries(entries, (called) => edit.legend(label, called));
}

/** @param {Editor} edit @param {HTMLElement} target */
function press(edit, target) {
  const add = target.closest("[data-add]");
  const remove = target.closest("[data-remove]");
  if (add) {
    const field = /** @type {HTMLElement} */ (add.closest("[data-field]"));
    const entry = addTo(field, "", yaml, edit.legend);
    /** @type {HTMLElement} */ (entry.querySelector("input, select, textarea")).focus();
    edit.tell(edit.say("added", { label: edit.legend(add.getAttribute("data-label") ?? "", entriesOf(field).children.length) }));
  }
  if (remove) removeEntry(edit, /** @type {HTMLElement} */ (remove.closest("[data-entry]")));
}

/** Take an entry away, and go to its neighbor. @param {Editor} edit @param {HTMLElement} entry */
function removeEntry(edit, entry) {
  const field = /** @type {HTMLElement} */ (entry.parentElement?.closest("[data-field]"));
  const label = wordsIn(entry) || entry.querySelector("[data-legend]")?.textContent || "";
  const neighbor = entry.nextElementSibling ?? entry.previousElementSibling;
  entry.remove();
  nameAll(edit, entriesOf(field));
  edit.visited.add(field.dataset.id ?? "");
  const goal = neighbor?.querySelector("summary, input, select, textarea") ?? [...field.querySelectorAll("[data-add]")].pop();
  /** @type {HTMLElement} */ (goal).focus();
  edit.tell(edit.say("removed", { label }));
  edit.update();
}

/** Check everything, and go to what is wrong, or to the ways out. @param {Editor} edit */
function finish(edit) {
  edit.isAsked = true;
  edit.update();
  const wrong = [...edit.outcome.faults(), ...edit.placed];
  const errors = wrong.filter(({ problem }) => problem.severity === "error");
  const others = wrong.filter(({ problem }) => problem.severity !== "error");
  edit.piece("summary").hidden = !errors.length;
  edit.piece("summary-title").textContent = edit.say("mend", { count: errors.length });
  edit.piece("less").hidden = !others.length;
  edit.piece("less-title").textContent = edit.say("better", { count: others.length });
  summarize(edit.piece("faults"), errors, edit.say);
  summarize(edit.piece(errors.length ? "less-faults" : "better"), others, edit.say);
  edit.outcome.offer(errors.length, others.length);
  if (errors.length) edit.piece("summary").focus();
}
