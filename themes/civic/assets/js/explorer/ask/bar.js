import { at, ground, label, mark, QUIET, widthOf } from "./drawing.js";
import { down, frame, gridLines, labelsUnder, stepOf } from "./frame.js";
import { scaleOf, shareOf } from "./scale.js";
import { rowsText } from "./series.js";

/**
 * Bars: lying ones for categories, standing ones for what follows one another.
 *
 * @typedef {import("./series.js").Point} Point
 * @typedef {import("./frame.js").Picture} Picture
 * @typedef {{width: number, language: string, say: import("../words.js").Say}} Paper
 */

export const MOST_BARS = 30; // lying ones
const ROW = 30;
export const THICK = 20;
const NARROW = 480;

/** @param {Point} point @param {import("../words.js").Say} say @returns {import("./frame.js").Reading} */
export const readingOf = (point, say) => ({
  text: say("chart-reading", { key: point.label, value: point.text, rows: rowsText(point, say) }),
  rows: point.row ? [point.row] : [],
});

/**
 * The rows that lying bars are in: how high, where names end, where values stand.
 * @param {{label: string, value: number, text: string}[]} points @param {number} width
 */
export function lying(points, width) {
  const isNarrow = width < NARROW;
  const height = isNarrow ? ROW + 20 : ROW;
  const left = isNarrow ? 0 : Math.min(width * 0.4, Math.max(...points.map(({ label }) => widthOf(label)), 0)) + 12;
  const values = Math.max(...points.map(({ text }) => widthOf(text)), 0) + 16;
  const axis = scaleOf(points.map(({ value }) => value));
  const low = Math.min(0, ...points.map(({ value }) => value || 0));
  const room = Math.max(40, width - left - values * (low < 0 ? 2 : 1));
  const start = left + (low < 0 ? values : 0);
  const x = (/** @type {number} */ value) => start + shareOf({ ...axis, low }, value) * room;
  return {
    height, x, low,
    top: (/** @type {number} */ place) => place * height + (isNarrow ? 24 : 5),
    name: (/** @type {string} */ text, /** @type {number} */ place) => (isNarrow
      ? label(text, 0, place * height + 18, { room: width })
      : label(text, left - 12, place * height + 20, { anchor: "end", room: left - 12 })),
    grounds: points.map((_, place) => ground(place, [0, place * height, width, height])),
  };
}

/** @param {Point[]} all @param {Paper} paper @returns {Picture} */
export function lyingBars(all, { width, say }) {
  const points = all.length > MOST_BARS ? all.slice(0, MOST_BARS) : all;
  const rows = lying(points, width);
  const bars = points.map((point, place) => lyingBar(point, place, rows));
  return {
    width, height: points.length * rows.height + 2,
    marks: [...rows.grounds, mark("g", { class: "marks", ...QUIET }, ...bars.map(({ bar }) => bar)),
      mark("g", QUIET, ...bars.flatMap(({ texts }) => texts))],
    readings: points.map((point) => readingOf(point, say)),
  };
}

/** @param {Point} point @param {number} place @param {ReturnType<typeof lying>} rows */
function lyingBar(point, place, { top: topOf, name: nameOf, x, low }) {
  const value = Number.isNaN(point.value) ? 0 : point.value;
  const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
  const top = topOf(place);
  // A value that is not nothing is seen.
  const wide = value ? Math.max(1, to - from) : 0;
  const box = { x: at(from), y: top, width: at(wide), height: THICK };
  const kind = [...(point.row ? [] : ["others"]), ...(point.isPart ? ["open"] : [])].join(" ");
  const bar = mark("rect", kind ? { ...box, class: kind } : box);
  const isLeft = value < 0 && low < 0;
  const number = isLeft ? label(point.text, from - 6, top + 15, { anchor: "end" }) : label(point.text, to + 6, top + 15);
  return { bar, texts: [nameOf(point.label, place), number] };
}

/**
 * Bars that stand side by side without a gap in their order: periods, and bins of a histogram.
 * @param {Point[]} points @param {Paper & {per: string, gap?: number}} paper @returns {Picture}
 */
export function standingBars(points, { width, language, say, per, gap = 0.2 }) {
  const axis = scaleOf(points.map(({ value }) => value));
  const plot = frame(axis, width, language);
  const step = stepOf(plot, points.length);
  const zero = down(plot, 0);
  const bars = points.flatMap(({ value, isPart }, place) => {
    if (Number.isNaN(value)) return [];
    const [top, bottom] = [Math.min(zero, down(plot, value)), Math.max(zero, down(plot, value))];
    const space = step * gap > 1 ? step * gap : step > 4 ? 1 : 0;
    const box = { x: at(plot.left + place * step + space / 2), y: at(top), width: at(Math.max(0.5, step - space)) };
    return [mark("rect", { ...box, height: at(value ? Math.max(1, bottom - top) : 0), ...(isPart ? { class: "open" } : {}) })];
  });
  const grounds = points.map((_, place) => ground(place, [plot.left + place * step, 0, step, plot.bottom]));
  return {
    width, height: plot.height,
    marks: [gridLines(plot, language), ...grounds, mark("g", { class: "marks", ...QUIET }, ...bars),
      labelsUnder(plot, points, per)],
    readings: points.map((point) => readingOf(point, say)),
  };
}
