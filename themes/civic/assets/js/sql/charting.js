import { isNumeric, shownText } from "./result.js";

/**
 * What of a result can be drawn: its first column of texts or dates against its first column of numbers, a row each.
 *
 * @typedef {import("./asking.js").Result} Result
 * @typedef {import("./database.js").Cell} Cell
 * @typedef {import("../explorer/ask/question.js").Answer} Answer
 * @typedef {import("../explorer/ask/question.js").Described} Described
 * @typedef {import("../explorer/ask/question.js").Per} Per
 */

const MOST_GROUPS = 500;
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
  const key = isNumber.findIndex((each) => !each);
  const measure = isNumber.indexOf(true);
  if (key < 0 || measure < 0) return null;
  const value = (/** @type {Cell} */ cell) => (cell === null ? null : shownText(cell));
  const groups = rows.map((row) => ({ keys: [text(row[key])], value: value(row[measure] ?? null), rows: 1 }));
  const keys = groups.map(({ keys: [each] }) => each ?? null);
  if (new Set(keys).size < keys.length) return null; // a group that occurs twice has no one value
  const per = periodOf(keys);
  const [by, of] = [/** @type {string} */ (names[key]), /** @type {string} */ (names[measure])];
  return {
    columns: [{ name: by, type: per ? "date" : "string" }, { name: of, type: "number" }],
    answer: {
      question: { measure: "max", of, by: [per ? { column: by, per } : { column: by }] }, keys: [keys],
      rows: per ? groups.sort(inTime) : groups, total: { value: null, rows: rows.length }, isComplete: true,
    },
  };
}

/** @param {readonly (string | null)[]} keys */
function periodOf(keys) {
  return PERIODS.find(([form]) => keys.every((key) => key !== null && form.test(key)))?.[1];
}

/** @param {{keys: (string | null)[]}} one @param {{keys: (string | null)[]}} other */
function inTime({ keys: [one] }, { keys: [other] }) {
  return String(one) < String(other) ? -1 : 1;
}

/** @param {import("./database.js").Cell | undefined} cell */
function text(cell) {
  return cell === null || cell === undefined ? null : String(cell);
}
