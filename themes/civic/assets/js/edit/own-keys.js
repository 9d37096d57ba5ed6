/**
 * JSON whose objects have no keys but their own: with those of every other object in them, a dataset called "constructor" would be
 * found in each list of a catalog.
 * @param {string} text
 */
export const parsed = (text) => JSON.parse(text, (key, value) => (
  value !== null && typeof value === "object" && !Array.isArray(value) ? Object.assign(Object.create(null), value) : value));
