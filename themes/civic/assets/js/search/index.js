import { inflated, Reader, text } from "./bytes.js";
import { counted, having, meaning, readFacet } from "./facets.js";
import { Lexicon } from "./lexicon.js";
import { packed } from "./packs.js";
import { question } from "./question.js";
import { foremost, Scores } from "./scoring.js";
import { isLone, tokens } from "./text.js";

/**
 * @typedef {(path: string, start?: number, end?: number) => Promise<Uint8Array>} Read
 *   the bytes of a file of the index, all of them when no bounds are given
 * @typedef {import("./lexicon.js").Candidate} Candidate
 * @typedef {import("./facets.js").Facet} Facet
 * @typedef {import("./facets.js").Count} Count
 * @typedef {{id: string, kind: string, url: string, title: string, text: string, about: string, detail: string, updated: string}} Shown
 * @typedef {{word: string, forms: string[], in: string, part?: Shown}} Match
 *   a word of the question, the words that were found for it, and where: "title", "text", ...; for columns, which one
 * @typedef {{word: string, candidates: Candidate[]}} Slot    a word of the question
 * @typedef {{name: string, start: number, end: number, url: string}} Kind    documents from `start` to before `end`
 * @typedef {Shown & {score: number, matched: Match[]}} Result
 * @typedef {{limit?: number | Record<string, number>, filters?: Record<string, string[]>, facets?: string[], sort?: string, near?: boolean,
 *   typing?: boolean, isWanted?: () => boolean}} Options    `typing` spares readers what is only needed for a finished question
 * @typedef {{total: number, totals: Record<string, number>, results: Result[], facets: Record<string, Count[]>,
 *   filters: Record<string, string[]>, meant: Record<string, string>, unknown: string[]}} Answer
 */

const VERSION = 2;

/**
 * Open an index, of which only the root is read now.
 * @param {Read} read
 * @param {(body: Uint8Array) => Promise<Uint8Array> | Uint8Array} [inflate]    where the browser has none
 */
export async function openIndex(read, inflate = inflated) {
  const reader = new Reader(await inflate(await read("root.bin")));
  const root = reader.header();
  if (root.version !== VERSION) throw Error(`search index version ${root.version}`);
  const inside = new Map((root.files ?? []).map((/** @type {[string, number]} */ [path, size]) => [path, reader.bytes(size)]));
  const partOf = packed(root, inside);
  return new Index(root, async (path) => {
    if (inside.has(path)) return inside.get(path);
    const [file, ...bounds] = partOf(path);
    const body = await read(`${root.folder}/${file}`, ...bounds);
    const [start = 0, end] = bounds;
    if (!end) return inflate(body);
    const part = new Reader(body.length > end - start ? body.subarray(start) : body); // whoever gives no parts gives the whole
    return inflate(part.bytes(part.varint()));
  });
}

export class Index {
  /** @param {any} root @param {import("./lexicon.js").File} file */
  constructor(root, file) {
    this.root = root;
    this.unsaid = new Set(root.stop.split(" "));
    this.peaks = Array.from({ length: 256 }, (_, step) => root.least * root.ratio ** step);
    this.size = 0;
    /** @type {Kind[]} */
    this.sorts = root.kinds.map((/** @type {[string, number, string]} */ [name, count, url]) => ({ name, url, start: this.size, end: (this.size += count) }));
    this.lexicon = new Lexicon(root, file, this.size);
    /** How many datasets there are; they come first. Every facet tells these apart. */
    this.wholes = this.sorts.find((kind) => kind.name === "dataset")?.end ?? 0;
    this.partsStart = this.sorts.find((kind) => kind.name === "column")?.start ?? this.size;
    /** Of each column, its dataset. @type {number[]} */
    this.parents = [];
  }

