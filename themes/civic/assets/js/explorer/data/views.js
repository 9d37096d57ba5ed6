/** Which rows of a file are in view, and in which order. Only the groups of rows that may hold them are looked into. */
import { selection } from "../engine/filters.js";
import { sorted } from "../engine/sorting.js";
import { verdicts } from "./verdicts.js";

/**
 * @typedef {import("./parquet.js").ParquetFile} ParquetFile
 * @typedef {import("../engine/filters.js").Filter} Filter
 * @typedef {import("../engine/filters.js").Place} Place
 * @typedef {import("../engine/sorting.js").Sort} Sort
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {{filters: readonly Filter[], sort: readonly Sort[]}} Asked
 * @typedef {(filters: readonly Filter[]) => Promise<readonly Filter[]>} Reader    of the conditions among filters
 * @typedef {{sortedBy: string, latitude: string, longitude: string, geometry: string, read?: Reader}} Known    names of
 *   columns, or ""
 *
 * `rows`: the rows that pass, by their number in the file, in its order; null for all. `groups`: the groups that hold them.
 * @typedef {{filters: readonly Filter[], rows: Uint32Array | null, length: number, groups: number[]}} Found
 * `places`: the rows in the order of the view; null for all as they stand.
 * @typedef {Found & {places: Uint32Array | null}} View
 */

/** The first rows of a filtered view are fetched with the cells that decide where it begins, up to this many bytes. */
const FIRST = 600_000;

/** All rows as they stand in the file. @param {ParquetFile} parquet @returns {View} */
export function wholeView({ footer }) {
  return { filters: [], rows: null, length: footer.rows, groups: [...footer.groups.keys()], places: null };
}

/**
 * The rows that pass filters, in an order.
 * @param {ParquetFile} parquet @param {Asked} asked
 * @param {{known: Known, shown?: readonly string[], signal?: AbortSignal}} how `shown`: the columns that will be looked at
 * @returns {Promise<View>}
 */
export async function viewOf(parquet, { filters, sort }, { known, shown = [], signal }) {
  const sorts = sort.filter(({ column }) => parquet.footer.columns.has(column));
  const isAsItStands = sorts.length === 0 || (sorts.length === 1 && !sorts[0].isDown && sorts[0].column === known.sortedBy);
  const found = await foundBy(parquet, filters, { known, shown: isAsItStands ? shown : [], signal });
  if (isAsItStands) return { ...found, places: found.rows };
  const columns = await parquet.columns(sorts.map(({ column }) => column), found.groups, signal);
  const order = sorted(withinGroups(parquet, found), columns, sorts);
  return { ...found, places: inFile(parquet, found, order) };
}

/**
 * The rows that pass filters. Where what is known of a group decides, none of it is fetched.
 * @param {ParquetFile} parquet @param {readonly Filter[]} filters
 * @param {{known: Known, shown?: readonly string[], signal?: AbortSignal}} how
 * @returns {Promise<Found>}
 */
export async function foundBy(parquet, filters, { known, shown = [], signal }) {
  const { groups } = parquet.footer;
  const whole = wholeView(parquet);
  if (!filters.length) return whole;
  const read = (await known.read?.(filters)) ?? filters;
  const answers = verdicts(parquet, read, known);
  const open = answers.flatMap((answer, group) => (answer === "maybe" ? [group] : []));
  const names = namesIn(parquet, read, known);
  const first = answers.findIndex((answer) => answer !== "none");
  if (open.length <= 2 && open[0] === first && groups[first]?.bytes.end - groups[first]?.bytes.start <= FIRST) {
    await parquet.columns([...shown, ...names], [first], signal);
  }
  const columns = await parquet.columns(names, open, signal);
  const passed = selection(columns, read, rowsOf(parquet, open), placeOf(columns, known));
  const rows = gathered(parquet, answers, passed);
  if (rows.length === parquet.footer.rows) return { ...whole, filters };
  return { filters, rows, length: rows.length, groups: groupsWith(parquet, rows) };
}

/** The columns that filters look at. @param {ParquetFile} parquet @param {readonly Filter[]} filters @param {Known} known */
function namesIn(parquet, filters, known) {
  const places = known.geometry ? [known.geometry] : [known.latitude, known.longitude];
  const names = filters.flatMap((filter) => (filter.test === "within" ? places : filter.test === "where" ? filter.names ?? [] : [filter.column]));
  return [...new Set(names)].filter((name) => parquet.footer.columns.has(name));
}

/** @param {ReadonlyMap<string, Column>} columns @param {Known} known @returns {Place | undefined} */
function placeOf(columns, known) {
  const [geometry, longitude, latitude] = [known.geometry, known.longitude, known.latitude].map((name) => columns.get(name));
  if (geometry) return { geometry };
  return longitude && latitude ? { longitude, latitude } : undefined;
}

/** How many rows some groups have. @param {ParquetFile} parquet @param {readonly number[]} groups */
function rowsOf(parquet, groups) {
  return groups.reduce((sum, group) => sum + parquet.footer.groups[group].rows, 0);
}

/**
 * The rows of groups that pass as a whole, and of the open ones those that passed.
 * @param {ParquetFile} parquet @param {readonly ("all" | "none" | "maybe")[]} answers @param {Uint32Array} passed
 */
function gathered({ footer: { groups, rows: all } }, answers, passed) {
  if (answers.every((answer) => answer === "maybe")) return passed;
  const rows = new Uint32Array(all);
  let count = 0;
  let at = 0;
  let before = 0;
  answers.forEach((answer, group) => {
    const { start, rows: length } = groups[group];
    if (answer === "all") for (let row = start; row < start + length; row += 1) rows[count++] = row;
    if (answer !== "maybe") return;
    for (; at < passed.length && passed[at] < before + length; at += 1) rows[count++] = passed[at] - before + start;
    before += length;
  });
  return rows.slice(0, count);
}

/** The groups that hold some of the rows, which are in order. @param {ParquetFile} parquet @param {Uint32Array} rows */
function groupsWith({ footer: { groups } }, rows) {
  /** @type {number[]} */
  const found = [];
  let at = 0;
  groups.forEach(({ start, rows: length }, group) => {
    const before = at;
    at = firstFrom(rows, start + length, at);
    if (at > before) found.push(group);
  });
  return found;
}

/**
 * The place of the first row that is not below a number.
 * @param {Uint32Array} rows @param {number} number @param {number} low
 */
function firstFrom(rows, number, low) {
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The rows found, as places in columns of their groups.
 * @param {ParquetFile} parquet @param {Found} found @returns {Uint32Array}
 */
export function withinGroups(parquet, { rows, groups, length }) {
  if (!rows) return Uint32Array.from({ length }, (_, row) => row);
  const { groups: all } = parquet.footer;
  if (groups.length === all.length) return rows;
  const moved = new Uint32Array(rows.length);
  let at = 0;
  let before = 0;
  for (const group of groups) {
    const { start, rows: count } = all[group];
    for (; at < rows.length && rows[at] < start + count; at += 1) moved[at] = rows[at] - start + before;
    before += count;
  }
  return moved;
}

/**
 * Places in columns of groups, as rows of the file.
 * @param {ParquetFile} parquet @param {Found} found @param {Uint32Array} order
 */
function inFile(parquet, { groups }, order) {
  const { groups: all } = parquet.footer;
  if (groups.length === all.length) return order;
  const rows = new Uint32Array(rowsOf(parquet, groups));
  let at = 0;
  for (const group of groups) {
    for (let row = all[group].start; row < all[group].start + all[group].rows; row += 1) rows[at++] = row;
  }
  return order.map((place) => rows[place]);
}
