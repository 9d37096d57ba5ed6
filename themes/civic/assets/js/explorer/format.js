/** Values as a reader of the page's language writes them. What is not understood stays as it is in the file. */

/** @type {Map<string, Intl.NumberFormat | Intl.DateTimeFormat>} */
const made = new Map();

/**
 * Formats are dear to make.
 * @template {Intl.NumberFormat | Intl.DateTimeFormat} T @param {string} key @param {() => T} make @returns {T}
 */
function kept(key, make) {
  const found = /** @type {T | undefined} */ (made.get(key)) ?? make();
  made.set(key, found);
  return found;
}

// Older browsers read the digits as a double.
const isExact = /3$/.test(/** @type {any} */ (new Intl.NumberFormat("en")).format("9007199254740993"));

/**
 * A number with all its digits.
 * @param {string} raw @param {string} language
 */
export function numberShown(raw, language) {
  const [, , decimals] = /^-?(\d+)(?:\.(\d+))?$/.exec(raw) ?? [];
  if (!/^-?\d+(\.\d+)?$/.test(raw) || (decimals?.length ?? 0) > 20 || (!isExact && raw.length > 15)) return raw;
  const digits = decimals?.length ?? 0;
  const format = kept(
    `${language} ${digits}`,
    () => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  return format.format(/** @type {any} */ (raw)); // a text, so that no digit of a large number is lost
}

/** @type {Intl.DateTimeFormatOptions} */
const DAY = { day: "numeric", month: "short", year: "numeric" };
const DAY_LENGTH = 10; // of 2026-06-30: a range of moments may end with a whole day
/** @type {Intl.DateTimeFormatOptions} */
const MINUTE = { hour: "numeric", minute: "2-digit" };

/**
 * A moment as the clock showed it, whatever the reader's own zone is.
 * @param {string} raw @param {string} language @param {Intl.DateTimeFormatOptions} parts
 */
function momentShown(raw, language, parts) {
  const [, day, time = "", zone = ""] =
    /^(\d{4}-\d\d-\d\d)?[T ]?(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(raw) ?? [];
  const at = Date.parse(`${day ?? "1970-01-01"}T${(time || "00:00").slice(0, 8)}Z`);
  if ((!day && !time) || Number.isNaN(at)) return raw;
  const isSecond = Boolean(parts.hour) && /:\d\d:(?!00(\.0+)?$)/.test(time);
  const format = kept(
    `${language} ${Object.keys(parts)} ${isSecond}`,
    () => new Intl.DateTimeFormat(language, { ...parts, ...(isSecond ? { second: "2-digit" } : {}), timeZone: "UTC" }),
  );
  return format.format(at) + (zone && parts.hour ? ` ${zone === "Z" ? "UTC" : zone}` : "");
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
  if (column.type === "date") return momentShown(raw, language, DAY);
  if (column.type === "datetime") return momentShown(raw, language, raw.length === DAY_LENGTH ? DAY : { ...DAY, ...MINUTE });
  if (column.type === "time") return momentShown(raw, language, MINUTE);
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
