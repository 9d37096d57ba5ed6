import { Reader } from "./bytes.js";
import { edits } from "./text.js";

/**
 * The words of an index, fetched shard by shard.
 *
 * @typedef {(path: string) => Promise<Uint8Array>} File    what a file of the index holds, wherever it lies
 * @typedef {{shard: number, nth: number, documents: number, isSaid: boolean, peak: number, gaps: number, codes: number, forms: string[], docs?: Int32Array, marks?: Uint8Array}} Entry
 *   the documents of a word and of those that share its stem: where they are in the shard, and, once read, what they are
 * @typedef {{body: Uint8Array, words: string[], entries: Entry[]}} Shard
 * @typedef {{entry: Entry, weight: number, word: string, isHalf?: boolean}} Candidate
 *   a word that may be meant, and how far it is trusted; of one that was typed by half only documents that say it count
 */

const MOST_SHARDS = 4;
const LONGER = 30; // so many words that go on from what was typed are looked at
const GOES_ON = 0.8;
const BESIDE_WHOLE = 0.4; // words that go on from one that is a word by itself
const TYPED_RIGHT = 0.9; // of a mistyped word; less for each edit, the more the shorter the word is
const FEWEST_LETTERS = 4;
const TWO_EDITS_LETTERS = 8;
const MEANT = 3;
const SHORTEST_WORD = 3;
const PART = 0.7;
const FARTHEST = 3; // shards before that of a word typed as one
const ASIDE = [-2, -1, 1, 2]; // shards to either side
const ALIKE_LETTERS = 3;
const ALIKE = 0.3;

/** @param {string} word */
const reversed = (word) => [...word].reverse().join("");

export class Lexicon {
  /** @param {{words: string, spelling: string, together: number, ratio: number}} root @param {File} file @param {number} size in documents */
  constructor(root, file, size) {
    this.root = root;
    this.size = size;
    this.file = file;
    this.firsts = root.words ? root.words.split("\n") : [];
    this.backwards = root.spelling ? root.spelling.split("\n") : [];
    /** @type {Map<string, Promise<any>>} */
    this.kept = new Map();
  }

  /**
   * What is made of a file of the index, once.
   * @template T @param {string} path @param {(reader: Reader) => T} make @returns {Promise<T>}
   */
  once(path, make) {
    let kept = this.kept.get(path);
    if (!kept) {
      kept = this.file(`${path}.bin`).then((body) => make(new Reader(body)));
      kept.catch(() => this.kept.delete(path)); // a fetch that failed may succeed when tried again
      this.kept.set(path, kept);
    }
    return kept;
  }

  /** @param {number} at @returns {Promise<Shard>} */
  shard(at) {
    if (!this.firsts.length) return Promise.resolve({ body: new Uint8Array(), words: [], entries: [] });
    return this.once(`words/${at}`, (reader) => {
      const words = reader.words(reader.varint());
      /** @type {Entry[]} */
      const entries = [];
      /** @type {Entry[]} */
      const holders = [];
      words.forEach((word, i) => {
        const back = reader.varint();
        if (back) entries.push(entries[i - back]);
        else {
          const size = reader.varint();
          entries[i] = { shard: at, nth: holders.length, documents: size >> 1, isSaid: !!(size & 1), peak: reader.body[reader.at++], gaps: 0, codes: 0, forms: [] };
          holders.push(entries[i]);
        }
        entries[i].forms.push(word);
      });
      for (const holder of holders) {
        holder.gaps = reader.at;
        for (let left = holder.documents; left && reader.at < reader.body.length; reader.at++) if (reader.body[reader.at] < 128) left--;
      }
      let codes = reader.at;
      for (const holder of holders) holder.codes = (codes += holder.documents) - holder.documents;
      if (codes !== reader.body.length) throw Error(`search index: words/${at}.bin`);
      return { body: reader.body, words, entries };
    });
  }

