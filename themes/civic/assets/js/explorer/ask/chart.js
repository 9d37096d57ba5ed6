import { lyingBars, MOST_BARS, standingBars } from "./bar.js";
import { chosenKind, kindsFor } from "./chart-kinds.js";
import { mark, markup, label } from "./drawing.js";
import { findingText } from "./finding.js";
import { histogram } from "./histogram.js";
import { linesOver } from "./line.js";
import { linesOf } from "./lines.js";
import { isInTime, questionText, titleOf } from "./question.js";
import { scatter } from "./scatter.js";
import { MOST_ROWS, othersText, placedPoints, pointOf, pointsOf } from "./series.js";
import { lyingParts, stackedBars } from "./stacked.js";

/**
 * The chart of an answer, first as plain values, then as elements of the page or as a file.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").Described} Described
 * @typedef {import("./drawing.js").Mark} Mark
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {import("./bar.js").Paper} Paper
 * @typedef {import("./frame.js").Picture} Picture
 * @typedef {{kind?: string, say: import("../words.js").Say, language: string, columns?: Described[], width?: number,
 *   dots?: import("./scatter.js").Dot[]}} Options    `dots` are what a scatter shows; `columns` tell titles, types and meanings
 * @typedef {Picture & {kind: string, name: string, title: string, notes: string[]}} Drawing
 * @typedef {{text: string, muted: string, marks: string, ground: string, lines: string, font: string}} Colors
 */

const WIDTH = 720;
const MOST_NAMED = 3; // groups in a note
const SPACE = "http://www.w3.org/2000/svg";

/**
 * Draw an answer. Undefined where there is nothing to draw.
 * @param {Answer} answer @param {Options} options @returns {Drawing | undefined}
 */
export function drawn(answer, options) {
  const { say, language, columns = [], width = WIDTH } = options;
  const telling = { say, language, columns };
  const kind = chosenKind(options.kind ?? "", kindsFor(answer, telling));
  if (kind === "none" || (kind === "scatter" && !options.dots)) return undefined;
  const title = questionText(answer.question, telling);
  const paper = { say, language, width: Math.max(240, width) };
  const { notes = [], ...picture } = kind === "scatter"
    ? scatterOf(answer, options, paper) : answer.question.by.length > 1 && kind !== "bar"
      ? seriesChart(kind, answer, telling, paper) : groupChart(kind, answer, telling, paper);
  const all = [...notes, ...partNotes(answer, telling), ...(answer.isComplete ? [] : [say("chart-incomplete")])];
  return { ...picture, kind, title, notes: all, name: findingText(answer, telling) };
}

/**
 * @param {string} kind @param {Answer} answer @param {Telling} telling @param {Paper} paper
 * @returns {Picture & {notes?: string[]}}
 */
function groupChart(kind, answer, telling, paper) {
  const [by] = answer.question.by;
  const per = by.per ?? "";
  if (kind === "histogram") return { ...histogram(placedPoints(answer, telling), paper), notes: unplaced(answer, telling) };
  if (answer.question.by.length === 1 && isInTime(by)) {
    const points = placedPoints(answer, telling);
    const year = per || "year";
    const picture = kind === "line" ? linesOver([{ label: "", points }], points, { ...paper, per: year })
      : standingBars(points, { ...paper, per: year });
    return { ...picture, notes: unplaced(answer, telling) };
  }
  const count = answer.rows.length + (answer.others ? 1 : 0);
  return { ...lyingBars(pointsOf(answer, telling, MOST_BARS), paper), notes: cutNotes(count, answer, telling) };
}

/** Which sums lack some, because rows have no value. @param {Answer} answer @param {Telling} telling */
function partNotes(answer, telling) {
  const { say } = telling;
  const { rows, others } = answer;
  const parts = answer.question.measure === "sum"
    ? [...rows, ...(others ? [others] : [])].filter(({ filled }) => filled !== undefined) : [];
  const groups = parts.slice(0, MOST_NAMED).map((group) => {
    const key = "keys" in group ? pointOf(group, answer, telling).label : othersText(answer, telling);
    return say("chart-part-of", { key, empty: group.rows - Number(group.filled), count: group.rows });
  }).join("; ");
  const count = parts.length - MOST_NAMED;
  if (!groups) return [];
  return [count > 0 ? say("chart-partial-more", { groups, count }) : say("chart-partial", { groups })];
}

