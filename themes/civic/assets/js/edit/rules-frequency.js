/** How often a dataset promises to be renewed, and whether it kept the promise: model/frequency.py, made again. */

import { dayOf, daysOf, ordinal } from "./rules-dates.js";
import { stripped, words } from "./rules-words.js";

/** @typedef {{word: string, iso: string, months: number, days: number}} Frequency */

const REPEAT = new RegExp("^R/P(?=.)(?:(D)Y)?(?:(D)M)?(?:(D)W)?(?:(D)D)?(?:T(?=.)(?:(D)H)?(?:(D)M)?(?:(D)S)?)?$"
  .replaceAll("(D)", "(\\p{Nd}{1,20})"), "u");

/**
 * Read a word or an ISO 8601 repeat; null when it is neither.
 * @param {string} text
 * @param {Record<string, string>} known
 * @returns {Frequency | null}
 */
export function frequencyOf(text, known) {
  const given = words(text.toLowerCase()).join(" ");
  const isWord = Object.keys(known).includes(given);
  if (isWord && !known[given]) return { word: given, iso: "", months: 0, days: 0 };
  const iso = isWord ? known[given] : stripped(text).toUpperCase();
  const match = REPEAT.exec(iso);
  if (!match) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map(numberOf);
  const whole = 7 * weeks + days + (hours || minutes || seconds ? 1 : 0);
  if (!(years || months || whole) || years > 1_000 || months > 12_000 || whole > 400_000) return null;
  const named = Object.keys(known).find((word) => known[word] === iso);
  return { word: isWord ? given : named ?? iso, iso, months: 12 * years + months, days: whole };
}

/** Digits of any script. @param {string | undefined} digits @returns {number} */
function numberOf(digits) {
  return Number([...(digits ?? "0")].map((digit) => {
    if (digit >= "0" && digit <= "9") return digit;
    let zero = /** @type {number} */ (digit.codePointAt(0));
    const isDigit = (/** @type {number} */ code) => /\p{Nd}/u.test(String.fromCodePoint(code));
    let value = 0;
    while (value < 9 && isDigit(zero - 1)) [zero, value] = [zero - 1, value + 1];
    return value;
  }).join(""));
}

/**
 * When an update was due, and by how many days it is late; null where it is not.
 * @param {string | null} updated
 * @param {Frequency | null} every
 * @param {string} today
 * @returns {{due: string, late: number} | null}
 */
export function lateness(updated, every, today) {
  if (updated === null || every === null || !(every.months || every.days)) return null;
  const due = after(updated, every);
  const late = ordinal(today) - ordinal(due);
  return late > 0 ? { due, late } : null;
}

/** @param {string} start @param {Frequency} every @returns {string} */
function after(start, every) {
  const [year, month, day] = start.split("-").map(Number);
  const index = year * 12 + month - 1 + every.months;
  const [laterYear, laterMonth] = [Math.floor(index / 12), (index % 12) + 1];
  if (laterYear > 9999) return "9999-12-31";
  const last = Math.min(day, daysOf(laterYear, laterMonth));   // a month after 31 January is the end of February
  const later = [String(laterYear).padStart(4, "0"), ...[laterMonth, last].map((part) => String(part).padStart(2, "0"))].join("-");
  return dayOf(ordinal(later) + every.days);
}
