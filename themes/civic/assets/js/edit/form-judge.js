/** What is wrong with the file of a form, each with the field it belongs to. */
import { YamlRefused, controlOf, entryFields, partsOf, readField } from "./form-tree.js";
import { fieldAt, pathAt } from "./form-places.js";
import { yaml } from "./form-file.js";
import { problemsOf } from "./rules.js";
import { readYaml, valueAt } from "./yaml.js";

/** @typedef {import("./form-editor.js").Editor} Editor */
/** @typedef {import("./form-faults.js").Placed} Placed */
/** @typedef {import("./form-places.js").Path} Path */

/** @param {Editor} edit @param {string} text @returns {Placed[]} */
export function faultsOf(edit, text) {
  const id = edit.outcome.id;
  const known = { ...edit.known, here: id ? edit.known.here[id] : undefined };
  const problems = problemsOf(text, edit.path, edit.rules, known);
  const { root } = readYaml(text);
  const read = (/** @type {HTMLElement} */ field) => readField(field, yaml);
  const placed = problems.map((problem) => {
    const path = root ? pathAt(root, problem.line, problem.column) : [];
    return { problem, field: missing(edit, path, root, problem, read) ?? fieldAt(edit.form, path, read) };
  });
  return [...ofTheForm(edit), ...placed];
}

/**
 * The field of a key that is missing: what is told of it stands where its group begins, which is where its first key stands.
 * @param {Editor} edit @param {Path} path @param {import("./yaml.js").Group | null} root
 * @param {import("./rules.js").Problem} problem @param {(field: HTMLElement) => import("./form-tree.js").Tree} read
 */
function missing(edit, path, root, { says, fix }, read) {
  const key = (/^"(\w+)" is missing/.exec(says) ?? /Add `(\w+):`/.exec(fix))?.[1];
  if (!key) return null;
  for (const above of [path, path.slice(0, -1)]) {
    const group = valueAt(root, above);
    const field = above.length ? fieldAt(edit.form, above, read) : edit.form;
    if (group?.is !== "group" || group.entries.has(key) || !field) continue;
    const part = partsOf(field).find((each) => each.dataset.key === key);
    if (part) return part;
  }
  return null;
}

/** What no file could say: names that stand twice, entries without a name, texts that are no YAML. @param {Editor} edit @returns {Placed[]} */
export function ofTheForm(edit) {
  const fault = (/** @type {string} */ says) => ({ code: "form", severity: "error", line: null, says, fix: "" });
  /** @type {Placed[]} */
  const found = [];
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (edit.form.querySelectorAll("[data-kind=map]"))) {
    const entries = entryFields(field);
    const names = entries.map(({ name }) => name?.value ?? "");
    if (names.some((name, at) => name && names.indexOf(name) < at)) found.push({ problem: fault(edit.say("twice")), field });
    entries.forEach(({ field: inner }, at) => {
      if (!names[at] && [...inner.querySelectorAll("[data-control]")].some((each) => /** @type {HTMLInputElement} */ (each).value)) {
        found.push({ problem: fault(edit.say("unnamed")), field });
      }
    });
  }
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (edit.form.querySelectorAll("[data-kind=yaml]"))) {
    try {
      if (controlOf(field).value.trim()) yaml.strictly(controlOf(field).value);
    } catch (error) {
      if (!(error instanceof YamlRefused)) throw error;
      found.push({ problem: fault(edit.say("bad-yaml", { says: error.message })), field });
    }
  }
  return found;
}
