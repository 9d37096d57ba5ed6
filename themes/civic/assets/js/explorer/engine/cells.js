/**
 * What stands in the cells of a column, and when a double is not enough to hold it.
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {import("./columns.js").Kind} Kind
 */
import { dateText, momentText, timeText } from "./calendar.js";
import { EXACT_POWERS, decimalText, plain } from "./decimals.js";

/** Digits of numbers with decimals survive in a double up to here; whole numbers do up to 2^53. */
const SAFE_DIGITS = 1e15;
/** Moments with parts of a millisecond survive up to here, in milliseconds: the year 2109, and as far before 1970. */
const SAFE_MOMENT = 2 ** 42;

/** Kinds that hold texts; the others hold numbers. @type {readonly Kind[]} */
export const TEXT_KINDS = ["text", "boolean", "geometry"];

/**
 * Whether digits (times 10^-scale) have to be kept in `exact`, since a double might not give them back.
 * @param {number | bigint} digits @param {number} scale
 */
export function needsExact(digits, scale) {
  const most = scale ? SAFE_DIGITS : Number.MAX_SAFE_INTEGER;
  return scale > EXACT_POWERS || digits > most || digits < -most;
}

/** Whether a moment has to be kept in `exact`. @param {bigint} microseconds */
export function needsExactMoment(microseconds) {
  const milliseconds = Number(microseconds) / 1000;
  return microseconds % 1000n !== 0n && (milliseconds >= SAFE_MOMENT || milliseconds <= -SAFE_MOMENT);
}

/** Whether a row has a value. @param {Column} column @param {number} row */
export function isFilled(column, row) {
  return column.codes ? column.codes[row] !== 0 : !Number.isNaN(/** @type {Float64Array} */ (column.numbers)[row]);
}

/**
 * The value of a row as text, raw, as it stands in a CSV file; null for no value.
 * @param {Column} column @param {number} row
 */
export function textOf(column, row) {
  if (column.codes) return column.codes[row] ? /** @type {string[]} */ (column.values)[column.codes[row]] : null;
  const number = /** @type {Float64Array} */ (column.numbers)[row];
  return Number.isNaN(number) ? null : textOfNumber(column, number, column.exact?.[row]);
}

/**
 * A value of a column that holds numbers, as text.
 * @param {Column} column @param {number} number    as in `numbers`
 * @param {bigint} [exact]    as in `exact`, where there is one
 */
export function textOfNumber(column, number, exact) {
  switch (column.kind) {
    case "date": return dateText(number);
    case "time": return timeText(Math.round(number * 1000));
    case "datetime": return momentText(...partsOfMoment(number, exact)) + (column.offset ?? "");
    case "year": return `${number}`.padStart(4, "0");
    default: return exact === undefined ? plain(number) : decimalText(exact, column.scale ?? 0);
  }
}

/**
 * A moment as whole milliseconds and the microseconds beyond.
 * @param {number} number @param {bigint} [exact] @returns {[number, number]}
 */
function partsOfMoment(number, exact) {
  if (exact !== undefined) {
    const beyond = ((exact % 1000n) + 1000n) % 1000n;
    return [Number((exact - beyond) / 1000n), Number(beyond)];
  }
  const whole = Math.floor(number);
  const beyond = Math.round((number - whole) * 1000);
  return beyond === 1000 ? [whole + 1, 0] : [whole, beyond];
}

/**
 * The digits of a number (times 10^-scale) or the microseconds of a moment or time.
 * @param {Column} column @param {number} row
 */
export function digitsOf(column, row) {
  if (column.exact) return column.exact[row];
  const number = /** @type {Float64Array} */ (column.numbers)[row];
  if (column.kind === "datetime") {
    const [milliseconds, beyond] = partsOfMoment(number);
    return BigInt(milliseconds) * 1000n + BigInt(beyond);
  }
  return BigInt(Math.round(number * (column.kind === "time" ? 1000 : 10 ** (column.scale ?? 0))));
}

/** Some rows of a column, in the order given. @param {Column} column @param {Uint32Array} rows @returns {Column} */
export function picked(column, rows) {
  const { codes, numbers, exact } = column;
  /** @type {Column} */
  const made = { ...column, length: rows.length };
  if (codes) made.codes = rows.map((row) => codes[row]);
  if (numbers) made.numbers = Float64Array.from(rows, (row) => numbers[row]);
  if (exact instanceof BigInt64Array) made.exact = BigInt64Array.from(rows, (row) => exact[row]);
  else if (exact) made.exact = Array.from(rows, (row) => exact[row]);
  return made;
}
