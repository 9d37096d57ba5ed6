/** Days of the calendar, counted and written as Python's `date` does. */

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** @param {number} year @returns {boolean} */
const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** @param {number} year @param {number} month @returns {number} */
export const daysOf = (year, month) => MONTHS[month - 1] + (month === 2 && isLeap(year) ? 1 : 0);

/** Whether a text is a day that exists, as YYYY-MM-DD. @param {string} text @returns {boolean} */
export function isDay(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number);
  return year > 0 && month > 0 && month < 13 && day > 0 && day <= daysOf(year, month);
}

/** A day as a count of days since one long ago (1 January of the year 1 is 1). @param {string} day @returns {number} */
export function ordinal(day) {
  const [year, month, date] = day.split("-").map(Number);
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let each = 1; each < month; each++) days += daysOf(year, each);
  return days + date;
}

/** The day of such a count; the last there is for one beyond it. @param {number} days @returns {string} */
export function dayOf(days) {
  const last = ordinal("9999-12-31");
  const moment = new Date(0);
  moment.setUTCFullYear(1, 0, 1);
  moment.setUTCDate(Math.min(days, last));
  return moment.toISOString().slice(0, 10);
}

/** How many weeks a year has (ISO 8601). @param {number} year @returns {number} */
export function weeksOf(year) {
  const first = (ordinal(`${String(year).padStart(4, "0")}-01-01`) + 6) % 7;   // 0 is a Monday
  return first === 3 || (first === 2 && isLeap(year)) ? 53 : 52;
}

/** The count of the day on which a week begins. @param {number} year @param {number} week @returns {number} */
export function weekStart(year, week) {
  const fourth = ordinal(`${String(year).padStart(4, "0")}-01-04`);
  return fourth - ((fourth + 6) % 7) + 7 * (week - 1);
}