  /** The shard in which a word stands, if it is anywhere. @param {string[]} firsts @param {string} word */
  place(firsts, word) {
    let low = 0;
    let high = firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (firsts[middle] <= word) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The documents of an entry and its marks: an impact's level, and in the high bits what the match is shown as. @param {Entry} entry */
  async read(entry) {
    if (!entry.docs) {
      const { body } = await this.shard(entry.shard);
      const reader = new Reader(body);
      reader.at = entry.gaps;
      entry.docs = new Int32Array(entry.documents);
      let document = -1;
      for (let i = 0; i < entry.documents; i++) entry.docs[i] = document += reader.varint() + 1;
      entry.marks = body.subarray(entry.codes, entry.codes + entry.documents);
    }
    return entry;
  }

  /** @param {string} word @returns {Promise<Entry | undefined>} */
  async entry(word) {
    const { words, entries } = await this.shard(this.place(this.firsts, word));
    return entries[words.indexOf(word)];
  }

  /**
   * What a typed word may mean, the surest first; two lists for two words that were typed as one.
   * @param {string} word
   * @param {boolean} goesOn    whether it may not be complete
   * @param {{near?: boolean, typing?: boolean}} [how]    whether words that only begin alike will do; whether more is being typed
   * @returns {Promise<Candidate[][]>}
   */
  async candidates(word, goesOn, { near = false, typing = false } = {}) {
    const at = this.place(this.firsts, word);
    // What a mistyped word needs is fetched beside its shard, not after it.
    if (word.length >= FEWEST_LETTERS && !typing) this.spelled(word).catch(() => {});
    // One letter or two are hardly a word by themselves, so what goes on from them is fetched beside their shard, not after it.
    if (goesOn && word.length < SHORTEST_WORD) this.onwards(word, at).forEach((shard) => shard.catch(() => {}));
    const entry = await this.entry(word);
    /** @type {Candidate[]} */
    const found = entry ? [{ entry, weight: 1, word }] : [];
    if (goesOn) {
      const longer = await this.longer(word, at, entry?.isSaid ? entry : undefined);
      if (entry && !entry.isSaid && longer.length) found[0].weight = BESIDE_WHOLE; // a word that no text has is rather one half typed
      found.push(...longer);
    }
    if (found.length || word.length < FEWEST_LETTERS) return [found];
    const meant = await this.mistaken(word, at);
    if (meant.length && meant[0].weight > TYPED_RIGHT - 1.5 / word.length) return [meant];
    const parts = await this.parts(word, at);
    if (parts.length) return parts.map((part) => [part]);
    return [meant.length || !near ? meant : await this.alike(word, at)];
  }

  /** The shards of words that begin with what was typed. @param {string} word @param {number} at */
  onwards(word, at) {
    const further = this.firsts.slice(at + 1, at + MOST_SHARDS).filter((first) => first.startsWith(word)).length;
    return Array.from({ length: further + 1 }, (_, step) => this.shard(at + step));
  }

  /** Words that begin with what was typed. @param {string} word @param {number} at @param {Entry | undefined} whole @returns {Promise<Candidate[]>} */
  async longer(word, at, whole) {
    /** @type {Map<Entry, string>} */
    const found = new Map();
    for (const { words, entries } of await Promise.all(whole ? [this.shard(at)] : this.onwards(word, at))) {
      words.forEach((each, i) => {
        const entry = entries[i];
        if (entry.isSaid && each !== word && each.startsWith(word) && entry !== whole && !found.has(entry)) found.set(entry, each);
      });
    }
    const longer = [...found].sort(([one], [other]) => other.documents - one.documents);
    // They stand for one word that is not known yet, so they are as rare as all of them together, not each by itself.
    const rarity = (/** @type {number} */ count) => Math.log1p(this.size / (count + 0.5));
    const together = rarity(longer.reduce((sum, [{ documents }]) => sum + documents, 0));
    const trust = (/** @type {string} */ each) => (whole ? BESIDE_WHOLE : GOES_ON * Math.min(1, word.length / each.length + 0.3));
    return longer.slice(0, LONGER).map(([entry, each]) => {
      const weight = (trust(each) * together) / rarity(entry.documents);
      // Beside a whole word they are worth less than it, however rare they are.
      return { entry, word: each, isHalf: true, weight: whole ? Math.min(weight, BESIDE_WHOLE * this.root.ratio ** (whole.peak - entry.peak)) : weight };
    });
  }

  /** Two words that were typed as one: the first as long as can be. @param {string} word @param {number} at @returns {Promise<Candidate[]>} */
  async parts(word, at) {
    const lengths = Array.from({ length: Math.max(0, word.length - 2 * SHORTEST_WORD + 1) }, (_, less) => word.length - SHORTEST_WORD - less);
    const cuts = lengths.filter((cut) => at - this.place(this.firsts, word.slice(0, cut)) <= FARTHEST);
    await Promise.all(cuts.map((cut) => this.entry(word.slice(0, cut)))); // side by side, not one after the other
    for (const cut of cuts) {
      const halves = [word.slice(0, cut), word.slice(cut)];
      const first = await this.entry(halves[0]);
      const second = first?.isSaid && (await this.entry(halves[1]));
      if (first && second) return [first, second].map((entry, at) => ({ entry, weight: PART, word: halves[at] }));
    }
    return [];
  }

  /** Words that begin most like one that is not known. @param {string} word @param {number} at @returns {Promise<Candidate[]>} */
  async alike(word, at) {
    const { words, entries } = await this.shard(at);
    for (let start = word.slice(0, -1); start.length >= ALIKE_LETTERS; start = start.slice(0, -1)) {
      const found = words.flatMap((each, i) => (entries[i].isSaid && each.startsWith(start) ? [{ entry: entries[i], weight: ALIKE, word: each }] : []));
      if (found.length) return found.slice(0, LONGER);
    }
    return [];
  }

  /** @param {string} word @returns {Promise<[string, number][]>} */
  async spelled(word) {
    return this.backward(this.place(this.backwards, reversed(word)));
  }

  /** Words with how common they are, from a shard of backward ones. @param {number} at @returns {Promise<[string, number][]>} */
  backward(at) {
    if (!this.backwards.length) return Promise.resolve([]);
    return this.once(`spelling/${at}`, (reader) => {
      const words = reader.words(reader.varint());
      return words.map((each, i) => [reversed(each), reader.body[reader.at + i]]);
    });
  }

  /** Words that a mistyped one was meant to be. @param {string} word @param {number} at @returns {Promise<Candidate[]>} */
  async mistaken(word, at) {
    const most = word.length < TWO_EDITS_LETTERS ? 1 : 2;
    /** @type {Map<string, [number, number]>} */
    const near = new Map();
    const look = (/** @type {[string, number][]} */ words) => {
      for (const [each, common] of words) {
        const distance = edits(word, each, most);
        if (distance <= most) near.set(each, [distance, common]);
      }
    };
    (await Promise.all([this.common(at), this.spelled(word)])).forEach(look);
    const found = Promise.all([...near.keys()].map((each) => this.entry(each))); // while the neighbors are on the way
    (await Promise.all(this.beside(word, at))).forEach(look);
    await found;
    if (!near.size) (await Promise.all(this.around(word, at))).forEach(look);
    const best = [...near].sort(([, [d, c]], [, [e, f]]) => d - e || f - c).slice(0, MEANT);
    const entries = await Promise.all(best.map(async ([each, [distance]]) => ({ entry: await this.entry(each), weight: TYPED_RIGHT - distance / each.length, word: each })));
    return /** @type {Candidate[]} */ (entries.filter((each) => each.entry));
  }

  /** Words of a shard that are said, with how common they are. @param {number} at @returns {Promise<[string, number][]>} */
  async common(at) {
    const { words, entries } = await this.shard(at);
    return words.flatMap((each, i) => (entries[i].isSaid ? [[each, 8 * Math.log2(entries[i].documents)]] : []));
  }

  /** The neighbors of a shard that may hold words that differ at their very end. @param {string} word @param {number} at */
  beside(word, at) {
    return [-1, 1].filter((step) => this.reaches(this.firsts, at + step, word.slice(0, -2))).map((step) => this.common(at + step));
  }

  /** The shards on either side, as long as their words share a half with the word. @param {string} word @param {number} at */
  around(word, at) {
    const half = Math.max(2, word.length >> 1);
    const back = this.place(this.backwards, reversed(word));
    return ASIDE.flatMap((step) => [
      ...(this.reaches(this.firsts, at + step, word.slice(0, half)) ? [this.common(at + step)] : []),
      ...(this.reaches(this.backwards, back + step, reversed(word).slice(0, half)) ? [this.backward(back + step)] : []),
    ]);
  }

  /** Whether a shard may hold words that begin so. @param {string[]} firsts @param {number} at @param {string} start */
  reaches(firsts, at, start) {
    return firsts[at]?.slice(0, start.length) <= start && !(firsts[at + 1] < start);
  }

  /** @param {number} nth @returns {Promise<Uint8Array>} */
  placeFile(nth) {
    return this.once(`places/${nth}`, ({ body }) => body);
  }

  /** Fetch the places of a word while its shard is on the way. @param {string} word */
  async placesBeside(word) {
    if (this.firsts.length) await this.placeFile(Math.floor(this.place(this.firsts, word) / this.root.together));
  }

  /** Of each document of an entry that has places, these. @param {Entry} entry @returns {Promise<Map<number, number[]>>} */
  async places(entry) {
    const { together } = this.root;
    const nth = Math.floor(entry.shard / together);
    const [{ entries }, body] = await Promise.all([this.shard(entry.shard), this.placeFile(nth), this.read(entry)]);
    const reader = new Reader(body);
    const skip = (/** @type {number} */ count, /** @type {number} */ before) => {
      const sizes = Array.from({ length: count }, () => reader.varint());
      reader.at += sizes.slice(0, before).reduce((sum, size) => sum + size, 0);
      return reader.at + sizes[before];
    };
    skip(Math.min(together, this.firsts.length - nth * together), entry.shard % together);
    const end = skip(new Set(entries).size, entry.nth);
    const places = new Map();
    for (let posting = -1; reader.at < end; ) {
      posting += reader.varint() + 1;
      const found = [];
      for (let place = -1, step = 1; step & 1; ) {
        step = reader.varint();
        found.push((place += step >> 1));
      }
      places.set(/** @type {Int32Array} */ (entry.docs)[posting], found);
    }
    return places;
  }
}
