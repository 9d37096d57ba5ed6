import { columnOf, isNumber } from "./question.js";
import { keyText, valueText } from "./naming.js";

/**
 * An answer as what a chart draws.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").AnswerRow} AnswerRow
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {{key: string | null, label: string, value: number, text: string, rows: number, row: AnswerRow | null}} Point
 *   `value` is NaN where there is none; `row` is null for others taken together
 */

export const MOST_ROWS = 2000; // groups that a table of an answer has; the file of it has all

/**
 * Groups of one column, or of two as pairs, and others together.
 * @param {Answer} answer @param {Telling} telling @param {number} [most]    groups that are wanted
 */
export function pointsOf(answer, telling, most = Infinity) {
  const points = answer.rows.slice(0, most).map((row) => pointOf(row, answer, telling));
  const { others, question } = answer;
  return others && points.length < most ? [...points, restOf(others, othersText(answer, telling), question, telling)] : points;
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
 * Rows of several groups together. @param {{value: string | null, rows: number}} rest @param {string} label
 * @param {import("./question.js").Question} question @param {Telling} telling @returns {Point}
 */
export const restOf = ({ value, rows }, label, question, telling) =>
  ({ key: "", label, value: numberOf(value), text: valueText(value, question, telling), rows, row: null });

/** @param {AnswerRow} row @param {Answer} answer @param {Telling} telling @returns {Point} */
export function pointOf(row, { question }, telling) {
  const label = row.keys.map((key, at) => keyText(key, question.by[at], telling)).join(" · ");
  const text = row.rows ? valueText(row.value, question, telling) : telling.say("ask-no-rows");
  return { key: row.keys[0] ?? null, label, value: sizeOf(row), text, rows: row.rows, row };
}

/**
 * The value of a group as a number. One without a row has none: that a count of nothing is 0 must not look like something that
 * was counted.
 * @param {{value: string | null, rows: number}} group
 */
export const sizeOf = ({ value, rows }) => (rows ? numberOf(value) : NaN);

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
