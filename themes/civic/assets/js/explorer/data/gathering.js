/** One column on its way: what is here already, and what is missing. */
import { emptyColumn, portion, putPage, putPortion } from "./columns.js";
import { ReadingError } from "./errors.js";
import { pagesOf } from "./pages.js";

/**
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {import("./footer.js").Stored} Stored
 * @typedef {import("./parquet.js").ParquetFile} ParquetFile
 * @typedef {import("./ranges.js").Range} Range
 * @typedef {{range: Range, take: (bytes: Uint8Array) => void}} Part    bytes that are missing, and who waits for them
 */

/** Stands for all groups. */
const WHOLE = -1;

export class Gathering {
  /** @param {ParquetFile} parquet @param {Stored} stored @param {readonly number[]} groups in order */
  constructor(parquet, stored, groups) {
    this.parquet = parquet;
    this.stored = stored;
    this.groups = groups;
    this.all = parquet.footer.groups;
    this.length = groups.reduce((sum, group) => sum + this.all[group].rows, 0);
    const whole = parquet.held.get(this.key(WHOLE));
    this.whole = whole?.column;
    this.texts = whole?.texts ?? parquet.held.textsOf(stored.name);
    /** @type {Part[]} */
    this.missing = [];
    this.made = this.whole ?? this.begun();
  }

  /** @param {number} group */
  key(group) {
    return `${group} ${this.stored.name}`;
  }

  /** The column with what is here of it; the rest is missing. @returns {Column} */
  begun() {
    const { stored, texts, parquet: { held } } = this;
    const made = emptyColumn(stored, this.length, texts);
    let start = 0;
    for (const group of this.groups) {
      const part = held.get(this.key(group));
      if (part?.texts === texts) putPortion(made, part.column, start);
      else this.missing.push(this.part(made, group, start));
      start += this.all[group].rows;
    }
    return made;
  }

  /** @param {Column} made @param {number} group @param {number} start @returns {Part} */
  part(made, group, start) {
    const { stored, texts } = this;
    const { rows, chunks } = this.all[group];
    const { bytes: range, codec } = chunks[stored.leaf];
    /** @param {Uint8Array} bytes */
    const take = (bytes) => {
      let at = start;
      for (const page of pagesOf(bytes, stored, codec, texts)) {
        putPage(made, stored, page, at);
        at += page.rows;
      }
      if (at !== start + rows) throw new ReadingError("Broken", `Column ${stored.name} has ${at - start} rows, not ${rows}.`);
    };
    return { range, take };
  }

  /** The column, now that nothing is missing. It is kept for those who ask next. @returns {Column} */
  done() {
    const column = this.whole ? this.cut(this.whole) : this.kept();
    // A whole column stays the same one, because others keep what they worked out of it, too.
    if (column.length === this.parquet.footer.rows || !column.codes) return column;
    return { ...column, values: this.texts.list() };
  }

  /** @returns {Column} */
  kept() {
    const { made, groups, all, texts, parquet: { held } } = this;
    if (groups.length === all.length) {
      texts.close();
      held.put(this.key(WHOLE), { column: made, texts });
      for (const group of groups) held.drop(this.key(group));
      return made;
    }
    let start = 0;
    for (const group of this.missing.length ? groups : []) {
      held.put(this.key(group), { column: portion(made, start, start + all[group].rows), texts });
      start += all[group].rows;
    }
    return made;
  }

  /** The rows of the groups, out of the whole column. @param {Column} whole @returns {Column} */
  cut(whole) {
    const { groups, all } = this;
    if (groups.length === all.length) return whole;
    const parts = groups.map((group) => portion(whole, all[group].start, all[group].start + all[group].rows));
    if (parts.length === 1) return parts[0];
    const made = emptyColumn(this.stored, this.length, this.texts);
    let start = 0;
    for (const part of parts) {
      putPortion(made, part, start);
      start += part.length;
    }
    return made;
  }
}
