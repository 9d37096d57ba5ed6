/** Columns that are kept while there is room. The one that was not asked for the longest goes first. */
import { bytesOf } from "./columns.js";
import { Texts } from "./texts.js";

/**
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {{column: Column, texts: Texts}} Portion    of a column, with the texts that its places are of
 */

export class Held {
  /** @param {number} room in bytes */
  constructor(room) {
    this.room = room;
    /** @type {Map<string, Portion>} */
    this.kept = new Map();
    /** The texts of columns, which the portions of a column share. @type {Map<string, Texts>} */
    this.texts = new Map();
  }

  /** The texts of a column. @param {string} name */
  textsOf(name) {
    let texts = this.texts.get(name);
    if (!texts) this.texts.set(name, texts = new Texts());
    return texts;
  }

  /** @param {string} key @returns {Portion | undefined} */
  get(key) {
    const found = this.kept.get(key);
    if (found) this.kept.set(key, (this.kept.delete(key), found));
    return found;
  }

  /** @param {string} key @param {Portion} portion */
  put(key, portion) {
    this.kept.delete(key);
    this.kept.set(key, portion);
    // They may have gone with other portions while this one was on its way.
    this.texts.set(portion.column.name, portion.texts);
    for (const oldest of this.kept.keys()) {
      if (oldest === key || this.bytes() <= this.room) return;
      this.drop(oldest);
    }
  }

  /** @param {string} key */
  drop(key) {
    const name = this.kept.get(key)?.column.name;
    this.kept.delete(key);
    if (name !== undefined && [...this.kept.values()].every(({ column }) => column.name !== name)) this.texts.delete(name);
  }

  /** What is kept, in bytes. */
  bytes() {
    let sum = 0;
    for (const { column } of this.kept.values()) sum += bytesOf(column);
    for (const { bytes } of this.texts.values()) sum += bytes;
    return sum;
  }
}
