const ROOT = "root.bin";
const REST_MS = 150;

/**
 * How a part of a file is fetched. Browsers fetch parts of one file one after another when they are to keep them, so they are not.
 * @param {number} [start] @param {number} [end] @returns {RequestInit}
 */
const part = (start = 0, end = 0) => ({ headers: { range: `bytes=${start}-${end - 1}` }, cache: "no-store" });

/**
 * An index on the site's own server.
 *
 * @typedef {import("../search/index.js").Answer} Answer
 * @typedef {import("../search/index.js").Options} Options
 * @typedef {typeof import("../search/index.js").openIndex} Open
 * @typedef {{openIndex: Open, index: string, first?: Promise<Response>, inflate: string}} Source
 *   the engine, the address of the index, its root where it was asked for already, and the script for browsers that cannot
 *   unpack it
 */
export class Opened {
  /** @type {Promise<void> | undefined} */
  opening;
  /** @type {Promise<void> | undefined} */
  resting;
  hasHeld = false;

  /** @param {Source} source */
  constructor(source) {
    this.source = source;
  }

  /** Open the index; where that fails, with a root that was not kept from an earlier visit. */
  async open() {
    await this.opened(false).catch(() => this.opened(true));
  }

  /** @param {boolean} isAnew    whether the root that the browser keeps will not do */
  async opened(isAnew) {
    const { openIndex, inflate } = this.source;
    const unpack = typeof DecompressionStream === "undefined" && inflate ? (await import(inflate)).inflate : undefined;
    this.index = await openIndex((path, start, end) => this.read(path, isAnew, start, end), unpack);
  }

  /**
   * Ask. Where that fails, the site may have been published anew since its root was fetched, so the index is opened once more.
   * @param {string} asked @param {Options} options
   * @returns {Promise<Answer | null>} null when the answer is not wanted any more
   */
  async search(asked, options) {
    const { index } = this;
    try {
      return await this.ask(asked, options);
    } catch {
      if (options.isWanted && !options.isWanted()) return null;
      if (index === this.index) await this.reopen();
      return this.ask(asked, options);
    }
  }

  /** @param {string} asked @param {Options} options */
  ask(asked, options) {
    if (!this.index) throw new Error("The index is not open.");
    return this.index.search(asked, options);
  }

  /** Open the index anew, once for all that wait for it. */
  async reopen() {
    this.opening ??= this.opened(true).finally(() => (this.opening = undefined));
    await this.opening;
  }

  /**
   * Fetch nothing for a moment, since the reader is typing; what waited for such a moment already is not fetched at all.
   * Questions about what was fetched before are answered at once.
   */
  async rest() {
    this.drop?.(new Error("The reader typed on."));
    this.resting = new Promise((go, drop) => {
      this.goOn = go;
      this.drop = drop;
      setTimeout(go, REST_MS);
    });
    this.resting.catch(() => {});
    const { hasHeld } = this;
    this.hasHeld = false;
    if (hasHeld) await new Promise((done) => setTimeout(done)); // until all who waited know
  }

  /** @param {string} path @param {boolean} isAnew @param {number} [start] @param {number} [end] */
  async read(path, isAnew, start, end) {
    const { first } = this.source;
    this.source.first = undefined;
    if (path !== ROOT) {
      this.hasHeld = true;
      await this.resting;
    }
    const answer = await (first ?? fetch(this.source.index + path, end ? part(start, end) : path === ROOT && isAnew ? { cache: "reload" } : {}));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** End the rest: the question is complete. @type {() => void} */
  goOn = () => {};
}
