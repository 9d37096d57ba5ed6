import { openParquet } from "../explorer/data/parquet.js";
import { openFile } from "../explorer/data/range.js";

/**
 * Fetches columns of the tables of a dataset, each out of its file of rows.
 *
 * @typedef {import("../explorer/engine/columns.js").Column} Column
 * @typedef {import("./naming.js").Outline & {file: {url: string, bytes: number, footer: number}}} ReadOutline
 * @typedef {{outline: ReadOutline, url: string}} File
 */

export class Reading {
  /** @param {readonly File[]} files @param {(bytes: number, of: number) => void} tell */
  constructor(files, tell) {
    this.files = files;
    this.tell = tell;
    /** @type {Map<number, ReturnType<typeof openParquet>>} */
    this.opened = new Map();
  }

  /**
   * Columns of the first rows of a table, by name; there may be some rows more.
   * @param {number} place @param {string[]} names @param {number} rows @returns {Promise<Map<string, Column>>}
   */
  async columns(place, names, rows) {
    if (!names.length || !rows) return new Map();
    const parquet = await this.file(place);
    parquet.onReading = this.tell;
    const groups = parquet.footer.groups.map((_, at) => at).filter((at) => (parquet.footer.groups[at]?.start ?? rows) < rows);
    return parquet.columns(names, groups);
  }

  /** @param {number} place */
  file(place) {
    const { outline, url } = /** @type {File} */ (this.files[place]);
    let opened = this.opened.get(place);
    if (!opened) {
      const { file } = outline;
      opened = openParquet(openFile(new URL(file.url, url).href, file.bytes), file.footer, outline.columns);
      opened.catch(() => this.opened.delete(place)); // and it is tried again at the next query
      this.opened.set(place, opened);
    }
    return opened;
  }
}
