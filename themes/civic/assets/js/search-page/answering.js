import { finished, isEmpty, queryFor, unfiltered } from "./state.js";

const SEARCHING_AFTER_MS = 400;
const COMPLETE_AFTER_MS = 80; // once the datasets stand
const PAUSE_MS = 300; // while the reader types
const FEWER = 5; // results that are only near, or that come first

/**
 * Has questions answered, one in the place of another, and the answers shown: datasets first, and once they stand, the rest.
 *
 * @typedef {import("./state.js").State} State
 */
export class Answering {
  turn = 0;
  /** @type {State} what the page is asked for */
  state = { asked: "", filters: {}, sort: "" };
  /** @type {State} what the index is asked for */
  question = this.state;
  /** @type {Record<string, number>} results shown of each kind */
  limit = {};
  /** @type {State | undefined} whose results stand on the page */
  standing;
  hasCounted = false;
  hasFailed = false;

  /** @param {import("./opened.js").Opened} index @param {import("./shown.js").Shown} shown */
  constructor(index, shown) {
    this.index = index;
    this.shown = shown;
    /** What may stand before a colon. */
    this.names = [...shown.filters.facets, "column"];
  }

  /**
   * @param {State} state @param {Record<string, number>} limit
   * @param {{isTyping: boolean, leadsTo: import("./shown.js").LeadsTo}} how
   */
  async show(state, limit, { isTyping, leadsTo }) {
    const turn = ++this.turn;
    const question = finished(state, this.names);
    Object.assign(this, { state, question, limit, hasCounted: isEmpty(question) });
    clearTimeout(this.completing);
    if (isEmpty(question)) return this.shown.start(leadsTo);
    if (isTyping) await this.index.rest();
    else this.index.goOn();
    const searching = setTimeout(() => turn === this.turn && this.shown.wait(), SEARCHING_AFTER_MS);
    await this.trying(turn, async (isWanted) => {
      if (!isWanted()) return;
      // To begin with as many as a browser fetches side by side, so that the first are there one way over the line sooner.
      for (const dataset of this.standing ? [limit.dataset] : [FEWER, limit.dataset]) {
        const answer = await this.ask(question, { limit: { dataset }, facets: [], typing: isTyping, isWanted });
        if (!answer || !isWanted()) return;
        this.shown.draw(answer, question, leadsTo);
      }
      this.standing = state;
      this.completing = setTimeout(() => this.complete(turn, isTyping), isTyping ? PAUSE_MS : COMPLETE_AFTER_MS);
    });
    clearTimeout(searching);
  }

  /** Show more results of a kind, as many as the limit now says. @param {string} kind */
  async more(kind) {
    await this.trying(this.turn, async (isWanted) => {
      const answer = await this.ask(this.question, { limit: this.limit, facets: [], isWanted });
      if (answer && isWanted()) this.shown.group(kind, answer);
    });
  }

  /**
   * Do what may fail, and say so where it does.
   * @param {number} turn @param {(isWanted: () => boolean) => Promise<void>} what
   */
  async trying(turn, what) {
    const isWanted = () => turn === this.turn;
    try {
      await what(isWanted);
      if (isWanted()) this.hasFailed = false;
    } catch {
      if (!isWanted()) return;
      this.hasFailed = true;
      this.shown.fail(this.standing === this.state);
    }
  }

  /** @param {State} state @param {import("../search/index.js").Options} options */
  ask({ asked, filters, sort }, options) {
    return this.index.search(asked, { filters, sort, ...options });
  }

  /**
   * Show what is no dataset, and what each filter would leave, where a reader sees that; of nothing, what is nearest.
   * @param {number} turn @param {boolean} [isTyping]
   */
  async complete(turn, isTyping = false) {
    const { question, shown } = this;
    const { areSeen } = shown.filters;
    await this.trying(turn, async (isWanted) => {
      const limit = { ...this.limit };
      const whole = (/** @type {string[]} */ facets) => this.ask(question, { limit, facets, typing: isTyping, isWanted });
      const answer = await (areSeen ? whole(shown.filters.facets).catch(() => this.uncounted(whole, isWanted)) : whole([]));
      if (!answer || !isWanted()) return;
      shown.complete(answer);
      this.hasCounted = Object.keys(answer.facets).length > 0;
      if (this.hasCounted) shown.count(answer.facets);
      if (!answer.total) await this.offer(question, isWanted);
    });
  }

  /**
   * What there is to show where the filters could not be counted.
   * @param {(facets: string[]) => Promise<import("../search/index.js").Answer | null>} whole @param {() => boolean} isWanted
   */
  uncounted(whole, isWanted) {
    if (isWanted()) this.shown.filters.isCounted = false;
    return whole([]);
  }

  /** Count what each filter leaves as soon as a reader sees the filters. */
  count() {
    if (this.hasCounted || this.standing !== this.state || !this.shown.filters.areSeen) return;
    this.hasCounted = true;
    this.complete(this.turn);
  }

  /**
   * Nothing was found: offer the same without filters, and what is nearest.
   * @param {State} question @param {() => boolean} isWanted
   */
  async offer(question, isWanted) {
    const free = unfiltered(question, this.names);
    if (isEmpty(free)) return this.shown.offer(location.pathname, 0, null);
    const isFree = queryFor(free) === queryFor(question);
    const without = isFree ? null : await this.ask(free, { limit: {}, facets: [] });
    const near = await this.ask(free, { limit: { dataset: FEWER }, facets: [], near: true });
    if (isWanted()) this.shown.offer(location.pathname + queryFor(free), without?.total ?? 0, near);
  }
}
