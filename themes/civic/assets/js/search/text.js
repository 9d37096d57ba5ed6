/** Text as the index holds it. `text.py` says why, and cuts text by the same rule. */

const PAIRED =
  "\\u1100-\\u11ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUNS = new RegExp(`[${PAIRED}]+|[^${PAIRED}]+`, "gu");
const IS_LONE = new RegExp(`^[${PAIRED}]$`, "u");

/** Lower case, without accents, without apostrophes inside words. @param {string} text */
export const folded = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .toLowerCase() // once more: letters come to light that were hidden in signs, such as those of № and ℃
    .replace(/\p{M}/gu, "")
    .replace(/(\p{L})['’ʼ](?=\p{L})/gu, "$1");

/** The words of a text, in their order. @param {string} text @returns {string[]} */
export const tokens = (text) =>
  (folded(text).match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) => (word.match(RUNS) ?? []).flatMap(pairs));

/** Whether a word is one character of those that the index has in pairs. @param {string} word */
export const isLone = (word) => IS_LONE.test(word);

/** @param {string} run */
const pairs = (run) => {
  const letters = [...run];
  return letters[1] && isLone(letters[0]) ? letters.slice(1).map((letter, at) => letters[at] + letter) : [run];
};

const VOWELS = "aeiouy";

/**
 * How many letters must be changed, left out, put in or swapped with their neighbor to make one word of the other, up to `most`
 * (Damerau 1964, as "optimal string alignment"). A vowel for another counts half: these are what spellers mix up.
 * @param {string} one @param {string} other @param {number} most
 */
export function edits(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    const a = one[i - 1];
    for (let j = 1; j <= other.length; j++) {
      const b = other[j - 1];
      const change = a === b ? 0 : VOWELS.includes(a) && VOWELS.includes(b) ? 0.5 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
      if (i > 1 && j > 1 && a === other[j - 2] && one[i - 2] === b) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    before = last;
    last = row;
  }
  return last[other.length] > most ? Infinity : last[other.length];
}
