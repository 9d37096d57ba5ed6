/**
 * The kinds of columns by the types of the dictionary.
 * @param {string} type @returns {import("../engine/columns.js").Kind}
 */
export const kindOf = (type) =>
  type === "string" || type === "any" ? "text" : /** @type {import("../engine/columns.js").Kind} */ (type);