  /**
   * Find what was asked for. Any word may match; the more of them, and the rarer, the higher.
   * @param {string} asked @param {Options} [options]
   * @returns {Promise<Answer | null>} null when `isWanted` says, before anything is fetched to be shown, that it is not any more
   */
  async search(asked, { limit = 10, filters = {}, facets = this.root.facets, sort = "", near = false, typing = false, isWanted } = {}) {
    const wanted = question(asked, [...this.root.facets, ...(this.partsStart < this.size ? ["column"] : [])], this.unsaid);
    const [slots, chosen, columns, order, phrases, same] = await Promise.all([
      this.slots(wanted, { near, typing }),
      this.chosen(filters, wanted.named),
      Promise.all(facets.map((name) => this.facet(name))),
      this.order(sort || (wanted.words.length ? "" : "name")),
      Promise.all(wanted.phrases.map((phrase) => this.holding(phrase))),
      this.titled(wanted.all),
      this.learnParents(),
    ]);
    const scores = new Scores(this.size, this.peaks);
    for (const { candidates } of slots) scores.add(candidates);
    scores.settle(slots.length);
    scores.putFirst(same);
    const matching = (wanted.words.length ? scores.hits : [...Array(this.wholes).keys()]).filter((at) => phrases.every((docs) => docs.has(at)));
    const hits = matching.filter((at) => this.passes(at, chosen.masks));
    if (isWanted && !isWanted()) return null;
    const byScore = (/** @type {number} */ one, /** @type {number} */ other) => scores.sums[other] - scores.sums[one];
    const results = await this.foremost(hits, slots, { limit, scores, order: order ?? byScore, isRanked: !order });
    return {
      total: hits.length,
      totals: Object.fromEntries(this.sorts.map(({ name, start, end }) => [name, hits.filter((at) => at >= start && at < end).length])),
      results,
      facets: Object.fromEntries(facets.map((name, at) => [name, counted(columns[at], matching.filter((each) => each < this.wholes && this.passes(each, chosen.masks, name)))])),
      filters: chosen.ids,
      meant: meant(slots),
      unknown: slots.filter(({ candidates }) => !candidates.length).map(({ word }) => word),
    };
  }

  /** For each word what it may mean, with the documents. @param {import("./question.js").Question} wanted @param {{near: boolean, typing: boolean}} how */
  async slots({ words, goesOn }, how) {
    const last = (/** @type {number} */ at) => goesOn && at === words.length - 1;
    const found = await Promise.all(words.map((word, at) => this.lexicon.candidates(word, last(at) || isLone(word), { ...how, typing: how.typing && last(at) })));
    const slots = found.flatMap((parts, at) => parts.map((candidates) => ({ word: words[at], candidates })));
    await Promise.all(slots.flatMap(({ candidates }) => candidates.map(({ entry }) => this.lexicon.read(entry))));
    return slots;
  }

  /** Which dataset each column is of: an index of columns says how many each dataset has. */
  async learnParents() {
    if (this.partsStart === this.size) return;
    this.parents = await this.lexicon.once("parts", (reader) => Array.from({ length: this.wholes }, (_, at) => Array(reader.varint()).fill(at)).flat());
  }

  /** @param {string} name @returns {Promise<Facet>} */
  async facet(name) {
    if (!this.root.facets.includes(name)) return { values: [], sets: [], of: new Uint32Array(this.wholes) };
    return this.lexicon.once(`facets/${name}`, (reader) => readFacet(reader, this.wholes));
  }

  /** The filters that hold, and for each which datasets pass. @param {Record<string, string[]>} filters @param {[string, string][]} named */
  async chosen(filters, named) {
    /** @type {Record<string, string[]>} */
    const ids = {};
    /** @type {Map<string, Uint8Array>} */
    const masks = new Map();
    for (const name of new Set([...Object.keys(filters), ...named.map(([name]) => name)])) {
      const asked = named.filter((each) => each[0] === name).map((each) => each[1]);
      if (name === "column" && this.partsStart < this.size) {
        masks.set(name, await this.withColumns([...(filters[name] ?? []), ...asked]));
      } else if (this.root.facets.includes(name)) {
        const facet = await this.facet(name);
        ids[name] = [...(filters[name] ?? []), ...asked.flatMap((words) => meaning(facet, words))];
        if (ids[name].length || asked.length) masks.set(name, having(facet, ids[name]));
      } else if (filters[name]?.length) {
        masks.set(name, new Uint8Array(this.wholes)); // no dataset has what no dataset is told apart by
      }
    }
    return { ids, masks };
  }

