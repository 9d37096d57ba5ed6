/**
 * The rows that came, in portions. What is nearest to the screen is asked for first, and what has gone by before its
 * turn came is never asked for.
 *
 * @typedef {import("./given.js").Portion} Portion
 * @typedef {{places: ArrayLike<number>, cells: Map<string, (string | null)[]>, isCut: boolean}} Held
 */

const SIZE = 24; // rows; those of a sorted view may each lie in another part of the file
const KEPT = 250; // portions
const AT_ONCE = 2; // requests
const LONGEST = 2_000; // characters of a cell that are kept

/** @param {string | null} text */
const shortened = (text) => (text !== null && text.length > LONGEST ? text.slice(0, LONGEST) : text);

export class Portions {
  /** @type {Map<number, Held>} */
  held = new Map();
  /** @type {Set<number>} */
  underWay = new Set();
  /** @type {Set<number>} */
  failed = new Set();
  turn = 0;
  isStopped = true;
  count = 0;
  wanted = { first: 0, last: 0, names: /** @type {string[]} */ ([]) };

  /**
   * @param {(start: number, end: number, names: string[]) => Promise<Portion>} ask
   * @param {(error?: unknown) => void} came    is called when rows came, or with what went wrong
   */
  constructor(ask, came) {
    this.ask = ask;
    this.came = came;
  }

  /** Ask for nothing more until there is a view anew; answers under way, which may be of the next one, are dropped. */
  stop() {
    this.turn++;
    this.isStopped = true;
    this.underWay.clear();
  }

  /** Forget everything, and begin with a view. @param {number} count */
  reset(count) {
    this.stop();
    this.isStopped = false;
    this.count = count;
    this.held.clear();
    this.failed.clear();
  }

  /** A cell: null without a value, undefined when it is not there yet. @param {number} row @param {string} name */
  cell(row, name) {
    return this.held.get(Math.floor(row / SIZE))?.cells.get(name)?.[row % SIZE];
  }

  /** The row's number in the file, from 0. @param {number} row @returns {number | undefined} */
  place(row) {
    return this.held.get(Math.floor(row / SIZE))?.places[row % SIZE];
  }

  /**
   * Whether all these cells are here as they are in the file.
   * @param {number} first @param {number} last @param {string[]} names
   */
  hasWhole(first, last, names) {
    for (let at = Math.floor(first / SIZE); at <= Math.floor((last - 1) / SIZE); at++) {
      const portion = this.held.get(at);
      if (!portion || portion.isCut || names.some((name) => !portion.cells.has(name))) return false;
    }
    return true;
  }

  /** Say what is looked at. @param {number} first @param {number} last @param {string[]} names */
  want(first, last, names) {
    this.wanted = { first, last, names };
    this.pump();
  }

  /** Try again what failed. */
  retry() {
    this.failed.clear();
    this.pump();
  }

  pump() {
    while (!this.isStopped && this.underWay.size < AT_ONCE) {
      const at = this.nearest();
      if (at === undefined) return;
      this.fetch(at);
    }
  }

  /** The portion nearest to the middle of what is looked at that is not here. */
  nearest() {
    const { first, last } = this.wanted;
    const middle = (first + last) / 2 / SIZE - 0.5;
    const from = Math.max(0, Math.floor(first / SIZE) - 1);
    const to = Math.min(Math.ceil(this.count / SIZE), Math.ceil(last / SIZE) + 1);
    const all = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
    return all
      .filter((at) => !this.isBeside(at) && !this.failed.has(at) && this.missing(at).length)
      .sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle))[0];
  }

  /**
   * Whether a portion is under way, or one beside it, which likely brings the part of the file that holds both.
   * @param {number} at
   */
  isBeside(at) {
    return [at - 1, at, at + 1].some((each) => this.underWay.has(each));
  }

  /** @param {number} at */
  missing(at) {
    const portion = this.held.get(at);
    return portion ? this.wanted.names.filter((name) => !portion.cells.has(name)) : this.wanted.names;
  }

  /** @param {number} at */
  async fetch(at) {
    const turn = this.turn;
    const names = this.missing(at);
    this.underWay.add(at);
    const answer = await this.ask(at * SIZE, Math.min(this.count, (at + 1) * SIZE), names).catch(
      (/** @type {unknown} */ error) => ({ error }),
    );
    if (turn !== this.turn) return;
    this.underWay.delete(at);
    if ("error" in answer) this.failed.add(at);
    else this.keep(at, names, answer);
    this.came("error" in answer ? answer.error : undefined);
    this.pump();
  }

  /** @param {number} at @param {string[]} names @param {Portion} answer */
  keep(at, names, answer) {
    const portion = this.held.get(at) ?? { places: answer.places, cells: new Map(), isCut: false };
    names.forEach((name, column) => {
      const cells = answer.cells[column].map(shortened);
      portion.cells.set(name, cells);
      portion.isCut ||= cells.some((text, row) => text !== answer.cells[column][row]);
    });
    this.held.delete(at);
    this.held.set(at, portion);
    for (const oldest of [...this.held.keys()].slice(0, -KEPT)) this.held.delete(oldest);
  }
}
