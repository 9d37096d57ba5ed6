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
  // A sum of which some is missing is not the lowest for that, unless most are so.
  const whole = points.filter(({ row }) => !isPartial(row, answer));
  const sorted = [...(whole.length > points.length / 2 ? whole : points)].sort((a, b) => b.value - a.value);
  const told = (/** @type {{row: import("./question.js").AnswerRow}} */ { row }) => {
    const { label, text } = pointOf(row, answer, telling); // only of those that are named: there can be very many
    return say("chart-part", { key: label, value: text });
  };
  const [most, least] = [sorted[0], sorted[sorted.length - 1]].map(told);
  if (points.length === 1) return say("chart-one", { title, most });
  const isEven = sorted.length === points.length && sorted[0].value === sorted[sorted.length - 1].value;
  if (isEven) return say("chart-even", { title, value: pointOf(sorted[0].row, answer, telling).text });
  if (!isTime) return say("chart-finding", { title, most, least });
  const [first, last] = [points[0], points[points.length - 1]].map(told);
  return say("chart-course", { title, first, last, most, least });
}
