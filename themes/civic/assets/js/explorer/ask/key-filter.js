import { binOf } from "./bins.js";
import { spanOf } from "../engine/periods.js";
import { columnOf } from "./question.js";

/**
 * From a group of an answer to the filters that leave its rows.
 *
 * @typedef {{column: string, test: string, values?: string[], low?: string, high?: string, text?: string,
 *   bounds?: number[]}} Filter
 * @typedef {import("./question.js").By} By
 * @typedef {import("./question.js").Described} Described
 */

/**
 * The filter that leaves the rows of one key.
 * @param {string | null} key @param {By} by @param {Described[]} columns @returns {Filter}
 */
export function filterOf(key, by, columns) {
  const { column, per } = by;
  if (key === null || key === "") return { column, test: "empty" };
  if (per === "bins") {
    const bin = binOf(key);
    return bin ? { column, test: "between", low: bin.low, high: bin.high } : { column, test: "is", values: [key] };
  }
  if (!per || columnOf(columns, column)?.type === "year") return { column, test: "is", values: [key] };
  const span = spanOf(key);
  return span ? { column, test: "between", ...span } : { column, test: "is", values: [key] };
}

/**
 * Filters that leave the rows of a group, of those that are left already. What is said more narrowly is not said twice.
 * @param {Filter[]} filters    in force @param {(string | null)[]} keys @param {By[]} by @param {Described[]} columns
 */
export function narrowed(filters, keys, by, columns) {
  const more = keys.map((key, at) => filterOf(key, by[at], columns));
  const said = more.map((filter) => JSON.stringify(filter));
  const kept = filters.filter((filter) => {
    const isNarrower = more.some(({ column, test }) => column === filter.column && test === "is" && filter.test === "is");
    return !isNarrower && !said.includes(JSON.stringify(filter));
  });
  return [...kept, ...more];
}
