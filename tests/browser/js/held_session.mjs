// A session over a table that is held in memory.
import { textOf } from "../../../themes/civic/assets/js/explorer/engine/columns.js";
import { selection } from "../../../themes/civic/assets/js/explorer/engine/filters.js";
import { answer } from "../../../themes/civic/assets/js/explorer/engine/grouping.js";
import { column } from "../../../themes/civic/assets/js/explorer/engine/making.js";
import { summary } from "../../../themes/civic/assets/js/explorer/engine/summaries.js";

const KINDS = new Map([["string", "text"], ["any", "text"]]);

export const outlineOf = ({ columns, bytes = 1000, rows }) =>
  ({ title: "Requests", columns, rows: rows.length, file: { bytes } });

export const columnsOf = ({ columns, rows }) =>
  new Map(columns.map(({ name, type }, at) => [name, column(name, KINDS.get(type) ?? type, rows.map((row) => row[at]))]));

export function heldSession(outline, table) {
  const columns = columnsOf(table);
  const session = new EventTarget();
  let filters = [];
  const met = (given) => selection(columns, given, outline.rows);
  session.view = async (asked) => {
    ({ filters } = asked);
    return { rows: met(filters).length, all: outline.rows };
  };
  session.answer = async (question) => answer(question, columns, met(filters));
  session.summaries = async (names) => Object.fromEntries(names.map((name) =>
    [name, summary(columns.get(name), met(filters.filter((filter) => filter.column !== name)))]));
  session.rows = async (start, end, names) => {
    const places = [...met(filters)].slice(start, end);
    return { start, places, cells: names.map((name) => places.map((place) => textOf(columns.get(name), place))) };
  };
  return session;
}
