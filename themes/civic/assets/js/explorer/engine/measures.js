/**
 * What is counted or computed of the rows of each group. Empty cells do not take part. Nothing is lost on the way: sums are
 * sums of whole digits, and a mean or median is rounded once, to the double nearest to it, as Python does with fractions.
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {"count" | "sum" | "mean" | "median" | "min" | "max"} Measure
 *
 * @typedef {object} Grouping
 * @property {Uint32Array} rows    of the table
 * @property {Uint32Array} ids     the group of each of them
 * @property {number} count        of groups
 *
 * @typedef {object} Measured
 * @property {(string | null)[]} texts             the value of each group, raw
 * @property {(number | bigint | null)[]} orders   what it is ordered by
 * @property {() => Uint32Array} [filled]          rows of each group with a value, where a column is measured
 */
import { isFilled, textOf } from "./cells.js";
import { decimalText, plain, power, quotient } from "./decimals.js";
import { ranks } from "./folding.js";

/** @type {readonly string[]} */
export const MEASURES = ["count", "sum", "mean", "median", "min", "max"];

const HALF = 2 ** 26; // digits are added in two parts, so that 2^26 rows of any safe size add up without a loss

/**
 * The measure of each group; null where a column cannot be measured so.
 * @param {Measure} measure @param {Column | undefined} column    for "count", rows are counted without one
 * @param {Grouping} grouping @returns {Measured}
 */
export function measured(measure, column, grouping) {
  if (measure === "count") return countsOf(column ? filledOf(column, grouping) : rowsOf(grouping));
  if (!column || !canMeasure(measure, column)) return nothing(grouping.count);
  return { ...valuesOf(measure, column, grouping), filled: () => filledOf(column, grouping) };
}

/** @param {Measure} measure @param {Column} column @param {Grouping} grouping @returns {Measured} */
function valuesOf(measure, column, grouping) {
  switch (measure) {
    case "sum": return sumsOf(column, grouping);
    case "mean": return meansOf(column, grouping);
    case "median": return mediansOf(column, grouping);
    default: return endsOf(column, grouping, measure === "max");
  }
}

/** Whether a measure can be taken of a column. @param {Measure} measure @param {Column} column */
export function canMeasure(measure, { kind }) {
  if (measure === "min" || measure === "max") return kind !== "geometry";
  return measure === "count" || kind === "integer" || kind === "number";
}

/** Rows of each group. @param {Grouping} grouping */
export function rowsOf({ ids, count }) {
  const rows = new Uint32Array(count);
  for (let at = 0; at < ids.length; at++) rows[ids[at]]++;
  return rows;
}

/** Rows of each group that have a value. @param {Column} column @param {Grouping} grouping */
function filledOf(column, { rows, ids, count }) {
  const filled = new Uint32Array(count);
  for (let at = 0; at < ids.length; at++) if (isFilled(column, rows[at])) filled[ids[at]]++;
  return filled;
}

/** @param {Uint32Array} counts @returns {Measured} */
function countsOf(counts) {
  return { texts: Array.from(counts, String), orders: Array.from(counts) };
}

/** @param {number} count @returns {Measured} */
function nothing(count) {
  return { texts: new Array(count).fill(null), orders: new Array(count).fill(null) };
}

/** @param {Column} column @param {Grouping} grouping @returns {Measured} */
function sumsOf(column, grouping) {
  const orders = digitSums(column, grouping);
  return { texts: orders.map((sum) => decimalText(sum, column.scale ?? 0)), orders };
}

