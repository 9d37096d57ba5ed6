import { isAdded, isDrawn } from "./series.js";
import { columnOf, isInTime, isMoment, isNumber } from "./question.js";

/**
 * Which charts fit an answer.
 *
 * @typedef {"bar" | "line" | "stacked" | "histogram" | "scatter"} ChartKind
 */

const FEW_PERIODS = 8;

/**
 * The charts that fit, the best one first.
 * @param {import("./question.js").Answer} answer @param {import("./question.js").Telling} telling @returns {ChartKind[]}
 */
export function kindsFor(answer, telling) {
  const { question, rows, others } = answer;
  const [by, and] = question.by;
  if (!by || !isDrawn(answer, telling) || !rows.some(({ value }) => value !== null)) return [];
  const isTime = isInTime(by);
  if (and) {
    /** @type {ChartKind[]} */
    const kinds = isTime ? ["line"] : [];
    const isStacked = isAdded(answer) && ![...rows, ...(others?.parts ?? [])].some(({ value }) => Number(value) < 0);
    return [...(isStacked ? /** @type {ChartKind[]} */ (["stacked"]) : []), ...kinds, "bar"];
  }
  if (by.per === "bins") return canScatter(question, telling) ? ["histogram", "scatter"] : ["histogram"];
  if (isTime) return rows.length > FEW_PERIODS ? ["line", "bar"] : ["bar", "line"];
  return canScatter(question, telling) ? ["bar", "scatter"] : ["bar"];
}

/**
 * Whether the rows themselves can be drawn: a number against a number.
 * @param {import("./question.js").Question} question @param {import("./question.js").Telling} telling
 */
function canScatter({ of, by: [by] }, { columns }) {
  const type = columnOf(columns, by.column)?.type;
  return isNumber(columnOf(columns, of)?.type) && isNumber(type) && !isMoment(type) && of !== by.column;
}

/**
 * The chart that is drawn: the one asked for where it fits.
 * @param {string} wanted @param {ChartKind[]} kinds @returns {ChartKind | "none"}
 */
export function chosenKind(wanted, kinds) {
  if (wanted === "none") return "none";
  return kinds.find((kind) => kind === wanted) ?? kinds[0] ?? "none";
}
