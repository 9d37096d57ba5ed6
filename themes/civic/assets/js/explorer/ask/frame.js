import { at, label, mark, widthOf } from "./drawing.js";
import { labelled, shareOf } from "./scale.js";

/**
 * The ground of a chart: its size, its axis of values with lines across, and the labels under it.
 *
 * @typedef {import("./drawing.js").Mark} Mark
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number, axis: Scale}} Frame
 * @typedef {{width: number, height: number, marks: Mark[], readings: Reading[]}} Picture
 * @typedef {{text: string, rows: import("./question.js").AnswerRow[]}} Reading    a place in words, and its rows
 */

const HEIGHT = 300;
const UNDER = 28; // for labels under the axis
const OVER = 14;
const GAP = 8;
const SPARE = 4; // for letters wider than most

/** @param {number} value @param {string} language */
export function tickText(value, language) {
  const notation = Math.abs(value) >= 100_000 ? "compact" : "standard";
  return new Intl.NumberFormat(language, { notation, maximumSignificantDigits: 6 }).format(value);
}

/**
 * @param {Scale} axis @param {number} width @param {string} language @param {{over?: number}} [room]
 * @returns {Frame}
 */
export function frame(axis, width, language, { over = 0 } = {}) {
  const left = Math.max(...axis.ticks.map((tick) => widthOf(tickText(tick, language)))) + GAP + SPARE;
  const height = HEIGHT + over;
  return { width, height, left, right: width - GAP, top: OVER + over, bottom: height - UNDER, axis };
}

/** How far down a value stands. @param {Frame} frame @param {number} value */
export const down = ({ top, bottom, axis }, value) => bottom - shareOf(axis, value) * (bottom - top);

/** How wide one of many places side by side is. @param {Frame} frame @param {number} count */
export const stepOf = ({ left, right }, count) => (right - left) / Math.max(1, count);

/** The lines of the axis of values, and their numbers. @param {Frame} frame @param {string} language */
export function gridLines(frame, language) {
  const { left, right, axis } = frame;
  return mark("g", { class: "lines" }, ...axis.ticks.flatMap((tick) => {
    const y = at(down(frame, tick));
    const line = mark("line", { x1: at(left), x2: at(right), y1: y, y2: y, ...(tick === 0 ? { class: "zero" } : {}) });
    return [line, label(tickText(tick, language), left - GAP, y + 5, { anchor: "end", isMuted: true })];
  }));
}

/**
 * Labels under places side by side, as many as there is room for.
 * @param {Frame} frame @param {{key: string | null, label: string}[]} places @param {string} per
 */
export function labelsUnder(frame, places, per) {
  const step = stepOf(frame, places.length);
  const widest = Math.min(140, places.slice(0, 500).reduce((most, place) => Math.max(most, widthOf(place.label)), 0)) + 2 * GAP;
  const shown = labelled(places.map(({ key }) => key ?? ""), per, Math.floor((frame.right - frame.left) / widest));
  const texts = shown.map((place) => {
    const middle = frame.left + (place + 0.5) * step;
    const half = Math.min(140, widthOf(places[place].label)) / 2;
    const x = Math.min(Math.max(middle, half), frame.width - half);
    return label(places[place].label, x, frame.bottom + 20, { anchor: "middle", room: 150, isMuted: true });
  });
  return mark("g", { class: "labels" }, ...texts);
}

/**
 * What is above a chart of several lines: a sample and a name each. Gives its height too.
 * @param {string[]} names @param {number} width @param {(place: number, x: number, y: number) => Mark} sample
 */
export function legend(names, width, sample) {
  const room = Math.min(220, width - 40);
  let [x, y] = [0, 16];
  const marks = names.flatMap((name, place) => {
    const wide = Math.min(room, widthOf(name)) + 44;
    if (x && x + wide > width) [x, y] = [0, y + 24];
    const here = [sample(place, x, y - 5), label(name, x + 30, y, { room })];
    x += wide;
    return here;
  });
  return { height: y + 6, marks: mark("g", { class: "legend" }, ...marks) };
}
