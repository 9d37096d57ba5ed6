import { columnOf, isNumber } from "./question.js";
import { keyText, valueText } from "./naming.js";

/**
 * An answer as what a chart draws.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").AnswerRow} AnswerRow
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {import("./question.js").Total} Total
 * @typedef {{key: string | null, label: string, value: number, text: string, rows: number, filled?: number, isPart?: boolean,
 *   row: AnswerRow | null}} Point
 *   `value` is NaN where there is none; `isPart`: a sum that lacks some; `row` is null for others taken together
 */

export const MOST_ROWS = 2000; // groups that a table of an answer has; the file of it has all

/**
 * Groups of one column, or of two as pairs, and others together.
 * @param {Answer} answer @param {Telling} telling @param {number} [most]    groups that are wanted
 */
export function pointsOf(answer, telling, most = Infinity) {
  const points = answer.rows.slice(0, most).map((row) => pointOf(row, answer, telling));
  const { others } = answer;
  return others && points.length < most ? [...points, restOf(others, othersText(answer, telling), answer, telling)] : points;
}

/** What the groups beyond the first ones are called. @param {Answer} answer @param {Telling} telling */
export const othersText = ({ others }, { say }) => say("ask-others", { count: others?.groups ?? 0 });

/**
 * How many groups there are, in words: those that stand alone, and the others.
 * @param {Answer} answer @param {Telling} telling
 */
export function groupsText(answer, telling) {
  const groups = telling.say("ask-groups", { count: answer.rows.length });
  return answer.others ? telling.say("ask-caption", { title: groups, rows: othersText(answer, telling) }) : groups;
}

/**
 * Rows of several groups together.
 * @param {Total} rest @param {string} label @param {Answer} answer @param {Telling} telling @returns {Point}
 */
export const restOf = (rest, label, answer, telling) => ({ key: "", label, ...measuredOf(rest, answer, telling), row: null });

/** @param {AnswerRow} row @param {Answer} answer @param {Telling} telling @returns {Point} */
export function pointOf(row, answer, telling) {
  const label = row.keys.map((key, at) => keyText(key, answer.question.by[at], telling)).join(" · ");
  return { key: row.keys[0] ?? null, label, ...measuredOf(row, answer, telling), row };
}

/** @param {Total} group @param {Answer} answer @param {Telling} telling */
function measuredOf(group, answer, telling) {
  const { rows, filled } = group;
  return {
    value: sizeOf(group), text: textOf(group, answer, telling), rows, isPart: isPartial(group, answer),
    ...(filled === undefined ? {} : { filled }),
  };
}

/** The value of a group, or that there is none. @param {Total} group @param {Answer} answer @param {Telling} telling */
export function textOf(group, answer, telling) {
  return group.rows ? valueText(rawOf(group, answer), answer, telling) : telling.say("ask-no-rows");
}

/** The value of all rows. @param {Answer} answer @param {Telling} telling */
export const totalText = (answer, telling) => valueText(rawOf(answer.total, answer), answer, telling);

/**
 * The raw value of a group, or that there is none: that the sum of nothing is 0 must not look like something that was measured.
 * @param {Total} group @param {Answer} answer
 */
export const rawOf = ({ value, rows, filled }, { question: { measure } }) =>
  (measure === "count" || (rows && filled !== 0) ? value : null);

/**
 * Whether a sum is of some rows of its group alone: others have no value.
 * @param {{filled?: number}} group @param {Answer} answer
 */
export const isPartial = ({ filled }, { question: { measure } }) => measure === "sum" && Boolean(filled);

/**
 * How many rows a group has, and how many of them have a value where some have none.
 * @param {{rows: number, filled?: number}} group @param {import("../words.js").Say} say
 */
export const rowsText = ({ rows, filled }, say) =>
  (filled === undefined ? say("ask-rows", { count: rows }) : say("ask-rows-filled", { count: rows, filled }));

/**
 * The value of a group as a number. One without a row has none, nor one of which no row has a value: that a count or a sum of
 * nothing is 0 must not look like something that was counted.
 * @param {Total} group
 */
export const sizeOf = ({ value, rows, filled }) => (rows && filled !== 0 ? numberOf(value) : NaN);

/** @param {string | null} raw */
const numberOf = (raw) => (raw === null || raw.trim() === "" ? NaN : Number(raw));

/**
 * The points that stand on an axis of time or of numbers: rows without a key, and others, have no place on it.
 * @param {Answer} answer @param {Telling} telling
 */
export const placedPoints = (answer, telling) =>
  pointsOf(answer, telling).filter(({ key, row }) => row && key !== null && key !== "");

/** Whether the values of groups can be added up. @param {Answer} answer */
export const isAdded = ({ question: { measure } }) => measure === "count" || measure === "sum";

/** Whether an answer has values that can be drawn. @param {Answer} answer @param {Telling} telling */
export function isDrawn({ question: { measure, of } }, { columns }) {
  const type = columnOf(columns, of)?.type;
  return measure === "count" || type === undefined || isNumber(type) || !["min", "max"].includes(measure);
}
