/**
 * Days, times and moments as `fromisoformat` of Python 3.11 reads them, by which bounds of columns are judged: ISO 8601, and
 * what else it lets pass. Texts are read byte by byte, in UTF-8, because it does.
 */

import { isDay, ordinal, weekStart, weeksOf } from "./rules-dates.js";

/** @typedef {{at: bigint, hasOffset: boolean}} Moment microseconds, and whether it is said how far they are from UTC */

const DAY = 86_400_000_000n;
const [DASH, COLON, DOT, COMMA, PLUS, WEEK, TIME, ZULU] = [..."-:.,+WTZ"].map((sign) => sign.charCodeAt(0));

/** @param {string} text @returns {Uint8Array} */
const bytesOf = (text) => new TextEncoder().encode(text);

/** @param {number | undefined} byte @returns {boolean} */
const isDigit = (byte) => byte !== undefined && byte >= 48 && byte <= 57;

/**
 * The number that so many digits make; null where other signs stand.
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} count
 * @returns {number | null}
 */
function digits(bytes, at, count) {
  let number = 0;
  for (let place = at; place < at + count; place++) {
    if (!isDigit(bytes[place])) return null;
    number = number * 10 + bytes[place] - 48;
  }
  return number;
}

/** The count of a day; null for what is none. @param {string} text @returns {number | null} */
export function isoDay(text) {
  const bytes = bytesOf(text);
  return [7, 8, 10].includes(bytes.length) ? dayIn(bytes, bytes.length) : null;
}

/** @param {Uint8Array} bytes @param {number} length of the part that is the day @returns {number | null} */
function dayIn(bytes, length) {
  const year = digits(bytes, 0, 4);
  const hasDashes = bytes[4] === DASH;
  let at = hasDashes ? 5 : 4;
  if (year === null) return null;
  if (bytes[at] === WEEK) return weekIn(bytes, length, year, at + 1);
  const month = digits(bytes, at, 2);
  at += 2;
  if (hasDashes && bytes[at++] !== DASH) return null;
  const day = digits(bytes, at, 2);
  if (month === null || day === null) return null;
  const written = [String(year).padStart(4, "0"), ...[month, day].map((part) => String(part).padStart(2, "0"))].join("-");
  return isDay(written) ? ordinal(written) : null;
}

/** @param {Uint8Array} bytes @param {number} length @param {number} year @param {number} at @returns {number | null} */
function weekIn(bytes, length, year, at) {
  const week = digits(bytes, at, 2);
  let place = at + 2;
  let day = /** @type {number | null} */ (1);
  if (place < length) {
    if (bytes[4] === DASH && bytes[place++] !== DASH) return null;
    day = digits(bytes, place, 1);
  }
  if (week === null || day === null || year < 1 || week < 1 || week > weeksOf(year) || day < 1 || day > 7) return null;
  const count = weekStart(year, week) + day - 1;
  return count < 1 || count > ordinal("9999-12-31") ? null : count;
}

/** A time of day; null for what is none. @param {string} text @returns {Moment | null} */
export function isoTime(text) {
  const bytes = bytesOf(text);
  return timeIn(bytes[0] === TIME ? bytes.subarray(1) : bytes);
}

/** @param {Uint8Array} bytes @returns {Moment | null} */
function timeIn(bytes) {
  const found = bytes.findIndex((byte) => byte === PLUS || byte === DASH || byte === ZULU);
  const time = clock(bytes, 0, found < 0 ? bytes.length : found);
  if (time === null || time.hours > 23 || time.minutes > 59 || time.seconds > 59 || (found < 0 && time.hasMore)) return null;
  if (found < 0) return { at: time.at, hasOffset: false };
  if (bytes[found] === ZULU) return found + 1 === bytes.length ? { at: time.at, hasOffset: true } : null;
  const offset = clock(bytes, found + 1, bytes.length);
  if (offset === null || offset.hasMore || offset.at >= DAY) return null;
  return { at: bytes[found] === DASH ? time.at + offset.at : time.at - offset.at, hasOffset: true };
}

/** @typedef {{at: bigint, hours: number, minutes: number, seconds: number, hasMore: boolean}} Clock */

/**
 * Hours, minutes, seconds and parts of one; null for what is none. With `hasMore` something stands behind them.
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @returns {Clock | null}
 */
function clock(bytes, start, end) {
  const parts = [0, 0, 0];
  let [at, hasColons] = [start, true];
  for (let part = 0; part < 3; part++) {
    const number = digits(bytes, at, 2);
    if (number === null) return null;
    parts[part] = number;
    const sign = bytes[at + 2];
    at += 3;
    if (part === 0) hasColons = sign === COLON;
    if (at >= end) return clockOf(parts, 0, sign !== undefined);
    if (hasColons && sign === COLON) continue;
    if (sign === DOT || sign === COMMA) break;
    if (hasColons) return null;
    at--;
  }
  const length = Math.min(end - at, 6);
  const rest = digits(bytes, at, length);
  if (rest === null) return null;
  at += length;
  while (isDigit(bytes[at])) at++;
  return clockOf(parts, rest * 10 ** (6 - length), at < bytes.length);
}

/** @param {number[]} parts @param {number} rest microseconds @param {boolean} hasMore @returns {Clock} */
function clockOf([hours, minutes, seconds], rest, hasMore) {
  return { at: BigInt((hours * 60 + minutes) * 60 + seconds) * 1_000_000n + BigInt(rest), hours, minutes, seconds, hasMore };
}

/** A day and perhaps a time; null for what is none. @param {string} text @returns {Moment | null} */
export function isoMoment(text) {
  const bytes = bytesOf(text);
  const length = bytes.length < 7 ? -1 : lengthOfDay(bytes);
  const day = length < 0 ? null : dayIn(bytes, length);
  if (day === null) return null;
  if (bytes.length <= length) return { at: BigInt(day) * DAY, hasOffset: false };
  const first = bytes[length];
  const width = first < 0x80 ? 1 : (first & 0xf0) === 0xe0 ? 3 : (first & 0xf0) === 0xf0 ? 4 : 2;
  const time = timeIn(bytes.subarray(length + width));
  return time && { at: time.at + BigInt(day) * DAY, hasOffset: time.hasOffset };
}

/** Where the day ends, by the signs that tell its form; -1 for none. @param {Uint8Array} bytes @returns {number} */
function lengthOfDay(bytes) {
  const { length } = bytes;
  if (length === 7) return 7;
  if (bytes[4] === DASH) {
    if (bytes[5] !== WEEK) return 10;
    if (bytes[8] !== DASH) return 8;
    if (length === 9) return -1;
    // 2026-W03-10: the hyphen divides the day from the hour.
    return length > 10 && isDigit(bytes[10]) ? 8 : 10;
  }
  if (bytes[4] !== WEEK) return 8;
  let end = 7;
  while (isDigit(bytes[end])) end++;
  return end < 9 ? end : end % 2 ? 8 : 7;
}
