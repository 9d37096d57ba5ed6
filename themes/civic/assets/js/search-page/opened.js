/**
 * An index on the site's own server.
 *
 * @typedef {import("../search/index.js").Answer} Answer
 * @typedef {import("../search/index.js").Options} Options
 * @typedef {{openIndex: typeof import("../search/index.js").openIndex, index: string, first?: Promise<Response>, inflate: string}} Source
 *   the engine, the address of the index, its root where it was asked for already, and the script for browsers that cannot unpack it
 */
export class Opened {
  /** @param {Source} source */
  constructor(source) {
    this.source = source;
  }

  async open() {
    const { openIndex, inflate } = this.source;
    const unpack = typeof DecompressionStream === "undefined" && inflate ? (await import(inflate)).inflate : undefined;
    this.index = await openIndex((path) => this.read(path), unpack);
  }

  /**
   * Ask. Where that fails, the site may have been published anew since the page was opened, so the index is opened once more.
   * @param {string} asked @param {Options} options @returns {Promise<Answer>}
   */
  async search(asked, options) {
    const { index } = this;
    try {
      return await this.ask(asked, options);
    } catch {
      if (index === this.index) await this.open();
      return this.ask(asked, options);
    }
  }

  /** @param {string} asked @param {Options} options */
  ask(asked, options) {
    if (!this.index) throw new Error("The index is not open.");
    return this.index.search(asked, options);
  }

  /** @param {string} path */
  async read(path) {
    const answer = await (this.source.first ?? fetch(this.source.index + path));
    this.source.first = undefined;
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}