  /** The datasets that have a column with each of these names. @param {string[]} names */
  async withColumns(names) {
    await this.learnParents();
    const mask = new Uint8Array(this.wholes).fill(1);
    for (const name of names) {
      const words = await Promise.all(tokens(name).map(async (word) => {
        const candidates = (await this.lexicon.candidates(word, true)).flat();
        await Promise.all(candidates.map(({ entry }) => this.lexicon.read(entry)));
        return new Set(candidates.flatMap(({ entry: { docs = new Int32Array(), marks = [] } }) => [...docs].filter((at, i) => at >= this.partsStart && marks[i] < 32)));
      }));
      const columns = [...(words[0] ?? [])].filter((at) => words.every((docs) => docs.has(at)));
      const having = new Set(columns.map((at) => this.parents[at - this.partsStart]));
      mask.forEach((_, at) => having.has(at) || (mask[at] = 0));
    }
    return mask;
  }

  /** The datasets whose title is the question, word for word. @param {string[]} words */
  async titled(words) {
    let hash = 2166136261; // FNV-1a, as titles.py has it
    const title = words.join(" ");
    for (let at = 0; at < title.length; at++) hash = Math.imul(hash ^ title.charCodeAt(at), 16777619) >>> 0;
    const titles = title && (await this.lexicon.once(`titles/${hash % this.root.titles}`, ({ body }) => JSON.parse(text(body))));
    return titles[hash] ?? [];
  }

  /** @param {number} at @param {Map<string, Uint8Array>} masks @param {string} [except] */
  passes(at, masks, except) {
    const whole = at < this.wholes ? at : this.parents[at - this.partsStart] ?? -1;
    for (const [name, mask] of masks) if (name !== except && !mask[whole]) return false;
    return true;
  }

  /** The documents in which words stand side by side. @param {string[]} phrase @returns {Promise<Set<number>>} */
  async holding(phrase) {
    const all = phrase.map((word, step) => ({ word, step }));
    const telling = all.filter(({ word }) => !this.unsaid.has(word));
    const words = telling.length ? telling : all;
    const places = await Promise.all(words.map(async ({ word, step }) => {
      const [entry] = await Promise.all([this.lexicon.entry(word), this.lexicon.placesBeside(word)]);
      return { step, places: entry ? await this.lexicon.places(entry) : new Map() };
    }));
    const [first, ...rest] = places;
    const stands = (/** @type {number} */ document, /** @type {number} */ place) =>
      rest.every((each) => each.places.get(document)?.includes(place + each.step - first.step));
    return new Set([...(first?.places ?? [])].filter(([document, found]) => found.some((/** @type {number} */ place) => stands(document, place))).map(([document]) => document));
  }

  /** How documents are ordered, when not by score. @param {string} by */
  async order(by) {
    if (by !== "updated" && by !== "name") return undefined;
    const column = await this.lexicon.once(`sort/${by}`, (reader) => {
      const { width } = reader.header();
      return reader.numbers(this.wholes, width);
    });
    const sign = by === "name" ? 1 : -1;
    const key = (/** @type {number} */ at) => column[at < this.wholes ? at : this.parents[at - this.partsStart]] ?? 0;
    return (/** @type {number} */ one, /** @type {number} */ other) => sign * (key(one) - key(other));
  }

