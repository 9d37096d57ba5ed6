/**
 * Columns made from texts or from whole numbers, and columns put together.
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {import("./columns.js").Kind} Kind
 */
import { daysOf, momentOf, timeOf } from "./calendar.js";
import { TEXT_KINDS, digitsOf, needsExact, needsExactMoment, textOf } from "./cells.js";
import { nearest, parsed, power } from "./decimals.js";

const BOOLEANS = new Map([["true", "true"], ["True", "true"], ["TRUE", "true"], ["1", "true"],
  ["false", "false"], ["False", "false"], ["FALSE", "false"], ["0", "false"]]);
const YEAR = /^[0-9]{4}$/;

/**
 * A column of raw texts as they stand in a CSV file; null and "" are no value. One of which a cell is not of the kind is text.
 * @param {string} name @param {Kind} kind @param {readonly (string | null)[]} texts @returns {Column}
 */
export function column(name, kind, texts) {
  if (kind === "boolean") {
    const read = texts.map((text) => (text ? BOOLEANS.get(text) : ""));
    const isRight = !read.includes(undefined);
    return columnOfTexts(name, isRight ? kind : "text", isRight ? /** @type {string[]} */ (read) : texts);
  }
  if (TEXT_KINDS.includes(kind)) return columnOfTexts(name, kind, texts);
  const made = kind === "datetime" ? momentsOf(name, texts)
    : kind === "integer" || kind === "number" ? numbersOf(name, kind, texts)
    : simpleOf(name, kind, texts);
  return made ?? columnOfTexts(name, "text", texts);
}

/** @param {string} name @param {Kind} kind @param {readonly (string | null)[]} texts @returns {Column} */
export function columnOfTexts(name, kind, texts) {
  const places = new Map([["", 0]]);
  const codes = Uint32Array.from(texts, (text) => {
    const place = places.get(text ?? "");
    if (place !== undefined) return place;
    places.set(/** @type {string} */ (text), places.size);
    return places.size - 1;
  });
  return { name, kind, length: texts.length, codes, values: [...places.keys()] };
}

/** @param {string} name @param {Kind} kind @param {readonly (string | null)[]} texts @returns {Column | null} */
function simpleOf(name, kind, texts) {
  const read = kind === "date" ? daysOf : kind === "time" ? (/** @type {string} */ text) => timeOf(text) / 1000
    : (/** @type {string} */ text) => (YEAR.test(text) ? Number(text) : NaN);
  const numbers = Float64Array.from(texts, (text) => (text ? read(text) : NaN));
  const isRight = texts.every((text, row) => !text || !Number.isNaN(numbers[row]));
  return isRight ? { name, kind, length: texts.length, numbers } : null;
}

/** @param {string} name @param {readonly (string | null)[]} texts @returns {Column | null} */
function momentsOf(name, texts) {
  const moments = texts.map((text) => (text ? momentOf(text) : undefined));
  const offsets = new Set(moments.flatMap((moment) => (moment ? [moment.offset] : [])));
  if (moments.includes(null)) return null;
  // Where clocks differ from one another, the text of a cell is kept beside its clock.
  if (offsets.size > 1) return { ...columnOfTexts(name, "datetime", texts), numbers: clocksOf(moments) };
  const made = columnOfMoments(name, moments.map((moment) => moment?.clock ?? null));
  const [offset] = offsets;
  return offset ? { ...made, offset } : made;
}

/** @param {readonly ({clock: bigint} | null | undefined)[]} moments */
function clocksOf(moments) {
  return Float64Array.from(moments, (moment) => (moment ? Number(moment.clock) / 1000 : NaN));
}

/** @param {string} name @param {readonly (bigint | null)[]} clocks    microseconds since 1970 @returns {Column} */
export function columnOfMoments(name, clocks) {
  const numbers = Float64Array.from(clocks, (clock) => (clock === null ? NaN : Number(clock) / 1000));
  /** @type {Column} */
  const made = { name, kind: "datetime", length: clocks.length, numbers };
  if (clocks.some((clock) => clock !== null && needsExactMoment(clock))) {
    made.exact = BigInt64Array.from(clocks, (clock) => clock ?? 0n);
  }
  return made;
}

