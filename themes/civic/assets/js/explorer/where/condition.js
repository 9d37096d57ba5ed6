/**
 * Conditions of an address, such as `days_open <= 3 and status == 'CLOSED'`, as filters that know their columns and rows. A
 * condition that cannot be understood is an error: rows that nobody asked for must not be taken for those that were.
 *
 * @typedef {import("../engine/filters.js").Where} Where
 * @typedef {{kindOf: import("./typing.js").KindOf, calendars: string}} Given    calendars: where the files with holidays are
 */
import { ReadingError } from "../data/errors.js";
import { daysOf } from "../engine/calendar.js";
import { zoneOf } from "./moments.js";
import { namesIn, parsed } from "./parsing.js";
import { as, typed } from "./typing.js";

/** @param {Where} where @param {Given} given @returns {Promise<Where>} */
export async function readCondition(where, { kindOf, calendars }) {
  const { text, tz, calendar } = where;
  const node = parsed(text);
  const made = as("condition", typed(node, kindOf), node);
  const zone = tz ? zoneOf(tz) : null;
  const holidays = calendar ? await holidaysOf(`${calendars}${calendar}.json`) : [];
  return {
    ...where, names: namesIn(node),
    holds: (column) => {
      const found = made({ column, zone, holidays });
      return (row) => found(row) === 1;
    },
  };
}

/** The holidays of a calendar, in order. @param {string} url @returns {Promise<number[]>} */
async function holidaysOf(url) {
  const answer = await fetch(url).catch((error) => fail("Unreachable", `${url}: ${error.message}`));
  if (!answer.ok) fail("Refused", `${url}: ${answer.status}`);
  const told = await answer.json().catch((error) => fail("Broken", `${url}: ${error.message}`));
  return Object.keys(told.holidays ?? {}).map(daysOf).filter((day) => !Number.isNaN(day)).sort((one, other) => one - other);
}

/** @param {import("../data/errors.js").Trouble} name @param {string} message @returns {never} */
function fail(name, message) {
  throw new ReadingError(name, message);
}
