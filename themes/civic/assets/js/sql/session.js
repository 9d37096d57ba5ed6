/**
 * The page's side of the worker that answers queries. It starts with the first query, and anew after one was stopped.
 *
 * @typedef {import("./worker.js").File} File
 * @typedef {import("./worker.js").Fault} Fault
 * @typedef {import("./worker.js").Told} Told
 * @typedef {import("./asking.js").Result} Result
 * @typedef {(told: Told) => void} Follow
 */

/** What is thrown when a query was stopped, or could not be answered. */
export class Failure extends Error {
  /** @param {Partial<Fault> & {kind: string}} fault */
  constructor({ kind, message = kind, what = "", offset = -1, bytes = 0 }) {
    super(message);
    this.kind = kind;
    this.what = what;
    this.offset = offset;
    this.bytes = bytes;
  }
}

export class SqlSession {
  /** @param {{worker: string, wasm: string, files: File[]}} given    full addresses, and the tables */
  constructor({ worker, wasm, files }) {
    this.url = worker;
    this.wasm = wasm;
    this.files = files;
    /** @type {Worker | null} */
    this.worker = null;
    this.isBusy = false;
    /** @type {(failure: Failure) => void} */
    this.give = () => {};
  }

  /**
   * Answer a query; one that is still running is stopped.
   * @param {string} sql @param {Follow} follow @returns {Promise<Result>}
   */
  answer(sql, follow) {
    if (this.isBusy) this.stop();
    const worker = this.worker ??= this.started();
    this.isBusy = true;
    return new Promise((resolve, reject) => {
      this.give = (failure) => {
        this.isBusy = false;
        reject(failure);
      };
      worker.onmessage = ({ data }) => {
        const { result, fault, ...told } = /** @type {Told} */ (data);
        if (fault) this.failed(new Failure(fault));
        if (!result) return follow(told);
        this.isBusy = false;
        resolve(result);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        this.end();
        this.give(new Failure({ kind: "worker", message: event.message || "" }));
      };
      worker.postMessage({ ask: sql });
    });
  }

  /** End what is running. */
  stop() {
    this.end();
    this.give(new Failure({ kind: "stopped" }));
  }

  end() {
    this.worker?.terminate();
    this.worker = null;
  }

  /** @param {Failure} failure */
  failed(failure) {
    // Room that was taken is given back by the end of a worker alone; and what could not start is tried anew.
    if (failure.kind === "memory" || failure.kind === "fetch") this.end();
    this.give(failure);
  }

  started() {
    const worker = new Worker(this.url, { type: "module" });
    worker.postMessage({ open: { wasm: this.wasm, files: this.files } });
    return worker;
  }
}
