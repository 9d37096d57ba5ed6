/** Questions about the rows in view: answers, summaries of columns, and where the rows are. */
import { answer } from "../engine/grouping.js";
import { summary } from "../engine/summaries.js";
import { ROOM } from "./parquet.js";
import { foundBy, withinGroups } from "./views.js";

/**
 * @typedef {import("./parquet.js").ParquetFile} ParquetFile
 * @typedef {import("./views.js").Found} Found
 * @typedef {import("./views.js").Known} Known
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {import("../engine/filters.js").Filter} Filter
 * @typedef {import("../engine/grouping.js").Answer} Answer
 * @typedef {import("../engine/grouping.js").Question} Question
 * @typedef {import("../engine/summaries.js").Summary} Summary
 * @typedef {{longitudes: Float64Array, latitudes: Float64Array, places: Uint32Array}
 *   | {geometries: string[], places: Uint32Array}} Shapes
 */

/**
 * @param {ParquetFile} parquet @param {Found} found @param {Question} question @param {AbortSignal} [signal]
 * @returns {Promise<Answer>}
 */
export async function answerOf(parquet, found, question, signal) {
  const asked = [question.of ?? "", ...question.by.map(({ column }) => column)];
  const names = asked.filter((name) => parquet.footer.columns.has(name));
  // Bins are those of the whole file, whatever is in view.
  const isOfWhole = question.by.some(({ per }) => per === "bins");
  const all = [...parquet.footer.groups.keys()];
  const columns = await parquet.columns(names, isOfWhole ? all : found.groups, signal);
  return answer(question, columns, isOfWhole ? inFile(found) : withinGroups(parquet, found));
}

/**
 * Summaries of columns, each under all filters but its own, by name. Other calls come in between.
 * @param {ParquetFile} parquet @param {Found} found @param {readonly string[]} names
 * @param {{known: Known, signal?: AbortSignal}} how
 * @returns {Promise<Record<string, Summary>>}
 */
export async function summariesOf(parquet, found, names, how) {
  /** @type {[string, Summary][]} */
  const made = [];
  const all = [...parquet.footer.groups.keys()];
  const known = names.filter((name) => parquet.footer.columns.has(name));
  const atOnce = Math.max(1, Math.floor(ROOM / 4 / (parquet.footer.rows * 8)));
  for (let at = 0; at < known.length; at += atOnce) {
    const columns = await parquet.columns(known.slice(at, at + atOnce), all, how.signal);
    for (const [name, column] of columns) {
      made.push([name, summary(column, inFile(await foundBesides(parquet, found, name, how)))]);
      await pause();
      how.signal?.throwIfAborted();
    }
  }
  return Object.fromEntries(made);
}

/**
 * The rows that pass all filters but those on a column.
 * @param {ParquetFile} parquet @param {Found} found @param {string} name @param {{known: Known, signal?: AbortSignal}} how
 */
async function foundBesides(parquet, found, name, how) {
  const others = found.filters.filter(({ column }) => column !== name);
  return others.length === found.filters.length ? found : foundBy(parquet, others, how);
}

/**
 * Where the rows are that have a place: a column of shapes, or latitudes and longitudes.
 * @param {ParquetFile} parquet @param {Found} found @param {readonly string[]} names
 * @param {{known: Known, signal?: AbortSignal}} how
 * @returns {Promise<Shapes>}
 */
export async function shapesOf(parquet, found, names, { known, signal }) {
  const columns = await parquet.columns(names, found.groups, signal);
  const rows = inFile(found);
  const within = withinGroups(parquet, found);
  const [first, second] = names.map((name) => /** @type {Column} */ (columns.get(name)));
  const { codes, values } = first;
  if (codes && values) {
    const has = Uint32Array.from(within.keys()).filter((at) => codes[within[at]] !== 0);
    return { geometries: Array.from(has, (at) => values[codes[within[at]]]), places: has.map((at) => rows[at]) };
  }
  const [longitude, latitude] = names[0] === known.longitude ? [first, second] : [second, first];
  const [x, y] = [longitude.numbers ?? new Float64Array(), latitude.numbers ?? new Float64Array()];
  const has = Uint32Array.from(within.keys()).filter((at) => !Number.isNaN(x[within[at]] + y[within[at]]));
  return {
    longitudes: Float64Array.from(has, (at) => x[within[at]]),
    latitudes: Float64Array.from(has, (at) => y[within[at]]),
    places: has.map((at) => rows[at]),
  };
}

/** The rows found, by their number in the file. @param {Found} found */
export function inFile({ rows, length }) {
  return rows ?? Uint32Array.from({ length }, (_, row) => row);
}

/** Let others have their turn. */
function pause() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
