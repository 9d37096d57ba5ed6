/**
 * Rows put together by what a column says of them, or by the period or the bin that it falls in.
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {import("./periods.js").Period} Period
 * @typedef {{column: string, per?: Period | "bins", bins?: number}} By
 *
 * @typedef {object} Groups
 * @property {Uint32Array} ids          the group of each selected row
 * @property {(string | null)[]} keys   of each group; null for the rows without a value
 * @property {ArrayLike<number>} places    of each group in the order of the column; Infinity for the rows without a value
 * @property {((place: number) => string) | null} keyAt    periods and bins: the key at a place, also where no row is
 */
import { DAY } from "./calendar.js";
import { isFilled, picked, textOf } from "./cells.js";
import { binsOf } from "./bins.js";
import { floorDivided } from "./decimals.js";
import { ranks } from "./folding.js";
import { PERIODS, periodKey, periodOf } from "./periods.js";

const DAY_OF_EXACT = 86_400_000_000n;
const MOST_PLACES = 1 << 22; // whole numbers so close together are looked up in a table

/** @param {Column} column @param {By} by @param {Uint32Array} selection @returns {Groups} */
export function grouped(column, by, selection) {
  if (by.per === "bins" && column.numbers) return byBins(column, by, selection);
  if (by.per && PERIODS.includes(by.per)) {
    const per = /** @type {Period} */ (by.per);
    if (column.kind === "date" || column.kind === "datetime") return byPeriod(column, per, selection);
    if (column.kind === "year" && per === "year") return byYear(column, selection);
  }
  return column.codes ? byText(column, selection) : byNumber(column, selection);
}

/** @param {Column} column @param {Uint32Array} selection @returns {Groups} */
function byText(column, selection) {
  const codes = /** @type {Uint32Array} */ (column.codes);
  const values = /** @type {string[]} */ (column.values);
  const { ids, seen } = numbered(selection, (row) => codes[row], values.length);
  const order = seen.length > 1 ? ranks(values) : new Uint32Array(values.length);
  return { ids, keys: seen.map((code) => (code ? values[code] : null)), keyAt: null,
    places: seen.map((code) => (code ? order[code] : Infinity)) };
}

/** @param {Column} column @param {Uint32Array} selection @returns {Groups} */
function byNumber(column, selection) {
  const { ids, rows } = distinct(column, selection);
  const values = column.exact ?? /** @type {Float64Array} */ (column.numbers);
  const order = [...rows.keys()].filter((id) => isFilled(column, rows[id]));
  order.sort((a, b) => (values[rows[a]] < values[rows[b]] ? -1 : 1));
  const places = new Array(rows.length).fill(Infinity);
  order.forEach((id, place) => {
    places[id] = place;
  });
  return { ids, keys: rows.map((row) => textOf(column, row)), places, keyAt: null };
}

/** @param {Column} column @param {Period} per @param {Uint32Array} selection @returns {Groups} */
function byPeriod(column, per, selection) {
  const { exact } = column;
  const numbers = /** @type {Float64Array} */ (column.numbers);
  const length = column.kind === "date" ? 1 : DAY;
  const ofDays = new Map(); // few, so each is looked at once
  return byPlace(selection, (row) => {
    const day = exact ? Number(floorDivided(exact[row], DAY_OF_EXACT)) : Math.floor(numbers[row] / length);
    if (Number.isNaN(numbers[row])) return NaN;
    let period = ofDays.get(day);
    if (period === undefined) ofDays.set(day, (period = periodOf(day, per)));
    return period;
  }, (place) => periodKey(place, per));
}

/** @param {Column} column @param {Uint32Array} selection @returns {Groups} */
function byYear(column, selection) {
  const numbers = /** @type {Float64Array} */ (column.numbers);
  return byPlace(selection, (row) => numbers[row], (place) => `${place}`.padStart(4, "0"));
}

