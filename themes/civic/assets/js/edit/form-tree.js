/**
 * What a form holds, as values and back. Every text stays text.
 *
 * @typedef {string | Entry[] | Map<string, any>} Tree    a map of trees, which types cannot say
 * @typedef {{from: number | null, value: Tree}} Entry    of a list: where it stood in the file that was opened
 */
import { flowText } from "./fields-text.js";
import { bare, formerNames } from "./form-changes.js";
import { addEntry, entriesOf, foldEntries, nameEntry, nameOf } from "./form-entries.js";

/** A text of YAML that cannot be read. */
export class YamlRefused extends Error {}

/** @typedef {{toYaml: (value: Tree) => string, fromYaml: (text: string) => Tree}} Yaml */
/** @typedef {(label: string, number: number | string) => string} Legend    what an entry is called, by its place or its words */

/** The control of a field that has one. @param {Element} field */
export const controlOf = (field) => /** @type {HTMLInputElement} */ (field.querySelector("[data-control]"));

/** The fields of a group, or of the whole form. @param {Element} group @returns {HTMLElement[]} */
export function partsOf(group) {
  const above = group.matches("[data-field]") ? group : null;
  return /** @type {HTMLElement[]} */ ([...group.querySelectorAll("[data-field][data-key]")])
    .filter((each) => (each.parentElement?.closest("[data-field]") ?? null) === above);
}

/** The entries of a list or map, each with what holds its value and its name. @param {Element} field */
export function entryFields(field) {
  return [...entriesOf(field).children].map((entry) => ({
    entry: /** @type {HTMLElement} */ (entry),
    field: /** @type {HTMLElement} */ (entry.querySelector("[data-field]")),   // the first holds all others
    name: nameOf(entry),
  }));
}

/** Whether nothing is written. @param {Tree} tree */
export const isEmpty = (tree) => (typeof tree === "string" ? !tree : tree instanceof Map ? !tree.size : !tree.length);

/** What a group holds, or the whole form; keys that are left empty are left out. @param {Element} group @param {Yaml} yaml @returns {Map<string, Tree>} */
export function readGroup(group, yaml) {
  /** @type {Map<string, Tree>} */
  const found = new Map();
  for (const part of partsOf(group)) {
    const value = readField(part, yaml);
    if (!isEmpty(value)) found.set(part.dataset.key ?? "", value);
  }
  return found;
}

/** @param {HTMLElement} field @param {Yaml} yaml @returns {Tree} */
export function readField(field, yaml) {
  switch (field.dataset.kind) {
    case "group": return readGroup(field, yaml);
    case "list": return entryFields(field).map(({ entry, field: inner }) => (
      { from: entry.dataset.from ? Number(entry.dataset.from) : null, value: readField(inner, yaml) }))
      .filter(({ value }) => !isEmpty(value));
    case "map": return readMap(field, yaml);
    case "yaml": return controlOf(field).value.trim() ? yaml.fromYaml(controlOf(field).value) : "";
    case "long": return ofLanguages(controlOf(field), yaml) ?? controlOf(field).value.replace(/\s+$/, "");
    default: return ofLanguages(controlOf(field), yaml) ?? controlOf(field).value.trim();
  }
}

/** Fields of texts that the file says in several languages: they show all of them, within braces. @type {WeakSet<Element>} */
const inLanguages = new WeakSet();

/** What such a field says; null for any other. @param {HTMLInputElement} control @param {Yaml} yaml @returns {Tree | null} */
const ofLanguages = (control, yaml) => (inLanguages.has(control) && control.value.trim().startsWith("{") ? yaml.fromYaml(control.value.trim()) : null);

/** @param {HTMLElement} field @param {Yaml} yaml */
function readMap(field, yaml) {
  const named = entryFields(field).filter(({ name }) => name?.value);
  const found = new Map(named.map(({ field: inner, name }) => [name?.value ?? "", readField(inner, yaml)]));
  const renamed = named.filter(({ entry, name }) => entry.dataset.was && entry.dataset.was !== name?.value);
  formerNames.set(found, new Map(renamed.map(({ entry, name }) => [name?.value ?? "", entry.dataset.was ?? ""])));
  return found;
}

/** Fill in a group. What has no field here is left where it is. @param {Element} group @param {Map<string, Tree>} values @param {Yaml} yaml @param {Legend} legend */
export function writeGroup(group, values, yaml, legend) {
  for (const part of partsOf(group)) writeField(part, values.get(part.dataset.key ?? "") ?? "", yaml, legend);
}

/** @param {HTMLElement} field @param {Tree} value @param {Yaml} yaml @param {Legend} legend */
export function writeField(field, value, yaml, legend) {
  const kind = field.dataset.kind;
  if (kind === "group") {
    writeGroup(field, value instanceof Map ? value : new Map(), yaml, legend);
    unfold(field, value);
  } else if (kind === "list") {
    // A single value stands for a list of one.
    const entries = Array.isArray(value) ? value : isEmpty(value) ? [] : [{ from: 0, value }];
    emptied(field);
    entries.forEach(({ value: each }, at) => addTo(field, each, yaml, legend).setAttribute("data-from", String(at)));
    foldEntries(field);
  } else if (kind === "map") {
    emptied(field);
    for (const [name, each] of value instanceof Map ? value : []) addTo(field, each, yaml, legend, name).dataset.was = name;
    foldEntries(field);
  } else if (kind === "yaml") controlOf(field).value = isEmpty(value) ? "" : yaml.toYaml(value);
  else if (value instanceof Map && value.size) {
    inLanguages.add(controlOf(field));
    setControl(controlOf(field), flowText(bare(value)));
  } else {
    inLanguages.delete(controlOf(field));
    setControl(controlOf(field), typeof value === "string" ? value : yaml.toYaml(value));
  }
}

/** A choice keeps a value that is none of its own, so that it is seen and can be mended. @param {HTMLInputElement} control @param {string} text */
function setControl(control, text) {
  if (control instanceof HTMLSelectElement && ![...control.options].some((each) => each.value === text)) {
    control.add(new Option(text, text));
  }
  control.value = text;
}

/** @param {Element} field */
function emptied(field) {
  entriesOf(field).replaceChildren();
}

/** Add an entry with a value. @param {Element} field @param {Tree} value @param {Yaml} yaml @param {Legend} legend @param {string} [name] */
export function addTo(field, value, yaml, legend, name = "") {
  const label = field.querySelector("[data-add]")?.getAttribute("data-label") ?? "";
  const entries = entriesOf(field);
  const entry = addEntry(entries);
  const written = nameOf(entry);
  if (written) written.value = name;
  writeField(/** @type {HTMLElement} */ (entry.querySelector("[data-field]")), value, yaml, legend);
  nameEntry(entry, entries.children.length, (called) => legend(label, called));
  return entry;
}

/** Open what is folded where something stands in it. @param {HTMLElement} field @param {Tree} value */
function unfold(field, value) {
  const fold = /** @type {HTMLDetailsElement | null} */ (field.querySelector(":scope > .edit-more"));
  if (!fold || !(value instanceof Map)) return;
  fold.open = [...fold.children].some((part) => part instanceof HTMLElement && value.has(part.dataset.key ?? ""));
}
