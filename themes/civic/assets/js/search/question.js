import { folded, tokens } from "./text.js";

/**
 * What was asked, taken apart.
 *
 * @typedef {{words: string[], all: string[], phrases: string[][], named: [string, string][], goesOn: boolean}} Question
 *   words to find, these with the ones that say nothing, phrases to find as they stand, `topic:streets` and the like, and whether the last word may not be complete
 */

const MOST_WORDS = 30;
const MOST_LETTERS = 64;
const PART = /(\p{L}+):(?:"([^"]*)"|(\S+))|"([^"]+)"|([^\s"]+)/gu;

/**
 * @param {string} asked
 * @param {readonly string[]} names    what may stand before a colon
 * @param {Set<string>} stop           words that say nothing beside others
 * @returns {Question}
 */
export function question(asked, names, stop) {
  const phrases = [];
  /** @type {[string, string][]} */
  const named = [];
  const all = [];
  let last = "";
  for (const [whole, name, quoted, value, phrase] of asked.matchAll(PART)) {
    last = "";
    if (name && names.includes(folded(name))) {
      named.push([folded(name), quoted ?? value]);
      continue;
    }
    const found = tokens(phrase ?? whole).map((word) => word.slice(0, MOST_LETTERS));
    if (phrase && found.length > 1) phrases.push(found);
    else last = found.at(-1) ?? "";
    all.push(...found);
  }
  const telling = all.filter((word) => !stop.has(word));
  const words = [...new Set(telling.length ? telling : all)].slice(0, MOST_WORDS);
  return { words, all, phrases, named, goesOn: words.at(-1) === last };
}
