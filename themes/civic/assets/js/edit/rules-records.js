/** Reads groups, lists and maps of a file as load/fields.py and load/conditions.py read them, and notes what is wrong. */

import { conditions } from "./rules-conditions.js";
import { isInLanguages, PLAIN } from "./rules-values.js";
import { closest, didYouMean, folded, grouped } from "./rules-words.js";
import { isNothing, NULLS } from "./yaml.js";

/** @typedef {import("./rules.js").Kind} Kind */
/** @typedef {import("./rules.js").Key} Key */
/** @typedef {import("./rules.js").Rules} Rules */
/** @typedef {import("./yaml.js").Value} Value */
/** @typedef {import("./yaml.js").Scalar} Scalar */
/** @typedef {import("./yaml.js").Group} Group */
/** @typedef {import("./yaml.js").Fault} Fault */
/**
 * @typedef {Record<string, any>} Read values by key: texts, arrays for lists, Maps for names of one's own, groups; null for none
 */
/** @typedef {{rules: Rules, lines: string[], faults: Fault[]}} Reading */
/** @typedef {(kind: Kind, name: string, value: Value, reading: Reading) => any} Reader */

/**
 * Note a problem at a value.
 * @param {Reading} reading
 * @param {string} code
 * @param {Value} value
 * @param {string} says
 * @param {string} [fix]
 */
export function note(reading, code, value, says, fix = "") {
  reading.faults.push({ code, line: value.line, column: value.column, width: value.width, says, fix });
}

/** A record of which nothing was said. @param {string} group @param {Rules} rules @returns {Read} */
export function emptyRecord(group, rules) {
  return Object.fromEntries(rules.groups[group].keys.map((key) => [key.name, startOf(key)]));
}

/** @param {Key} key */
function startOf({ kind, default: given }) {
  if (kind.is === "ListOf") return given ?? [];
  return kind.is === "MapOf" || kind.is === "Conditions" ? new Map() : given;
}

/**
 * Read one group of keys. Keys that are unknown, missing or wrong are noted.
 * @param {string} group
 * @param {Group} value
 * @param {Reading} reading
 * @returns {Read}
 */
export function readRecord(group, value, reading) {
  const { called, keys } = reading.rules.groups[group];
  const known = new Map(keys.map((key) => [key.name, key]));
  const record = emptyRecord(group, reading.rules);
  /** @type {Set<string | null>} */
  const told = new Set();
  for (const [name, below] of value.entries) {
    const key = known.get(name);
    if (!key) {
      note(reading, "key-unknown", at(value, name), `"${name}" is not a key of ${called}`, didYouMean(name, known.keys(), 30));
      told.add(closest(name, known.keys()));
    } else if (!(below.is === "scalar" && below.text === null) || key.kind.is === "Boolean") {
      const read = readValue(key.kind, name, below, reading);
      if (read !== null) {
        record[name] = read;
        told.add(name);
      }
    }
  }
  for (const key of keys) if (key.needed !== "no" && !told.has(key.name) && !wasRefused(value, key.name)) missing(key, value, reading);
  return record;
}

/** @param {Key} key @param {Group} value @param {Reading} reading */
function missing(key, value, reading) {
  const fix = key.example ? `${key.doc} For example: ${key.name}: ${key.example}` : key.doc;
  note(reading, key.code, value, `"${key.name}" is missing${key.requires}`, fix);
}

/** Where a key stands. @param {Group} group @param {string} name @returns {Scalar} */
export const at = (group, name) => /** @type {Scalar} */ (group.keys.get(name));

/** @param {Group} group @param {string} name @returns {boolean} */
function wasRefused(group, name) {
  const value = group.entries.get(name);
  return value !== undefined && !(value.is === "scalar" && isNothing(value));
}

/** @type {Reader} */
export function readValue(kind, name, value, reading) {
  return (READERS[kind.is] ?? PLAIN[kind.is])(kind, name, value, reading);
}

