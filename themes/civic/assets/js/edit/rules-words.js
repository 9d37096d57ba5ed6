/** Texts as the catalog's loader compares, cuts and counts them: what Python's own functions give, made again. */

/** What Python takes for space, as a part of a class of signs. */
export const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const SPACES = new RegExp(`[${SPACE}]+`);
const MOST_COMPARED = 500;

/** Whether a text holds a space of any kind. */
export const HAS_SPACE = new RegExp(`[${SPACE}]`);

/** A text without the spaces around it. @param {string} text @returns {string} */
export const stripped = (text) => text.replace(AROUND, "");

/** The words of a text. @param {string} text @returns {string[]} */
export const words = (text) => stripped(text).split(SPACES).filter(Boolean);

/** How many characters a text has. @param {string} text @returns {number} */
export const lengthOf = (text) => [...text].length;

/** A number as it is written in a message: 12,345. @param {number} number @returns {string} */
export const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

/** A number and what is counted. @param {number} number @param {string} what @returns {string} */
export const counted = (number, what) => (number === 1 ? `1 ${what}` : `${grouped(number)} ${what}s`);

/** The code point of a character, in four digits or more. @param {string} letter @returns {string} */
export const hex = (letter) => (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

/** A text for comparing without regard to case. @param {string} text @returns {string} */
export const folded = (text) => text.toUpperCase().toLowerCase().replaceAll("ς", "σ");

/** Which of two texts comes first, by their code points. @param {string} one @param {string} other @returns {number} */
export function compared(one, other) {
  const [a, b] = [[...one], [...other]];
  const at = a.findIndex((letter, place) => letter !== b[place]);
  if (at < 0) return a.length - b.length;
  return b[at] === undefined ? 1 : (a[at].codePointAt(0) ?? 0) - (b[at].codePointAt(0) ?? 0);
}

/** Texts in order, each once. @param {Iterable<string>} texts @returns {string[]} */
export const sorted = (texts) => [...new Set(texts)].sort(compared);

/**
 * The known word that was probably meant; null when none is near.
 * @param {string} given
 * @param {Iterable<string>} known
 * @returns {string | null}
 */
export function closest(given, known) {
  const byLower = new Map(sorted(known).map((word) => [word.toLowerCase(), word]));
  const asked = given.toLowerCase();
  if (byLower.size > MOST_COMPARED) return byLower.get(asked) ?? null;
  const second = new Second([...asked]);
  let [best, bestRatio] = /** @type {[string | null, number]} */ ([null, 0.6]);
  for (const lower of byLower.keys()) {
    const ratio = second.ratio([...lower]);
    if (ratio > bestRatio || (ratio === bestRatio && (best === null || compared(lower, best) > 0))) [best, bestRatio] = [lower, ratio];
  }
  return best === null ? null : byLower.get(best) ?? null;
}

/**
 * Say which known word was probably meant, and list the known ones when there are few.
 * @param {string} given
 * @param {Iterable<string>} known
 * @param {number} [limit]
 * @returns {string}
 */
export function didYouMean(given, known, limit = 12) {
  const all = sorted(known);
  const near = closest(given, all);
  const guess = near ? `Did you mean "${near}"? ` : "";
  if (!all.length) return stripped(`${guess}None is defined yet.`);
  if (all.length <= limit) return `${guess}Known: ${all.join(", ")}.`;
  return stripped(guess) || `Known: ${all.slice(0, limit).join(", ")} and ${all.length - limit} more.`;
}

/** A text with which others are compared by Ratcliff and Obershelp's measure, as Python's difflib does. */
class Second {
  /** @param {string[]} letters */
  constructor(letters) {
    this.length = letters.length;
    /** @type {Map<string, number[]>} */
    this.places = new Map();
    letters.forEach((letter, at) => this.places.set(letter, [...(this.places.get(letter) ?? []), at]));
    this.letters = letters;
    if (letters.length >= 200) {
      // Of a long text the letters that stand in it again and again are passed over.
      const most = Math.floor(letters.length / 100) + 1;
      for (const [letter, places] of this.places) if (places.length > most) this.places.delete(letter);
    }
  }

  /** @param {string[]} first @returns {number} */
  ratio(first) {
    const all = first.length + this.length;
    if (!all) return 1;
    if ((2 * Math.min(first.length, this.length)) / all < 0.6) return 0;
    return (2 * this.matches(first, [0, first.length, 0, this.length])) / all;
  }

  /** @param {string[]} first @param {[number, number, number, number]} within @returns {number} */
  matches(first, within) {
    let sum = 0;
    const rest = [within];
    for (let next = rest.pop(); next; next = rest.pop()) {
      const [low, high, from, to] = next;
      const [at, there, size] = this.longest(first, next);
      if (!size) continue;
      sum += size;
      if (low < at && from < there) rest.push([low, at, from, there]);
      if (at + size < high && there + size < to) rest.push([at + size, high, there + size, to]);
    }
    return sum;
  }

  /** @param {string[]} first @param {[number, number, number, number]} within @returns {[number, number, number]} */
  longest(first, [low, high, from, to]) {
    let [at, there, size] = [low, from, 0];
    let lengths = new Map();
    for (let i = low; i < high; i++) {
      const next = new Map();
      for (const j of this.places.get(first[i]) ?? []) {
        if (j < from) continue;
        if (j >= to) break;
        const length = (lengths.get(j - 1) ?? 0) + 1;
        next.set(j, length);
        if (length > size) [at, there, size] = [i - length + 1, j - length + 1, length];
      }
      lengths = next;
    }
    // Letters that were passed over may stretch a match that was found.
    const { letters } = this;
    while (at > low && there > from && letters[there - 1] === first[at - 1]) [at, there, size] = [at - 1, there - 1, size + 1];
    while (at + size < high && there + size < to && letters[there + size] === first[at + size]) size++;
    return [at, there, size];
  }
}
