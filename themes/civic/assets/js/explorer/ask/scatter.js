import { at, ground, label, mark, QUIET } from "./drawing.js";
import { down, frame, gridLines, tickText } from "./frame.js";
import { scaleOf, shareOf } from "./scale.js";

/**
 * Rows as dots: one number against another.
 *
 * @typedef {{x: number, y: number, text: string}} Dot
 */

/**
 * @param {Dot[]} dots @param {import("./bar.js").Paper & {names: [string, string]}} paper    of both axes
 * @returns {import("./frame.js").Picture}
 */
export function scatter(dots, { width, language, names: [across, upward] }) {
  const met = dots.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)).sort((a, b) => a.x - b.x || a.y - b.y);
  const plot = frame(scaleOf(met.map(({ y }) => y), { isFree: true }), width, language, { over: 20 });
  const axis = scaleOf(met.map(({ x }) => x), { isFree: true, wanted: width < 480 ? 3 : 6 });
  const right = (/** @type {number} */ x) => plot.left + shareOf(axis, x) * (plot.right - plot.left);
  const ticks = axis.ticks.map((tick, place) => {
    const anchor = place === axis.ticks.length - 1 ? "end" : place ? "middle" : "start";
    return label(tickText(tick, language), right(tick), plot.bottom + 20, { anchor, isMuted: true });
  });
  const spots = met.map(({ x, y }) => [at(right(x)), at(down(plot, y))]);
  const height = plot.height + 22;
  return {
    width, height,
    marks: [
      label(upward, 0, 14, { isMuted: true, room: width }), gridLines(plot, language),
      mark("g", { class: "marks dots", ...QUIET }, ...spots.map(([cx, cy]) => mark("circle", { cx, cy, r: 3.5 }))),
      mark("g", {}, ...spots.map(([x, y], place) => ground(place, [x - 6, y - 6, 12, 12]))),
      mark("g", { class: "labels" }, ...ticks),
      label(across, plot.right, height - 6, { anchor: "end", isMuted: true, room: width }),
    ],
    readings: met.map(({ text }) => ({ text, rows: [] })),
  };
}
