/** What the footer says of each group of rows under filters: that all of its rows pass, none, or that one has to look. */
import { textOf } from "../engine/columns.js";
import { boxMayHold, groupMayHold, selection } from "../engine/filters.js";
import { bytesColumn } from "./columns.js";

/**
 * @typedef {import("./parquet.js").ParquetFile} ParquetFile
 * @typedef {import("./footer.js").Stored} Stored
 * @typedef {import("./footer.js").Group} Group
 * @typedef {import("./views.js").Known} Known
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {import("../engine/filters.js").Filter} Filter
 * @typedef {import("../engine/pruning.js").GroupStats} GroupStats
 */

/**
 * @param {ParquetFile} parquet @param {readonly Filter[]} filters @param {Known} known
 * @returns {("all" | "none" | "maybe")[]} by group
 */
export function verdicts(parquet, filters, known) {
  return parquet.footer.groups.map((group) => {
    const answers = filters.map((filter) => verdict(parquet, group, filter, known));
    if (answers.includes("none")) return "none";
    return answers.includes("maybe") ? "maybe" : "all";
  });
}

/** @param {ParquetFile} parquet @param {Group} group @param {Filter} filter @param {Known} known */
function verdict(parquet, group, filter, known) {
  if (filter.test === "where") return "maybe";
  if (filter.test === "within") {
    const [longitudes, latitudes] = [known.longitude, known.latitude].map((name) => statsOf(parquet, group, name));
    return known.geometry || !longitudes || !latitudes || boxMayHold(longitudes, latitudes, filter.bounds) ? "maybe" : "none";
  }
  const stats = statsOf(parquet, group, filter.column);
  if (!groupMayHold(stats, filter)) return "none";
  return allPass(parquet, group, filter) ? "all" : "maybe";
}

/**
 * The least and the greatest value of a column in a group, as a column of two rows; null where they are not known.
 * @param {Group} group @param {Stored} stored @returns {Column | null}
 */
function ends(group, stored) {
  const { least, greatest } = group.chunks[stored.leaf];
  return least && greatest ? bytesColumn(stored, [least, greatest]) : null;
}

/** @param {ParquetFile} parquet @param {Group} group @param {string} name @returns {GroupStats | undefined} */
export function statsOf(parquet, group, name) {
  const stored = parquet.footer.columns.get(name);
  if (!stored) return undefined;
  const { empty } = group.chunks[stored.leaf];
  /** @type {GroupStats} */
  const stats = { kind: stored.kind, rows: group.rows };
  if (empty !== undefined) stats.empty = empty;
  const known = stored.kind === "geometry" ? null : ends(group, stored);
  return known ? { ...stats, least: textOf(known, 0) ?? undefined, greatest: textOf(known, 1) ?? undefined } : stats;
}

/**
 * Whether every row of a group passes, which the ends tell for ranges: what lies between passes when both do.
 * @param {ParquetFile} parquet @param {Group} group @param {Filter} filter
 */
function allPass(parquet, group, filter) {
  const stored = parquet.footer.columns.get(filter.column);
  if (!stored) return true;
  const { empty } = group.chunks[stored.leaf];
  const isText = stored.kind === "text" || stored.kind === "geometry";
  if (filter.test === "empty") return empty === group.rows;
  if (filter.test === "filled") return empty === 0 && !isText;
  if (isText || empty !== 0) return false;
  const known = ends(group, stored);
  if (!known || (filter.test !== "between" && textOf(known, 0) !== textOf(known, 1))) return false;
  return selection(new Map([[filter.column, known]]), [filter], 2).length === 2;
}
