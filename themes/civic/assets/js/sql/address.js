/**
 * What the console shows, and its address: `?dataset=trees&file=planted&q=SELECT…`.
 *
 * @typedef {{dataset: string, file: string, sql: string}} Asked
 */

/** @param {string} query    of the address @returns {Asked} */
export function askedFrom(query) {
  const given = new URLSearchParams(query);
  return { dataset: given.get("dataset") ?? "", file: given.get("file") ?? "", sql: given.get("q") ?? "" };
}

/** The query that leads here again. @param {Asked} asked */
export function queryFor({ dataset, file, sql }) {
  const query = new URLSearchParams({ dataset, file });
  if (sql.trim()) query.set("q", sql);
  return `?${query}`;
}
