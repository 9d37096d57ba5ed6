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

/** Groups of one column, or of two as pairs, and others together. @param {Answer} answer @param {Telling} telling */
export function pointsOf(answer, telling) {
  const points = answer.rows.map((row) => pointOf(row, answer, telling));
  const { others, question } = answer;
  return others ? [...points, restOf(others, othersText(answer, telling), question, telling)] : points;
}

/** What the groups beyond the first ones are called. @param {Answer} answer @param {Telling} telling */
export const othersText = ({ others }, { say }) => say("ask-others", { count: others?.groups ?? 0 });

/**
 * Rows of several groups together. @param {{value: string | null, rows: number}} rest @param {string} label
 * @param {import("./question.js").Question} question @param {Telling} telling @returns {Point}
 */
export const restOf = ({ value, rows }, label, question, telling) =>
  ({ key: "", label, value: numberOf(value), text: valueText(value, question, telling), rows, row: null });

/** @param {AnswerRow} row @param {Answer} answer @param {Telling} telling @returns {Point} */
export function pointOf(row, { question }, telling) {
  const label = row.keys.map((key, at) => keyText(key, question.by[at], telling)).join(" · ");
  // A group without a row has no value: that a count of nothing is 0 must not look like something that was counted.
  const value = row.rows ? numberOf(row.value) : NaN;
  const text = row.rows ? valueText(row.value, question, telling) : telling.say("ask-no-rows");
  return { key: row.keys[0] ?? null, label, value, text, rows: row.rows, row };
}

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
