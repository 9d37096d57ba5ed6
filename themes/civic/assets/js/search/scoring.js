/**
 * Adds up what each word says of each document.
 *
 * @typedef {import("./lexicon.js").Candidate} Candidate
 */

const LEVELS = 32;
export const OTHERWISE = 7; // the last of the ways to match: by another word, or by meaning

export class Scores {
  /** @param {number} size of the index, in documents @param {number[]} peaks the greatest impacts by their step */
  constructor(size, peaks) {
    this.peaks = peaks;
    this.sums = new Float32Array(size);
    this.counts = new Uint8Array(size); // how many words each document holds
    /** @type {number[]} */
    this.hits = [];
  }

  /** Add one word: of what it may mean, each document takes what suits it best. @param {Candidate[]} candidates with their documents read */
  add(candidates) {
    const best = new Map();
    for (const { entry, weight, isHalf } of candidates) {
      const unit = (weight * this.peaks[entry.peak]) / LEVELS;
      const docs = /** @type {Int32Array} */ (entry.docs);
      const marks = /** @type {Uint8Array} */ (entry.marks);
      for (let i = 0; i < docs.length; i++) {
        if (isHalf && marks[i] >> 5 === OTHERWISE) continue;
        const value = unit * ((marks[i] & 31) + 1);
        if (candidates.length === 1) this.give(docs[i], value);
        else if (!(best.get(docs[i]) >= value)) best.set(docs[i], value);
      }
    }
    for (const [document, value] of best) this.give(document, value);
  }

  /** Put documents before all others. @param {number[]} documents */
  putFirst(documents) {
    const most = this.hits.reduce((most, document) => Math.max(most, this.sums[document]), 1);
    for (const document of documents) this.give(document, 2 * most);
  }

  /** @param {number} document @param {number} value */
  give(document, value) {
    if (!this.counts[document]++) this.hits.push(document);
    this.sums[document] += value;
  }

  /**
   * Hold against each document the words that it lacks: with two of three it keeps two thirds, as in Lucene's classic similarity
   * ("coord"). So one rare word does not outdo all that was asked for.
   * @param {number} words
   */
  settle(words) {
    for (const document of this.hits) this.sums[document] *= this.counts[document] / words;
  }
}

/**
 * The first few of some documents by an order, without sorting all of them.
 * @param {number[]} documents @param {number} count @param {(one: number, other: number) => number} order
 */
export function foremost(documents, count, order) {
  const byOrder = (/** @type {number} */ one, /** @type {number} */ other) => order(one, other) || one - other;
  if (documents.length < 4 * count) return [...documents].sort(byOrder).slice(0, count);
  /** @type {number[]} */
  let first = [];
  for (const document of documents) {
    if (first.length >= count && byOrder(document, first[count - 1]) > 0) continue;
    first.push(document);
    if (first.length >= 4 * count) first = first.sort(byOrder).slice(0, count);
    else if (first.length === count) first.sort(byOrder);
  }
  return first.sort(byOrder).slice(0, count);
}
