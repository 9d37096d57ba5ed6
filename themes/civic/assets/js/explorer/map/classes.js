/**
 * The classes by which a map is colored: five of numbers with about as many rows each, or the eight most frequent words.
 *
 * @typedef {{rows: number, value?: string, low?: string, high?: string}} MapClass    raw texts; `value` for words
 * @typedef {{isNumeric: boolean, classes: MapClass[], others: number, empty: number, codeOf: (text: string | null) => number}}
 *     Classes
 *     others, empty: their rows
 */

export const MOST_WORDS = 8;
export const QUANTILES = 5;
export const OTHERS = 8; // the codes of a row that is of no class
export const EMPTY = 9;

const NUMERIC = new Set(["integer", "number", "year", "date", "datetime", "time"]);

/**
 * The classes of a column's values.
 * @param {readonly (string | null)[]} texts @param {{type: string, values?: Record<string, string>}} column @returns {Classes}
 */
export function classesOf(texts, column) {
  const hasMeanings = Object.keys(column.values ?? {}).length > 0;
  if (!NUMERIC.has(column.type) || hasMeanings) return wordClasses(texts, NUMERIC.has(column.type) ? column.type : "");
  const ranks = Float64Array.from(texts, (text) => (text ? rank(text, column.type) : NaN));
  return hasFew(ranks) ? wordClasses(texts, column.type) : numberClasses(texts, ranks, column.type);
}

/** The class of every row. @param {readonly (string | null)[]} texts @param {Classes} classes @returns {Uint8Array} */
export const codesOf = (texts, { codeOf }) => Uint8Array.from(texts, codeOf);

/** A value as a number that is ordered as the values are. @param {string} text @param {string} type */
function rank(text, type) {
  if (type === "date") return Date.parse(text);
  if (type === "datetime") return Date.parse(`${text.slice(0, 23).replace(" ", "T")}Z`);
  if (type === "time") return Date.parse(`1970-01-01T${text.slice(0, 12)}Z`);
  return Number(text);
}

/** Whether so few different numbers occur that each can have a class. @param {Float64Array} ranks */
function hasFew(ranks) {
  const found = new Set();
  for (const each of ranks) {
    if (!Number.isNaN(each)) found.add(each);
    if (found.size > MOST_WORDS) return false;
  }
  return true;
}

/** @param {readonly (string | null)[]} texts @param {Float64Array} ranks @param {string} type @returns {Classes} */
function numberClasses(texts, ranks, type) {
  const sorted = ranks.filter((each) => !Number.isNaN(each)).sort();
  const starts = startsOf(sorted);
  const edges = starts.map((start, at) => ({ start, end: starts[at + 1] ?? sorted.length }));
  const wanted = textsOf(texts, ranks, edges.flatMap(({ start, end }) => [sorted[start], sorted[end - 1]]));
  const ends = edges.map(({ end }) => sorted[end - 1]);
  return {
    isNumeric: true, others: 0, empty: ranks.length - sorted.length,
    classes: edges.map(({ start, end }) => ({
      low: wanted.get(sorted[start]), high: wanted.get(sorted[end - 1]), rows: end - start,
    })),
    codeOf(text) {
      const value = text ? rank(text, type) : NaN;
      if (Number.isNaN(value)) return EMPTY;
      let code = 0;
      while (code < ends.length - 1 && value > ends[code]) code += 1;
      return code;
    },
  };
}

/** Where classes begin among sorted numbers. Equal ones stay together, so a class may be larger than others, or left out. */
function startsOf(/** @type {Float64Array} */ sorted) {
  const starts = [0];
  for (let part = 1; part < QUANTILES; part += 1) {
    let start = Math.ceil((part * sorted.length) / QUANTILES);
    while (start < sorted.length && sorted[start] === sorted[start - 1]) start += 1;
    if (start < sorted.length && start > starts[starts.length - 1]) starts.push(start);
  }
  return starts;
}

/**
 * How some numbers are written in the file.
 * @param {readonly (string | null)[]} texts @param {Float64Array} ranks @param {number[]} wanted
 */
function textsOf(texts, ranks, wanted) {
  const missing = new Set(wanted);
  /** @type {Map<number, string>} */
  const found = new Map();
  for (let at = 0; at < ranks.length && missing.size; at += 1) {
    if (missing.delete(ranks[at])) found.set(ranks[at], texts[at] ?? "");
  }
  return found;
}

/** @param {readonly (string | null)[]} texts @param {string} type    "" for words @returns {Classes} */
function wordClasses(texts, type) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  let empty = 0;
  for (const text of texts) {
    if (text === null || text === "") empty += 1;
    else counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([one, some], [other, more]) => more - some || (one < other ? -1 : 1));
  const first = sorted.slice(0, MOST_WORDS);
  if (type) first.sort(([one], [other]) => rank(one, type) - rank(other, type));
  const places = new Map(first.map(([text], at) => [text, at]));
  const others = sorted.slice(MOST_WORDS).reduce((sum, [, rows]) => sum + rows, 0);
  return {
    isNumeric: false, classes: first.map(([value, rows]) => ({ value, rows })), others, empty,
    codeOf: (text) => (text === null || text === "" ? EMPTY : places.get(text) ?? OTHERS),
  };
}