/** Bins over the selected rows. @param {Column} column @param {By} by @param {Uint32Array} selection @returns {Groups} */
function byBins(column, by, selection) {
  const own = picked(column, selection);
  const found = binsOf(own, by.bins);
  const rows = Uint32Array.from(selection.keys());
  return byPlace(rows, (row) => (found && isFilled(own, row) ? found.of(row) : NaN), (place) => {
    const bin = found?.bins[place];
    return `${bin?.low}/${bin?.high}`; // as ISO 8601 writes a span
  });
}

/**
 * @param {Uint32Array} rows @param {(row: number) => number} placeOf @param {(place: number) => string} keyAt @returns {Groups}
 */
function byPlace(rows, placeOf, keyAt) {
  /** @type {Map<number, number>} */
  const known = new Map();
  const ids = new Uint32Array(rows.length);
  let [last, lastId] = [NaN, -1]; // rows that follow each other are often of one group
  for (let at = 0; at < rows.length; at++) {
    const place = placeOf(rows[at]);
    if (place !== last || lastId < 0) {
      lastId = known.get(place) ?? known.size;
      known.set(place, lastId);
      last = place;
    }
    ids[at] = lastId;
  }
  const places = [...known.keys()];
  return { ids, keys: places.map((place) => (Number.isNaN(place) ? null : keyAt(place))), keyAt,
    places: places.map((place) => (Number.isNaN(place) ? Infinity : place)) };
}

/**
 * Numbers the codes that occur, in the order in which they do.
 * @param {Uint32Array} rows @param {(row: number) => number} codeOf @param {number} most
 */
function numbered(rows, codeOf, most) {
  const known = new Int32Array(most).fill(-1);
  const ids = new Uint32Array(rows.length);
  /** @type {number[]} */
  const seen = [];
  for (let at = 0; at < rows.length; at++) {
    const code = codeOf(rows[at]);
    if (known[code] < 0) known[code] = seen.push(code) - 1;
    ids[at] = known[code];
  }
  return { ids, seen };
}

/**
 * Numbers the values that occur; `rows` has a row of each.
 * @param {Column} column @param {Uint32Array} selection @returns {{ids: Uint32Array, rows: number[]}}
 */
function distinct(column, selection) {
  const numbers = /** @type {Float64Array} */ (column.numbers);
  const unit = 10 ** (column.scale ?? 0);
  const span = column.exact ? null : narrowSpan(numbers, unit, selection);
  if (span) {
    const codeOf = (/** @type {number} */ row) =>
      Number.isNaN(numbers[row]) ? 0 : Math.round(numbers[row] * unit) - span.least + 1;
    const { ids, seen } = numbered(selection, codeOf, span.places + 1);
    return { ids, rows: firstRows(ids, seen.length, selection) };
  }
  const values = column.exact ?? numbers;
  const known = new Map();
  const ids = new Uint32Array(selection.length);
  for (let at = 0; at < selection.length; at++) {
    const value = isFilled(column, selection[at]) ? values[selection[at]] : null;
    let id = known.get(value);
    if (id === undefined) known.set(value, (id = known.size));
    ids[at] = id;
  }
  return { ids, rows: firstRows(ids, known.size, selection) };
}

/** @param {Uint32Array} ids @param {number} count @param {Uint32Array} selection */
function firstRows(ids, count, selection) {
  const rows = new Array(count);
  for (let at = ids.length - 1; at >= 0; at--) rows[ids[at]] = selection[at];
  return rows;
}

/**
 * The span of numbers that are whole in a unit, where it is narrow; else null.
 * @param {Float64Array} numbers @param {number} unit    how many make 1 @param {Uint32Array} selection
 */
function narrowSpan(numbers, unit, selection) {
  let [least, greatest] = [Infinity, -Infinity];
  for (const row of selection) {
    const number = numbers[row];
    if (number < least) least = number;
    if (number > greatest) greatest = number;
    if (unit === 1 && number !== Math.floor(number) && !Number.isNaN(number)) return null;
  }
  const [first, last] = [Math.round(least * unit), Math.round(greatest * unit)];
  return first <= last && last - first < MOST_PLACES ? { least: first, places: last - first + 1 } : null;
}
