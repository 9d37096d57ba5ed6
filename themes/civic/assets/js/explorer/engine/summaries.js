/**
 * What a column holds under the filters on other columns, beside what it holds in the whole file.
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {import("./columns.js").Kind} Kind
 *
 * @typedef {object} Summary
 * @property {string} name
 * @property {Kind} kind
 * @property {number} rows          selected
 * @property {number} filled        of these
 * @property {{low: string, high: string, rows: number, all: number}[]} [bins]    numbers, dates: over the whole file; `all`
 *                                  counts without filters. The filter from low to high holds exactly `all`
 * @property {{value: string, rows: number, all: number}[]} [top]    texts, booleans: the most frequent of the whole file
 * @property {number} [distinct]    texts, booleans: different values in the selected rows
 * @property {string} [least]       numbers, dates: in the selected rows
 * @property {string} [greatest]
 *
 * @typedef {object} Whole    what does not depend on filters
 * @property {Uint16Array} places    of each row: its bin and one, or 0 for no value
 * @property {{low: string, high: string, all: number}[]} bins
 */
import { binsOf, endsOf } from "./bins.js";
import { isFilled, picked, textOf } from "./cells.js";
import { byCodePoints, folded } from "./folding.js";
import { scaled } from "./scaled.js";

export const MOST_TOP = 8;

/**
 * @param {Column} column    of the whole file
 * @param {Uint32Array} selection    rows that hold the filters on other columns
 * @returns {Summary}
 */
export function summary(column, selection) {
  const { name, kind } = column;
  const about = { name, kind, rows: selection.length };
  if (kind === "geometry") return { ...about, filled: selection.reduce((sum, row) => sum + Number(isFilled(column, row)), 0) };
  const { codes, numbers } = column;
  const said = codes && !numbers ? summaryOfTexts(column, codes, selection) : summaryOfNumbers(column, selection);
  return { ...about, ...said };
}

/** @param {Column} column @param {Uint32Array} codes @param {Uint32Array} selection */
function summaryOfTexts(column, codes, selection) {
  const values = /** @type {string[]} */ (column.values);
  const { counts, top } = wholeOfTexts(column, codes, values);
  const own = selection.length === column.length ? counts : new Uint32Array(values.length);
  if (own !== counts) for (const row of selection) own[codes[row]]++;
  let distinct = 0;
  for (let code = 1; code < own.length; code++) if (own[code]) distinct++;
  return {
    filled: selection.length - own[0],
    top: top.map((code) => ({ value: values[code], rows: own[code], all: counts[code] })),
    distinct,
  };
}

/** @type {WeakMap<Column, {counts: Uint32Array, top: number[]}>} */
const wholeTexts = new WeakMap();

/** @param {Column} column @param {Uint32Array} codes @param {string[]} values */
function wholeOfTexts(column, codes, values) {
  let whole = wholeTexts.get(column);
  if (!whole) {
    const counts = new Uint32Array(values.length);
    for (let row = 0; row < codes.length; row++) counts[codes[row]]++;
    wholeTexts.set(column, (whole = { counts, top: mostFrequent(counts, values) }));
  }
  return whole;
}

/**
 * The codes that occur most; of those that occur as often the first in the order of texts. Of a million different texts only
 * these few are put in order.
 * @param {Uint32Array} counts @param {string[]} values
 */
function mostFrequent(counts, values) {
  const enough = counts.slice(1).sort().at(-MOST_TOP) ?? 1;
  /** @type {{code: number, text: string}[]} */
  const first = [];
  for (let code = 1; code < counts.length; code++) {
    if (!counts[code] || counts[code] < enough) continue;
    const text = folded(values[code]);
    let place = first.length;
    while (place && isBefore(code, text, first[place - 1])) place--;
    if (place < MOST_TOP) first.splice(place, 0, { code, text });
    if (first.length > MOST_TOP) first.pop();
  }
  return first.map(({ code }) => code);

  /** @param {number} code @param {string} text @param {{code: number, text: string}} other */
  function isBefore(code, text, other) {
    const more = counts[code] - counts[other.code];
    return more > 0 || (!more && (byCodePoints(text, other.text) || byCodePoints(values[code], values[other.code])) < 0);
  }
}

/** @param {Column} column @param {Uint32Array} selection */
function summaryOfNumbers(column, selection) {
  const whole = wholeOfNumbers(column);
  if (!whole) return { filled: 0, bins: [] };
  const rows = new Uint32Array(whole.bins.length + 1);
  for (const row of selection) rows[whole.places[row]]++;
  const ends = endsOf(selection.length === column.length ? column : picked(column, selection));
  const [least, greatest] = ends ? ends.map((at) => textOf(column, selection[at])) : [];
  return {
    filled: selection.length - rows[0],
    bins: whole.bins.map(({ low, high, all }, at) => ({ low, high, rows: rows[at + 1], all })),
    ...(typeof least === "string" && typeof greatest === "string" ? { least, greatest } : {}),
  };
}

/** @type {WeakMap<Column, Whole | null>} */
const wholeNumbers = new WeakMap();

/** @param {Column} column @returns {Whole | null} */
function wholeOfNumbers(column) {
  let whole = wholeNumbers.get(column);
  if (whole === undefined) wholeNumbers.set(column, (whole = placed(column)));
  return whole;
}

/** @param {Column} column @returns {Whole | null} */
function placed(column) {
  const found = binsOf(scaled(column));
  if (!found) return null;
  const places = new Uint16Array(column.length);
  const all = new Uint32Array(found.bins.length);
  for (let row = 0; row < column.length; row++) {
    if (!isFilled(column, row)) continue;
    const bin = found.of(row);
    places[row] = bin + 1;
    all[bin]++;
  }
  return { places, bins: found.bins.map((bin, at) => ({ ...bin, all: all[at] })) };
}
