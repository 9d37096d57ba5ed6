/**
 * Round steps over the values of a column: 0 to 9, 10 to 19, or January, February. Both ends of a bin are values in it, so the
 * filter from its low to its high end holds exactly its rows.
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {{low: string, high: string}} Bin
 * @typedef {{bins: Bin[], of: (row: number) => number}} Bins    `of` gives the place of a filled row's bin
 * @typedef {{start: (at: bigint) => bigint, place: (digits: bigint) => bigint}} Steps
 */
import { dateText, momentText, timeText } from "./calendar.js";
import { digitsOf, isFilled } from "./cells.js";
import { decimalText, floorDivided, nearest, power } from "./decimals.js";
import { firstDay, periodOf } from "./periods.js";

export const MOST_BINS = 24;

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;
const CLOCK_STEPS = [1n, 5n, 15n, 60n, 300n, 900n, 3600n, 10_800n, 21_600n, 43_200n].map((seconds) => seconds * SECOND);
const DAY_STEPS = [1, 7];
const MONTH_STEPS = [1, 3, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];

/**
 * Bins over all rows of a column that holds numbers; null when none is filled.
 * @param {Column} column @param {number} [most]    bins @returns {Bins | null}
 */
export function binsOf(column, most = MOST_BINS) {
  const ends = endsOf(column);
  if (!ends) return null;
  const [least, greatest] = ends.map((row) => digitsOf(column, row));
  const limit = Math.max(2, most); // no step is so long that values on both sides of 0 are in one bin
  const steps = stepsFor(column, (tried) => Number(tried.place(greatest) - tried.place(least)) < limit);
  const first = steps.place(least);
  const count = Number(steps.place(greatest) - first) + 1;
  const starts = Array.from({ length: count + 1 }, (_, at) => steps.start(first + BigInt(at)));
  const bins = starts.slice(1).map((next, at) =>
    ({ low: lowText(column, starts[at]), high: highText(column, next - 1n, starts[at]) }));
  return { bins, of: placing(column, starts.slice(1)) };
}

/**
 * The rows of the least and the greatest value; null when there is none.
 * @param {Column} column @returns {[number, number] | null}
 */
export function endsOf(column) {
  const values = column.exact ?? /** @type {Float64Array} */ (column.numbers);
  let [least, greatest] = [-1, -1];
  for (let row = 0; row < column.length; row++) {
    if (!isFilled(column, row)) continue;
    if (least < 0 || values[row] < values[least]) least = row;
    if (greatest < 0 || values[row] > values[greatest]) greatest = row;
  }
  return least < 0 ? null : [least, greatest];
}

/** Finds the bin of a row by the starts of the bins after the first. @param {Column} column @param {bigint[]} nexts */
function placing(column, nexts) {
  const values = column.exact ?? /** @type {Float64Array} */ (column.numbers);
  const starts = column.exact ? nexts : nexts.map((start) => asNumber(column, start));
  return (/** @type {number} */ row) => {
    const value = values[row];
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value < starts[middle]) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Digits as a value in `numbers`. @param {Column} column @param {bigint} digits */
function asNumber({ kind, scale = 0 }, digits) {
  if (kind === "datetime" || kind === "time") return Number(digits) / 1000;
  return nearest(digits, scale);
}

/** The finest steps that fit. @param {Column} column @param {(steps: Steps) => boolean} fits @returns {Steps} */
function stepsFor(column, fits) {
  for (const steps of allSteps(column)) if (fits(steps)) return steps;
  return evenSteps(1n, 0n); // never met: steps grow until one holds all
}

/** @param {Column} column @returns {Generator<Steps>} */
function* allSteps({ kind }) {
  if (kind === "datetime" || kind === "time") {
    for (const step of CLOCK_STEPS) yield evenSteps(step, 0n);
    if (kind === "time") yield evenSteps(DAY, 0n);
  }
  if (kind === "date" || kind === "datetime") {
    const unit = kind === "date" ? 1n : DAY;
    for (const days of DAY_STEPS) yield evenSteps(BigInt(days) * unit, -3n * unit * BigInt(Number(days === 7)));
    for (const months of MONTH_STEPS) yield monthSteps(months, unit);
  }
  for (let exponent = 0; ; exponent++) for (const round of [1n, 2n, 5n]) yield evenSteps(round * power(exponent), 0n);
}

/** @param {bigint} step @param {bigint} from @returns {Steps} */
function evenSteps(step, from) {
  return { start: (at) => at * step + from, place: (digits) => floorDivided(digits - from, step) };
}

/** @param {number} months @param {bigint} unit    of a day @returns {Steps} */
function monthSteps(months, unit) {
  return {
    start: (at) => BigInt(firstDay(Number(at) * months, "month")) * unit,
    place: (digits) => BigInt(Math.floor(periodOf(Number(floorDivided(digits, unit)), "month") / months)),
  };
}

/** @param {Column} column @param {bigint} digits */
function lowText(column, digits) {
  switch (column.kind) {
    case "date": return dateText(Number(digits));
    case "time": return timeText(Number(digits));
    case "datetime": return digits % DAY ? clockText(digits) : dateText(Number(digits / DAY));
    case "year": return `${digits}`.padStart(4, "0");
    default: return decimalText(digits, column.scale ?? 0);
  }
}

/**
 * The upper end: the last value in a bin; of moments that fill whole days, the last day.
 * @param {Column} column @param {bigint} digits @param {bigint} low    the lower end
 */
function highText(column, digits, low) {
  if (column.kind !== "datetime") return lowText(column, digits);
  return (digits + 1n) % DAY || low % DAY ? clockText(digits) : dateText(Number((digits + 1n) / DAY) - 1);
}

/** @param {bigint} clock    microseconds since 1970 */
function clockText(clock) {
  const milliseconds = floorDivided(clock, 1000n);
  return momentText(Number(milliseconds), Number(clock - milliseconds * 1000n));
}
