/**
 * What a list shows, worked out without a page: words to find, filters chosen, rows that match, counts left.
 *
 * @typedef {{text: string, lists: Set<string>}} Row    what a row can be found by, and "topic/streets", "format/csv", ...
 * @typedef {{words: string[], chosen: Map<string, string>}} Wanted    filters by dimension: "topic" -> "topic/streets"
 */

export const DIMENSIONS = ["topic", "publisher", "format", "freshness"];

/**
 * Text as it is compared: lower case, without accents.
 * @param {string} text
 */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * What the address of the page asks for.
 * @param {string} query
 * @returns {Wanted}
 */
export function wantedFrom(query) {
  const asked = new URLSearchParams(query);
  const chosen = new Map();
  for (const dimension of DIMENSIONS) {
    const value = asked.get(dimension);
    if (value) chosen.set(dimension, `${dimension}/${value}`);
  }
  return { words: wordsOf(asked.get("q") ?? ""), chosen };
}

/**
 * The words of a question, each of which a row must hold.
 * @param {string} question
 */
export function wordsOf(question) {
  return folded(question).split(/\s+/u).filter(Boolean);
}

/**
 * The query that leads to a state again, "" when everything is shown.
 * @param {string} question
 * @param {Map<string, string>} chosen
 */
export function queryFor(question, chosen) {
  const query = new URLSearchParams();
  if (question.trim()) query.set("q", question.trim());
  for (const dimension of DIMENSIONS) {
    const value = chosen.get(dimension);
    if (value) query.set(dimension, value.slice(dimension.length + 1));
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}

/**
 * The chosen filters after one more was picked; picking a chosen one takes it away.
 * @param {Map<string, string>} chosen
 * @param {string} list
 */
export function toggled(chosen, list) {
  const next = new Map(chosen);
  const dimension = list.slice(0, list.indexOf("/"));
  if (next.get(dimension) === list) next.delete(dimension);
  else next.set(dimension, list);
  return next;
}

/**
 * Whether a row matches; `except` leaves the filter of one dimension out.
 * @param {Row} row
 * @param {Wanted} wanted
 * @param {string} [except]
 */
export function matches(row, wanted, except) {
  for (const [dimension, list] of wanted.chosen) {
    if (dimension !== except && !row.lists.has(list)) return false;
  }
  return wanted.words.every((word) => row.text.includes(word));
}

/**
 * How many rows each filter would leave, beside the filters of the other dimensions.
 * @param {Row[]} rows
 * @param {Wanted} wanted
 * @returns {Map<string, number>}
 */
export function countsOf(rows, wanted) {
  const counts = new Map();
  for (const dimension of DIMENSIONS) {
    for (const row of rows) {
      if (!matches(row, wanted, dimension)) continue;
      for (const list of row.lists) {
        if (list.startsWith(`${dimension}/`)) counts.set(list, (counts.get(list) ?? 0) + 1);
      }
    }
  }
  return counts;
}
