import { folded, tokens } from "../search/text.js";

/** Which words of a shown text were found. */

const RUN = /[\p{L}\p{N}\p{M}]+(?:['’ʼ][\p{L}\p{N}\p{M}]+)*/gu;

/**
 * A text in parts, each with whether it was found. Case and accents do not matter.
 * @param {string} text
 * @param {ReadonlySet<string>} forms    words as the index holds them
 * @returns {[string, boolean][]}
 */
export function marked(text, forms) {
  /** @type {[string, boolean][]} */
  const parts = [];
  let at = 0;
  for (const { 0: run, index = 0 } of text.matchAll(RUN)) {
    for (const [from, to] of spans(run, forms)) {
      if (index + from > at) parts.push([text.slice(at, index + from), false]);
      parts.push([text.slice(index + from, index + to), true]);
      at = index + to;
    }
  }
  if (at < text.length) parts.push([text.slice(at), false]);
  return parts;
}

/** What a word was taken for, itself where it was understood. @param {Record<string, string>} meant @param {string} word */
export function understood(meant, word) {
  return Object.hasOwn(meant, word) ? meant[word] : word; // "constructor" is a word like any other
}

/**
 * A question with the words that were meant in the place of those that were typed.
 * @param {string} asked
 * @param {Record<string, string>} meant
 */
export function corrected(asked, meant) {
  return asked.replace(RUN, (run) => (Object.hasOwn(meant, folded(run)) ? meant[folded(run)] : run));
}

/**
 * From where to where a run of letters was found.
 * @param {string} run @param {ReadonlySet<string>} forms
 * @returns {[number, number][]}
 */
function spans(run, forms) {
  const words = tokens(run);
  const found = words.flatMap((word, at) => (forms.has(word) ? [at] : []));
  if (!found.length) return [];
  const letters = [...run];
  // Chinese and Japanese are cut into overlapping pairs of letters; any other run is marked as a whole.
  if (words.length === 1 || letters.length !== words.length + 1) return [[0, run.length]];
  return joined(found.map((at) => [letters.slice(0, at).join("").length, letters.slice(0, at + 2).join("").length]));
}

/** Spans that touch as one. @param {[number, number][]} spans @returns {[number, number][]} */
function joined(spans) {
  /** @type {[number, number][]} */
  const whole = [];
  for (const [from, to] of spans) {
    const last = whole.at(-1);
    if (last && last[1] >= from) last[1] = to;
    else whole.push([from, to]);
  }
  return whole;
}
