/**
 * Whether the name of a column makes one ask for personal data, by the words and rules of `privacy/suspicion.py`.
 *
 * @typedef {Record<string, Set<string>>} Words    sets of words, as /edit/known.json lists them
 */

const WORDS = /(?![\p{Nd}_])[\p{L}\p{N}]?(?:(?![\p{Nd}_A-Z])[\p{L}\p{N}])+|[A-Z]+(?![a-z])|[A-Z]|\p{Nd}+/gu;
const MOST_LETTERS = 60;
const LEAST_LETTERS = 5;
const CUT_AT = 10;
const STEMS = ["dob", "ssn", "phone", "email", "addr"];
const [LEAST_LEFT, MOST_LEFT] = [3, 9];
const PLAIN = /^[\x00-\x7f]*$/;
const MEASURES = new Set(["integer", "number", "boolean", "date", "datetime", "time", "year"]);
const SMALL = new Set(["of", "the", "de", "s"]);

/** The words of a column's name, in lower case. @param {string} name @returns {string[]} */
export function wordsOf(name) {
  return (name.normalize("NFKC").match(WORDS) ?? []).map((word) => word.toLowerCase());
}

/** Joined words taken apart, without accents. @param {string} name @param {Words} known */
function partsOf(name, known) {
  const plain = name.normalize("NFKD").replace(/\p{Mn}/gu, "");
  const words = wordsOf(plain);
  const last = [...plain].length === CUT_AT ? words.pop() : undefined;
  return [...words, ...(last === undefined ? [] : completed(last, known))].flatMap((word) => apart(word, known));
}

/** A last word that may have been cut off, completed. @param {string} word @param {Words} known @returns {string[]} */
function completed(word, known) {
  if (known.vocabulary.has(word) || !PLAIN.test(word)) return [word];
  for (let left = Math.min(word.length, MOST_LEFT); left >= LEAST_LEFT; left -= 1) {
    const [before, end] = [word.slice(0, -left), word.slice(-left)];
    const whole = [...known.cutOff].find((each) => each.startsWith(end) && each !== end);
    const parts = before ? apart(before, known) : [];
    if (whole && parts.every((part) => known.vocabulary.has(part))) return [...parts, whole];
  }
  return [word];
}

/** The fewest known words that make up a word. @param {string} word @param {Words} known @returns {string[]} */
function apart(word, known) {
  const { vocabulary } = known;
  if (vocabulary.has(word) || !PLAIN.test(word)) return [word];
  const most = word.slice(0, -1);
  if (word.endsWith("n") && (known.people.has(most) || known.firstLast.has(most))) return [most, "name"];
  const stem = STEMS.find((each) => word.startsWith(each) && word.length - each.length <= 2);
  if (stem) return [stem, word.slice(stem.length)];
  if (known.prefixed.has(word.slice(1))) return [word[0], word.slice(1)];
  if (word.length < LEAST_LETTERS || word.length > MOST_LETTERS) return [word];
  /** @type {(string[] | null)[]} */
  const best = [[], ...Array.from(word, () => null)];
  for (let end = 1; end <= word.length; end += 1) {
    for (let start = Math.max(0, end - 16); start < end; start += 1) {
      const before = best[start];
      const part = word.slice(start, end);
      if (before && part.length > 1 && vocabulary.has(part)) {
        const held = best[end];
        if (!held || before.length + 1 < held.length) best[end] = [...before, part];
      }
    }
  }
  return best[word.length] ?? [word];
}

/** Neighbors, joined by "+". @param {string[]} words */
const pairsOf = (words) => words.slice(1).map((word, at) => `${words[at]}+${word}`);

/** Whether a name suggests personal data. @param {string} name @param {string} type @param {Words} known */
export function isSuspicious(name, type, known) {
  const words = partsOf(name, known);
  const pairs = [...pairsOf(words), ...pairsOf(words.filter((word) => !SMALL.has(word)))];
  const has = (/** @type {string} */ set) => words.some((word) => known[set].has(word));
  const paired = (/** @type {string} */ set) => pairs.some((pair) => known[set].has(pair));
  const isMeasure = MEASURES.has(type);
  if (isMeasure && has("figures")) return false;
  const isThing = has("things");
  const isPerson = !isMeasure && has("persons") && !isThing && !has("figures");
  const isPart = has("nameParts") || paired("namePairs") || (has("firstLast") && has("people") && !has("states"));
  const speaks = (has("speak") || paired("pairs")) && !words.every((word) => known.unsure.has(word));
  return speaks || has("traits") || isPart || (has("names") && !isThing) || isPerson;
}
