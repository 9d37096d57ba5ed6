/** The data dictionary: what its columns say, and whether their constraints fit. check/metadata.py and load/dictionary.py. */

import { unknown } from "./rules-dataset.js";
import { isoDay, isoMoment, isoTime } from "./rules-iso.js";
import { stripped } from "./rules-words.js";
import { holds, keyAt, placeAt, valueAt } from "./yaml.js";

/** @typedef {import("./rules-links.js").Asked} Asked */
/** @typedef {import("./rules-links.js").Path} Path */
/** @typedef {import("./rules-records.js").Read} Read */
/** @typedef {import("./yaml.js").Value} Value */
/** @typedef {[string, Value, string, string]} Told */
/** @typedef {{path: Path, column: Read, isShared?: boolean}} Entry */

const NUMERIC = ["integer", "number", "year"];
const DECIMAL = /^[+-]?(?:\p{Nd}+(?:\.\p{Nd}*)?|\.\p{Nd}+)(?:[eE][+-]?\p{Nd}+)?$/u;

/** Each column of each dictionary with the keys that lead to it. @param {Asked} asked @returns {Entry[]} */
export function entriesOf({ record }) {
  const entries = [...record.columns].map(([name, column]) => ({ path: ["columns", name], column }));
  record.files.forEach((/** @type {Read} */ file, /** @type {number} */ place) => {
    for (const [name, column] of file.columns) entries.push({ path: ["files", place, "columns", name], column });
  });
  return entries;
}

/**
 * The columns of one file, and which of them are personal.
 * @param {Asked} asked
 * @param {Read} file
 * @returns {Map<string, {isSensitive: boolean}>}
 */
export function dictionaryOf(asked, file) {
  const described = file.columns.size ? file.columns : asked.record.columns;
  return new Map([...described].map(([name, column]) => {
    const above = asked.record.columns.get(name);
    return [name, { isSensitive: isSensitive(column, asked) || (above !== undefined && isSensitive(above, asked)) }];
  }));
}

/** @param {Read} column @param {Asked} asked @returns {boolean} */
const isSensitive = (column, { known }) => column.sensitive || Boolean(known.columns[column.standard ?? ""]?.sensitive);

/** @param {Asked} asked @param {Entry[]} entries @returns {Told[]} */
export function columnRules(asked, entries) {
  return entries.flatMap((entry) => [...(entry.isShared ? [] : meaning(asked, entry)), ...constraints(asked, entry),
    ...(entry.isShared ? [] : references(asked, entry))]);
}

/** @param {Asked} asked @param {Entry} entry @returns {Generator<Told>} */
function* meaning(asked, { path, column }) {
  const { root, known } = asked;
  const shared = known.columns[column.standard ?? ""];
  const isElsewhere = column.standard !== null && !known.ids.columns.includes(column.standard);   // and that is reported
  const hasWords = column.title || column.description || shared?.title || shared?.description
    || holds(root, ...path, "title") || holds(root, ...path, "description");
  const isRefused = holds(root, ...path) && valueAt(root, path)?.is !== "group";
  if (hasWords || isSensitive(column, asked) || isElsewhere || isRefused) return;
  yield ["meaning-missing", keyAt(root, path), `column \`${path[path.length - 1]}\` has neither title nor description`,
    "Add `title:` with what it holds, in a resident's words."];
}

/** @param {Asked} asked @param {Entry} entry @returns {Generator<Told>} */
function* references(asked, { path, column }) {
  if (column.standard !== null) yield* unknown(asked, "columns", column.standard, [...path, "standard"]);
  const target = column.foreign_key?.dataset;
  if (target) yield* unknown(asked, "datasets", target, [...path, "foreign_key", "dataset"]);
}

/** @param {Asked} asked @param {Entry} entry @returns {Generator<Told>} */
function* constraints(asked, { path, column }) {
  const { root, known, rules: { types } } = asked;
  const kind = column.type ?? known.columns[column.standard ?? ""]?.type;
  if (!kind) return;
  /** @param {string} name @param {string} says @returns {Told} */
  const unfit = (name, says) => ["constraint-unfit", placeAt(root, [...path, name]), says, "Change the type or the constraint."];
  for (const [name, fitting] of /** @type {[string, string[]][]} */ ([
    ["minimum", types.ordered], ["maximum", types.ordered], ["min_length", types.textual], ["max_length", types.textual],
    ["pattern", types.textual], ["format", types.dated]])) {
    if (column[name] !== null && !fitting.includes(kind)) yield unfit(name, `"${name}" does not fit a column of type ${kind}`);
  }
  if (!types.ordered.includes(kind)) return;
  const [low, high] = ["minimum", "maximum"].map((name) => (column[name] === null ? undefined : bound(column[name], kind)));
  if (low === null) yield unfit("minimum", `"${column.minimum}" is not a value of type ${kind}`);
  if (high === null) yield unfit("maximum", `"${column.maximum}" is not a value of type ${kind}`);
  if (low && high && exceeds(low, high)) yield unfit("maximum", `the maximum ${column.maximum} is less than the minimum ${column.minimum}`);
}

/** @typedef {{number?: Exact, at?: bigint, hasOffset?: boolean}} Bound */
/** @typedef {{digits: bigint, power: number}} Exact a number as it is written: digits times a power of ten */

/**
 * A bound as a value of its column's type; null when it is not one.
 * @param {string} text
 * @param {string} kind
 * @returns {Bound | null}
 */
function bound(text, kind) {
  if (NUMERIC.includes(kind)) {
    const number = exact(text);
    return number && { number };
  }
  if (kind === "date") {
    const day = isoDay(text);
    return day === null ? null : { at: BigInt(day), hasOffset: false };
  }
  return kind === "datetime" ? isoMoment(text) : isoTime(text);
}

/** A number as Python's Decimal reads it, where it is finite. @param {string} text @returns {Exact | null} */
function exact(text) {
  const bare = stripped(text).replaceAll("_", "");
  if (!DECIMAL.test(bare)) return null;
  const [mantissa, exponent = "0"] = bare.toLowerCase().split("e");
  const [whole, part = ""] = mantissa.replace(/^[+-]/, "").split(".");
  const digits = BigInt([...`${whole}${part}`].map(digitOf).join("") || "0");
  const power = Number([...exponent].map((sign) => ("+-".includes(sign) ? sign : digitOf(sign))).join("")) - [...part].length;
  return { digits: mantissa.startsWith("-") ? -digits : digits, power };
}

/** @param {string} letter a digit of any script @returns {number} */
function digitOf(letter) {
  if (letter >= "0" && letter <= "9") return Number(letter);
  const code = /** @type {number} */ (letter.codePointAt(0));
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return value;
}

/** @param {Bound} low @param {Bound} high @returns {boolean} */
function exceeds(low, high) {
  if (low.number && high.number) return isMore(low.number, high.number);
  // One names its offset and the other does not: which is later depends on where one is.
  return low.hasOffset === high.hasOffset && /** @type {bigint} */ (low.at) > /** @type {bigint} */ (high.at);
}

/** @param {Exact} one @param {Exact} other @returns {boolean} */
function isMore(one, other) {
  const shift = one.power - other.power;
  if (!one.digits || !other.digits || one.digits < 0n !== other.digits < 0n) return one.digits > other.digits;
  if (Math.abs(shift) > 1_000) return shift > 0 === one.digits > 0n;
  return shift > 0 ? one.digits * 10n ** BigInt(shift) > other.digits : one.digits > other.digits * 10n ** BigInt(-shift);
}
