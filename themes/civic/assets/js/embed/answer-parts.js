import { captionOf, cellsOf, headsOf, restOf } from "../explorer/ask/answer-cells.js";
import { drawn, svgOf } from "../explorer/ask/chart.js";
import { make } from "../explorer/ask/elements.js";
import { MOST_ROWS } from "../explorer/ask/series.js";
import { tableOf } from "./table.js";

/**
 * An answer within a page of others: its chart with what is to be said of it, and its numbers, by the rules of the explorer.
 *
 * @typedef {import("../explorer/ask/question.js").Answer} Answer
 * @typedef {import("../explorer/ask/question.js").Telling} Telling
 */

/**
 * The numbers of an answer, as a table has them.
 * @param {Answer} answer @param {Telling} telling @param {readonly string[]} narrowed    the filters in force, in words
 */
export function numbersOf(answer, telling, narrowed) {
  const heads = headsOf(answer, telling);
  const rows = [
    ...answer.rows.slice(0, MOST_ROWS).map((row) => cellsOf(row, answer, telling)), ...restOf(answer, telling),
  ].map((cells) => cells.map(({ text }) => text));
  const { length } = answer.question.by;
  return {
    caption: [captionOf(answer, telling), ...narrowed].join(" · "), heads, rows,
    numbers: heads.map((_, at) => at).slice(length),
  };
}

/**
 * The chart of an answer. Dots are of rows, which no page of others is given.
 * @param {Answer} answer @param {Telling} telling @param {string} kind @param {number} width    of its room; 0 is not known
 */
export const drawingOf = (answer, telling, kind, width) =>
  drawn(answer, { ...telling, kind: kind === "scatter" ? "" : kind, ...(width ? { width } : {}) });

/**
 * @param {Answer} answer @param {Telling} telling @param {{kind: string, narrowed: readonly string[]}} how
 * @returns {Element[]}
 */
export function answerParts(answer, telling, { kind, narrowed }) {
  const table = tableOf(numbersOf(answer, telling, narrowed));
  return drawingOf(answer, telling, kind, 0) ? [figureOf(answer, telling, kind), table] : [table];
}

/** A chart that is drawn for the room that it has. @param {Answer} answer @param {Telling} telling @param {string} kind */
function figureOf(answer, telling, kind) {
  const room = make("div", { class: "plot-room" });
  const notes = make("div", { class: "answer-notes" });
  let known = -1;
  const draw = () => {
    const width = Math.floor(room.clientWidth);
    if (Math.abs(width - known) <= 4) return;
    known = width;
    const drawing = drawingOf(answer, telling, kind, width);
    if (!drawing) return;
    room.replaceChildren(svgOf(drawing));
    notes.replaceChildren(...drawing.notes.map((note) => make("p", {}, note)));
  };
  new ResizeObserver(draw).observe(room);
  return make("figure", { class: "chart-figure" }, room, notes);
}
