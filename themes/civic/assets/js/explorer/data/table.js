/** The table that a reader looks at: which rows are in view, in which order, and what stands in them. */
import { textOf } from "../engine/columns.js";
import { answerOf, shapesOf, summariesOf } from "./asking.js";
import { viewOf, wholeView } from "./views.js";

/**
 * @typedef {import("./parquet.js").ParquetFile} ParquetFile
 * @typedef {import("./views.js").Asked} Asked
 * @typedef {import("./views.js").Known} Known
 * @typedef {import("./views.js").View} View
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {import("../engine/grouping.js").Question} Question
 *
 * Rows as the page draws them: cells by column, and the number of each row in the file.
 * @typedef {{start: number, cells: (string | null)[][], places: number[]}} Rows
 */

export class Table {
  /** @param {ParquetFile} parquet @param {Known} known */
  constructor(parquet, known) {
    this.parquet = parquet;
    this.known = known;
    this.view = wholeView(parquet);
    /** The columns that the page looks at, which are likely to be asked for next. @type {readonly string[]} */
    this.shown = [...parquet.footer.columns.values()].flatMap(({ name, kind }) => (kind === "geometry" ? [] : [name]));
  }

  /**
   * Look at the rows that pass some filters, in some order.
   * @param {Asked} asked @param {AbortSignal} [signal]
   * @returns {Promise<{rows: number, all: number}>}
   */
  async look(asked, signal) {
    const view = await viewOf(this.parquet, asked, { known: this.known, shown: this.shown, signal });
    signal?.throwIfAborted();
    this.view = view;
    return { rows: view.length, all: this.parquet.footer.rows };
  }

  /**
   * Some rows of the view. Shapes are left out: they are large, and nothing to read.
   * @param {number} start @param {number} end @param {readonly string[]} names @param {AbortSignal} [signal]
   * @returns {Promise<Rows>}
   */
  async rows(start, end, names, signal) {
    const read = this.readable(names).filter((name) => this.parquet.footer.columns.get(name)?.kind !== "geometry");
    if (read.length) this.shown = read;
    return rowsOf(this.parquet, this.view, { start, end, names, read, signal });
  }

  /**
   * Rows of a view for a download, with shapes.
   * @param {View} view @param {{start: number, end: number, names: readonly string[]}} which @param {AbortSignal} [signal]
   * @returns {Promise<Rows>}
   */
  async portion(view, { start, end, names }, signal) {
    const read = this.readable(names);
    // Rows in another order come from everywhere, and so all of their groups will be needed.
    if (view.places !== view.rows) await this.parquet.columns(read, view.groups, signal);
    return rowsOf(this.parquet, view, { start, end, names, read, signal });
  }

  /** Where a row of the file stands in the view; -1 when it is not in it. @param {number} place */
  find(place) {
    const { places, length } = this.view;
    return places ? places.indexOf(place) : place < length ? place : -1;
  }

  /** @param {Question} question @param {AbortSignal} [signal] */
  answer(question, signal) {
    return answerOf(this.parquet, this.view, question, signal);
  }

  /** @param {readonly string[]} names @param {AbortSignal} [signal] */
  summaries(names, signal) {
    return summariesOf(this.parquet, this.view, names, { known: this.known, signal });
  }

  /** @param {readonly string[]} names @param {AbortSignal} [signal] */
  shapes(names, signal) {
    return shapesOf(this.parquet, this.view, names, { known: this.known, signal });
  }

  /** @param {readonly string[]} names */
  readable(names) {
    return names.filter((name) => this.parquet.footer.columns.has(name));
  }
}

/**
 * @param {ParquetFile} parquet @param {View} view
 * @param {{start: number, end: number, names: readonly string[], read: readonly string[], signal?: AbortSignal}} which
 * @returns {Promise<Rows>}
 */
async function rowsOf(parquet, { places: order, length }, { start, end, names, read, signal }) {
  const from = Math.max(0, Math.min(start, length));
  const to = Math.max(from, Math.min(end, length));
  const places = order ? Array.from(order.subarray(from, to)) : Array.from({ length: to - from }, (_, row) => from + row);
  const none = () => places.map(() => null);
  if (!read.length) return { start: from, cells: names.map(none), places };
  const { groups, at } = within(parquet, places);
  const columns = await parquet.columns(read, groups, signal);
  return { start: from, cells: names.map((name) => cellsOf(columns.get(name), at) ?? none()), places };
}

/** @param {Column | undefined} column @param {readonly number[]} rows */
function cellsOf(column, rows) {
  return column && rows.map((row) => textOf(column, row));
}

/**
 * The groups that some rows are in, and where the rows stand in columns of these.
 * @param {ParquetFile} parquet @param {readonly number[]} places
 */
function within({ footer: { groups: all } }, places) {
  const of = places.map((place) => groupOf(all, place));
  const groups = [...new Set(of)].sort((one, other) => one - other);
  /** @type {Map<number, number>} */
  const moved = new Map();
  let before = 0;
  for (const group of groups) {
    moved.set(group, before - all[group].start);
    before += all[group].rows;
  }
  return { groups, at: places.map((place, row) => place + /** @type {number} */ (moved.get(of[row]))) };
}

/** The group that a row is in. @param {readonly {start: number}[]} groups @param {number} place */
function groupOf(groups, place) {
  let low = 0;
  for (let high = groups.length - 1; low < high;) {
    const middle = (low + high + 1) >> 1;
    if (groups[middle].start <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
