/** Filters of one column: which there are, how a form's fields become one, and how one reads as a sentence. */
import { meaning, shown } from "../format.js";
import { isolated } from "./texts.js";

/**
 * @typedef {import("./given.js").Described} Described
 * @typedef {import("./given.js").Filter} Filter
 * @typedef {import("./given.js").Say} Say
 * @typedef {{values: string[], text: string, low: string, high: string}} Fields
 */

/** @type {Record<string, string[]>} */
const TESTS = {
  string: ["contains", "is", "empty", "filled"],
  any: ["contains", "is", "empty", "filled"],
  boolean: ["is", "empty", "filled"],
  integer: ["between", "is", "empty", "filled"],
  number: ["between", "is", "empty", "filled"],
  year: ["between", "is", "empty", "filled"],
  date: ["between", "empty", "filled"],
  datetime: ["between", "empty", "filled"],
  time: ["between", "empty", "filled"],
};

const LONGEST = 400; // of a condition that is shown

/** The ways to filter a column, the likeliest first. @param {Described} column @returns {string[]} */
export function testsOf(column) {
  const tests = Object.hasOwn(TESTS, column.type) ? TESTS[column.type] : ["empty", "filled"];
  const isCoded = tests.includes("is") && Object.keys(column.values ?? {}).length > 0;
  return isCoded ? ["is", ...tests.filter((test) => test !== "is")] : tests;
}

/**
 * The filter that a form says, or null when it says nothing.
 * @param {string} column @param {string} test @param {Fields} fields @returns {Filter | null}
 */
export function filterFrom(column, test, { values, text, low, high }) {
  if (test === "is") return values.length ? { column, test, values: [...new Set(values)] } : null;
  if (test === "contains") return text.trim() ? { column, test, text: text.trim() } : null;
  if (test !== "between") return { column, test };
  if (!low && !high) return null;
  return { column, test, ...(low ? { low } : {}), ...(high ? { high } : {}) };
}

/** Whether the ends of a range stand the wrong way round. @param {Described} column @param {string} low @param {string} high */
export function isTurned(column, low, high) {
  if (!low || !high) return false;
  const isNumber = ["integer", "number", "year"].includes(column.type);
  if (isNumber) return Number(low) > Number(high);
  return low.slice(0, high.length) > high; // a date as the end of a moment takes the whole day in
}

/**
 * All filters, with one column's own put in the place of what it had.
 * @param {Filter[]} filters @param {string} column @param {Filter | null} filter
 */
export function withFilter(filters, column, filter) {
  const at = filters.findIndex((each) => each.column === column);
  const others = filters.filter((each) => each.column !== column);
  if (filter) others.splice(at < 0 ? others.length : at, 0, filter);
  return others;
}

/**
 * A value as a filter or a form names it, with what it means.
 * @param {string} raw @param {Described} column @param {string} language @param {Say} say
 */
export function valueNamed(raw, column, language, say) {
  if (raw === "") return say("no-value");
  const means = meaning(raw, column);
  const text = isolated(shown(raw, column, language));
  return means ? say("coded", { code: text, meaning: isolated(means) }) : text;
}

/**
 * A filter as a sentence.
 * @param {Filter} filter @param {Described | undefined} described    its column, when the table has it
 * @param {string} language @param {Say} say
 */
export function sentence(filter, described, language, say) {
  if (filter.test === "within") return say("filter-within");
  if (filter.test === "where") return conditionText(filter, say);
  const known = described ?? { name: filter.column, type: "any" };
  const column = isolated(known.title || known.name);
  const named = (/** @type {string} */ raw) => valueNamed(raw, known, language, say);
  if (filter.test === "is") return say("filter-is", { column, values: list((filter.values ?? []).map(named), language) });
  if (filter.test === "contains") return say("filter-contains", { column, text: isolated(filter.text ?? "") });
  if (filter.test !== "between") return say(`filter-${filter.test}`, { column });
  const { low, high } = filter;
  if (low && high)
    return low === high
      ? say("filter-is", { column, values: named(low) })
      : say("filter-between", { column, low: named(low), high: named(high) });
  return low ? say("filter-low", { column, low: named(low) }) : say("filter-high", { column, high: named(high ?? "") });
}

/** A condition as it is written, and what it means beside that. @param {Filter} filter @param {Say} say */
function conditionText({ text = "", tz, calendar }, say) {
  const said = [say("filter-where", { text: isolated(text, LONGEST) })];
  if (tz) said.push(say("filter-zone", { zone: tz }));
  if (calendar) said.push(say("filter-calendar", { calendar }));
  return said.join(" ");
}

/** Some of the values, with "or". @param {string[]} values @param {string} language */
function list(values, language) {
  const some = values.length > 5 ? [...values.slice(0, 4), `+${values.length - 4}`] : values;
  return new Intl.ListFormat(language, { type: "disjunction" }).format(some);
}
