/**
 * What readers write in a filter, as values of a column: the ends of a range, and single values.
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {number | bigint} End    comparable with what `comparables` gives
 */
import { daysOf, momentOf, timeOf } from "./calendar.js";
import { needsExactMoment } from "./cells.js";
import { digitsAt, nearest, parsed } from "./decimals.js";

const DAY = 86_400_000_000n; // in microseconds
const DATE_LENGTH = 10;

/** What the ends of ranges are compared with: the values of every row. @param {Column} column @returns {ArrayLike<End>} */
export function comparables(column) {
  return column.exact ?? /** @type {Float64Array} */ (column.numbers);
}

/**
 * An end of a range, which is in it; null when the text says none. "up" is for the lower end: the least value that is not below
 * what is written. A date as the upper end of moments takes the whole day in.
 * @param {Column} column @param {string | undefined} text @param {"up" | "down"} way @returns {End | null}
 */
export function endOf(column, text, way) {
  if (!text) return null;
  switch (column.kind) {
    case "date": return orNull(daysOf(text.slice(0, DATE_LENGTH)));
    case "time": return orNull(timeOf(text) / 1000);
    case "datetime": return momentEnd(column, text, way);
    default: return numberEnd(column, text, way);
  }
}

/** The value that a text names; null when the column cannot hold it. @param {Column} column @param {string} text */
export function valueOf(column, text) {
  const written = column.kind === "datetime" && text.length === DATE_LENGTH ? `${text}T00:00` : text;
  const value = endOf(column, written, "up");
  return value === endOf(column, written, "down") ? value : null;
}

/** @param {number} number */
function orNull(number) {
  return Number.isNaN(number) ? null : number;
}

/** @param {Column} column @param {string} text @param {"up" | "down"} way @returns {End | null} */
function numberEnd(column, text, way) {
  const number = parsed(text);
  if (!number) return null;
  const digits = digitsAt(number, column.scale ?? 0, way);
  return column.exact ? digits : nearest(digits, column.scale ?? 0);
}

/** @param {Column} column @param {string} text @param {"up" | "down"} way @returns {End | null} */
function momentEnd(column, text, way) {
  const moment = momentOf(text);
  if (!moment) return null;
  const clock = way === "down" && text.length === DATE_LENGTH ? moment.clock + DAY - 1n : moment.clock;
  if (column.exact) return clock;
  // Where a double cannot hold parts of a millisecond, the column has none.
  return needsExactMoment(clock) ? Number(digitsAt({ digits: clock, scale: 3 }, 0, way)) : Number(clock) / 1000;
}
