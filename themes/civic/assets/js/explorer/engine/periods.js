/**
 * Days, weeks, months, quarters and years: which one a date or moment is in, their names, and the days they span.
 * Each is a whole number that grows by one from a period to the next, so that the missing ones between are easy to name.
 *
 * @typedef {"day" | "week" | "month" | "quarter" | "year"} Period
 */
import { dateText, daysFrom, daysOf, firstOfMonth, monthOf } from "./calendar.js";

/** @type {readonly string[]} */
export const PERIODS = ["day", "week", "month", "quarter", "year"];

const MONTHS = { month: 1, quarter: 3, year: 12 };
const TO_MONDAY = 3; // 1970-01-01 was a Thursday
const KEY = /^(-?[0-9]{4,6})(?:-(?:W([0-9]{2})|Q([1-4])|([0-9]{2})))?$/;

/** The period that a day is in. @param {number} days    since 1970-01-01 @param {Period} per */
export function periodOf(days, per) {
  if (per === "day") return days;
  if (per === "week") return Math.floor((days + TO_MONDAY) / 7);
  return Math.floor(monthOf(days) / MONTHS[per]);
}

/** The first day of a period. @param {number} period @param {Period} per */
export function firstDay(period, per) {
  if (per === "day") return period;
  if (per === "week") return period * 7 - TO_MONDAY;
  return firstOfMonth(period * MONTHS[per]);
}

/** The name of a period: 2024, 2024-Q3, 2024-07, 2024-W07 (ISO 8601), 2024-07-09. @param {number} period @param {Period} per */
export function periodKey(period, per) {
  const text = dateText(firstDay(period, per) + (per === "week" ? TO_MONDAY : 0)); // a week is of the year of its Thursday
  const year = text.slice(0, -6);
  switch (per) {
    case "day": return text;
    case "month": return text.slice(0, -3);
    case "week": return `${year}-W${`${Math.ceil(ordinal(text, Number(year)) / 7)}`.padStart(2, "0")}`;
    case "quarter": return `${year}-Q${Math.ceil(Number(text.slice(-5, -3)) / 3)}`;
    default: return year;
  }
}

/** Which day of the year it is. @param {string} text @param {number} year */
function ordinal(text, year) {
  return daysOf(text) - daysFrom(year, 1, 1) + 1;
}

/**
 * The first and the last day of the period that a key names, as dates for a filter; null when it names none.
 * @param {string} key @returns {{low: string, high: string} | null}
 */
export function spanOf(key) {
  const day = daysOf(key);
  if (!Number.isNaN(day)) return { low: key, high: key };
  const found = KEY.exec(key);
  if (!found) return null;
  const [year, week, quarter, month] = found.slice(1).map((part) => Number(part ?? 0));
  if (week) return span(periodOf(daysFrom(year, 1, 4), "week") + week - 1, "week"); // 4 January is always in the first one
  if (quarter) return span(year * 4 + quarter - 1, "quarter");
  return found[4] ? span(year * 12 + month - 1, "month") : span(year, "year");
}

/** @param {number} period @param {Period} per */
function span(period, per) {
  return { low: dateText(firstDay(period, per)), high: dateText(firstDay(period + 1, per) - 1) };
}
