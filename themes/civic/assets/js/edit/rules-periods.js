/** Periods by their names: 2026, 2026-Q2, 2026-06, 2026-W07, 2026-06-30 and FY2026, as model/periods.py reads them. */

import { isDay, ordinal, weekStart, weeksOf } from "./rules-dates.js";

/** What kind of period a name is; null for a text that names none that exists. @param {string} name @returns {string | null} */
export function grainOf(name) {
  const match = /^(FY)?(\d{4})(?:-(?:Q([1-4])|W(\d{2})|(\d{2})(?:-(\d{2}))?))?$/.exec(name);
  if (!match || (match[1] && name.length > 6)) return null;
  const [year, week] = [Number(match[2]), Number(match[4])];
  if (match[1]) return year > 1 ? "fiscal-year" : null;
  if (year < 1) return null;
  if (match[4]) {
    const start = week > 0 && week <= weeksOf(year) ? weekStart(year, week) : 0;
    return start > 0 && start + 6 <= ordinal("9999-12-31") ? "week" : null;
  }
  if (match[3]) return lastsTooLong(year, Number(match[3]) * 3, 3) ? null : "quarter";
  if (match[6]) return isDay(name) ? "day" : null;
  if (!match[5]) return "year";
  return isDay(`${name}-01`) && !lastsTooLong(year, Number(match[5]), 1) ? "month" : null;
}

/**
 * The calendar ends with the year 9999, and a period is followed by another day.
 * @param {number} year
 * @param {number} last month
 * @param {number} months
 * @returns {boolean}
 */
function lastsTooLong(year, last, months) {
  const first = ordinal(`${String(year).padStart(4, "0")}-${String(last - months + 1).padStart(2, "0")}-01`);
  return first + 31 * months > ordinal("9999-12-31");
}
