/**
 * What code has to do to get what a reader sees, whatever its language: columns found, ends of ranges made exact.
 *
 * @typedef {import("../engine/columns.js").Kind} Kind
 * @typedef {import("../state.js").State} State
 * @typedef {import("../state.js").Filter} Filter
 * @typedef {{name: string, kind: Kind, format?: string, role?: string}} PlanColumn    format: of dates, with strptime's letters
 *
 * @typedef {object} CodeFile      the file of text that code reads, as it is written
 * @property {string} url          in full
 * @property {string} name
 * @property {string} [delimiter]
 * @property {string} [encoding]   as the catalog calls it
 * @property {string[]} [empty]    words for "no value"
 * @property {number} [header]     the line that names the columns
 *
 * @typedef {object} Condition
 * @property {PlanColumn} column
 * @property {"is" | "contains" | "between" | "empty" | "filled"} test
 * @property {string[]} values     is
 * @property {boolean} orEmpty     is: rows without a value as well
 * @property {string} text         contains: folded
 * @property {string} low          between; "" for no end
 * @property {string} high
 *
 * @typedef {{column: PlanColumn, per: string}} Group
 * @typedef {{measure: string, of: PlanColumn | null, by: Group[], top: number}} Ask
 *
 * @typedef {object} Plan
 * @property {CodeFile} file
 * @property {Condition[]} conditions
 * @property {{column: PlanColumn, isDown: boolean}[]} sort    the first is the most important
 * @property {string[] | null} columns                          null: all of them
 * @property {Ask | null} ask      what is asked of the rows
 * @property {boolean} isWhole      false: the view has a part that no code is written for
 */
import { folded } from "../engine/folding.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HOUR = /^\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?$/;
const NUMBER = /^([+-]?)(\d{0,400})(?:\.(\d{0,400}))?((?:e[+-]?\d{1,2})?)$/i;
const PERIODS = ["day", "week", "month", "quarter", "year"];
export const NUMBERS = ["integer", "number", "year"];
export const MOMENTS = ["date", "datetime", "time"];
const TEXTS = ["text", "boolean", "geometry"];
const SAFE_DIGITS = 15;

/** @param {CodeFile} file @param {PlanColumn[]} columns @param {State} state @returns {Plan} */
export function planned(file, columns, state) {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const conditions = state.filters.flatMap((filter) => conditionsOf(filter, byName));
  const ask = state.ask ? asked(state.ask, byName) : null;
  return {
    file,
    conditions: conditions.filter((each) => each !== null),
    ask,
    sort: state.sort.flatMap(({ column, isDown }) => {
      const found = byName.get(column);
      return found ? [{ column: found, isDown }] : [];
    }),
    columns: state.columns && state.columns.filter((name) => byName.has(name)),
    isWhole: !conditions.includes(null) && Boolean(ask) === Boolean(state.ask),
  };
}

/** @param {Filter} filter @param {Map<string, PlanColumn>} byName @returns {(Condition | null)[]} */
function conditionsOf(filter, byName) {
  if (filter.test === "where") return [null]; // it is in a language of its own
  if (filter.test === "within") return within(filter.bounds, [...byName.values()]);
  const column = byName.get(filter.column);
  if (!column) return [];
  const blank = { column, values: [], orEmpty: false, text: "", low: "", high: "" };
  if (filter.test === "contains") {
    const text = folded(filter.text);
    return text ? [{ ...blank, test: "contains", text }] : [];
  }
  if (filter.test === "between") {
    const [low, high] = [filter.low, filter.high].map((end) => (end ? (valueOf(end, column) ?? "") : ""));
    if (!low && !high) return [];
    return [isText(column) ? null : { ...blank, test: "between", low, high }];
  }
  if (filter.test === "is") {
    const values = filter.values.filter(Boolean).map((value) => valueOf(value, column));
    const known = /** @type {string[]} */ (values.filter((value) => value !== null));
    return filter.values.length ? [{ ...blank, test: "is", values: known, orEmpty: filter.values.includes("") }] : [];
  }
  return [{ ...blank, test: filter.test }];
}