  /**
   * What is shown: of each kind the foremost, with why they were found.
   * @param {number[]} hits @param {Slot[]} slots
   * @param {{limit: number | Record<string, number>, scores: Scores, order: (one: number, other: number) => number, isRanked: boolean}} how
   */
  async foremost(hits, slots, { limit, scores, order, isRanked }) {
    // Of each kind its own limit, or none of it; else one for all together.
    const mostOf = (/** @type {string} */ name) => +(/** @type {any} */ (limit)[name] ?? limit) || 0;
    let left = +limit || Infinity;
    const hasParts = mostOf("column") > 0;
    const groups = await Promise.all(this.sorts.map(async (kind) => {
      const ofKind = hits.filter((at) => at >= kind.start && at < kind.end);
      const most = Math.min(left, ofKind.length, mostOf(kind.name));
      left -= most;
      const results = await Promise.all(foremost(ofKind, most, order).map((at) => this.result(at, kind, { scores, slots, hasParts })));
      // Of equals the shorter title comes first.
      return isRanked ? results.sort((one, other) => other.score - one.score || one.title.length - other.title.length) : results;
    }));
    return groups.flat();
  }

  /**
   * One result with the reasons for it.
   * @param {number} at @param {Kind} kind
   * @param {{scores: Scores, slots: Slot[], hasParts: boolean}} how    whether the columns that are reasons are fetched too
   * @returns {Promise<Result>}
   */
  async result(at, kind, { scores, slots, hasParts }) {
    const matched = slots.flatMap(({ word, candidates }) => {
      const found = candidates.map(({ entry }) => ({ entry, i: /** @type {Int32Array} */ (entry.docs).indexOf(at) })).filter(({ i }) => i >= 0);
      if (!found.length) return [];
      const [{ entry, i }] = found;
      return [{ word, forms: found.flatMap((each) => each.entry.forms), in: this.root.matches[(/** @type {Uint8Array} */ (entry.marks))[i] >> 5] }];
    });
    const inPart = matched.find((each) => each.in === "columns" || each.in === "values");
    const part = hasParts && inPart ? this.bestPart(at, scores) : undefined;
    const [shown, ofPart] = await Promise.all([this.shown(at, kind), part === undefined ? undefined : this.shown(part, this.kindOf(part))]);
    if (inPart && ofPart) /** @type {Match} */ (inPart).part = ofPart;
    return { ...shown, score: scores.sums[at], matched };
  }

  /** @param {number} at */
  kindOf(at) {
    return /** @type {Kind} */ (this.sorts.find((kind) => at < kind.end));
  }

  /** The column of a dataset that fits best. @param {number} whole @param {Scores} scores */
  bestPart(whole, scores) {
    let best;
    let most = 0;
    for (let at = this.parents.indexOf(whole); this.parents[at] === whole; at++) {
      const part = this.partsStart + at;
      if (scores.sums[part] > most) most = scores.sums[(best = part)];
    }
    return best;
  }

  /** What a result shows of a document. @param {number} at @param {Kind} kind @returns {Promise<Shown>} */
  async shown(at, kind) {
    const { size } = this.root;
    const records = await this.lexicon.once(`records/${Math.floor(at / size)}`, ({ body }) => JSON.parse(text(body)));
    const [told, title = "", sentence = "", about = "", detail = "", updated = "", place] = records[at % size];
    const id = typeof told === "string" ? told : title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") + told;
    const url = place ?? kind.url.replace("{}", () => id);
    return { id, kind: kind.name, url, title, text: sentence, about, detail, updated };
  }
}

/** What was taken for a word that is not known. @param {Slot[]} slots @returns {Record<string, string>} */
function meant(slots) {
  /** @type {Map<string, string>} */
  const words = new Map();
  for (const { word, candidates: [first] } of slots) {
    if (first?.weight < 1 && !first.word.startsWith(word)) words.set(word, words.has(word) ? `${words.get(word)} ${first.word}` : first.word);
  }
  return Object.fromEntries(words);
}