/** The sum of the digits in each group. @param {Column} column @param {Grouping} grouping @returns {bigint[]} */
function digitSums(column, { rows, ids, count }) {
  const { exact } = column;
  if (exact) {
    const sums = new Array(count).fill(0n);
    for (let at = 0; at < ids.length; at++) sums[ids[at]] += exact[rows[at]];
    return sums;
  }
  const [highs, lows] = [new Float64Array(count), new Float64Array(count)];
  const numbers = /** @type {Float64Array} */ (column.numbers);
  const unit = 10 ** (column.scale ?? 0);
  for (let at = 0; at < ids.length; at++) {
    const number = numbers[rows[at]];
    if (Number.isNaN(number)) continue;
    const digits = Math.round(number * unit);
    const high = Math.trunc(digits / HALF);
    highs[ids[at]] += high;
    lows[ids[at]] += digits - high * HALF;
  }
  return Array.from(highs, (high, group) => BigInt(high) * BigInt(HALF) + BigInt(lows[group]));
}

/** @param {Column} column @param {Grouping} grouping @returns {Measured} */
function meansOf(column, grouping) {
  const filled = filledOf(column, grouping);
  const unit = power(column.scale ?? 0);
  const sums = digitSums(column, grouping);
  return ofDoubles(sums.map((sum, at) => (filled[at] ? quotient(sum, unit * BigInt(filled[at])) : null)));
}

/** @param {(number | null)[]} doubles @returns {Measured} */
function ofDoubles(doubles) {
  return { texts: doubles.map((each) => (each === null ? null : plain(each))), orders: doubles };
}

/** @param {Column} column @param {Grouping} grouping @returns {Measured} */
function mediansOf(column, grouping) {
  const { starts, values } = byGroup(column, grouping);
  const scale = column.scale ?? 0;
  const digits = (/** @type {number | bigint} */ value) =>
    typeof value === "bigint" ? value : BigInt(Math.round(value * 10 ** scale));
  const doubles = Array.from({ length: grouping.count }, (_, group) => {
    const [start, end] = [starts[group], starts[group + 1]];
    if (start === end) return null;
    const own = values.slice(start, end);
    if (Array.isArray(own)) own.sort((a, b) => (a < b ? -1 : Number(a > b)));
    else own.sort();
    const middle = own.length >> 1;
    return quotient(digits(own[middle]) + digits(own[middle - 1 + (own.length & 1)]), 2n * power(scale));
  });
  return ofDoubles(doubles);
}

/** The values of a column with those of a group side by side. @param {Column} column @param {Grouping} grouping */
function byGroup(column, grouping) {
  const { rows, ids, count } = grouping;
  const given = column.exact ?? /** @type {Float64Array} */ (column.numbers);
  const starts = new Uint32Array(count + 1);
  filledOf(column, grouping).forEach((filled, group) => {
    starts[group + 1] = starts[group] + filled;
  });
  const length = starts[count];
  const values = Array.isArray(given) ? new Array(length)
    : given instanceof BigInt64Array ? new BigInt64Array(length) : new Float64Array(length);
  const next = starts.slice();
  for (let at = 0; at < ids.length; at++) if (isFilled(column, rows[at])) values[next[ids[at]]++] = given[rows[at]];
  return { starts, values };
}

/**
 * The least or the greatest value of each group.
 * @param {Column} column @param {Grouping} grouping @param {boolean} isMost @returns {Measured}
 */
function endsOf(column, { rows, ids, count }, isMost) {
  const order = column.values && !column.numbers ? ranks(column.values) : null;
  const codes = column.codes ?? new Uint32Array();
  const given = column.exact ?? column.numbers ?? [];
  const valueAt = (/** @type {number} */ row) => (order ? order[codes[row]] : given[row]);
  const best = new Int32Array(count).fill(-1);
  /** @type {(number | bigint | null)[]} */
  const orders = new Array(count).fill(null);
  for (let at = 0; at < ids.length; at++) {
    if (!isFilled(column, rows[at])) continue;
    const [group, value] = [ids[at], valueAt(rows[at])];
    const known = orders[group];
    if (known !== null && (isMost ? value <= known : value >= known)) continue;
    orders[group] = value;
    best[group] = rows[at];
  }
  return { texts: Array.from(best, (row) => (row < 0 ? null : textOf(column, row))), orders };
}
