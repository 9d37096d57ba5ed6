import { periodKey, periodOf, spanOf } from "../explorer/engine/periods.js";
import { daysOf } from "../explorer/engine/calendar.js";
import { isNumeric, worthText } from "./result.js";

/**
 * What of a result can be drawn: its first column of texts or dates against its first column of numbers, a row each. Where all
 * columns are numbers, the first one against the second.
 *
 * @typedef {import("./asking.js").Result} Result
 * @typedef {import("./database.js").Cell} Cell
 * @typedef {import("../explorer/ask/question.js").Answer} Answer
 * @typedef {import("../explorer/ask/question.js").Described} Described
 * @typedef {import("../explorer/ask/question.js").Per} Per
 * @typedef {import("../explorer/ask/question.js").AnswerRow} Group
 * @typedef {import("../explorer/engine/periods.js").Period} Period
 */

const MOST_GROUPS = 500;
const MOST_PERIODS = 20_000; // more are drawn without those between them, as in the explorer
const [FIRST_YEAR, LAST_YEAR] = [1800, 2199]; // of numbers that are taken for years
/** @type {[RegExp, Per][]} */
const PERIODS = [
  [/^\d{4}-\d\d-\d\d$/, "day"], [/^\d{4}-\d\d$/, "month"], [/^\d{4}-Q[1-4]$/, "quarter"], [/^\d{4}-W\d\d$/, "week"],
  [/^\d{4}$/, "year"],
];

/**
 * A result as an answer to a question of the explorer, which it can draw; null where no chart fits.
 * @param {Result} result @returns {{answer: Answer, columns: Described[]} | null}
 */
export function drawable({ names, rows }) {
  if (rows.length < 2 || rows.length > MOST_GROUPS) return null;
  const isNumber = names.map((_, at) => isNumeric(rows, at));
  const key = Math.max(0, isNumber.indexOf(false));
  const measure = isNumber.findIndex((each, at) => each && at !== key);
  if (measure < 0) return null;
  const value = (/** @type {Cell} */ cell) => (cell === null ? null : worthText(cell));
  const groups = rows.map((row) => ({ keys: [text(row[key])], value: value(row[measure] ?? null), rows: 1 }));
  const keys = groups.map(({ keys: [each] }) => each ?? null);
  if (new Set(keys).size < keys.length) return null; // a group that occurs twice has no one value
  const per = perOf(rows.map((row) => row[key] ?? null));
  const every = per ? inTime(groups, per) : { groups, isComplete: true };
  const [by, of] = [/** @type {string} */ (names[key]), /** @type {string} */ (names[measure])];
  return {
    columns: [{ name: by, type: per ? "date" : isNumber[key] ? "number" : "string" }, { name: of, type: "number" }],
    answer: {
      question: { measure: "max", of, by: [per ? { column: by, per } : { column: by }] },
      keys: [every.groups.map(({ keys: [each] }) => each ?? null)], rows: every.groups,
      total: { value: null, rows: rows.length }, isComplete: every.isComplete,
    },
  };
}

/** The periods that all keys name; none may be without one. @param {readonly Cell[]} cells @returns {Per | undefined} */
function perOf(cells) {
  const met = cells.filter((cell) => cell !== null);
  if (met.every((cell) => typeof cell !== "string")) return met.every(isYear) ? "year" : undefined;
  return PERIODS.find(([form, per]) => met.every((cell) => form.test(String(cell)) && isPeriod(String(cell), per)))?.[1];
}

/**
 * Whether a text is how a period is called: there is no month 13, and weeks are those of ISO 8601.
 * @param {string} key @param {Per} per
 */
const isPeriod = (key, per) => {
  const place = placeOf(key, per);
  return !Number.isNaN(place) && periodKey(place, /** @type {Period} */ (per)) === key;
};

/** @param {string} key @param {Per} per */
const placeOf = (key, per) => periodOf(daysOf(spanOf(key)?.low ?? ""), /** @type {Period} */ (per));

/** @param {Cell} cell */
const isYear = (cell) => Number.isInteger(Number(cell)) && Number(cell) >= FIRST_YEAR && Number(cell) <= LAST_YEAR;

/**
 * Groups in the order of time, with those between that have no rows; what has no period comes last.
 * @param {Group[]} groups @param {Per} per
 */
function inTime(groups, per) {
  const period = /** @type {Period} */ (per);
  /** @type {Map<number, Group>} */
  const places = new Map();
  for (const group of groups) if (group.keys[0] !== null) places.set(placeOf(group.keys[0], per), group);
  const met = [...places.keys()].sort((a, b) => a - b);
  const [first = 0, last = -1] = [met[0], met.at(-1)];
  const isComplete = last - first < MOST_PERIODS;
  const every = isComplete ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : met;
  const dated = every.map((place) => places.get(place) ?? { keys: [periodKey(place, period)], value: null, rows: 0 });
  return { groups: [...dated, ...groups.filter(({ keys: [key] }) => key === null)], isComplete };
}

/** @param {import("./database.js").Cell | undefined} cell */
function text(cell) {
  return cell === null || cell === undefined ? null : String(cell);
}
