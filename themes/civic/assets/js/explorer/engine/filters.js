/**
 * Which rows hold what a reader asks for. All filters have to hold; a filter of which nothing can be understood lets every row
 * pass, and empty cells pass none but "empty" and "is" with "".
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {[west: number, south: number, east: number, north: number]} Bounds
 * @typedef {{column: string, test: "is", values: readonly string[]}
 *   | {column: string, test: "contains", text: string}
 *   | {column: string, test: "between", low?: string, high?: string}
 *   | {column: string, test: "empty" | "filled"}
 *   | {column: "", test: "within", bounds: Bounds}
 *   | Where} Filter
 * @typedef {{column: "", test: "where", text: string, tz?: string, calendar?: string, names?: readonly string[],
 *   holds?: (column: (name: string) => Column) => Test}} Where    a condition in words; `names` and `holds` once it is read
 * @typedef {{longitude: Column, latitude: Column} | {geometry: Column}} Place    where rows are
 * @typedef {(row: number) => boolean} Test
 */
import { isFilled, textOf } from "./cells.js";
import { comparables, endOf, valueOf } from "./ends.js";
import { byText, folded, foldedValues } from "./folding.js";
import { scaled } from "./scaled.js";
import { boxesTouching, isInside } from "./shapes.js";

export { boxMayHold, groupMayHold } from "./pruning.js";

/**
 * The rows that hold all filters, in the order of the file.
 * @param {ReadonlyMap<string, Column>} columns    those that filters name, at least
 * @param {readonly Filter[]} filters @param {number} length    rows of the file @param {Place} [place]
 * @returns {Uint32Array}
 */
export function selection(columns, filters, length, place) {
  const rows = new Uint32Array(length);
  for (let row = 0; row < length; row++) rows[row] = row;
  let count = length;
  for (const filter of filters) {
    const holds = testOf(columns, filter, place);
    if (holds) count = keep(rows, count, holds);
  }
  return count < length ? rows.slice(0, count) : rows;
}

/**
 * Moves the rows that pass to the front; how many there are.
 * @param {Uint32Array} rows @param {number} count @param {Test} holds
 */
function keep(rows, count, holds) {
  let kept = 0;
  for (let at = 0; at < count; at++) {
    const row = rows[at];
    if (holds(row)) rows[kept++] = row;
  }
  return kept;
}

/**
 * The test of a filter; null when it lets every row pass.
 * @param {ReadonlyMap<string, Column>} columns @param {Filter} filter @param {Place} [place] @returns {Test | null}
 */
function testOf(columns, filter, place) {
  if (filter.test === "within") return place ? within(place, filter.bounds) : null;
  if (filter.test === "where") return filter.holds?.((name) => scaled(/** @type {Column} */ (columns.get(name)))) ?? null;
  const given = columns.get(filter.column);
  if (!given) return null;
  const column = filter.test === "is" || filter.test === "between" ? scaled(given) : given;
  switch (filter.test) {
    case "is": return filter.values.length ? isOneOf(column, filter.values) : null;
    case "contains": return contains(column, folded(filter.text));
    case "between": return between(column, filter.low, filter.high);
    case "empty": return (row) => !isFilled(column, row);
    case "filled": return (row) => isFilled(column, row);
    default: return null;
  }
}

/**
 * The rows whose value passes, which each value is asked once.
 * @param {Column} column @param {(text: string, at: number) => boolean} holds
 */
function ofValues(column, holds) {
  const codes = /** @type {Uint32Array} */ (column.codes);
  const passes = Uint8Array.from(/** @type {string[]} */ (column.values), (text, at) => Number(holds(text, at)));
  return (/** @type {number} */ row) => passes[codes[row]] === 1;
}

/** @param {Column} column @param {readonly string[]} values @returns {Test} */
function isOneOf(column, values) {
  if (column.codes) {
    const wanted = new Set(values);
    return ofValues(column, (text) => wanted.has(text));
  }
  const wanted = new Set(values.map((text) => valueOf(column, text)));
  const given = comparables(column);
  const takesEmpty = values.includes("");
  return (row) => (isFilled(column, row) ? wanted.has(given[row]) : takesEmpty);
}

/** @param {Column} column @param {string} text    folded @returns {Test | null} */
function contains(column, text) {
  if (!text) return null;
  if (!column.codes) return (row) => folded(textOf(column, row) ?? "").includes(text);
  const texts = foldedValues(/** @type {string[]} */ (column.values));
  return ofValues(column, (_, at) => texts[at].includes(text));
}

/** @param {Column} column @param {string | undefined} low @param {string | undefined} high @returns {Test | null} */
function between(column, low, high) {
  if (column.codes && !column.numbers) return betweenTexts(column, low, high);
  const [least, greatest] = [endOf(column, low, "up"), endOf(column, high, "down")];
  const given = comparables(column);
  if (least === null && greatest === null) return null;
  if (column.exact) {
    const isInside = (/** @type {number} */ row) =>
      (least === null || given[row] >= least) && (greatest === null || given[row] <= greatest);
    return (row) => isFilled(column, row) && isInside(row);
  }
  const [from, to] = [least ?? -Infinity, greatest ?? Infinity];
  return (row) => given[row] >= from && given[row] <= to; // which never holds for NaN
}

/** @param {Column} column @param {string | undefined} low @param {string | undefined} high @returns {Test | null} */
function betweenTexts(column, low, high) {
  if (!low && !high) return null;
  return ofValues(column, (text) => text !== "" && (!low || byText(text, low) >= 0) && (!high || byText(text, high) <= 0));
}

/** @param {Place} place @param {Bounds} bounds @returns {Test} */
function within(place, bounds) {
  if ("geometry" in place) {
    const passes = boxesTouching(/** @type {string[]} */ (place.geometry.values), bounds);
    return ofValues(place.geometry, (_, at) => passes[at]);
  }
  const { numbers: longitudes = new Float64Array() } = place.longitude;
  const { numbers: latitudes = new Float64Array() } = place.latitude;
  return (row) => isInside(longitudes[row], latitudes[row], bounds);
}