/**
 * Numbers as they are written; null when a text is none.
 * @param {string} name @param {Kind} kind @param {readonly (string | null)[]} texts @returns {Column | null}
 */
export function numbersOf(name, kind, texts) {
  const read = texts.map((text) => (text ? parsed(text) : undefined));
  if (read.includes(null)) return null;
  const scale = read.reduce((most, number) => Math.max(most, number?.scale ?? 0), 0);
  const digits = read.map((number) => (number ? number.digits * power(scale - number.scale) : null));
  return columnOfDigits(name, kind, digits, scale);
}

/**
 * A column of numbers that are digits times 10^-scale; null is no value.
 * @param {string} name @param {Kind} kind @param {readonly (bigint | number | null)[]} digits @param {number} scale
 * @returns {Column}
 */
export function columnOfDigits(name, kind, digits, scale) {
  const numbers = Float64Array.from(digits, (each) => (each === null ? NaN : nearest(each, scale)));
  /** @type {Column} */
  const made = { name, kind, length: digits.length, numbers, scale };
  if (digits.some((each) => each !== null && needsExact(each, scale))) {
    made.exact = compact(digits.map((each) => BigInt(each ?? 0)));
  }
  return made;
}

/** @param {bigint[]} digits */
function compact(digits) {
  return digits.every((each) => BigInt.asIntN(64, each) === each) ? BigInt64Array.from(digits) : digits;
}

/** Portions of one column put together, in their order. @param {readonly Column[]} columns    at least one @returns {Column} */
export function joined(columns) {
  const [first] = columns;
  if (columns.length === 1) return first;
  const isAlike = columns.every(({ kind, scale, offset }) =>
    kind === first.kind && scale === first.scale && offset === first.offset);
  if (!isAlike) {
    const kind = columns.every((each) => each.kind === first.kind) ? first.kind : "text";
    const texts = columns.flatMap((each) => Array.from({ length: each.length }, (_, row) => textOf(each, row)));
    return column(first.name, kind, texts);
  }
  const length = columns.reduce((rows, each) => rows + each.length, 0);
  if (!first.codes) return joinedNumbers(columns, length);
  const texts = joinedTexts(columns, length);
  return first.numbers ? { ...texts, numbers: joinedNumbers(columns, length).numbers } : texts;
}

/** @param {readonly Column[]} columns @param {number} length @returns {Column} */
function joinedTexts(columns, length) {
  const codes = new Uint32Array(length);
  const places = new Map([["", 0]]);
  let start = 0;
  for (const each of columns) {
    const own = /** @type {Uint32Array} */ (each.codes);
    const moved = Uint32Array.from(/** @type {string[]} */ (each.values), (text) => {
      const place = places.get(text) ?? places.size;
      places.set(text, place);
      return place;
    });
    for (let row = 0; row < own.length; row++) codes[start + row] = moved[own[row]];
    start += own.length;
  }
  return { ...columns[0], length, codes, values: [...places.keys()] };
}

/** @param {readonly Column[]} columns @param {number} length @returns {Column} */
function joinedNumbers(columns, length) {
  const numbers = new Float64Array(length);
  const isExact = columns.some((each) => each.exact);
  const isWide = columns.some((each) => Array.isArray(each.exact));
  const exact = isExact ? (isWide ? new Array(length) : new BigInt64Array(length)) : undefined;
  let start = 0;
  for (const each of columns) {
    const own = /** @type {Float64Array} */ (each.numbers);
    numbers.set(own, start);
    for (let row = 0; exact && row < own.length; row++) exact[start + row] = Number.isNaN(own[row]) ? 0n : digitsOf(each, row);
    start += own.length;
  }
  const { exact: _, ...first } = columns[0];
  return exact ? { ...first, length, numbers, exact } : { ...first, length, numbers };
}
