/**
 * The functions of conditions: what each takes and gives.
 *
 * @typedef {import("./typing.js").Kind} Kind
 * @typedef {import("./moments.js").Days} Days
 * @typedef {import("./texts.js").Texts} Texts
 * @typedef {object} Known
 * @property {readonly Kind[][]} takes    kinds that may stand at each place
 * @property {Kind} gives
 * @property {boolean} [isOfText]         the second value is a text that is the same for every row
 * @property {(holidays: readonly number[], ...given: any[]) => unknown} made    any: values, as the kinds say
 */
import { monthOf } from "../engine/calendar.js";
import { between, weekday, workingDays } from "./moments.js";
import { both, fixed, whole } from "./numbers.js";
import { ofTexts } from "./texts.js";

const MOST_DAYS = 1e9; // between any two days
const MINUTE = 60_000_000n; // in microseconds

/** @type {Kind[]} */
const DATED = ["date", "moment"];
/** @type {Kind[]} */
const MOMENT = ["moment"];
/** @type {Kind[]} */
const TEXT = ["text"];

/** @param {(start: number, end: number) => number} number @param {Days} start @param {Days} end */
const ofDays = (number, start, end) => ({
  has: both(start.has, end.has), top: whole((row) => number(start.day(row), end.day(row)), MOST_DAYS), bottom: fixed(1n),
});

/** @param {(day: number) => number} number @returns {Known} */
const ofDay = (number) => ({
  takes: [DATED], gives: "number",
  made: (_, /** @type {Days} */ { has, day }) => ({ has, top: whole((row) => number(day(row)), MOST_DAYS), bottom: fixed(1n) }),
});

/** @param {bigint} unit    in microseconds @returns {Known} */
const lasting = (unit) => ({
  takes: [MOMENT, MOMENT], gives: "number",
  made: (_, start, end) => ({ has: both(start.has, end.has), top: whole(between(start, end), Infinity), bottom: fixed(unit) }),
});

/** @param {(text: string, part: string) => boolean} holds @returns {Known} */
const ofText = (holds) => ({
  takes: [TEXT, TEXT], gives: "condition", isOfText: true,
  made: (_, /** @type {Texts} */ texts, /** @type {Texts} */ { values: [part] }) => ofTexts(texts, (text) => holds(text, part)),
});

/** @type {Record<string, Known>} */
export const FUNCTIONS = {
  business_days: {
    takes: [DATED, DATED], gives: "number",
    made: (holidays, start, end) => {
      const until = workingDays(holidays);
      return ofDays((from, to) => until(to) - until(from), start, end);
    },
  },
  days: { takes: [DATED, DATED], gives: "number", made: (_, start, end) => ofDays((from, to) => to - from, start, end) },
  hours: lasting(60n * MINUTE),
  minutes: lasting(MINUTE),
  year: ofDay((day) => Math.floor(monthOf(day) / 12)),
  month: ofDay((day) => (monthOf(day) % 12) + 1),
  weekday: ofDay(weekday),
  lower: {
    takes: [TEXT], gives: "text",
    made: (_, /** @type {Texts} */ texts) => ({ ...texts, values: texts.values.map((text) => text.toLowerCase()) }),
  },
  contains: ofText((text, part) => text.includes(part)),
  starts_with: ofText((text, part) => text.startsWith(part)),
};
