import { at, ground, label, mark, QUIET, widthOf } from "./drawing.js";
import { down, frame, gridLines, labelsUnder, legend, stepOf } from "./frame.js";
import { scaleOf } from "./scale.js";
import { rowsText } from "./series.js";

/**
 * Lines over time, which break where a period has no value. A sum of which some is missing stands open beside the line.
 *
 * @typedef {import("./lines.js").Line} Line
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./frame.js").Picture} Picture
 * @typedef {import("./lines.js").Place} Place
 */

// Lines are told apart without color: by their dashes, and by their names.
const DASHES = ["", "7 4", "2 3", "10 3 2 3", "4 4", "1 5"];

/**
 * @param {Line[]} lines @param {Place[]} places
 * @param {import("./bar.js").Paper & {per: string}} paper @returns {Picture}
 */
export function linesOver(lines, places, { width, language, say, per }) {
  const axis = scaleOf(lines.flatMap(({ points }) => points.map(({ value }) => value)), { isFree: true });
  const isOne = lines.length < 2;
  const key = isOne ? null : legend(lines.map((line) => line.label), width, sampleOf);
  const plot = frame(axis, width, language, { over: key?.height ?? 0 });
  const step = stepOf(plot, places.length);
  const drawn = lines.flatMap((line, place) => lineOf(line, place, plot, step));
  return {
    width, height: plot.height,
    marks: [
      ...(key ? [key.marks] : []), gridLines(plot, language),
      ...places.map((_, place) => ground(place, [plot.left + place * step, plot.top - 8, step, plot.bottom - plot.top + 8])),
      mark("g", { class: "marks", ...QUIET }, ...drawn),
      ...(isOne && lines.length ? [lastValue(lines[0], plot, step)] : []), labelsUnder(plot, places, per),
    ],
    readings: places.map((place, at) => readingOf(place, lines, at, say)),
  };
}

/** @param {Line} line @param {number} place @param {Frame} plot @param {number} step */
function lineOf({ points }, place, plot, step) {
  const spot = (/** @type {number} */ index) =>
    `${at(plot.left + (index + 0.5) * step)} ${at(down(plot, points[index].value))}`;
  const runs = runsOf(points.map(({ value, isPart }) => (isPart ? NaN : value)));
  const path = runs.filter((run) => run.length > 1).map((run) => `M${run.map(spot).join("L")}`).join("");
  // A value between two gaps has no line: it is a dot.
  const circle = (/** @type {number} */ index, /** @type {Record<string, string | number>} */ how) => {
    const [cx, cy] = spot(index).split(" ");
    return mark("circle", { cx, cy, ...how });
  };
  const dots = [
    ...runs.filter((run) => run.length === 1).map(([index]) => circle(index, { r: 3 })),
    ...points.flatMap(({ isPart }, index) => (isPart ? [circle(index, { r: 4, class: "open" })] : [])),
  ];
  const dash = DASHES[place % DASHES.length];
  return [...(path ? [mark("path", { class: "line", d: path, ...(dash ? { "stroke-dasharray": dash } : {}) })] : []), ...dots];
}

/** The places of values that follow one another without a gap. @param {number[]} values @returns {number[][]} */
export function runsOf(values) {
  /** @type {number[][]} */
  const runs = [];
  values.forEach((value, place) => {
    if (Number.isNaN(value)) return;
    const last = runs.at(-1);
    if (last && last[last.length - 1] === place - 1) last.push(place);
    else runs.push([place]);
  });
  return runs;
}

/** The last value, written beside the end of the only line. @param {Line} line @param {Frame} plot @param {number} step */
function lastValue({ points }, plot, step) {
  const last = points.map(({ value }) => !Number.isNaN(value)).lastIndexOf(true);
  if (last < 0) return mark("g", {});
  const [x, y] = [plot.left + (last + 0.5) * step, down(plot, points[last].value)];
  const end = Math.min(x + widthOf(points[last].text) / 2, plot.width);
  return mark("g", QUIET, label(points[last].text, end, Math.max(14, y - 8), { anchor: "end" }));
}

/** @param {number} place @param {number} x @param {number} y */
function sampleOf(place, x, y) {
  const dash = DASHES[place % DASHES.length];
  const line = mark("line", { x1: x, x2: x + 24, y1: y, y2: y, class: "line", ...(dash ? { "stroke-dasharray": dash } : {}) });
  return mark("g", { class: "marks" }, line);
}

/** @param {Place} place @param {Line[]} lines @param {number} at @param {import("../words.js").Say} say */
export function readingOf(place, lines, at, say) {
  const points = lines.map(({ points }) => points[at]);
  const rows = points.flatMap(({ row }) => (row && row.rows ? [row] : []));
  if (lines.length === 1) {
    const [point] = points;
    return { text: say("chart-reading", { key: place.label, value: point.text, rows: rowsText(point, say) }), rows };
  }
  const values = lines.map(({ label, points }) => say("chart-part", { key: label, value: points[at].text }));
  return { text: say("chart-parts", { key: place.label, values: values.join("; ") }), rows };
}
