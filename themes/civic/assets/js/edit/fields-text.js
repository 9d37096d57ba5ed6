/**
 * YAML as a person would write it, in the form of the importers (migrate/yaml/text.py): long text as a block, short lists on one
 * line, quotation marks only where they help. Every value is text, and is read as it was given.
 */

import { FORBIDDEN } from "./yaml.js";
import { lengthOf, stripped } from "./rules-words.js";

/**
 * A text, a list of such, or a group of keys in their order, each with such.
 * @typedef {string | any[] | Map<string, any>} Plain
 */

export const LINE = 100;   // characters in which a short list or group must fit to stand on one line
const CONTROLS = new RegExp(FORBIDDEN.source, "gu");
// Line ends of YAML 1.1 other than the line feed, the byte order mark, and C1 controls: only escapes keep them.
const ESCAPED = /[\r\x80-\x9f\u2028\u2029\ufeff]/;
const INDICATORS = "-?:,[]{}#&*!|>'\"%@`=<";
// Words that other YAML readers take for something else than text.
const WORDS = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", ".inf", "-.inf", ".nan", "", "~", "..."];
const IN_FLOW = /[,[\]{}:?]/;
const NAMED_KEY = /^[a-z_]+$/;
/** Keys whose value is true or false, which stand without quotation marks. */
export const BOOLEANS = ["either", "empty", "look_inside", "moving", "over", "required", "sensitive", "sources", "unique"];
/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P" };

/** A whole file. @param {Map<string, Plain>} values @returns {string} */
export const yamlText = (values) => (values.size ? group(values, 0).map((line) => `${line}\n`).join("") : "{}\n");

/**
 * The lines of one key and its value in a group that is indented.
 * @param {string} key
 * @param {Plain} value
 * @param {number} indent
 * @returns {string[]}
 */
export function entryLines(key, value, indent) {
  if (BOOLEANS.includes(key) && (value === "true" || value === "false")) return [`${gap(indent)}${key}: ${value}`];
  return entry(`${gap(indent)}${keyText(key)}:`, value, indent);
}

/**
 * A value as it follows a key that is indented: what stands on the key's line, then the lines below.
 * @param {string} key
 * @param {Plain} value
 * @param {number} indent
 * @returns {string[]}
 */
export function valueLines(key, value, indent) {
  const [first, ...rest] = entryLines(key, value, indent);
  return [first.slice(gap(indent).length + keyText(key).length + 1), ...rest];
}

/** The lines of one item of a list whose dashes are indented. @param {Plain} item @param {number} indent @returns {string[]} */
export function itemLines(item, indent) {
  if (typeof item === "string") return text(`${gap(indent)}-`, item, indent);
  if (!sizeOf(item)) return [`${gap(indent)}- ${item instanceof Map ? "{}" : "[]"}`];
  const [first, ...rest] = item instanceof Map ? group(item, indent + 2) : item.flatMap((each) => itemLines(each, indent + 2));
  return [`${gap(indent)}- ${first.slice(indent + 2)}`, ...rest];
}

/** A value as it stands inside brackets or braces. @param {Plain} value @returns {string} */
export function flowText(value) {
  if (typeof value === "string") return flow(value);
  if (value instanceof Map) return `{${[...value].map(([key, each]) => flowEntry(key, each)).join(", ")}}`;
  return `[${value.map(flowText).join(", ")}]`;
}

/** A key and its value as they stand inside braces. @param {string} key @param {Plain} value @returns {string} */
export function flowEntry(key, value) {
  const isBare = BOOLEANS.includes(key) && (value === "true" || value === "false");
  return `${keyText(key)}: ${isBare ? value : flowText(value)}`;
}

/** @param {number} indent @returns {string} */
const gap = (indent) => " ".repeat(indent);

/** @param {Plain[] | Map<string, Plain>} value @returns {number} */
const sizeOf = (value) => (value instanceof Map ? value.size : value.length);

/** @param {Map<string, Plain>} values @param {number} indent @returns {string[]} */
const group = (values, indent) => [...values].flatMap(([key, value]) => entryLines(key, value, indent));

/** A key, a single line as YAML demands. @param {string} key @returns {string} */
export const keyText = (key) => oneLine(key, !IN_FLOW.test(key));

/** @param {string} head @param {Plain} value @param {number} indent @returns {string[]} */
function entry(head, value, indent) {
  if (typeof value === "string") return text(head, value, indent);
  const short = inLine(value);
  if (short !== null && (!sizeOf(value) || lengthOf(head) + 1 + lengthOf(short) <= LINE)) return [`${head} ${short}`];
  return [head, ...(value instanceof Map ? group(value, indent + 2) : value.flatMap((item) => itemLines(item, indent + 2)))];
}

/**
 * A list of words, or a group of known keys with a word each; null when it holds more.
 * @param {Plain[] | Map<string, Plain>} value
 * @returns {string | null}
 */
function inLine(value) {
  if (!sizeOf(value)) return value instanceof Map ? "{}" : "[]";
  if (![...value.values()].every((word) => typeof word === "string" && !word.includes("\n"))) return null;
  // Names given by a city, such as those of notes, read better one below the other.
  if (value instanceof Map && ![...value.keys()].every((key) => NAMED_KEY.test(key))) return null;
  return flowText(value);
}

/** @param {string} given @returns {string} */
const flow = (given) => oneLine(given, !IN_FLOW.test(given));

/** @param {string} head @param {string} given @param {number} indent @returns {string[]} */
function text(head, given, indent) {
  const value = carried(given);
  if (!value.includes("\n") || ESCAPED.test(value) || !/[^\n]/.test(value)) return [`${head} ${oneLine(value, true)}`];
  const ends = value.length - value.replace(/\n+$/, "").length;
  const lines = value.split("\n");
  // Spaces at the very start would be taken for indentation, unless its width is said.
  const width = /^[ \t\n]/.test(value) ? "2" : "";
  return [`${head} |${width}${ends > 1 ? "+" : ends ? "" : "-"}`,
    ...(ends ? lines.slice(0, -1) : lines).map((line) => (line ? `${gap(indent + 2)}${line}` : ""))];
}

/** A text without the control characters that no file of a catalog can hold. @param {string} given @returns {string} */
const carried = (given) => given.replace(CONTROLS, "");

/** @param {string} given @param {boolean} mayBePlain @returns {string} */
function oneLine(given, mayBePlain) {
  const value = carried(given);
  if (mayBePlain && isPlain(value)) return value;
  if (needsEscapes(value)) return `"${[...value].map(escape).join("")}"`;
  return /["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
}

/** @param {string} value @returns {boolean} */
function isPlain(value) {
  return !(WORDS.includes(value.toLowerCase()) || value !== stripped(value) || INDICATORS.includes(value[0]) || value.endsWith(":")
    || value.includes(": ") || value.includes(" #") || value.includes("\t") || /^(?:---|\.\.\.)/.test(value) || needsEscapes(value));
}

/** @param {string} value @returns {boolean} */
const needsEscapes = (value) => /[\n\t]/.test(value) || ESCAPED.test(value);

/** @param {string} letter @returns {string} */
function escape(letter) {
  if (letter in ESCAPES) return ESCAPES[letter];
  if (letter === "\ufeff") return "\\uFEFF";
  return letter >= "\x80" && letter <= "\x9f" ? `\\x${letter.charCodeAt(0).toString(16).toUpperCase()}` : letter;
}