/** @type {Reader} */
function list(kind, name, value, reading) {
  const of = /** @type {Kind} */ (kind.of);
  if (of.is === "Prose" && isInLanguages(value)) {
    const lists = [...value.entries].map(([tag, given]) => ({ tag, items: given.is === "list" ? given.items : [given] }));
    const fit = lists.filter(({ tag, items }) => hasRoom(kind, name, value.entries.get(tag) ?? value, items.length, reading));
    return [...new Set(fit.flatMap(({ tag, items }) => items.map((item) => readValue(of, `${name}: ${tag}`, item, reading))))];
  }
  const items = value.is === "list" ? value.items : [value];
  if (value.is === "group" && (of.is === "ListOf" || of.is === "Phrase")) {
    note(reading, "value-kind", value, `"${name}" should be a list, and is a group of keys`, "Write it as [one, two].");
    return null;
  }
  if (!hasRoom(kind, name, value, items.length, reading)) return null;
  if (of.is === "Text" || of.is === "Prose") items.forEach((item) => noteNull(name, item, reading));
  const read = items.map((item) => readValue(of, name, item, reading));
  // An entry that was refused keeps its place, because the places of the others are where their problems point.
  if (of.is === "Record") return read.map((item) => item ?? emptyRecord(/** @type {string} */ (of.group), reading.rules));
  if (kind.distinct) return distinct(items, read, reading);
  return [...new Set(read.filter((item) => item !== null))];
}

/**
 * @param {Kind} kind
 * @param {string} name
 * @param {Value} value
 * @param {number} entries
 * @param {Reading} reading
 * @returns {boolean}
 */
function hasRoom(kind, name, value, entries, reading) {
  const least = kind.is === "ListOf" ? kind.least ?? 0 : 0;
  if (entries < least) {
    note(reading, "list-length", value, `"${name}" needs a list of ${least} or more here, and this is ${entries}`,
      "Add what belongs to it, with brackets around the whole list, or delete it.");
    return false;
  }
  if (typeof kind.most !== "number" || entries <= kind.most) return true;
  note(reading, "list-length", value, `"${name}" has ${grouped(entries)} entries here; ${grouped(kind.most)} fit`,
    "Keep those that matter most.");
  return false;
}

/** @param {Value[]} items @param {(string | null)[]} read @param {Reading} reading @returns {string[]} */
function distinct(items, read, reading) {
  /** @type {Map<string, string>} */
  const found = new Map();
  read.forEach((text, place) => {
    if (text === null) return;
    if (found.has(folded(text))) {
      note(reading, "word-repeated", items[place], `"${text}" stands in this list already`, "Delete one of the two.");
    } else found.set(folded(text), text);
  });
  return [...found.values()];
}

/**
 * A list of texts has no use for nothing, so the word itself was meant.
 * @param {string} name
 * @param {Value} item
 * @param {Reading} reading
 */
function noteNull(name, item, reading) {
  if (item.is !== "scalar" || item.text !== null) return;
  const word = written(item, reading);
  if (!word || !NULLS.has(word)) return;
  note(reading, "value-kind", item, `"${name}" should be a list of texts, and ${word} means nothing at all to YAML`,
    `Put the word in quotation marks: "${word}".`);
}

/** A value of one line as it stands in the file. @param {Value} value @param {Reading} reading @returns {string} */
export function written(value, reading) {
  const line = [...(reading.lines[value.line - 1] ?? "")];
  return line.slice(value.column - 1, value.column - 1 + value.width).join("").trim();
}

/** @type {Reader} */
function record(kind, name, value, reading) {
  const group = /** @type {string} */ (kind.group);
  if (value.is === "group") return readRecord(group, value, reading);
  const keys = reading.rules.groups[group].keys.map((key) => key.name);
  note(reading, "value-kind", value, `"${name}" should be a group of keys`, `Its keys are: ${keys.join(", ")}.`);
  return null;
}

/** @type {Reader} */
function map(kind, name, value, reading) {
  const of = /** @type {Kind} */ (kind.of);
  if (value.is !== "group") {
    note(reading, "value-kind", value, `"${name}" should be a group of names and values`, `For example: ${name}: {NAME: value}`);
    return null;
  }
  if (!hasRoom(kind, name, value, value.entries.size, reading)) return null;
  const read = new Map();
  for (const [each, below] of value.entries) {
    const key = at(value, each);
    if (kind.names && readValue(kind.names, name, key, reading) === null) continue;
    const isEmpty = below.is === "scalar" && below.text === null && of.is === "Record";
    const result = readValue(of, each, isEmpty ? nothing(key) : below, reading);
    if (result !== null) read.set(each, result);
    else if (of.is === "Text" || of.is === "Prose") read.set(each, "");
    else if (of.is === "Record") read.set(each, emptyRecord(/** @type {string} */ (of.group), reading.rules));
  }
  return read;
}

/** A group without keys, where its name stands. @param {Scalar} key @returns {Group} */
const nothing = (key) => (
  { is: "group", entries: new Map(), keys: new Map(), line: key.line, column: key.column, width: 1, start: key.end, end: key.end,
    inFlow: false });

/** @type {Record<string, Reader>} */
const READERS = { ListOf: list, Record: record, MapOf: map, Conditions: conditions };
