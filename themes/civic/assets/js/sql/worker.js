/**
 * Runs queries beside the page, which can end it at any moment: `{open}` first, then `{ask}` for each query.
 *
 * @typedef {import("./asking.js").Result} Result
 * @typedef {{name: string, outline: import("./reading.js").ReadOutline, url: string}} File    `url` is that of its outline
 * @typedef {{kind: string, message: string, what: string, offset: number, bytes: number}} Fault
 * @typedef {{open?: {wasm: string, files: File[]}, ask?: string}} Asked
 * @typedef {"starting" | "fetching" | "running"} State
 * @typedef {{result?: Result, fault?: Fault, state?: State, read?: {bytes: number, of: number}}} Told
 */
import { Asking } from "./asking.js";
import { Database, QueryError } from "./database.js";
import { Reading } from "./reading.js";
import { startSqlite } from "./wasm.js";

const MAGIC = 0x6d736100; // of WebAssembly; what starts otherwise is compressed

/** @type {Promise<Asking> | null} */
let asking = null;

/** @param {Told} told */
const tell = (told) => postMessage(told);

addEventListener("message", async ({ data }) => {
  const { open: given, ask } = /** @type {Asked} */ (data);
  if (given) asking = opened(given.wasm, given.files);
  try {
    if (ask === undefined || !asking) return;
    tell({ state: "starting" });
    tell({ result: await (await asking).answer(ask, (state) => tell({ state })) });
  } catch (error) {
    tell({ fault: faultOf(error) });
  }
});

/** @param {string} wasm @param {File[]} files */
async function opened(wasm, files) {
  const answer = await fetch(wasm);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const database = new Database(await startSqlite(await unpacked(await answer.arrayBuffer())));
  const reading = new Reading(files, (bytes, of) => tell({ read: { bytes, of } }));
  return new Asking(database, files, (...wanted) => reading.columns(...wanted));
}

/**
 * The file as it was before it was compressed with gzip, if it was: hosts do not all compress it on the way.
 * @param {ArrayBuffer} file
 */
async function unpacked(file) {
  if (new DataView(file).getUint32(0, true) === MAGIC) return file;
  return new Response(new Blob([file]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** @param {unknown} error @returns {Fault} */
function faultOf(error) {
  const { name, message, bytes = 0 } = /** @type {Error & {bytes?: number}} */ (error);
  const plain = { message, what: "", offset: -1, bytes };
  if (error instanceof QueryError) return { ...plain, kind: error.kind, what: error.what, offset: error.offset };
  const isFull = error instanceof RangeError || error instanceof WebAssembly.RuntimeError;
  return { ...plain, kind: isFull ? "memory" : name === "TooLarge" ? "large" : "fetch" };
}
