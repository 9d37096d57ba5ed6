import { lying, THICK } from "./bar.js";
import { at, ground, label, mark, QUIET } from "./drawing.js";
import { down, frame, gridLines, labelsUnder, legend, stepOf } from "./frame.js";
import { readingOf } from "./line.js";
import { meanText } from "./naming.js";
import { scaleOf } from "./scale.js";

/**
 * Bars made of parts, for values that can be added up.
 *
 * @typedef {import("./lines.js").Line} Line
 * @typedef {import("./lines.js").Place} Place
 * @typedef {import("./frame.js").Picture} Picture
 */

// Parts are shades of one color, which stay apart in grey and on paper; each has an edge in the color itself.
export const SHADES = [1, 0.76, 0.56, 0.4, 0.26, 0.14];
const THIN = 8; // pixels; a whole edge would fill narrower bars

/** @param {number} place */
const shadeOf = (place) => SHADES[place % SHADES.length];

/**
 * A part's shade; a sum of which some is missing is open.
 * @param {import("./series.js").Point} point @param {number} line @returns {Record<string, string | number>}
 */
const lookOf = ({ isPart }, line) => (isPart ? { class: "open" } : { "fill-opacity": shadeOf(line) });

/** @param {Line[]} lines @param {number} place */
const sumOf = (lines, place) => lines.reduce((sum, { points }) => sum + (points[place].value || 0), 0);

/** @param {Line[]} lines @param {number} width */
const legendOf = (lines, width) => legend(lines.map(({ label }) => label), width, (place, x, y) =>
  mark("g", { class: "marks parts" }, mark("rect", { x, y: y - 8, width: 24, height: 16, "fill-opacity": shadeOf(place) })));

/**
 * Lying bars, for categories.
 * @param {Line[]} lines @param {Place[]} places @param {import("./bar.js").Paper} paper @returns {Picture}
 */
export function lyingParts(lines, places, { width, language, say }) {
  const sums = places.map(({ label }, place) => {
    const value = sumOf(lines, place);
    return { label, value, text: meanText(String(value), language) };
  });
  const key = legendOf(lines, width);
  const rows = lying(sums, width);
  const parts = places.flatMap((_, place) => {
    let before = 0;
    return lines.flatMap(({ points }, line) => {
      const value = points[place].value || 0;
      const [x, end] = [rows.x(before), rows.x(before + value)];
      before += value;
      const box = { x: at(x), y: rows.top(place), width: at(end - x), height: THICK };
      return value ? [mark("rect", { ...box, ...lookOf(points[place], line) })] : [];
    });
  });
  const texts = sums.flatMap(({ label: name, value, text }, place) =>
    [rows.name(name, place), label(text, rows.x(value) + 6, rows.top(place) + 15)]);
  const moved = mark("g", { transform: `translate(0 ${key.height})` }, ...rows.grounds,
    mark("g", { class: "marks parts", ...QUIET }, ...parts), mark("g", QUIET, ...texts));
  const height = key.height + places.length * rows.height + 2;
  return { width, height, marks: [key.marks, moved], readings: places.map((place, at) => readingOf(place, lines, at, say)) };
}

/**
 * Standing bars, for what follows one another.
 * @param {Line[]} lines @param {Place[]} places @param {import("./bar.js").Paper & {per: string}} paper @returns {Picture}
 */
export function stackedBars(lines, places, { width, language, say, per }) {
  const sums = places.map((_, place) => sumOf(lines, place));
  const key = legendOf(lines, width);
  const plot = frame(scaleOf(sums), width, language, { over: key.height });
  const step = stepOf(plot, places.length);
  const space = step * 0.2 > 1 ? step * 0.2 : 0;
  /** @type {Record<string, number>} */
  const edge = step < THIN ? { "stroke-width": at(step / THIN) } : {};
  const parts = places.flatMap((_, place) => {
    let under = 0;
    return lines.flatMap(({ points }, line) => {
      const value = points[place].value || 0;
      if (!value) return [];
      const [top, bottom] = [down(plot, under + value), down(plot, under)];
      under += value;
      const [x, y] = [at(plot.left + place * step + space / 2), at(top)];
      const box = { x, y, width: at(step - space), height: at(bottom - top) };
      return [mark("rect", { ...box, ...edge, ...lookOf(points[place], line) })];
    });
  });
  return {
    width, height: plot.height,
    marks: [key.marks, gridLines(plot, language),
      ...places.map((_, place) => ground(place, [plot.left + place * step, plot.top, step, plot.bottom - plot.top])),
      mark("g", { class: "marks parts", ...QUIET }, ...parts), labelsUnder(plot, places, per)],
    readings: places.map((place, at) => readingOf(place, lines, at, say)),
  };
}
