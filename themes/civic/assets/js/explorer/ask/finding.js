import { isInTime, questionText } from "./question.js";
import { isPartial, pointOf, sizeOf } from "./series.js";

/**
 * What an answer shows, in a sentence or two: what a chart is called for those who do not see it.
 *
 * @param {import("./question.js").Answer} answer @param {import("./question.js").Telling} telling
 */
export function findingText(answer, telling) {
  const { question } = answer;
  const { say } = telling;
  const title = questionText(question, telling);
  const isTime = question.by.length === 1 && isInTime(question.by[0]);
  const points = answer.rows.map((row) => ({ row, value: sizeOf(row) }))
    .filter(({ value, row }) => !Number.isNaN(value) && (!isTime || row.keys[0]));
  if (!points.length) return say("chart-nothing", { title });
  const { highest, lowest, isAll } = extremes(points, answer);
  const told = (/** @type {{row: import("./question.js").AnswerRow}} */ { row }) => {
    const { label, text } = pointOf(row, answer, telling); // only of those that are named: there can be very many
    return say("chart-part", { key: label, value: text });
  };
  const [most, least] = [highest, lowest].map(told);
  if (points.length === 1) return say("chart-one", { title, most });
  const isEven = isAll && highest.value === lowest.value;
  if (isEven) return say("chart-even", { title, value: pointOf(highest.row, answer, telling).text });
  if (!isTime) return say("chart-finding", { title, most, least });
  const [first, last] = [points[0], points[points.length - 1]].map(told);
  return say("chart-course", { title, first, last, most, least });
}

/**
 * The highest and the lowest of points, and whether all were compared. What a sum lacks may take it further from zero: above
 * zero a sum of which some is missing can be the highest, and is not called the lowest for that; below zero it is the other way
 * round. Where most lack some, all are compared as they are. The same rule as that of incomplete.py.
 * @param {{row: import("./question.js").AnswerRow, value: number}[]} points @param {import("./question.js").Answer} answer
 */
function extremes(points, answer) {
  const whole = points.filter(({ row }) => !isPartial(row, answer));
  const isFew = whole.length <= points.length / 2;
  const among = (/** @type {number} */ way) =>
    points.filter(({ row, value }) => isFew || value * way > 0 || !isPartial(row, answer));
  return {
    highest: among(1).reduce((a, b) => (b.value > a.value ? b : a)),
    lowest: among(-1).reduce((a, b) => (b.value <= a.value ? b : a)),
    isAll: isFew || whole.length === points.length,
  };
}
