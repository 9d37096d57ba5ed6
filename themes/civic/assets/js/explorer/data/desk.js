/** What the worker does for the page: takes calls by name, answers each by its number, and drops what is no longer wanted. */
import { conditionReader } from "./conditions.js";
import { aborted, packed } from "./errors.js";
import { openParquet } from "./parquet.js";
import { openFile } from "./range.js";
import { Table } from "./table.js";

/**
 * @typedef {import("./views.js").View} View
 * @typedef {{url: string, bytes: number, footer: number, sortedBy: string, where: string, calendars: string,
 *   columns: {name: string, type: string, offset?: string, role?: string}[]}} Opening
 */

/** Less than this is there before a reader could see that something moves. */
const MUCH = 1_000_000;

export class Desk {
  /** @param {(message: object) => void} post */
  constructor(post) {
    this.post = post;
    /** What is being worked on, by the number of its call. @type {Map<number, AbortController>} */
    this.open = new Map();
    /** The view that was asked for last, for which all later calls wait. @type {Promise<unknown>} */
    this.viewed = Promise.resolve();
    /** Views that are being downloaded. @type {Map<number, View>} */
    this.downloads = new Map();
    /** @type {Table | null} */
    this.table = null;
  }

  /** @param {{id: number, call?: string, given?: any, abort?: boolean}} message */
  async take({ id, call = "", given, abort }) {
    if (abort) {
      this.open.get(id)?.abort(aborted());
      return;
    }
    const control = new AbortController();
    this.open.set(id, control);
    const answer = this.answer(id, call, given, control.signal);
    if (call === "view") this.viewed = answer.catch(() => {});
    try {
      this.post({ id, result: await answer });
    } catch (error) {
      this.post({ id, error: packed(error) });
    } finally {
      this.open.delete(id);
    }
  }

  /** @param {number} id @param {string} call @param {any} given @param {AbortSignal} signal @returns {Promise<unknown>} */
  async answer(id, call, given, signal) {
    if (call === "open") return this.openTable(given, signal);
    const table = /** @type {Table} */ (this.table);
    if (call === "view") return table.look(given, signal);
    await this.viewed;
    signal.throwIfAborted();
    switch (call) {
      case "rows": return table.rows(given.start, given.end, given.names, signal);
      case "fetched": return { requests: table.parquet.file.requests, bytes: table.parquet.file.received };
      case "find": return table.find(given.place);
      case "summaries": return table.summaries(given.names, signal);
      case "answer": return table.answer(given.question, signal);
      case "shapes": return table.shapes(given.names, signal);
      case "download": return this.downloads.set(id, table.view) && { download: id, rows: table.view.length };
      case "portion": return table.portion(/** @type {View} */ (this.downloads.get(given.download)), given, signal);
      case "downloaded": return this.downloads.delete(given.download);
      default: throw new Error(`There is no call ${call}.`);
    }
  }

  /** @param {Opening} opening @param {AbortSignal} signal */
  async openTable({ url, bytes, footer, sortedBy, columns, where, calendars }, signal) {
    const parquet = await openParquet(openFile(url, bytes), footer, columns, signal);
    parquet.onReading = (read, of) => {
      if (of >= MUCH) this.post({ reading: { bytes: read, of } });
    };
    const named = (/** @type {string} */ role) => columns.find((column) => column.role === role)?.name ?? "";
    const geometry = columns.find(({ type }) => type === "geometry")?.name ?? "";
    const read = conditionReader(where, calendars, parquet.footer.columns);
    this.table = new Table(parquet, { sortedBy, latitude: named("latitude"), longitude: named("longitude"), geometry, read });
    return { rows: parquet.footer.rows };
  }
}
