/**
 * Days and moments of every row: by the clock as it is written, or by that of a zone; and working days by a calendar.
 *
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {import("./numbers.js").Test} Test
 * @typedef {(row: number) => bigint} Microseconds    since 1970
 * @typedef {{has: Test, day: (row: number) => number}} Days    since 1970-01-01
 * @typedef {Days & {clock: Microseconds, utc: (row: number) => bigint | null}} Moments    utc: null where nobody knows it
 * @typedef {(utc: bigint) => bigint} Zone    how far a clock is ahead of UTC
 */
import { DAY, daysFrom, momentOf } from "../engine/calendar.js";
import { digitsOf, isFilled } from "../engine/cells.js";
import { floorDivided } from "../engine/decimals.js";
import { always } from "./numbers.js";
import { fail } from "./words.js";

const SECOND = 1_000_000n; // in microseconds
const DAY_LONG = BigInt(DAY) * 1000n;
const OF_DAY = 86_400; // seconds
const OFFSET = /^([+-])([01][0-9]|2[0-3]):?([0-5][0-9])$/;
const NUMERIC = /** @type {const} */ ("numeric");

const dayAt = (/** @type {bigint} */ clock) => Number(floorDivided(clock, DAY_LONG));

/** The clock of a zone. @param {string} name @returns {Zone} */
export function zoneOf(name) {
  const fields = { year: NUMERIC, month: NUMERIC, day: NUMERIC, hour: NUMERIC, minute: NUMERIC, second: NUMERIC };
  /** @type {Intl.DateTimeFormat} */
  let format;
  try {
    format = new Intl.DateTimeFormat("en-US", { ...fields, timeZone: name, hourCycle: "h23" });
  } catch {
    return fail(name);
  }
  const ahead = (/** @type {number} */ seconds) => {
    const shown = Object.fromEntries(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]));
    const { year, month, day, hour, minute, second } = shown;
    return ((daysFrom(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - seconds;
  };
  /** @type {Map<number, number>} */
  const known = new Map(); // by day; NaN where clocks are set
  return (utc) => {
    const seconds = Number(floorDivided(utc, SECOND));
    const day = Math.floor(seconds / OF_DAY);
    let found = known.get(day);
    if (found === undefined) {
      const first = ahead(day * OF_DAY);
      known.set(day, (found = first === ahead((day + 1) * OF_DAY - 1) ? first : NaN));
    }
    return BigInt(Number.isNaN(found) ? ahead(seconds) : found) * SECOND;
  };
}

/** Microseconds east of UTC; null where nothing is said, undefined where it is no offset. @param {string} text */
function offsetOf(text) {
  if (!text || text === "Z") return text ? 0n : null;
  const found = OFFSET.exec(text);
  if (!found) return undefined;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return BigInt(found[1] === "-" ? -minutes : minutes) * 60n * SECOND;
}

/** @param {bigint} clock    as written @param {bigint | null} offset @param {Zone | null} zone */
function shownBy(clock, offset, zone) {
  const utc = offset === null ? null : clock - offset;
  return { clock: utc === null || !zone ? clock : utc + zone(utc), utc };
}

/** A moment that stands in a condition; null where a text is none. @param {string} text @param {Zone | null} zone @returns {Moments | null} */
export function moment(text, zone) {
  const found = momentOf(text);
  const offset = found && offsetOf(found.offset);
  if (!found || offset === undefined) return null;
  const { clock, utc } = shownBy(found.clock, offset, zone);
  const day = dayAt(clock);
  return { has: always, day: () => day, clock: () => clock, utc: () => utc };
}

/** A column of moments. @param {Column} column @param {Zone | null} zone @returns {Moments} */
export function momentsOf(column, zone) {
  const { codes, values = [], numbers = new Float64Array(), exact } = column;
  const has = (/** @type {number} */ row) => isFilled(column, row);
  if (codes) {
    const read = values.map((text) => {
      const found = momentOf(text) ?? { clock: 0n, offset: "" };
      return shownBy(found.clock, offsetOf(found.offset) ?? null, zone);
    });
    const clock = (/** @type {number} */ row) => read[codes[row]].clock;
    return { has, clock, day: (row) => dayAt(clock(row)), utc: (row) => read[codes[row]].utc };
  }
  const offset = offsetOf(column.offset ?? "") ?? null;
  const at = (/** @type {number} */ row) => shownBy(digitsOf(column, row), offset, zone);
  const isPlain = !exact && (!zone || offset === null);
  return {
    has, clock: (row) => at(row).clock, utc: (row) => at(row).utc,
    day: isPlain ? (row) => Math.floor(numbers[row] / DAY) : (row) => dayAt(at(row).clock),
  };
}

/** Moments as they are, and days as those of their midnights. @param {Days | Moments} given @returns {Moments} */
function momentsAt(given) {
  if ("utc" in given) return given;
  return { ...given, clock: (row) => BigInt(given.day(row)) * DAY_LONG, utc: () => null };
}

/**
 * How long after one moment another was: by UTC where that is known of both, else by the clock.
 * @param {Days | Moments} start @param {Days | Moments} end @returns {Microseconds}
 */
export function between(start, end) {
  const [from, to] = [momentsAt(start), momentsAt(end)];
  return (row) => {
    const [first, last] = [from.utc(row), to.utc(row)];
    return first === null || last === null ? to.clock(row) - from.clock(row) : last - first;
  };
}

/**
 * What counts the working days up to and with a day, from a day that is always the same: all but Saturdays, Sundays, holidays.
 * @param {readonly number[]} holidays    days, in order
 */
export function workingDays(holidays) {
  const off = holidays.filter((day) => weekday(day) < 6);
  return (/** @type {number} */ day) => {
    let low = 0;
    for (let high = off.length; low < high;) {
      const middle = (low + high) >> 1;
      if (off[middle] <= day) low = middle + 1;
      else high = middle;
    }
    const number = weekday(day);
    return ((day + 4 - number) / 7) * 5 + Math.min(number, 5) - low;
  };
}

/** The day of the week, of which Monday is 1. @param {number} day */
export const weekday = (day) => ((((day + 3) % 7) + 7) % 7) + 1;
