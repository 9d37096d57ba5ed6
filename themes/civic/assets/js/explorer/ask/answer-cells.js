import { keyText } from "./naming.js";
import { byText, cutOf, isRowCount, measureText, questionText } from "./question.js";
import { MOST_ROWS, othersText, textOf } from "./series.js";

/**
 * What stands in the table of an answer: its caption, its heads and its cells.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {{text: string, isNumber: boolean}} Cell
 */

/** @param {Answer} answer */
const isFilled = ({ rows, others }) =>
  [...rows, ...(others ? [others, ...(others.parts ?? [])] : [])].every(({ filled }) => filled === undefined);

/**
 * What stands above the columns. A count is its own number of rows, which is not said twice.
 * @param {Answer} answer @param {Telling} telling
 */
export function headsOf(answer, telling) {
  const { question } = answer;
  const rows = isRowCount(question) ? [] : [telling.say(isFilled(answer) ? "ask-rows-head" : "ask-filled-head")];
  return [...question.by.map((by) => byText(by, telling)), measureText(question, telling), ...rows];
}

/** How many rows a table would have, without its limit: others by two columns have as many as there are keys. */
export const lengthOf = (/** @type {Answer} */ { rows, others }) => Math.max(rows.length, others?.parts?.length ?? 0);

/** What a table is called, and that it has the first rows alone. @param {Answer} answer @param {Telling} telling */
export function captionOf(answer, telling) {
  const { say } = telling;
  const rows = say("ask-rows", { count: answer.total.rows });
  const title = say("ask-caption", { title: questionText(answer.question, telling), rows });
  return lengthOf(answer) > MOST_ROWS ? say("ask-caption", { title, rows: say("ask-top", { count: MOST_ROWS }) }) : title;
}

/** @param {import("./question.js").AnswerRow} row @param {Answer} answer @param {Telling} telling @returns {Cell[]} */
export function cellsOf(row, answer, telling) {
  const keys = row.keys.map((key, at) => plain(keyText(key, answer.question.by[at], telling)));
  return [...keys, ...numbersOf(row, answer, telling)];
}

/**
 * The groups beyond the first ones, which stay last.
 * @param {Answer} answer @param {Telling} telling @param {number} [limit]    of rows @returns {Cell[][]}
 */
export function restOf(answer, telling, limit = MOST_ROWS) {
  const { others, question: { by } } = answer;
  const parts = others ? others.parts ?? [{ ...others, key: null }] : [];
  return parts.slice(0, limit).map((part) => {
    const keys = by.map((each, at) => (at === cutOf(by) ? othersText(answer, telling) : keyText(part.key, each, telling)));
    return [...keys.map((key) => plain(key)), ...numbersOf(part, answer, telling)];
  });
}

/** @param {import("./question.js").Total} group @param {Answer} answer @param {Telling} telling @returns {Cell[]} */
function numbersOf(group, answer, telling) {
  const text = textOf(group, answer, telling);
  if (isRowCount(answer.question)) return [number(text)];
  const [rows, filled] = [group.rows, group.filled ?? group.rows].map((count) => count.toLocaleString(telling.language));
  return [number(text), number(group.filled === undefined ? rows : telling.say("ask-filled-of", { filled, rows }))];
}

/** @param {string} text @returns {Cell} */
const plain = (text) => ({ text, isNumber: false });

/** @param {string} text @returns {Cell} */
const number = (text) => ({ text, isNumber: true });
