/**
 * Changes values in the text of a file and keeps every other character: comments, quotation marks, blank lines, the order.
 *
 *   setValue(text, ["contact", "email"], "data@example.gov")
 *   setValue(text, ["files", 2], new Map([["path", "trees.csv"]]))      // an item more, where the list has two
 *   removeValue(text, ["columns", "height", "unit"])
 *   renameKey(text, ["columns", "height"], "height_ft")                 // in its place, with all below it
 *   newDocument(new Map([["title", "Trees"], ["topics", ["nature"]]]))  // a new file
 *
 * A change is made where the value stands and read again. Where that does not give what was wanted, as in YAML that nobody writes
 * by hand, the group around the value is written anew, and at last the file. migrate/yaml/edit.py does the same for importers.
 */

import { Splice } from "./fields-splice.js";
import { yamlText } from "./fields-text.js";
import { readYaml } from "./yaml.js";

/** @typedef {import("./fields-text.js").Plain} Plain */
/** @typedef {import("./yaml.js").Value} Value */
/** @typedef {import("./rules.js").Rules} Rules */
/** @typedef {(string | number)[]} Path */

/**
 * Set a value, or add it where nothing stands. A key that is new follows the last of the keys that come before it in `order`.
 * Throws RangeError for a text that is no YAML, and for a path that leads through what is not there.
 * @param {string} text
 * @param {Path} path
 * @param {Plain} value
 * @param {string[]} [order] the keys of the group in their documented order; a new key stands last when left out
 * @returns {string}
 */
export const setValue = (text, path, value, order) => changed(text, { path, value, order });

/**
 * Remove a value, with its key and what stands on its lines. A text without it comes back as it is.
 * @param {string} text
 * @param {Path} path
 * @returns {string}
 */
export const removeValue = (text, path) => changed(text, { path, value: null });

/**
 * Give a key another name where it stands. The new name must be none that the group has.
 * @param {string} text
 * @param {Path} path
 * @param {string} name
 * @returns {string}
 */
export function renameKey(text, path, name) {
  const { mark, bare, lineBreak, root } = opened(text);
  const above = path.slice(0, -1);
  const group = found(plainOf(root), above);
  if (!(group instanceof Map)) throw new RangeError("no key stands there");
  const renamed = new Map([...group].map(([key, value]) => [key === path[path.length - 1] ? name : key, value]));
  const wanted = above.length ? applied(plainOf(root), above, renamed) : renamed;
  const made = new Splice(bare, lineBreak, root).renamed(path, name);
  if (made !== null && gives(made, wanted)) return mark + made;
  return above.length ? setValue(text, above, renamed) : mark + yamlText(renamed).replaceAll("\n", lineBreak);
}

/**
 * A new file. With `rules` and the name of its group, the keys stand in their documented order; else in that of the map.
 * @param {Map<string, Plain>} values
 * @param {Rules} [rules]
 * @param {string} [group] such as "DatasetRecord"
 * @returns {string}
 */
export function newDocument(values, rules, group) {
  return yamlText(rules && group ? inOrder(values, rules, group) : values);
}

/** The keys of a group, in their documented order. @param {Rules} rules @param {string} group @returns {string[]} */
export const orderOf = (rules, group) => rules.groups[group].keys.map((key) => key.name);

/** @param {Map<string, Plain>} values @param {Rules} rules @param {string} group @returns {Map<string, Plain>} */
function inOrder(values, rules, group) {
  const ordered = new Map();
  for (const { name, kind } of rules.groups[group].keys) {
    const value = values.get(name);
    if (value === undefined || value === "" || (Array.isArray(value) && !value.length) || (value instanceof Map && !value.size)) continue;
    const inner = kind.group ?? kind.of?.group;
    ordered.set(name, inner ? innerInOrder(value, kind, rules, inner) : value);
  }
  // What the group does not have stays, so that it is told of and not lost.
  for (const [name, value] of values) if (!orderOf(rules, group).includes(name)) ordered.set(name, value);
  return ordered;
}

/** @param {Plain} value @param {import("./rules.js").Kind} kind @param {Rules} rules @param {string} inner @returns {Plain} */
function innerInOrder(value, kind, rules, inner) {
  const one = (/** @type {Plain} */ each) => (each instanceof Map ? inOrder(each, rules, inner) : each);
  if (kind.is === "Record") return one(value);
  if (Array.isArray(value)) return value.map(one);
  return value instanceof Map ? new Map([...value].map(([name, each]) => [name, one(each)])) : value;
}

