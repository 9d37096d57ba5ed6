/**
 * The order of rows as readers change it.
 *
 * @typedef {import("./given.js").Sort} Sort
 * @typedef {"none" | "ascending" | "descending"} Direction    as aria-sort says it
 */

/** @param {Sort[]} sorts @param {string} column @returns {Direction} */
export function directionOf(sorts, column) {
  const found = sorts.find((sort) => sort.column === column);
  return !found ? "none" : found.isDown ? "descending" : "ascending";
}

/**
 * The order with a column's direction set: as the only one, or after those that are in force.
 * @param {Sort[]} sorts @param {string} column @param {Direction} direction @param {boolean} isAdded @returns {Sort[]}
 */
export function withDirection(sorts, column, direction, isAdded) {
  const own = direction === "none" ? [] : [{ column, isDown: direction === "descending" }];
  if (!isAdded) return own;
  const at = sorts.findIndex((sort) => sort.column === column);
  if (at < 0) return [...sorts, ...own];
  return [...sorts.slice(0, at), ...own, ...sorts.slice(at + 1)];
}

/** What a header's button does next: up, down, not sorted. @param {Direction} direction @returns {Direction} */
export const next = (direction) => (direction === "none" ? "ascending" : direction === "ascending" ? "descending" : "none");

/** The word for a direction, by what is sorted. @param {string} type @param {boolean} isDown */
export function directionWord(type, isDown) {
  const kind = ["date", "datetime", "time", "year"].includes(type)
    ? "time"
    : ["integer", "number"].includes(type)
      ? "number"
      : "text";
  return `sort-${kind}-${isDown ? "down" : "up"}`;
}
