/**
 * What a reader looks at, and the part of the address that says so. Parts are divided by `~`; inside of a part `!` is `!!` and
 * `~` is `!~`.
 *
 * @typedef {import("./engine/filters.js").Filter} Filter
 * @typedef {import("./engine/sorting.js").Sort} Sort
 * @typedef {import("./engine/grouping.js").Question} Question
 *
 * @typedef {object} State
 * @property {readonly Filter[]} filters
 * @property {readonly Sort[]} sort
 * @property {readonly string[] | null} columns    shown, in this order; null: all
 * @property {Question | null} ask
 * @property {string} chart       "" for the one that fits
 * @property {"rows" | "map"} view
 * @property {{zoom: number, latitude: number, longitude: number} | null} map
 * @property {string} color       a column, "" for none
 * @property {number | null} row    one that is open
 */
import { plain } from "./engine/decimals.js";
import { MEASURES } from "./engine/measures.js";
import { PERIODS } from "./engine/periods.js";

export const CHARTS = ["bar", "line", "stacked", "histogram", "scatter", "none"];

const MOST_BY = 2;
export const MOST_BINS_ASKED = 200; // more are no answer that anybody reads
const WHOLE = /^[0-9]{1,9}$/;
const ZONE = /^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+)*$/;
const ID = /^[a-z0-9][a-z0-9-]*$/;
const DECIMAL = /^-?[0-9]{1,9}(?:\.[0-9]{1,17})?$/;

/**
 * What an address asks for. Words that are not known are left out, and so are columns where the names of all are given.
 * @param {URLSearchParams} query @param {Iterable<string>} [names]    of all columns @returns {State}
 */
export function read(query, names) {
  const known = names && new Set(names);
  const isColumn = (/** @type {string | undefined} */ name) => name !== undefined && (!known || known.has(name));
  const all = (/** @type {string} */ key) => query.getAll(key).map(parts);
  const [columns] = all("columns");
  const shown = columns?.filter((name, at) => isColumn(name) && columns.indexOf(name) === at);
  const color = query.get("color") ?? "";
  const row = query.get("row") ?? "";
  return frozen({
    filters: all("where").flatMap((said) => filterOf(said, query)).filter(({ column, test }) => column === "" && isBroad(test) || isColumn(column)),
    sort: all("sort").filter(([name]) => isColumn(name)).map(([column, way]) => ({ column, isDown: way === "down" })),
    columns: shown?.length ? shown : null,
    ask: questionOf(query, isColumn),
    chart: CHARTS.find((chart) => chart === query.get("chart")) ?? "",
    view: query.get("view") === "map" ? "map" : "rows",
    map: placeOf(parts(query.get("map") ?? "")),
    color: isColumn(color) ? color : "",
    row: WHOLE.test(row) ? Number(row) : null,
  });
}

/** The part of the address that leads to a state, without "?"; "" for the first look. @param {State} state */
export function write(state) {
  const { filters, sort, columns, ask, chart, view, map, color, row } = state;
  /** @type {[string, string][]} */
  const said = [
    ...filters.flatMap((filter) => pair("where", partsOfFilter(filter))),
    ...partsOfCircumstances(filters),
    ...sort.flatMap(({ column, isDown }) => pair("sort", isDown ? [column, "down"] : [column])),
    ...pair("columns", columns),
    ...(ask ? partsOfQuestion(ask) : []),
    ...pair("chart", chart ? [chart] : null),
    ...pair("view", view === "map" ? [view] : null),
    ...pair("map", map ? [map.zoom, map.latitude, map.longitude].map(decimal) : null),
    ...(color ? [/** @type {[string, string]} */ (["color", color])] : []),
    ...pair("row", row === null ? null : [`${row}`]),
  ];
  return said.map(([key, text]) => `${key}=${encoded(text)}`).join("&");
}

/** @param {string} key @param {readonly string[] | null} texts @returns {[string, string][]} */
function pair(key, texts) {
  return texts?.length ? [[key, texts.map(escaped).join("~")]] : [];
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[!~]/g, "!$&");
}

/** The parts of a text. @param {string} text @returns {string[]} */
function parts(text) {
  const found = [""];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "~") found.push("");
    else found[found.length - 1] += text[at] === "!" && /[!~]/.test(text[at + 1] ?? "") ? text[++at] : text[at];
  }
  return found;
}

