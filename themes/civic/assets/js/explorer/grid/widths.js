import { isNumeric } from "../format.js";

/**
 * How wide the columns are, in rem, so that they grow with the reader's letters.
 *
 * @typedef {import("./given.js").Described} Described
 */

const MANY = 30; // columns
const LEAST = 5;
const MOST = 40;
const FIRST_MOST = 20;
const LETTER = 0.6;
const AROUND = 4.5; // for the header's buttons

/** @param {number} rem @param {number} most */
const within = (rem, most) => Math.round(Math.max(LEAST, Math.min(most, rem)) * 100) / 100;

export class Widths {
  /** @type {Map<string, number>} */
  chosen = new Map();

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /**
   * The width of a column: as the reader chose it, or such that its title and most of its values are seen.
   * @param {Described} column @param {string[]} texts    values from the first rows
   */
  guess(column, texts) {
    if (this.chosen.has(column.name)) return;
    const title = (column.title || column.name).length + (column.unit ? column.unit.length + 1 : 0);
    const longest = Math.max(0, ...texts.map((text) => text.length));
    const needed = Math.max(title * LETTER + AROUND, longest * LETTER + 2);
    this.chosen.set(column.name, within(needed, isNumeric(column.type) ? MOST : FIRST_MOST));
  }

  /** @param {string} name */
  of(name) {
    return this.chosen.get(name) ?? 10;
  }

  /** @param {string} name @param {number} rem */
  set(name, rem) {
    this.chosen.set(name, within(rem, MOST));
    this.changed();
  }

  /** Make a column wider, or narrower. @param {string} name @param {number} by    rem */
  resize(name, by) {
    this.set(name, this.of(name) + by);
  }

  /** Follow the pointer that took the edge of a header, until it lets go. @param {string} name @param {PointerEvent} event */
  drag(name, event) {
    event.preventDefault();
    event.stopPropagation();
    const edge = /** @type {HTMLElement} */ (event.target);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const sign = getComputedStyle(edge).direction === "rtl" ? -1 : 1;
    const from = { x: event.clientX, width: this.of(name) };
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = ({ clientX }) => this.set(name, from.width + (sign * (clientX - from.x)) / rem);
    edge.onpointerup = edge.onpointercancel = () => (edge.onpointermove = null);
  }

  /**
   * Which columns are drawn: all, or of many those in view and some beside them.
   * @param {string[]} names @param {number} left @param {number} width    what is in view, in rem
   * @returns {{from: number, to: number, isFor: (left: number) => boolean}}
   */
  span(names, left, width) {
    if (names.length <= MANY) return { from: 0, to: names.length, isFor: () => true };
    let end = 0;
    const ends = names.map((name) => (end += this.of(name)));
    const first = ends.findIndex((each) => each > left - width);
    const last = ends.findIndex((each) => each > left + 2 * width);
    const isFor = (/** @type {number} */ now) => Math.abs(now - left) < width / 2;
    return { from: Math.max(0, first), to: last < 0 ? names.length : last + 1, isFor };
  }

  /** The tracks of a row, after the one for its number. @param {string[]} names */
  tracks(names) {
    return names.map((name) => `${this.of(name)}rem`).join(" ");
  }
}
