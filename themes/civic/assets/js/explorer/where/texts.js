/**
 * Texts and conditions of every row. A condition is 1 where it holds, 0 where it does not, and -1 where that is unknown,
 * because a value is missing.
 *
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {import("./numbers.js").Test} Test
 * @typedef {(row: number) => number} Truth
 * @typedef {{has: Test, values: readonly string[], codes?: Uint32Array}} Texts    without `codes`: the first one in every row
 */
import { always, both } from "./numbers.js";

/** The same text in every row. @param {string} text @returns {Texts} */
export const fixedText = (text) => ({ has: always, values: [text] });

/** @param {Column} column @returns {Texts} */
export const textsOf = ({ codes = new Uint32Array(), values = [] }) => ({ has: (row) => codes[row] !== 0, values, codes });

/** A test of texts, of which each different one is looked at once. @param {Texts} texts @param {(text: string) => boolean} holds @returns {Truth} */
export function ofTexts({ values, codes }, holds) {
  if (!codes) return truth(always, () => holds(values[0]));
  const passes = Int8Array.from(values, (text, code) => (code ? Number(holds(text)) : -1));
  return (row) => passes[codes[row]];
}

/** Whether texts are the same. @param {Texts} a @param {Texts} b @returns {Truth} */
export function sameText(a, b) {
  if (!b.codes) return ofTexts(a, (text) => text === b.values[0]);
  if (!a.codes) return sameText(b, a);
  const [first, second] = [a.codes, b.codes];
  return truth(both(a.has, b.has), (row) => a.values[first[row]] === b.values[second[row]]);
}

/** A condition, which is unknown where a value is missing. @param {Test} has @param {Test} holds @returns {Truth} */
export const truth = (has, holds) => (row) => (has(row) ? Number(holds(row)) : -1);

/** @param {Truth} condition @returns {Truth} */
export const not = (condition) => (row) => {
  const found = condition(row);
  return found < 0 ? found : 1 - found;
};

/** One that is false settles "and", one that is true "or", whatever is unknown beside it. @param {"and" | "or"} word @param {readonly Truth[]} parts @returns {Truth} */
export function joined(word, parts) {
  const settles = Number(word === "or");
  return (row) => {
    let found = 1 - settles;
    for (const part of parts) {
      const each = part(row);
      if (each === settles) return settles;
      if (each < 0) found = each;
    }
    return found;
  };
}
