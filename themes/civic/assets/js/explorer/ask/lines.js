import { isInTime } from "./question.js";
import { keyText, meanText } from "./naming.js";
import { isAdded, othersText, pointOf, restOf } from "./series.js";

/**
 * An answer by two columns as lines, or as parts of bars.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {import("./series.js").Point} Point
 * @typedef {{label: string, points: Point[]}} Line    a point for each place
 * @typedef {{key: string | null, label: string}} Place
 * @typedef {{firsts: Place[], lines: Line[], left: number}} Lines    `left`: lines that are not drawn
 */

const MOST_LINES = 6;
const OTHERS = Symbol("others");

/**
 * A line for each second key, with a point for each first one. Where there are more than six, the sixth is the sum of the rest
 * if values can be added up; if they cannot, the rest is left out.
 * @param {Answer} answer @param {Telling} telling @returns {Lines}
 */
export function linesOf(answer, telling) {
  const [by, and] = answer.question.by;
  const cells = cellsOf(answer, telling);
  const isAxis = isInTime(by) || by.per === "bins";
  const name = (/** @type {string | null | symbol} */ key, /** @type {typeof by} */ each) =>
    (typeof key === "symbol" ? othersText(answer, telling) : keyText(key, each, telling));
  const firstKeys = withOthers(answer.keys[0].filter((key) => !isAxis || key !== null), cells.map(({ first }) => first));
  const firsts = firstKeys.map((key) => ({ key: typeof key === "symbol" ? "" : key, label: name(key, by) }));
  const places = new Map(firstKeys.map((key, place) => [key, place]));
  const lines = new Map(withOthers(answer.keys[1] ?? [], cells.map(({ second }) => second)).map((key) =>
    [key, { label: name(key, and), points: firsts.map((first) => missing(first, telling)) }]));
  for (const { first, second, point } of cells) {
    const [place, line] = [places.get(first), lines.get(second)];
    if (place !== undefined && line) line.points[place] = point;
  }
  const rest = lines.get(OTHERS);
  const own = [...lines.values()].filter((line) => line !== rest).sort((a, b) => sizeOf(b) - sizeOf(a));
  return { firsts, ...few(own, rest, isAdded(answer), telling) };
}

/** @param {Answer} answer @param {Telling} telling */
function cellsOf(answer, telling) {
  const { others, question, keys } = answer;
  const isFirstCut = question.by[0].per === undefined;
  const rows = answer.rows.map((row) => ({ first: row.keys[0], second: row.keys[1], point: pointOf(row, answer, telling) }));
  const parts = (others?.parts ?? []).map((part) => {
    const point = restOf(part, othersText(answer, telling), question, telling);
    return isFirstCut ? { first: OTHERS, second: part.key, point } : { first: part.key, second: OTHERS, point };
  });
  return keys.length < 2 ? [] : [...rows, ...parts];
}

/** @param {(string | null)[]} keys @param {(string | null | symbol)[]} met @returns {(string | null | symbol)[]} */
const withOthers = (keys, met) => (met.includes(OTHERS) ? [...keys, OTHERS] : keys);

/** @param {Line} line */
const sizeOf = ({ points }) => points.reduce((sum, { value }) => sum + (Number.isNaN(value) ? 0 : Math.abs(value)), 0);

/** @param {Place} first @param {Telling} telling @returns {Point} */
const missing = ({ key, label }, { say }) => ({ key, label, value: NaN, text: say("ask-no-rows"), rows: 0, row: null });

/** @param {Line[]} lines @param {Line | undefined} rest @param {boolean} isAddedUp @param {Telling} telling */
function few(lines, rest, isAddedUp, telling) {
  const all = [...lines, ...(rest ? [rest] : [])];
  if (all.length <= MOST_LINES) return { lines: all, left: 0 };
  if (!isAddedUp) return { lines: lines.slice(0, MOST_LINES), left: all.length - MOST_LINES };
  const more = all.slice(MOST_LINES - 1);
  const label = telling.say("chart-rest");
  const points = more[0].points.map((_, place) => together(more.map(({ points }) => points[place]), label, telling));
  return { lines: [...lines.slice(0, MOST_LINES - 1), { label, points }], left: 0 };
}

/** @param {Point[]} points @param {string} label @param {Telling} telling @returns {Point} */
function together(points, label, { say, language }) {
  const met = points.filter(({ value }) => !Number.isNaN(value));
  const value = met.length ? met.reduce((sum, point) => sum + point.value, 0) : NaN;
  const text = met.length ? meanText(String(value), language) : say("ask-no-rows");
  return { key: points[0].key, label, value, text, rows: points.reduce((sum, { rows }) => sum + rows, 0), row: null };
}
