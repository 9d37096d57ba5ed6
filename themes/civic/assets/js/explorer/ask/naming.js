import { binOf } from "./bins.js";
import { columnOf, isNumber } from "./question.js";
import { spanOf } from "../engine/periods.js";
import { numberShown, shown } from "../format.js";

/**
 * Keys and values of answers as a reader reads them.
 *
 * @typedef {import("./question.js").By} By
 * @typedef {import("./question.js").Question} Question
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {import("./question.js").Described} Described
 */

const LONGEST = 200; // letters of a name in a chart or a table of answers; the rows have all of it

/** @param {number} year @param {number} month @param {number} [day] */
const utc = (year, month, day = 1) => {
  const moment = new Date(Date.UTC(2000, month - 1, day));
  moment.setUTCFullYear(year, month - 1, day);
  return moment;
};

/** A period in words. @param {string} key    such as "2024-Q3" @param {string} per @param {Telling} telling */
export function periodText(key, per, { say, language }) {
  if (!spanOf(key)) return key;
  const [year, part, day] = key.split("-");
  const number = Number(/\d+/.exec(part ?? "")?.[0]);
  if (per === "quarter") return say("ask-quarter", { quarter: String(number), year });
  if (per === "week") return say("ask-week", { week: String(number), year });
  if (per !== "month" && per !== "day") return key;
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { timeZone: "UTC", year: "numeric", month: "short", ...(per === "day" ? { day: "numeric" } : {}) };
  return new Intl.DateTimeFormat(language, parts).format(utc(Number(year), number, Number(day ?? 1)));
}

/** A mean has more digits than anybody wants to read. @param {string} raw @param {string} language */
export function meanText(raw, language) {
  const size = Math.abs(Number(raw));
  if (Number.isInteger(Number(raw))) return numberShown(raw, language);
  const digits = size >= 1 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(language, digits).format(Number(raw));
}

/** The value of an answer. @param {string | null} raw @param {Question} question @param {Telling} telling */
export function valueText(raw, { measure, of }, { say, language, columns }) {
  if (raw === null) return say("ask-none");
  const column = columnOf(columns, of);
  if (measure === "mean" || measure === "median") return meanText(raw, language);
  const isCounted = measure === "count" || measure === "sum" || isNumber(column?.type);
  return isCounted ? numberShown(raw, language) : cellText(raw, column, language);
}

/** The key of a group. @param {string | null} key @param {By} by @param {Telling} telling */
export function keyText(key, by, telling) {
  const { say, language, columns } = telling;
  if (key === null || key === "") return say("ask-empty");
  const column = columnOf(columns, by.column);
  if (by.per === "bins") return binText(key, column, telling);
  return by.per ? periodText(key, by.per, telling) : cellText(key, column, language);
}

/** A value, or what a code means. @param {string} raw @param {Described | undefined} column @param {string} language */
export function cellText(raw, column, language) {
  const { values } = column ?? {};
  if (values && Object.hasOwn(values, raw) && values[raw]) return values[raw];
  if (raw.length > LONGEST) return `${raw.slice(0, LONGEST)}…`;
  return column?.type ? shown(raw, /** @type {{type: string}} */ (column), language) : raw;
}

/** @param {string} key @param {Described | undefined} column @param {Telling} telling */
function binText(key, column, { say, language }) {
  const bin = binOf(key);
  if (!bin) return key;
  const [low, high] = [bin.low, bin.high].map((raw) => cellText(raw, column, language));
  return low === high ? low : say("ask-bin", { low, high });
}
