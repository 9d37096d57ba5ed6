/** What the page holds of a table: asks the worker, and has the answers as promises. */
import { aborted, ReadingError, unpacked } from "./errors.js";

/**
 * @typedef {{name: string, title: string, description: string, type: string, unit: string, values: Record<string, string>,
 *   role?: "latitude" | "longitude", offset?: string}} OutlineColumn
 * @typedef {{title: string, dataset: {id: string, title: string, url: string}, rows: number,
 *   file: {url: string, bytes: number, footer: number, sha256: string}, sortedBy: string, columns: OutlineColumn[],
 *   downloads: {name: string, url: string, format: string, bytes: number}[], language: string}} Outline
 * @typedef {import("./table.js").Rows} Rows
 * @typedef {import("./asking.js").Shapes} Shapes
 * @typedef {import("../engine/filters.js").Filter} Filter
 * @typedef {import("../engine/grouping.js").Answer} Answer
 * @typedef {import("../engine/grouping.js").Question} Question
 * @typedef {import("../engine/sorting.js").Sort} Sort
 * @typedef {import("../engine/summaries.js").Summary} Summary
 */

/** Rows that are handed over at once when all are wanted. */
const PORTION = 5_000;
/** How long a worker may take to start. */
const PATIENCE_MS = 20_000;

/** A table that is open. Fires "reading" with {bytes, of} while much is fetched. */
export class Session extends EventTarget {
  /** @param {Worker} worker */
  constructor(worker) {
    super();
    this.worker = worker;
    this.last = 0;
    this.viewing = 0;
    /** Why nothing can be read, where that is known from the start. @type {Error | null} */
    this.trouble = null;
    /** @type {Map<number, {resolve: (result: any) => void, reject: (error: Error) => void}>} */
    this.waiting = new Map();
    worker.addEventListener("message", ({ data }) => this.hear(data));
    worker.addEventListener("error", ({ message }) => this.fail(new ReadingError("NoWorker", message || "The worker broke.")));
  }

  /** Whether all rows can be reached: false where the host gives no parts and the file is too large to be taken whole. */
  get isWhole() {
    return this.trouble === null;
  }

  /**
   * Look at the rows that pass filters, in an order. A later call makes an earlier one reject with AbortError.
   * @param {{filters?: readonly Filter[], sort?: readonly Sort[]}} asked @returns {Promise<{rows: number, all: number}>}
   */
  view({ filters = [], sort = [] }) {
    this.drop(this.viewing);
    const answer = this.ask("view", { filters, sort });
    this.viewing = this.last;
    return answer;
  }

  /**
   * Rows of the view that is in force.
   * @param {number} start @param {number} end @param {readonly string[]} names @returns {Promise<Rows>}
   */
  rows(start, end, names) {
    return this.ask("rows", { start, end, names: [...names] });
  }

  /**
   * Where a row of the file stands in the view that is in force; -1 when it is not in it.
   * @param {number} place @returns {Promise<number>}
   */
  find(place) {
    return this.ask("find", { place });
  }

  /**
   * Summaries of columns, each under all filters but its own.
   * @param {readonly string[]} names @returns {Promise<Record<string, Summary>>}
   */
  summaries(names) {
    return this.ask("summaries", { names: [...names] });
  }

  /** @param {Question} question @returns {Promise<Answer>} */
  answer(question) {
    return this.ask("answer", { question });
  }

  /**
   * Where the rows in view are, in the order of the file, those left out that have no place.
   * @param {readonly string[]} names @returns {Promise<Shapes>}
   */
  shapes(names) {
    return this.ask("shapes", { names: [...names] });
  }

  /**
   * All rows of the view that is in force when the first portion is taken, in portions.
   * @param {readonly string[]} names @returns {AsyncGenerator<Rows>}
   */
  async *download(names) {
    const { download, rows } = await this.ask("download", {});
    try {
      for (let start = 0; start < rows; start += PORTION) {
        yield await this.ask("portion", { download, start, end: start + PORTION, names: [...names] });
      }
    } finally {
      this.ask("downloaded", { download }).catch(() => {});
    }
  }

  /** What was fetched of the file so far. @returns {Promise<{requests: number, bytes: number}>} */
  fetched() {
    return this.ask("fetched", {});
  }

  /** End the worker. What is still awaited rejects. */
  close() {
    this.worker.terminate();
    this.fail(aborted());
  }

  /** @param {string} call @param {object} given @returns {Promise<any>} */
  ask(call, given) {
    if (this.trouble) return Promise.reject(this.trouble);
    this.last += 1;
    const id = this.last;
    this.worker.postMessage({ id, call, given });
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** Say that an answer is no longer wanted. @param {number} id */
  drop(id) {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    this.worker.postMessage({ id, abort: true });
    waiting.reject(aborted());
  }

  /**
   * @param {{id?: number, result?: unknown, error?: {name: string, message: string, bytes: number}, reading?: object}} message
   */
  hear({ id = 0, result, error, reading }) {
    if (reading) this.dispatchEvent(new CustomEvent("reading", { detail: reading }));
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    if (error) waiting.reject(unpacked(error));
    else waiting.resolve(result);
  }

  /** @param {Error} error */
  fail(error) {
    this.trouble = error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/**
 * Start the worker, and have it read the file's footer.
 * @param {Outline} outline
 * @param {{url: string, workerUrl: string, where?: string, calendars?: string}} places `url`: of the page, or of the outline
 *   beside it; in full `where`: of the script that reads conditions; `calendars`: of the folder with holidays
 * @returns {Promise<Session>}
 */
export async function openSession(outline, { url, workerUrl, ...more }) {
  const session = new Session(await started(new URL(workerUrl, url).href));
  const { file, columns, sortedBy } = outline;
  const told = columns.map(({ name, type, offset, role }) => ({ name, type, offset, role }));
  try {
    const { bytes, footer } = file;
    await session.ask("open", { url: new URL(file.url, url).href, bytes, footer, sortedBy, columns: told, ...more });
  } catch (error) {
    if (!(error instanceof ReadingError && error.name === "TooLarge")) throw error;
    session.trouble = error;
  }
  return session;
}

/** A worker that said it is there. @param {string} url @returns {Promise<Worker>} */
function started(url) {
  return new Promise((resolve, reject) => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let late;
    const fail = (/** @type {string} */ reason) => {
      clearTimeout(late);
      reject(new ReadingError("NoWorker", reason));
    };
    try {
      const worker = new Worker(url, { type: "module" });
      late = setTimeout(() => fail("The worker did not start in time."), PATIENCE_MS);
      worker.addEventListener("error", (event) => fail(event.message || "The worker does not start."), { once: true });
      worker.addEventListener("message", () => {
        clearTimeout(late);
        resolve(worker);
      }, { once: true });
    } catch (error) {
      fail(String(error));
    }
  });
}
