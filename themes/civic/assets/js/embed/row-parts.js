import { isNumeric, meaning, shown } from "../explorer/format.js";
import { sentence } from "../explorer/grid/filtering.js";
import { tableOf } from "./table.js";

/**
 * The first rows of a table within a page of others.
 *
 * @typedef {import("../explorer/data/session.js").Outline} Outline
 * @typedef {import("../explorer/data/session.js").Session} Session
 * @typedef {import("../explorer/state.js").State} State
 * @typedef {{say: import("../explorer/words.js").Say, language: string}} Telling
 */

const MOST_ROWS = 100;

/** The filters in force, in words. @param {Outline} outline @param {State} state @param {Telling} telling */
export function narrowedBy({ columns }, { filters }, { say, language }) {
  const named = new Map(columns.map((column) => [column.name, column]));
  return filters.map((filter) => sentence(filter, named.get(filter.column), language, say));
}

/**
 * @param {Session} session @param {Outline} outline @param {State} state @param {Telling & {rows: number}} telling    in view
 * @returns {Promise<Element[]>}
 */
export async function rowParts(session, outline, state, { say, language, rows }) {
  const named = new Map(outline.columns.map((column) => [column.name, column]));
  const columns = (state.columns ?? [...named.keys()])
    .flatMap((name) => named.get(name) ?? [])
    .filter(({ type }) => type !== "geometry");
  const { cells } = await session.rows(0, Math.min(rows, MOST_ROWS), columns.map(({ name }) => name));
  const texts = (cells[0] ?? []).map((_, at) =>
    columns.map((column, place) => shownCell(cells[place][at], column, language)));
  const caption = [say("embed-rows", { shown: texts.length, count: rows }), ...narrowedBy(outline, state, { say, language })];
  return [tableOf({
    caption: caption.join(" · "), heads: columns.map(({ name, title }) => title || name), rows: texts,
    numbers: columns.flatMap(({ type }, at) => (isNumeric(type) ? [at] : [])),
  })];
}

/** @param {string | null} raw @param {import("../explorer/data/session.js").OutlineColumn} column @param {string} language */
const shownCell = (raw, column, language) => (raw === null ? "" : meaning(raw, column) || shown(raw, column, language));
