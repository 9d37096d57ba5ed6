/**
 * Answers to questions: a measure of the selected rows, in all and by up to two columns.
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {import("./groups.js").By} By
 * @typedef {import("./groups.js").Groups} Groups
 * @typedef {import("./measures.js").Grouping} Grouping
 * @typedef {import("./measures.js").Measure} Measure
 * @typedef {import("./measures.js").Measured} Measured
 * @typedef {string | null} Key    null for the rows without a value
 *
 * @typedef {{measure: Measure, of?: string, by: By[], top?: number}} Question
 *
 * @typedef {object} Answer
 * @property {Question} question
 * @property {Key[][]} keys     of each column that is asked by, in their order, with the missing periods between
 * @property {(Valued & {keys: Key[]})[]} rows    in the order of the keys; by one column with the missing periods, by two the
 *                              pairs that occur
 * @property {Valued} total
 * @property {Others} [others]    what is beyond `top`
 * @property {boolean} isComplete    false when so many periods are missing that they are left out
 *
 * @typedef {{value: string | null, rows: number, filled?: number}} Valued
 *   `filled`: rows with a value in the column that is measured, where some have none
 * @typedef {Valued & {key: Key}} Part
 * @typedef {Valued & {groups: number, parts?: Part[]}} Others
 *   `parts`: by two columns, for each key of the other one
 *
 * @typedef {object} Axis    one column that is asked by
 * @property {Groups} groups
 * @property {Int32Array} positions    of each group among the keys; -1 for one beyond `top`
 * @property {Key[]} keys
 * @property {number} cut       groups beyond `top`
 * @property {boolean} isComplete
 */
import { grouped } from "./groups.js";
import { measured, rowsOf } from "./measures.js";
import { scaled } from "./scaled.js";

const MOST_PERIODS = 20_000; // a moment in the year 1 would make hundreds of thousands of days

/**
 * @param {Question} question @param {ReadonlyMap<string, Column>} columns @param {Uint32Array} selection @returns {Answer}
 */
export function answer(question, columns, selection) {
  const measure = measuring(question, columns);
  const asked = question.by.filter(({ column }) => columns.has(column)).slice(0, 2);
  const groups = asked.map((by) => grouped(scaled(/** @type {Column} */ (columns.get(by.column))), by, selection));
  const cutAt = groups.findIndex(({ keyAt }) => !keyAt); // a period or bin is never one of the others
  const axes = groups.map((each, at) => axisOf(each, measure({ rows: selection, ids: each.ids, count: each.keys.length }),
    at === cutAt ? question.top : undefined));
  const [total] = listed(measure, alone(selection));
  const others = othersOf(axes, measure, selection);
  return {
    question,
    keys: axes.map(({ keys }) => keys),
    rows: axes.length === 0 ? [{ keys: [], ...total }] : axes.length === 1 ? rowsByOne(axes[0], measure, selection, question)
      : rowsByTwo(axes, measure, selection),
    total,
    ...(others ? { others } : {}),
    isComplete: axes.every(({ isComplete }) => isComplete),
  };
}

/** @param {Question} question @param {ReadonlyMap<string, Column>} columns @returns {(grouping: Grouping) => Measured} */
function measuring({ measure, of }, columns) {
  const given = of === undefined ? undefined : columns.get(of);
  const column = given && scaled(given);
  return (grouping) => measured(measure, column, grouping);
}

/** @param {Uint32Array} rows @returns {Grouping} */
function alone(rows) {
  return { rows, ids: new Uint32Array(rows.length), count: 1 };
}

/** The values of groups with their rows. @param {(grouping: Grouping) => Measured} measure @param {Grouping} grouping */
function listed(measure, grouping) {
  const rows = rowsOf(grouping);
  const { texts, filled } = measure(grouping);
  const met = filled?.() ?? rows;
  return texts.map((value, at) => ({ value, rows: rows[at], ...(met[at] < rows[at] ? { filled: met[at] } : {}) }));
}

/** @param {Groups} groups @param {Measured} values @param {number} [top] @returns {Axis} */
function axisOf(groups, values, top) {
  const order = [...groups.keys.keys()].sort(groups.keyAt ? byPlace(groups) : byValue(groups, values));
  const kept = top === undefined ? order : order.slice(0, Math.max(0, top));
  const positions = new Int32Array(order.length).fill(-1);
  const filled = groups.keyAt ? timeline(groups, order) : null;
  const isComplete = !groups.keyAt || filled !== null;
  kept.forEach((group, at) => {
    positions[group] = filled && Number.isFinite(groups.places[group]) ? groups.places[group] - groups.places[order[0]] : at;
  });
  const keys = filled ?? kept.map((group) => groups.keys[group]);
  if (filled && groups.keys.includes(null)) positions[order[order.length - 1]] = keys.push(null) - 1;
  return { groups, positions, keys, cut: order.length - kept.length, isComplete };
}

