/**
 * Days, clocks and times as numbers and as text, in the Gregorian calendar without zones.
 * The arithmetic between days and dates is Howard Hinnant's ("chrono-compatible low-level date algorithms"), for all years.
 */

const DATE = /^([0-9]{4,6})-([0-9]{2})-([0-9]{2})$/;
const CLOCK = /^([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6})0*)?)?$/;
const OFFSET = /(?:Z|[+-][0-9]{2}:?[0-9]{2})$/;
const DAYS_OF_ERA = 146_097; // 400 years
const TO_1970 = 719_468; // days from 1 March of the year 0

export const DAY = 86_400_000; // in milliseconds

/** The day of a date, counted from 1970-01-01. @param {number} year @param {number} month @param {number} day */
export function daysFrom(year, month, day) {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * DAYS_OF_ERA + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - TO_1970;
}

/** Months since the year 0, of which January is 0: what year and month a day is in. @param {number} days */
export function monthOf(days) {
  const shifted = days + TO_1970;
  const era = Math.floor(shifted / DAYS_OF_ERA);
  const ofEra = shifted - era * DAYS_OF_ERA;
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  return (era * 400 + year) * 12 + Math.floor((5 * ofYear + 2) / 153) + 2;
}

/** The first day of a month, as `monthOf` counts them. @param {number} month */
export function firstOfMonth(month) {
  const year = Math.floor(month / 12);
  return daysFrom(year, month - year * 12 + 1, 1);
}

/** @param {number} days */
export function dateText(days) {
  const month = monthOf(days);
  const year = Math.floor(month / 12);
  return `${padded(year, 4)}-${padded(month - year * 12 + 1, 2)}-${padded(days - firstOfMonth(month) + 1, 2)}`;
}

/** The day that a text names; NaN when it is none. @param {string} text */
export function daysOf(text) {
  const found = DATE.exec(text);
  if (!found) return NaN;
  const days = daysFrom(Number(found[1]), Number(found[2]), Number(found[3]));
  return Number(found[2]) <= 12 && dateText(days) === text ? days : NaN;
}

/** Microseconds since midnight; NaN when the text is no time. @param {string} text */
export function timeOf(text) {
  const found = CLOCK.exec(text);
  if (!found) return NaN;
  const [hours, minutes, seconds] = [found[1], found[2], found[3] ?? "0"].map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) return NaN;
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + Number((found[4] ?? "").padEnd(6, "0"));
}

/**
 * The clock of a moment in microseconds since 1970, and its offset as it is written; null when the text is no moment.
 * A date alone is its midnight.
 * @param {string} text @returns {{clock: bigint, offset: string} | null}
 */
export function momentOf(text) {
  const days = daysOf(text.slice(0, 10));
  const offset = text.length > 10 ? (OFFSET.exec(text.slice(11))?.[0] ?? "") : "";
  const time = text.length === 10 ? 0 : timeOf(text.slice(11, text.length - offset.length));
  const isMoment = !Number.isNaN(days) && !Number.isNaN(time) && (text.length === 10 || /[T ]/.test(text[10]));
  return isMoment ? { clock: BigInt(days) * 86_400_000_000n + BigInt(time), offset } : null;
}

/** A time of the day, from microseconds. @param {number} time */
export function timeText(time) {
  const seconds = Math.floor(time / 1_000_000);
  const part = time - seconds * 1_000_000;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = parts.map((each) => padded(each, 2)).join(":");
  return part ? `${clock}.${padded(part, 6)}` : clock;
}

/** A moment, from whole milliseconds and the microseconds beyond. @param {number} milliseconds @param {number} beyond */
export function momentText(milliseconds, beyond) {
  const days = Math.floor(milliseconds / DAY);
  return `${dateText(days)}T${timeText((milliseconds - days * DAY) * 1000 + beyond)}`;
}

/** @param {number} number @param {number} length @returns {string} */
function padded(number, length) {
  return number < 0 ? `-${padded(-number, length)}` : `${number}`.padStart(length, "0");
}
