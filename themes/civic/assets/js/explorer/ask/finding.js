import { isInTime, questionText } from "./question.js";
import { placedPoints, pointsOf } from "./series.js";

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
  const points = (isTime ? placedPoints(answer, telling) : pointsOf(answer, telling))
    .filter(({ value, row }) => row && !Number.isNaN(value));
  if (!points.length) return say("chart-nothing", { title });
  const sorted = [...points].sort((a, b) => b.value - a.value);
  const told = (/** @type {import("./series.js").Point} */ { label, text }) => say("chart-part", { key: label, value: text });
  const [most, least] = [sorted[0], sorted[sorted.length - 1]].map(told);
  if (points.length === 1) return say("chart-one", { title, most });
  if (sorted[0].value === sorted[sorted.length - 1].value) return say("chart-even", { title, value: sorted[0].text });
  if (!isTime) return say("chart-finding", { title, most, least });
  const [first, last] = [points[0], points[points.length - 1]].map(told);
  return say("chart-course", { title, first, last, most, least });
}