/**
 * All keys from the first to the last; null where they are too many.
 * @param {Groups} groups @param {number[]} order @returns {Key[] | null}
 */
function timeline({ places, keyAt }, order) {
  const placed = order.filter((group) => Number.isFinite(places[group]));
  if (!placed.length || !keyAt) return [];
  const [first, last] = [places[placed[0]], places[placed[placed.length - 1]]];
  return last - first < MOST_PERIODS ? Array.from({ length: last - first + 1 }, (_, at) => keyAt(first + at)) : null;
}

/** @param {Groups} groups @returns {(one: number, other: number) => number} */
function byPlace({ places }) {
  return (one, other) => (places[one] < places[other] ? -1 : Number(places[one] > places[other]));
}

/**
 * The greatest value first, groups without one last; where they are equal by key.
 * @param {Groups} groups @param {Measured} values
 */
function byValue(groups, { orders }) {
  const inColumn = byPlace(groups);
  return (/** @type {number} */ one, /** @type {number} */ other) => {
    const [a, b] = [orders[one], orders[other]];
    if (a === b) return inColumn(one, other);
    if (a === null || b === null) return a === null ? 1 : -1;
    return a > b ? -1 : 1;
  };
}

/**
 * @param {Axis} axis @param {(grouping: Grouping) => Measured} measure @param {Uint32Array} selection
 * @param {Question} question
 */
function rowsByOne(axis, measure, selection, question) {
  const { ids, keys } = axis.groups;
  const grouping = { rows: selection, ids, count: keys.length };
  const known = listed(measure, grouping);
  const empty = { value: question.measure === "count" ? "0" : null, rows: 0 };
  const rows = axis.keys.map((key) => ({ keys: [key], ...empty }));
  known.forEach((each, group) => {
    if (axis.positions[group] >= 0) Object.assign(rows[axis.positions[group]], each);
  });
  return rows;
}

/** @param {Axis[]} axes @param {(grouping: Grouping) => Measured} measure @param {Uint32Array} selection */
function rowsByTwo([first, second], measure, selection) {
  const width = second.keys.length;
  const kept = keptRows([first, second], selection);
  /** @type {Map<number, number>} */
  const known = new Map();
  const ids = new Uint32Array(kept.length);
  kept.forEach((at, place) => {
    const pair = first.positions[first.groups.ids[at]] * width + second.positions[second.groups.ids[at]];
    const id = known.get(pair) ?? known.size;
    known.set(pair, id);
    ids[place] = id;
  });
  const pairs = [...known.keys()];
  const values = listed(measure, { rows: kept.map((at) => selection[at]), ids, count: pairs.length });
  return [...pairs.keys()].sort((a, b) => pairs[a] - pairs[b]).map((id) => ({
    keys: [first.keys[Math.floor(pairs[id] / width)], second.keys[pairs[id] % width]], ...values[id],
  }));
}

/**
 * The places in the selection of the rows that are in a group of every axis.
 * @param {Axis[]} axes @param {Uint32Array} selection
 */
function keptRows(axes, selection) {
  const places = Uint32Array.from(selection.keys());
  return places.filter((at) => axes.every(({ positions, groups }) => positions[groups.ids[at]] >= 0));
}

/**
 * @param {Axis[]} axes @param {(grouping: Grouping) => Measured} measure @param {Uint32Array} selection
 * @returns {Others | null}
 */
function othersOf(axes, measure, selection) {
  const cut = axes.find((axis) => axis.cut);
  if (!cut) return null;
  const rest = Uint32Array.from(selection.keys()).filter((at) => cut.positions[cut.groups.ids[at]] < 0);
  const rows = rest.map((at) => selection[at]);
  const [all] = listed(measure, alone(rows));
  const other = axes.find((axis) => axis !== cut);
  if (!other) return { ...all, groups: cut.cut };
  const ids = rest.map((at) => other.positions[other.groups.ids[at]]);
  const parts = listed(measure, { rows, ids, count: other.keys.length }).map((part, at) => ({ key: other.keys[at], ...part }));
  return { ...all, groups: cut.cut, parts: parts.filter((part) => part.rows) };
}
