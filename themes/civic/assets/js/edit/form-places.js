/** From a place in a file to the field of a form that it belongs to. */
import { entryFields, isEmpty, partsOf } from "./form-tree.js";

/** @typedef {import("./yaml.js").Value} Value */
/** @typedef {import("./yaml.js").Group} Group */
/** @typedef {(string | number)[]} Path */

/**
 * The keys that lead to the value, or the key, that stands at a place; to the nearest before it where none begins there.
 * @param {Group} root @param {number | null} line @param {number | null} column @returns {Path}
 */
export function pathAt(root, line, column) {
  /** @type {{path: Path, line: number, column: number}[]} */
  const places = [];
  collect(root, [], places);
  const [row, at] = [line ?? 0, column ?? 0];
  const exact = places.filter((each) => each.line === row && each.column === at);
  if (exact.length) return exact[exact.length - 1].path;
  const before = places.filter((each) => each.line === row && each.column <= at);
  return before.length ? before[before.length - 1].path : [];
}

/** @param {Value} value @param {Path} path @param {{path: Path, line: number, column: number}[]} places */
function collect(value, path, places) {
  if (path.length) places.push({ path, line: value.line, column: value.column });
  if (value.is === "list") value.items.forEach((item, at) => collect(item, [...path, at], places));
  if (value.is !== "group") return;
  for (const [key, inner] of value.entries) {
    const name = value.keys.get(key);
    if (name) places.push({ path: [...path, key], line: name.line, column: name.column });
    collect(inner, [...path, key], places);
  }
}

/**
 * The field at the end of a path, or the last on the way to it. Entries that say nothing are not counted.
 * @param {Element} form @param {Path} path @param {(field: HTMLElement) => import("./form-tree.js").Tree} read
 * @returns {HTMLElement | null}
 */
export function fieldAt(form, path, read) {
  /** @type {HTMLElement | null} */
  let found = null;
  for (const key of path) {
    /** @type {HTMLElement | undefined} */
    const next = found === null || found.dataset.kind === "group" ? partsOf(found ?? form).find((part) => part.dataset.key === key)
      : entryAt(found, key, read);
    if (!next) return found;
    found = next;
  }
  return found;
}

/** @param {HTMLElement} field @param {string | number} key @param {(field: HTMLElement) => import("./form-tree.js").Tree} read */
function entryAt(field, key, read) {
  if (field.dataset.kind !== "list" && field.dataset.kind !== "map") return undefined;
  const entries = entryFields(field);
  if (field.dataset.kind === "map") return entries.find(({ name }) => name?.value === key)?.field;
  return entries.filter(({ field: inner }) => !isEmpty(read(inner)))[Number(key)]?.field;
}

/** What can take the focus for a field: its control, else the field itself, or the first control in it. @param {HTMLElement} field */
export function focusOf(field) {
  const control = field.querySelector(":scope > [data-control]");
  const inner = field.hasAttribute("tabindex") ? field : field.querySelector("input, select, textarea");
  return /** @type {HTMLElement} */ (control ?? inner ?? field);
}