/** @typedef {{path: Path, value: Plain | null, order?: string[]}} Change null removes */

/** A text with its byte order mark apart, how its lines end, and its values. @param {string} text */
function opened(text) {
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const bare = text.slice(mark.length);
  const lineBreak = /\r\n/.test(bare.split("\n", 1)[0] + (bare.includes("\n") ? "\n" : "")) ? "\r\n" : "\n";
  return { mark, bare, lineBreak, root: rootOf(bare) };
}

/** @param {string} text @param {Change} change @returns {string} */
function changed(text, change) {
  const { mark, bare, lineBreak, root } = opened(text);
  const wanted = /** @type {Map<string, Plain>} */ (applied(plainOf(root), change.path, change.value));
  for (let now = change; ; now = { path: now.path.slice(0, -1), value: /** @type {Plain} */ (found(wanted, now.path.slice(0, -1))) }) {
    if (!now.path.length) return mark + yamlText(wanted).replaceAll("\n", lineBreak);
    const made = new Splice(bare, lineBreak, root).changed(now.path, now.value, now.order);
    if (made !== null && gives(made, wanted)) return mark + made;
  }
}

/** @param {string} text @returns {import("./yaml.js").Group} */
function rootOf(text) {
  const { root, problems } = readYaml(text);
  if (!root) throw new RangeError(problems[0]?.says ?? "this is no YAML");
  return root;
}

/** The values of a text as texts, lists and groups. @param {Value} value @returns {Plain} */
export function plainOf(value) {
  if (value.is === "scalar") return value.text ?? "";
  if (value.is === "list") return value.items.map(plainOf);
  return new Map([...value.entries].map(([key, inner]) => [key, plainOf(inner)]));
}

/** @param {string} text @param {Plain} wanted @returns {boolean} */
function gives(text, wanted) {
  const { root } = readYaml(text);
  return root !== null && isSame(plainOf(root), wanted);
}

/** Whether two values say the same, in any order of keys. @param {Plain} one @param {Plain} other @returns {boolean} */
export function isSame(one, other) {
  if (typeof one === "string" || typeof other === "string") return one === other;
  if (one instanceof Map !== other instanceof Map) return false;
  if (one instanceof Map && other instanceof Map) {
    return one.size === other.size
      && [...one].every(([key, value]) => other.has(key) && isSame(value, /** @type {Plain} */ (other.get(key))));
  }
  const [first, second] = [/** @type {Plain[]} */ (one), /** @type {Plain[]} */ (other)];
  return first.length === second.length && first.every((each, at) => isSame(each, second[at]));
}

/** @param {Plain} values @param {Path} path @returns {Plain | undefined} */
function found(values, path) {
  /** @type {Plain | undefined} */
  let now = values;
  for (const step of path) now = now instanceof Map ? now.get(String(step)) : Array.isArray(now) ? now[Number(step)] : undefined;
  return now;
}

/** The values with one set or removed. @param {Plain} values @param {Path} path @param {Plain | null} value @returns {Plain} */
function applied(values, path, value) {
  const [step, ...rest] = path;
  if (values instanceof Map) {
    const next = new Map(values);
    const key = String(step);
    if (!rest.length && value === null) next.delete(key);
    else next.set(key, rest.length ? applied(next.get(key) ?? emptyFor(rest[0], value), rest, value) : /** @type {Plain} */ (value));
    return next;
  }
  const list = Array.isArray(values) ? [...values] : values === "" ? null : [values];   // one value stands for a list of one
  if (list === null) return applied(emptyFor(step, value), path, value);
  if (typeof step !== "number" || step < 0 || step > list.length) throw new RangeError(`there is no place ${step}`);
  if (!rest.length && value === null) list.splice(step, 1);
  else list.splice(step, 1, rest.length ? applied(list[step] ?? emptyFor(rest[0], value), rest, value) : /** @type {Plain} */ (value));
  return list;
}

/** What a path needs that leads through nothing. @param {string | number} step @param {Plain | null} value @returns {Plain} */
function emptyFor(step, value) {
  if (value === null) return typeof step === "number" ? [""] : new Map();
  return typeof step === "number" ? [] : new Map();
}
