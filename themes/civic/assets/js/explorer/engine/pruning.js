/**
 * Which groups of rows may hold a row that is asked for, by what the file says of each. A wrong yes costs time; a wrong no,
 * rows.
 *
 * @typedef {import("./columns.js").Kind} Kind
 * @typedef {import("./filters.js").Filter} Filter
 * @typedef {import("./filters.js").Bounds} Bounds
 *
 * @typedef {object} GroupStats    of a column in a group of rows; what is not known is absent
 * @property {Kind} kind
 * @property {number} rows
 * @property {number} [empty]      rows without a value
 * @property {string} [least]      raw text as `textOf` gives it; of texts by code points, and it may be cut
 * @property {string} [greatest]   as long as it is not below any value
 */
import { daysOf, momentOf, timeOf } from "./calendar.js";
import { TEXT_KINDS } from "./cells.js";
import { nearest, parsed } from "./decimals.js";
import { byCodePoints, folded } from "./folding.js";

/** @param {GroupStats | undefined} stats    of the filter's column @param {Filter} filter */
export function groupMayHold(stats, filter) {
  if (!stats) return true;
  const mayBeEmpty = stats.empty !== 0 || (TEXT_KINDS.includes(stats.kind) && !stats.least);
  const mayBeFilled = stats.empty !== stats.rows;
  switch (filter.test) {
    case "empty": return mayBeEmpty;
    case "is": {
      const mayHold = (/** @type {string} */ text) => (text ? mayBeFilled && mayBe(stats, text) : mayBeEmpty);
      return !filter.values.length || filter.values.some(mayHold);
    }
    case "between": {
      const isAsked = hasValue(stats.kind, filter.low) || hasValue(stats.kind, filter.high);
      return !isAsked || (mayBeFilled && mayBeBetween(stats, filter.low, filter.high));
    }
    case "contains": return mayBeFilled || !folded(filter.text);
    case "filled": return mayBeFilled;
    default: return true;
  }
}

/**
 * Whether points of a group may lie in bounds.
 * @param {GroupStats} longitudes @param {GroupStats} latitudes @param {Bounds} bounds
 */
export function boxMayHold(longitudes, latitudes, [west, south, east, north]) {
  const mayBeAcross = west <= east ? mayBeBetween(longitudes, `${west}`, `${east}`)
    : mayBeBetween(longitudes, `${west}`, undefined) || mayBeBetween(longitudes, undefined, `${east}`);
  return mayBeAcross && mayBeBetween(latitudes, `${south}`, `${north}`);
}

/** @param {GroupStats} stats @param {string} text */
function mayBe(stats, text) {
  if (!TEXT_KINDS.includes(stats.kind)) return mayBeBetween(stats, text, text);
  const { least, greatest } = stats;
  if (least !== undefined && byCodePoints(text, least) < 0) return false;
  return greatest === undefined || byCodePoints(text, greatest) <= 0;
}

/** @param {GroupStats} stats @param {string | undefined} low @param {string | undefined} high */
function mayBeBetween({ kind, least, greatest }, low, high) {
  if (TEXT_KINDS.includes(kind)) return true; // the file orders texts by bytes, and readers do not
  const [from, to] = [placeOf(kind, low, -Infinity), placeOf(kind, high, Infinity)];
  const end = kind === "datetime" && high?.length === 10 ? to + 86_400_000 : to;
  return placeOf(kind, least, -Infinity) <= end && placeOf(kind, greatest, Infinity) >= from;
}

/**
 * A value as the nearest double, which keeps order; `otherwise` for no value.
 * @param {Kind} kind @param {string | undefined} text @param {number} otherwise
 */
function placeOf(kind, text, otherwise) {
  const number = text ? numberOf(kind, text) : NaN;
  return Number.isNaN(number) ? otherwise : number;
}

/** Whether a text says an end of a range. @param {Kind} kind @param {string | undefined} text */
function hasValue(kind, text) {
  return Boolean(text) && (TEXT_KINDS.includes(kind) || !Number.isNaN(numberOf(kind, /** @type {string} */ (text))));
}

/** @param {Kind} kind @param {string} text */
function numberOf(kind, text) {
  switch (kind) {
    case "date": return daysOf(text.slice(0, 10));
    case "time": return timeOf(text) / 1000;
    case "datetime": return Number(momentOf(text)?.clock ?? NaN) / 1000;
    default: {
      const number = parsed(text);
      return number ? nearest(number.digits, number.scale) : NaN;
    }
  }
}
