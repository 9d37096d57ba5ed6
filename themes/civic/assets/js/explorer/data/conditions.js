/** Conditions among filters, whose reader is fetched when an address has one. */
import { ReadingError } from "./errors.js";

/**
 * @typedef {import("../engine/filters.js").Filter} Filter
 * @typedef {import("../engine/filters.js").Where} Where
 * @typedef {import("./footer.js").Stored} Stored
 */

/**
 * What reads the conditions among filters, each once.
 * @param {string} script    that knows how @param {string} calendars    the folder of files with holidays
 * @param {ReadonlyMap<string, Stored>} columns @returns {import("./views.js").Reader}
 */
export function conditionReader(script, calendars, columns) {
  /** @type {Map<string, Promise<Where>>} */
  const known = new Map();
  let tries = 0;

  const kindOf = (/** @type {string} */ name) => {
    const stored = columns.get(name);
    return stored?.hasOffsets ? "datetime" : stored?.kind;
  };

  /** @param {Where} where @returns {Promise<Where>} */
  const fresh = async (where) => {
    // A browser may remember that an address failed, so another try has another.
    const { readCondition } = await import(tries ? `${script}?try=${tries}` : script).catch((error) => {
      tries += 1;
      throw new ReadingError("Unreachable", `${script}: ${error.message}`);
    });
    return readCondition(where, { kindOf, calendars });
  };

  /** @param {Where} where */
  const read = (where) => {
    const key = JSON.stringify(where);
    const found = known.get(key) ?? fresh(where);
    known.set(key, found);
    found.catch(() => known.delete(key)); // it can be tried again
    return found;
  };
  return (filters) => Promise.all(filters.map((filter) => (filter.test === "where" ? read(filter) : filter)));
}