/** That a chart has only the first of many groups. @param {number} count @param {Answer} answer @param {Telling} telling */
function cutNotes(count, { rows }, { say }) {
  if (count <= MOST_BARS) return [];
  return [rows.length > MOST_ROWS ? say("ask-others", { count: count - MOST_BARS })
    : say("chart-first", { shown: String(MOST_BARS), count })];
}

/**
 * @param {string} kind @param {Answer} answer @param {Telling} telling @param {Paper} paper
 * @returns {Picture & {notes?: string[]}}
 */
function seriesChart(kind, answer, telling, paper) {
  const [by] = answer.question.by;
  const { firsts: places, count, lines, left } = linesOf(answer, telling);
  const isTime = isInTime(by);
  const isStanding = isTime || by.per === "bins";
  const stack = isStanding ? stackedBars : lyingParts;
  const draw = kind === "stacked" ? stack : linesOver;
  const notes = [
    ...(left ? [telling.say("chart-left", { count: left })] : []),
    ...(isTime ? [] : cutNotes(count, answer, telling)),
    ...unplaced(answer, telling),
  ];
  return { ...draw(lines, places, { ...paper, per: by.per ?? (isTime ? "year" : "") }), notes };
}

/**
 * @param {Answer} answer @param {Options} options @param {import("./bar.js").Paper} paper
 * @returns {Picture & {notes?: string[]}}
 */
function scatterOf({ question: { of, by: [by] } }, { columns = [], dots = [] }, paper) {
  const [across, upward] = [by.column, of].map((name) => titleOf(columns, name));
  return { ...scatter(dots, { ...paper, names: [across, upward] }) };
}

/** That rows without a key are not in the chart. @param {Answer} answer @param {import("./question.js").Telling} telling */
function unplaced({ rows, question }, { say, columns }) {
  const [by] = question.by;
  const count = rows.reduce((sum, row) => sum + (row.keys[0] === null ? row.rows : 0), 0);
  const isAxis = isInTime(by) || by.per === "bins";
  return count && isAxis ? [say("chart-unplaced", { count, column: titleOf(columns, by.column) })] : [];
}

/**
 * The chart of an answer as an element, named by what it shows.
 * @param {Answer} answer @param {Options} options @returns {SVGSVGElement | undefined}
 */
export function chartOf(answer, options) {
  const drawing = drawn(answer, options);
  return drawing && svgOf(drawing);
}

/** @param {Drawing} drawing @returns {SVGSVGElement} */
export function svgOf({ width, height, marks, name, kind }) {
  const box = { class: "plot", viewBox: `0 0 ${width} ${height}`, width, height, "data-kind": kind };
  return /** @type {SVGSVGElement} */ (elementOf(mark("svg", { ...box, role: "img", "aria-label": name }, ...marks)));
}

/** @param {Mark} drawing @returns {Element} */
function elementOf({ name, attributes, inside }) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...inside.map((each) => (typeof each === "string" ? each : elementOf(each))));
  return element;
}

/**
 * The chart as a file, which brings its title, its colors and its ground along.
 * @param {Drawing} drawing @param {Colors} colors
 */
export function fileOf({ width, height, marks, title, name }, colors) {
  const [top, edge] = [36, 16];
  const style = `svg{color:${colors.text};fill:currentColor;font:14px ${colors.font}}.muted{fill:${colors.muted}}`
    + `.marks{color:${colors.marks};fill:currentColor}.marks .line{fill:none;stroke:currentColor;stroke-width:2.5}`
    + `.ground{fill:none}.lines line{stroke:${colors.lines}}.lines .zero{stroke:${colors.muted}}.others{opacity:.5}`
    + `.dots{opacity:.6}.parts rect{stroke:currentColor}.title{font-weight:700}`
    + `.open{fill:${colors.ground};stroke:currentColor;stroke-width:2}`;
  const [wide, high] = [width + 2 * edge, height + top + edge];
  const box = { xmlns: SPACE, viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img", "aria-label": name };
  return markup(mark("svg", box, mark("style", {}, style),
    mark("rect", { width: wide, height: high, fill: colors.ground }),
    mark("g", { class: "title" }, label(title, edge, 24, { room: width })),
    mark("g", { transform: `translate(${edge} ${top})` }, ...marks)));
}
