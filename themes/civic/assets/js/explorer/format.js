/** Values as a reader of the page's language writes them. What is not understood stays as it is in the file. */

import { dayText, momentText } from "./dates.js";

/** @type {Map<string, Intl.NumberFormat>} */
const made = new Map();

/**
 * Formats are dear to make.
 * @param {string} language @param {number} most    digits after the point @param {number} least
 */
function decimalFormat(language, most, least) {
  const key = `${language} ${most} ${least}`;
  const found = made.get(key)
    ?? new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most });
  made.set(key, found);
  return found;
}

const MOST_DIGITS = 20; // after the point, that every browser writes

// Older browsers read the digits as a double.
const isExact = /3$/.test(/** @type {any} */ (new Intl.NumberFormat("en")).format("9007199254740993"));

/**
 * A number with all its digits, or with some after the point: a half is rounded away from zero.
 * @param {string} raw @param {string} language @param {number} [most]    digits after the point @param {number} [least]
 */
export function numberShown(raw, language, most, least) {
  const found = /^-?\d+(?:\.(\d+))?$/.exec(raw);
  if (!found) return raw;
  const written = found[1]?.length ?? 0;
  const digits = most ?? written;
  if (digits > MOST_DIGITS || (!isExact && raw.length > 15 && digits >= written)) return raw;
  const format = decimalFormat(language, digits, least ?? digits);
  return format.format(/** @type {any} */ (raw)); // a text: no digit of a large number is lost
}

/**
 * A unit as it stands after a number. It has one form, that of several: after a single one it is a name, in brackets. Signs and
 * what is short for a word have no other.
 * @param {string} text    the number as it is shown @param {string} unit
 */
export const unitBeside = (text, unit) => (/^[-−]?1$/.test(text) && [...unit].length > 3 ? `(${unit})` : unit);

/**
 * A moment as the clock showed it, whatever the reader's own zone is. What is no moment stays as it is.
 * @param {string} raw @param {boolean} [isDay]    whether the day alone is meant
 */
function momentShown(raw, isDay = false) {
  const [, day, clock = "", zone = ""] =
    /^(\d{4}-\d\d-\d\d)?[T ]?(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(raw) ?? [];
  if ((!day && !clock) || Number.isNaN(Date.parse(`${day ?? "1970-01-01"}T${(clock || "00:00").slice(0, 8)}Z`))) return raw;
  if (day && (isDay || !clock)) return dayText(day);
  const time = clock.replace(/^(\d\d:\d\d):00(?:\.0+)?$/, "$1").slice(0, 8);
  if (!day) return zone ? `${time} ${zone === "Z" ? "UTC" : zone}` : time;
  return momentText(day, time, zone === "Z") + (zone && zone !== "Z" ? ` ${zone}` : "");
}

/** Whether values of a type stand at the end of their cell, digit under digit. @param {string} type */
export const isNumeric = (type) => type === "integer" || type === "number";

/**
 * A value as it is shown; without a value, nothing.
 * @param {string | null} raw    as in the CSV
 * @param {{type: string, values?: Record<string, string>}} column    of the outline
 * @param {string} language
 */
export function shown(raw, column, language) {
  if (raw === null) return "";
  if (column.values && Object.keys(column.values).length) return raw; // a code is no quantity
  if (isNumeric(column.type)) return numberShown(raw, language);
  if (["date", "datetime", "time"].includes(column.type)) return momentShown(raw, column.type === "date");
  return raw;
}

/**
 * What a code of a column means, if that is said.
 * @param {string | null} raw @param {{values?: Record<string, string>}} column
 */
export function meaning(raw, { values }) {
  return raw !== null && values && Object.hasOwn(values, raw) ? values[raw] : "";
}

/** A size as the pages write it. @param {number} bytes @param {string} language */
export function sizeShown(bytes, language) {
  const [unit, by] = bytes < 1e6 ? ["kB", 1e3] : ["MB", 1e6];
  const value = bytes / Number(by);
  const digits = value < 10 ? 1 : 0;
  return `${value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}