/** Half of a pair cannot stand in an address, and becomes the sign for what cannot be shown. @param {string} text */
function encoded(text) {
  return encodeURIComponent(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"));
}

/** Whether a filter is of no single column. @param {string} test */
const isBroad = (test) => test === "within" || test === "where";

/** @param {string[]} parts @param {URLSearchParams} query @returns {Filter[]} */
function filterOf([column, test, ...rest], query) {
  switch (test) {
    case undefined: return column.trim() ? [{ column: "", test: "where", text: column, ...circumstances(query) }] : [];
    case "is": return rest.length ? [{ column, test, values: rest }] : [];
    case "contains": return rest[0] ? [{ column, test, text: rest[0] }] : [];
    case "between": {
      const [low = "", high = ""] = rest;
      return low || high ? [{ column, test, ...(low ? { low } : {}), ...(high ? { high } : {}) }] : [];
    }
    case "empty":
    case "filled": return [{ column, test }];
    case "within": {
      const [west, south, east, north] = rest.slice(0, 4).map(number);
      const isPlaced = column === "" && [west, south, east, north].every(Number.isFinite);
      return isPlaced ? [{ column, test, bounds: [west, south, east, north] }] : [];
    }
    default: return [];
  }
}

/** What conditions mean beside their text: in whose clock, and with which holidays. @param {URLSearchParams} query */
function circumstances(query) {
  const [tz, calendar] = [query.get("tz") ?? "", query.get("calendar") ?? ""];
  return { ...(ZONE.test(tz) ? { tz } : {}), ...(ID.test(calendar) ? { calendar } : {}) };
}

/** @param {readonly Filter[]} filters @returns {[string, string][]} */
function partsOfCircumstances(filters) {
  const { tz, calendar } = filters.find(isCondition) ?? {};
  return [...pair("tz", tz ? [tz] : null), ...pair("calendar", calendar ? [calendar] : null)];
}

/** @param {Filter} filter @returns {filter is import("./engine/filters.js").Where} */
const isCondition = (filter) => filter.test === "where";

/** @param {Filter} filter @returns {string[] | null} */
function partsOfFilter(filter) {
  const { column, test } = filter;
  switch (test) {
    case "is": return filter.values.length ? [column, test, ...filter.values] : null;
    case "contains": return filter.text ? [column, test, filter.text] : null;
    case "between": return filter.low || filter.high ? [column, test, filter.low ?? "", filter.high ?? ""] : null;
    case "within": return [column, test, ...filter.bounds.map(decimal)];
    case "where": return [filter.text];
    default: return [column, test];
  }
}

/** @param {URLSearchParams} query @param {(name: string | undefined) => boolean} isColumn @returns {Question | null} */
function questionOf(query, isColumn) {
  const asked = parts(query.get("ask") ?? "");
  const by = query.getAll("by").map(parts).filter(([name]) => isColumn(name)).slice(0, MOST_BY).map(byOf);
  const word = asked[0] || (by.length ? "count" : "");
  const measure = /** @type {Question["measure"]} */ (MEASURES.find((each) => each === word));
  if (!measure || (measure !== "count" && !isColumn(asked[1])) || (asked.length > 1 && !isColumn(asked[1]))) return null;
  const top = query.get("top") ?? "";
  const most = WHOLE.test(top) ? Number(top) : 0;
  return { measure, ...(asked.length > 1 ? { of: asked[1] } : {}), by, ...(most ? { top: most } : {}) };
}

/** @param {string[]} parts @returns {import("./engine/groups.js").By} */
function byOf([column, per = "", bins = ""]) {
  if (PERIODS.includes(per)) return { column, per: /** @type {import("./engine/periods.js").Period} */ (per) };
  if (per !== "bins") return { column };
  const most = /^[0-9]+$/.test(bins) ? Math.min(MOST_BINS_ASKED, Number(bins)) : 0;
  return most ? { column, per, bins: most } : { column, per };
}

/** @param {Question} question @returns {[string, string][]} */
function partsOfQuestion({ measure, of, by, top }) {
  return [
    ...pair("ask", of === undefined ? [measure] : [measure, of]),
    ...by.flatMap(({ column, per, bins }) => pair("by", per ? (bins ? [column, per, `${bins}`] : [column, per]) : [column])),
    ...pair("top", top ? [`${top}`] : null),
  ];
}

/** @param {string[]} parts */
function placeOf(parts) {
  const [zoom, latitude, longitude] = parts.map(number);
  return parts.length === 3 && [zoom, latitude, longitude].every(Number.isFinite) ? { zoom, latitude, longitude } : null;
}

/** @param {string} text */
function number(text) {
  return DECIMAL.test(text) ? Number(text) : NaN;
}

/** A place on the map, to the centimeter. @param {number} given */
function decimal(given) {
  return plain(Number(given.toFixed(7)));
}

/** The same value, of which nothing can be changed. @template T @param {T} value @returns {T} */
function frozen(value) {
  if (value && typeof value === "object") Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
