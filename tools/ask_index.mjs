// Asks a search index some questions with the engine that runs in a reader's browser, and counts what each one costs.
//
//     node ask_index.mjs < job.json
//
// The job is {"index": a folder, "visits": [[[text, options], ...], ...]}. Each visit opens the index anew, as a reader does who has
// just come, and asks its questions in turn. One line of JSON comes out for each question: {"answer", "bytes", "requests",
// "milliseconds"}; bytes are as stored, and the root counts with the first question of a visit.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stdin, stdout } from "node:process";

import { openIndex } from "../themes/civic/assets/js/search/index.js";

/** Reads the files of a folder, and counts. @param {string} folder */
function counting(folder) {
  const cost = { bytes: 0, requests: 0 };
  const read = async (/** @type {string} */ path, start = 0, /** @type {number | undefined} */ end = undefined) => {
    const body = (await readFile(join(folder, path))).subarray(start, end);
    cost.requests++;
    cost.bytes += body.length;
    return new Uint8Array(body);
  };
  return { cost, read };
}

/** @param {string} index @param {[string, object][]} questions */
async function* visit(index, questions) {
  const { cost, read } = counting(index);
  let opened;
  for (const [text, options] of questions) {
    Object.assign(cost, { bytes: 0, requests: 0 });
    const started = performance.now();
    opened ??= await openIndex(read);
    const answer = await opened.search(text, options);
    yield { answer, ...cost, milliseconds: performance.now() - started };
  }
}

const parts = [];
for await (const part of stdin) parts.push(part);
const { index, visits } = JSON.parse(Buffer.concat(parts).toString("utf8"));
for (const questions of visits) {
  for await (const answered of visit(index, questions)) {
    if (!stdout.write(`${JSON.stringify(answered)}\n`)) await new Promise((written) => stdout.once("drain", () => written(undefined)));
  }
}
