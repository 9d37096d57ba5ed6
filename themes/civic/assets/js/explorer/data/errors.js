/** What can go wrong while a file is read. The name says what it was, and travels from the worker to the page. */

/**
 * @typedef {"TooLarge" | "Changed" | "Refused" | "Broken" | "Unreachable" | "Unsupported" | "NoWorker" | "Condition"
 *   | "NoWords"} Trouble
 * TooLarge: the host gives no parts, and all of the file is more than a page should take. Changed: the file is not the one that
 * the outline tells of. Refused: the host answered with an error. Broken: what came is not what was asked for. Unreachable: no
 * answer came. Unsupported: the file is stored in a way that is not read here. NoWorker: the browser starts no worker. Condition: a condition cannot be
 * understood; the message is the part of it where that shows. NoWords: what the page says did not come.
 */

/** One of the troubles above. */
export class ReadingError extends Error {
  /**
   * @param {Trouble} name
   * @param {string} message for developers; readers are told by the page, in its language
   * @param {number} [bytes] how large the file is, where that is the trouble
   */
  constructor(name, message, bytes = 0) {
    super(message);
    this.name = name;
    this.bytes = bytes;
  }
}

/** What a promise that is no longer wanted rejects with. */
export function aborted() {
  return new DOMException("No longer wanted.", "AbortError");
}

/**
 * An error as a plain value, which every browser can send to another thread.
 * @param {unknown} error
 * @returns {{name: string, message: string, bytes: number}}
 */
export function packed(error) {
  const { name = "Error", message = String(error), bytes = 0 } = /** @type {Partial<ReadingError>} */ (error ?? {});
  return { name, message, bytes };
}

/**
 * The error that was packed.
 * @param {{name: string, message: string, bytes: number}} told
 * @returns {Error}
 */
export function unpacked({ name, message, bytes }) {
  return name === "AbortError" ? aborted() : new ReadingError(/** @type {Trouble} */ (name), message, bytes);
}
