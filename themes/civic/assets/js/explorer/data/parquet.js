/** A Parquet file of one table, read column by column and group by group. What was read is kept while there is room. */
import { ReadingError } from "./errors.js";
import { readFooter } from "./footer.js";
import { Gathering } from "./gathering.js";
import { Held } from "./held.js";
import { each, together } from "./ranges.js";

/**
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {import("./footer.js").Footer} Footer
 * @typedef {import("./footer.js").Stored} Stored
 * @typedef {import("./gathering.js").Part} Part
 * @typedef {import("./range.js").OpenFile} OpenFile
 * @typedef {import("./footer.js").Told} Told
 */

/** How many parts are asked for at once; hosts of the old protocol take six, those of the new one many. */
const AT_ONCE = 6;
/** The most that is kept of what was read. */
export const ROOM = 80_000_000;

export class ParquetFile {
  /** @param {OpenFile} file @param {Footer} footer */
  constructor(file, footer) {
    this.file = file;
    this.footer = footer;
    this.held = new Held(ROOM);
    /** Told of what is fetched: bytes so far, and of how many. @type {(bytes: number, of: number) => void} */
    this.onReading = () => {};
  }

  /**
   * Columns of the rows of some groups, one group behind the other. Only what is not here yet is fetched.
   * @param {readonly string[]} names
   * @param {readonly number[]} groups in order
   * @param {AbortSignal} [signal]
   * @returns {Promise<Map<string, Column>>}
   */
  async columns(names, groups, signal) {
    const wanted = [...new Set(names)].map((name) => new Gathering(this, this.stored(name), groups));
    await this.fetched(wanted.flatMap(({ missing }) => missing), signal);
    return new Map(wanted.map((gathering) => [gathering.stored.name, gathering.done()]));
  }

  /** @param {string} name @returns {Stored} */
  stored(name) {
    const stored = this.footer.columns.get(name);
    if (!stored) throw new ReadingError("Unsupported", `There is no column ${name} that could be read.`);
    return stored;
  }

  /**
   * Fetch parts, neighbors together, and hand each to the one who waits for it.
   * @param {readonly Part[]} parts @param {AbortSignal} [signal]
   */
  async fetched(parts, signal) {
    const ranges = together(parts.map(({ range }) => range));
    const of = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
    const waiting = [...parts].sort((one, other) => one.range.start - other.range.start);
    let bytes = 0;
    await each(ranges, AT_ONCE, async ({ start, end }) => {
      const body = await this.file.slice(start, end, signal);
      signal?.throwIfAborted();
      for (const { range, take } of waiting.filter(({ range }) => range.start >= start && range.end <= end)) {
        take(body.subarray(range.start - start, range.end - start));
      }
      bytes += end - start;
      this.onReading(bytes, of);
    });
  }
}

/**
 * Open a file whose size and whose footer's size are known: one request.
 * @param {OpenFile} file @param {number} footerBytes @param {readonly Told[]} told @param {AbortSignal} [signal]
 * @returns {Promise<ParquetFile>}
 */
export async function openParquet(file, footerBytes, told, signal) {
  const bytes = await file.slice(file.byteLength - footerBytes, file.byteLength, signal);
  return new ParquetFile(file, readFooter(bytes, told));
}
