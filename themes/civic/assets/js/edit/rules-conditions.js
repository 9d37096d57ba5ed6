/** Reads what holds of the rows that a question asks about, as load/conditions.py does. */

import { note } from "./rules-records.js";
import { didYouMean, lengthOf } from "./rules-words.js";

/** @typedef {import("./yaml.js").Value} Value */
/** @typedef {import("./yaml.js").Group} Group */
/** @typedef {import("./rules-records.js").Reading} Reading */

const WORDS = ["from", "to", "contains", "empty"];
const MOST_VALUES = 50;
const LONGEST = 400;
const FORMS = "Write a value, a list of values, {from: , to: }, {contains: }, {empty: true} or {empty: false}.";
const TOGETHER = ["from", "to", "from to", "contains", "empty"];

/** @type {import("./rules-records.js").Reader} */
export function conditions(kind, name, value, reading) {
  if (value.is !== "group") {
    note(reading, "value-kind", value, `"${name}" should be a group of columns and values`, `For example: ${name}: {status: Closed}`);
    return null;
  }
  const most = kind.most ?? 10;
  if (value.entries.size > most) {
    note(reading, "list-length", value, `"${name}" has ${value.entries.size} columns here; ${most} fit`, "Keep those that matter most.");
    return null;
  }
  const read = new Map();
  for (const [column, below] of value.entries) {
    const condition = below.is === "group" ? ofWords(column, below, reading) : anyOf(column, below, reading);
    if (condition !== null) read.set(column, condition);
  }
  return read;
}

/** @param {string} column @param {Exclude<Value, Group>} value @param {Reading} reading */
function anyOf(column, value, reading) {
  const items = value.is === "list" ? value.items : [value];
  const texts = items.map((item) => text(column, item, reading));
  if (!texts.length || texts.length > MOST_VALUES) {
    note(reading, "list-length", value, `"${column}" has ${texts.length} values here; 1 to ${MOST_VALUES} fit`, FORMS);
    return null;
  }
  return texts.includes(null) ? null : { is: [...new Set(texts)] };
}

/** @param {string} name @param {Value} value @param {Reading} reading @returns {string | null} */
function text(name, value, reading) {
  const given = value.is === "scalar" ? value.text : null;
  if (given && lengthOf(given) <= LONGEST) return given;
  note(reading, "value-kind", value, `"${name}" should be ${given ? "a text of up to 400 characters" : "one value"} here`, FORMS);
  return null;
}

/** @param {string} column @param {Group} value @param {Reading} reading */
function ofWords(column, value, reading) {
  /** @type {Record<string, string>} */
  const given = {};
  const wrong = [...value.entries.keys()].filter((word) => !WORDS.includes(word));
  for (const word of wrong) {
    const key = /** @type {import("./yaml.js").Scalar} */ (value.keys.get(word));
    note(reading, "key-unknown", key, `"${word}" says nothing about a value`, didYouMean(word, WORDS));
  }
  for (const [word, below] of value.entries) {
    const read = wrong.includes(word) ? null : text(word, below, reading);
    if (read !== null) given[word] = read;
  }
  if (wrong.length || Object.keys(given).length < value.entries.size) return null;
  if (!TOGETHER.includes(Object.keys(given).sort().join(" "))) {
    note(reading, "value-kind", value, `"${column}" should say one thing about its values`, FORMS);
    return null;
  }
  if ("empty" in given && given.empty !== "true" && given.empty !== "false") {
    const place = /** @type {Value} */ (value.entries.get("empty"));
    note(reading, "boolean-invalid", place, `empty: "${given.empty}" is neither true nor false`, "Write true or false.");
    return null;
  }
  return given;
}