/**
 * A value as code may hold it: what comes from an address is never trusted. null: no value of the column's kind.
 * @param {string} text @param {PlanColumn} column @returns {string | null}
 */
function valueOf(text, { kind }) {
  if (NUMBERS.includes(kind)) {
    const found = NUMBER.exec(text);
    if (!found || (!found[2] && !found[3])) return null;
    const [, sign, whole, decimals, power] = found;
    return `${sign.replace("+", "")}${whole.replace(/^0+(?=.)/, "") || "0"}${decimals ? `.${decimals}` : ""}${power}`;
  }
  if (kind === "time") return HOUR.test(text) ? hour(text) : null;
  if (kind === "date") return DAY.test(text.slice(0, 10)) ? text.slice(0, 10) : null;
  if (kind === "datetime") return DAY.test(text) ? text : MOMENT.test(text) ? clock(text) : null;
  return text;
}

/**
 * Shapes are left to programs for maps.
 * @param {number[]} bounds @param {PlanColumn[]} columns @returns {(Condition | null)[]}
 */
function within([west, south, east, north], columns) {
  const [latitude, longitude] = ["latitude", "longitude"].map((role) => columns.find((column) => column.role === role));
  if (!latitude || !longitude || west > east) return [null];
  const blank = { test: /** @type {const} */ ("between"), values: [], orEmpty: false, text: "" };
  return [
    { ...blank, column: longitude, low: String(west), high: String(east) },
    { ...blank, column: latitude, low: String(south), high: String(north) },
  ];
}

/**
 * A question as code can ask it; null for one by bins, or of a measure that the column does not have.
 * @param {import("../state.js").Question} question @param {Map<string, PlanColumn>} byName @returns {Ask | null}
 */
function asked({ measure, of, by, top }, byName) {
  const measured = of ? (byName.get(of) ?? null) : null;
  const groups = by.map(({ column, per = "" }) => ({ column: byName.get(column), per }));
  const canBeAsked =
    groups.every(({ column, per }) => column && canGroup(column, per)) &&
    (measured ? canMeasure(measure, measured) : measure === "count" && !of);
  return canBeAsked ? { measure, of: measured, by: /** @type {Group[]} */ (groups), top: top ?? 0 } : null;
}

/** @param {PlanColumn} column @param {string} per */
function canGroup({ kind, format }, per) {
  if (format || kind === "geometry") return false;
  if (!per) return kind !== "number" && kind !== "datetime" && kind !== "time";
  return PERIODS.includes(per) && (kind === "date" || kind === "datetime");
}

/** @param {string} measure @param {PlanColumn} column */
function canMeasure(measure, column) {
  if (measure === "count") return true;
  return measure === "min" || measure === "max"
    ? !isText(column) && !column.format
    : column.kind === "integer" || column.kind === "number";
}

/** @param {PlanColumn} column */
export const isText = ({ kind }) => TEXTS.includes(kind);

/**
 * Whether numbers are told apart by their text, since a double would not.
 * @param {PlanColumn} column @param {string[]} values
 */
export const isLong = (column, values) => column.kind === "integer" && values.some((value) => value.length > SAFE_DIGITS);

/** @param {string} text */
export const isDay = (text) => DAY.test(text);

/** A moment on the clock, always of the same length: "2024-07-09T10:00:00.000000". @param {string} text */
export function clock(text) {
  const plain = text.replace(/(Z|[+-]\d\d:?\d\d)$/, "").replace(" ", "T");
  if (isDay(text)) return `${text}T00:00:00.000000`;
  return plain + ":00.000000".slice(plain.length - 16);
}

/** The same for a time of the day. @param {string} text */
export const hour = (text) => text + ":00.000000".slice(text.length - 5);

/** How true and false may be written in a file. @param {string} value */
export const spellings = (value) => (value === "true" ? ["true", "True", "TRUE", "1"] : ["false", "False", "FALSE", "0"]);

/** The values that a condition looks for, as they may stand in the file. @param {Condition} condition */
export const wanted = ({ column, values }) => (column.kind === "boolean" ? values.flatMap(spellings) : values);
