import { MOST_BARS } from "./bar.js";
import { keyText, meanText } from "./naming.js";
import { isInTime } from "./question.js";
import { isAdded, isPartial, othersText, pointOf, restOf, sizeOf } from "./series.js";

/**
 * An answer by two columns as lines, or as parts of bars.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {import("./series.js").Point} Point
 * @typedef {{label: string, points: Point[]}} Line    a point for each place
 * @typedef {{key: string | null, label: string}} Place
 * @typedef {{firsts: Place[], count: number, lines: Line[], left: number}} Lines
 *   `count`: first keys that there are, of which `firsts` are drawn; `left`: lines that are not drawn
 * @typedef {string | null | symbol} Key
 * @typedef {{first: Key, second: Key, size: number, rows: number, filled?: number, point: () => Point}} Cell
 */

const MOST_LINES = 6;
const OTHERS = Symbol("others");

/**
 * A line for each second key, with a point for each first one. Where there are more than six, the sixth is the sum of the rest
 * if values can be added up; if they cannot, the rest is left out. Of first keys that are no times, the first ones are taken.
 * Only what is drawn is made: the keys of two columns can be many thousands each.
 * @param {Answer} answer @param {Telling} telling @returns {Lines}
 */
export function linesOf(answer, telling) {
  const [by, and] = answer.question.by;
  const isAxis = isInTime(by) || by.per === "bins";
  const met = cellsOf(answer, telling);
  const name = (/** @type {Key} */ key, /** @type {typeof by} */ each) =>
    (typeof key === "symbol" ? othersText(answer, telling) : keyText(key, each, telling));
  const keys = withOthers(answer.keys[0].filter((key) => !isAxis || key !== null), met.map(({ first }) => first));
  const taken = isInTime(by) ? keys : keys.slice(0, MOST_BARS);
  const firsts = taken.map((key) => ({ key: typeof key === "symbol" ? "" : key, label: name(key, by) }));
  const places = new Map(taken.map((key, place) => [key, place]));
  const cells = met.filter(({ first }) => places.has(first));
  const { own, isSummed, left } = chosen(withOthers(answer.keys[1] ?? [], met.map(({ second }) => second)), cells, answer);
  const lines = new Map(own.map((key) =>
    [key, { label: name(key, and), points: firsts.map((first) => missing(first, telling)) }]));
  /** @type {Cell[][]} */
  const rest = isSummed ? firsts.map(() => []) : [];
  for (const cell of cells) {
    const [place, line] = [/** @type {number} */ (places.get(cell.first)), lines.get(cell.second)];
    if (line) line.points[place] = cell.point();
    else rest[place]?.push(cell);
  }
  const label = telling.say("chart-rest");
  const summed = { label, points: rest.map((each, place) => together(each, { ...firsts[place], label }, answer, telling)) };
  return { firsts, count: keys.length, lines: [...lines.values(), ...(isSummed ? [summed] : [])], left };
}

/** @param {Answer} answer @param {Telling} telling @returns {Cell[]} */
function cellsOf(answer, telling) {
  const { others, question, keys } = answer;
  if (keys.length < 2) return [];
  const isFirstCut = question.by[0].per === undefined;
  const cells = answer.rows.map((row) => {
    const [first, second] = row.keys;
    const { rows, filled } = row;
    return { first, second, size: sizeOf(row), rows, filled, point: () => pointOf(row, answer, telling) };
  });
  const parts = (others?.parts ?? []).map((part) => {
    const point = () => restOf(part, othersText(answer, telling), answer, telling);
    const [first, second] = isFirstCut ? [OTHERS, part.key] : [part.key, OTHERS];
    return { first, second, size: sizeOf(part), rows: part.rows, filled: part.filled, point };
  });
  return [...cells, ...parts];
}

/** @param {(string | null)[]} keys @param {Key[]} met @returns {Key[]} */
const withOthers = (keys, met) => (met.includes(OTHERS) ? [...keys, OTHERS] : keys);

/**
 * The keys that get a line of their own, the largest in the chart first, and whether the rest is one line together.
 * @param {Key[]} keys @param {Cell[]} cells    those that are drawn @param {Answer} answer
 */
function chosen(keys, cells, answer) {
  /** @type {Map<Key, number>} */
  const sizes = new Map();
  for (const { second, size } of cells) sizes.set(second, (sizes.get(second) ?? 0) + (Math.abs(size) || 0));
  const sorted = keys.filter((key) => key !== OTHERS).sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
  const all = keys.includes(OTHERS) ? [...sorted, OTHERS] : sorted;
  if (all.length <= MOST_LINES) return { own: all, isSummed: false, left: 0 };
  if (isAdded(answer)) return { own: sorted.slice(0, MOST_LINES - 1), isSummed: true, left: 0 };
  return { own: sorted.slice(0, MOST_LINES), isSummed: false, left: all.length - MOST_LINES };
}

/** @param {Place} first @param {Telling} telling @returns {Point} */
const missing = ({ key, label }, { say }) => ({ key, label, value: NaN, text: say("ask-no-rows"), rows: 0, row: null });

/** @param {Cell[]} cells @param {Place} place @param {Answer} answer @param {Telling} telling @returns {Point} */
function together(cells, place, answer, { say, language }) {
  const met = cells.filter(({ size }) => !Number.isNaN(size));
  const value = met.length ? met.reduce((sum, { size }) => sum + size, 0) : NaN;
  const rows = cells.reduce((sum, each) => sum + each.rows, 0);
  const filled = cells.reduce((sum, each) => sum + (each.filled ?? each.rows), 0);
  const lacking = filled < rows ? { filled } : {};
  const text = met.length ? meanText(String(value), language) : say(rows ? "ask-none" : "ask-no-rows");
  return { ...place, value, text, rows, ...lacking, isPart: isPartial(lacking, answer), row: null };
}
