/** A file on a host that only serves files, read in parts. A host that gives no parts is noticed at its first answer. */
import { ReadingError } from "./errors.js";

/** A file up to this size is taken whole in one request: the footer and some rows would be most of it. */
const SMALL = 256 * 1024;
/** The most that is taken of a host that gives no parts. */
const MOST_WHOLE = 8 * 1024 * 1024;

/**
 * @typedef {{
 *   byteLength: number,
 *   slice(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array>,
 *   requests: number,
 *   received: number,
 *   isWhole: boolean,
 * }} OpenFile `isWhole`: all of it is here, and further parts cost nothing
 */

/**
 * Open a file of a known size. Nothing is fetched yet.
 * @param {string} url
 * @param {number} bytes
 * @param {{ask?: typeof fetch, mostWhole?: number}} [how]
 * @returns {OpenFile}
 */
export function openFile(url, bytes, { ask = (...given) => fetch(...given), mostWhole = MOST_WHOLE } = {}) {
  /** @type {Promise<Uint8Array> | null} */
  let whole = null;
  /** @type {string | null} */
  let mark = null;

  /** @param {Response} answer */
  const checked = (answer) => {
    const given = answer.headers.get("ETag") ?? answer.headers.get("Last-Modified") ?? "";
    if (mark !== null && mark !== given) throw new ReadingError("Changed", `${url} was replaced while it was read`);
    mark = given;
  };

  /** @param {Response} answer */
  const taken = async (answer) => {
    const body = new Uint8Array(await answer.arrayBuffer());
    if (body.length !== bytes) throw new ReadingError("Changed", `${url} has ${body.length} bytes, not ${bytes}`);
    file.received += bytes;
    file.isWhole = true;
    return body;
  };

  /** @param {Response} answer @param {number} start @param {number} end */
  const part = async (answer, start, end) => {
    const [, from, of] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.headers.get("Content-Range") ?? "") ?? [];
    if (of && of !== "*" && Number(of) !== bytes) throw new ReadingError("Changed", `${url} has ${of} bytes, not ${bytes}`);
    const body = new Uint8Array(await answer.arrayBuffer());
    if (body.length !== end - start || (from && Number(from) !== start)) {
      throw new ReadingError("Broken", `asked ${url} for bytes ${start} to ${end}, got ${body.length} from ${from}`);
    }
    file.received += body.length;
    return body;
  };

  /** @param {RequestInit} how */
  const answered = async (how) => {
    file.requests += 1;
    const answer = await ask(url, how);
    if (answer.status === 416) throw new ReadingError("Changed", `${url} is shorter than it was`);
    if (!answer.ok) throw new ReadingError("Refused", `${url}: ${answer.status}`);
    checked(answer);
    return answer;
  };

  /** All of the file, for all who wait. @param {Promise<Uint8Array>} coming */
  const shared = (coming) => {
    whole = coming;
    coming.catch(() => {
      whole = null;
    });
    return coming;
  };

  /** @param {number} start @param {number} end @param {AbortSignal} [signal] */
  const fetched = async (start, end, signal) => {
    // Chromium lets parts of one address wait for one another, unless they are not to be kept.
    const answer = await answered({ signal, headers: { Range: `bytes=${start}-${end - 1}` }, cache: "no-store" });
    if (answer.status === 206) return part(answer, start, end);
    const isEnough = whole !== null || bytes > mostWhole;
    if (isEnough) answer.body?.cancel().catch(() => {});
    if (isEnough && !whole) throw new ReadingError("TooLarge", `the host of ${url} gives no parts`, bytes);
    return (await (whole ?? shared(taken(answer)))).subarray(start, end);
  };

  /** @type {OpenFile} */
  const file = {
    byteLength: bytes,
    requests: 0,
    received: 0,
    isWhole: false,
    async slice(start, end, signal) {
      try {
        if (!whole && bytes > SMALL) return await fetched(start, end, signal);
        return (await (whole ?? shared(answered({}).then(taken)))).subarray(start, end);
      } catch (error) {
        throw error instanceof TypeError ? new ReadingError("Unreachable", `${url}: ${error.message}`) : error;
      }
    },
  };
  return file;
}
