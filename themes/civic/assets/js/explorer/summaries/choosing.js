/**
 * From what a reader picks in a summary to filters, and from filters to what is picked.
 *
 * @typedef {import("../ask/key-filter.js").Filter} Filter
 * @typedef {{low: string, high: string, rows: number, all: number}} Bin    both ends are in it
 * @typedef {{value: string, rows: number, all: number}} Top
 * @typedef {{name: string, kind?: string, rows: number, filled: number, bins?: Bin[], top?: Top[], distinct?: number,
 *   least?: string | null, greatest?: string | null}} Summary
 */

const NUMBERS = ["integer", "number", "year"];

/** Which of two values of a type is the greater one. @param {string} type @returns {(a: string, b: string) => number} */
function comparing(type) {
  if (NUMBERS.includes(type)) return (a, b) => Number(a) - Number(b);
  return (a, b) => (a < b ? -1 : Number(a > b)); // ISO dates and times sort as text
}

/** The filter on a range of a column. @param {readonly Filter[]} filters @param {string} column */
export const rangeFilter = (filters, column) => filters.find((filter) => filter.column === column && filter.test === "between");

/**
 * The bins that a filter touches, the first and the last; all of them without a filter.
 * @param {Filter | undefined} filter @param {Bin[]} bins @param {string} type @returns {[number, number]}
 */
export function binsIn(filter, bins, type) {
  const compare = comparing(type);
  const [low, high] = [filter?.low, filter?.high];
  const first = low ? bins.findIndex((bin) => compare(bin.high, low) >= 0 || bin.high.startsWith(low)) : 0;
  const after = high ? bins.findIndex((bin) => compare(bin.low, high) > 0 && !bin.low.startsWith(high)) : -1;
  const last = after < 0 ? bins.length - 1 : Math.max(0, after - 1);
  return [Math.min(first < 0 ? bins.length - 1 : first, last), last];
}

/**
 * Filters with the range of a column set to some bins. To take all of them is no filter.
 * @param {readonly Filter[]} filters @param {string} column @param {Bin[]} bins @param {[number, number]} range
 */
export function ranged(filters, column, bins, [first, last]) {
  const others = filters.filter((filter) => filter.column !== column || filter.test !== "between");
  if (first <= 0 && last >= bins.length - 1) return others;
  const ends = {
    ...(first > 0 ? { low: bins[first].low } : {}),
    ...(last < bins.length - 1 ? { high: bins[last].high } : {}),
  };
  return [...others, { column, test: "between", ...ends }];
}

/**
 * The values of a column that are picked; "" is no value.
 * @param {readonly Filter[]} filters @param {string} column @returns {string[]}
 */
export function valuesIn(filters, column) {
  const own = filters.filter((filter) => filter.column === column);
  const is = own.find(({ test }) => test === "is")?.values ?? [];
  return own.some(({ test }) => test === "empty") && !is.includes("") ? [...is, ""] : is;
}

/**
 * Filters with a value of a column picked, or no longer.
 * @param {readonly Filter[]} filters @param {string} column @param {string} value
 */
export function toggled(filters, column, value) {
  const before = valuesIn(filters, column);
  const values = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
  const others = filters.filter((filter) => filter.column !== column || (filter.test !== "is" && filter.test !== "empty"));
  return values.length ? [...others, { column, test: "is", values }] : others;
}

/** Filters without those of a column. @param {readonly Filter[]} filters @param {string} column */
export const cleared = (filters, column) => filters.filter((filter) => filter.column !== column);

/**
 * The bars of a histogram as a path, in steps of 10 and up to 32 high. What is not nothing is seen.
 * @param {number[]} counts @param {number} most
 */
export function barsPath(counts, most) {
  return counts.map((count, at) => {
    const high = count ? Math.max(1, Math.round((320 * count) / Math.max(1, most)) / 10) : 0;
    return high ? `M${at * 10 + 0.5} 32v-${high}h9v${high}z` : "";
  }).join("");
}

/**
 * What bars show, in words: the fullest one, or that none has a row.
 * @param {readonly {low: string, high: string, rows: number}[]} bins @param {string} title    of the column
 * @param {import("../words.js").Say} say @param {(raw: string) => string} shown    a value as it is read
 */
export function spreadText(bins, title, say, shown) {
  const fullest = bins.reduce((most, bin) => (bin.rows > most.rows ? bin : most), { low: "", high: "", rows: 0 });
  if (!fullest.rows) return say("chart-part", { key: title, value: say("summary-no-rows") });
  const [low, high] = [fullest.low, fullest.high].map(shown);
  return say("summary-spread", { column: title, low, high, count: fullest.rows });
}
