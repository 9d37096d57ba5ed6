// Opens the indexes that tests/search/engine_catalogs.py writes. CITYFOLIO_INDEXES names their folder; without it tests are skipped.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "node:process";
import { setImmediate } from "node:timers/promises";
import { inflateSync } from "node:zlib";

import { openIndex } from "../../../themes/civic/assets/js/search/index.js";

const FOLDER = env.CITYFOLIO_INDEXES ?? "";

/** What the tests of the engine are given: without indexes they are skipped. */
export const needsIndexes = { skip: FOLDER ? false : "run by tests/search/test_engine.py" };

/** The shapes of an index: as it is written, as a folder, and cut into as many files as can be. */
export const SHAPES = ["", "-in-packs", "-in-shards"];

/** Reads the files of one index, or parts of them. @param {string} name */
export const reading = (name) => async (path, start, end) => new Uint8Array(await readFile(join(FOLDER, name, path))).subarray(start, end);

/** @param {string} name @param {(path: string) => Promise<Uint8Array>} [read] */
export const opened = (name, read = reading(name)) => openIndex(read, inflateSync);

/** The documents of a catalog, as Python made them. @param {string} name */
export const documents = (name) => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8"));

/** The datasets of an answer, the best first. */
export const datasets = ({ results }) => results.filter(({ kind }) => kind === "dataset").map(({ id }) => id);

/** Asks an index anew. @param {string} name @param {string} question @param {object} [options] */
export const ask = async (name, question, options) => (await opened(name)).search(question, options);

/** The ids of the datasets that a question finds. @param {string} name @param {string} question @param {object} [options] */
export const found = async (name, question, options) => datasets(await ask(name, question, options));

/** A reader who waits: answers come in rounds, each when nothing more is asked for. @param {string} name */
export function slowly(name) {
  const read = reading(name);
  const waiting = [];
  const seen = { rounds: 0, paths: [] };
  const slow = (path, ...bounds) => {
    seen.paths.push([path, ...bounds].join(" "));
    return new Promise((give, fail) => waiting.push(() => read(path, ...bounds).then(give, fail)));
  };
  const until = async (promise) => {
    let isDone = false;
    promise.finally(() => (isDone = true)).catch(() => {});
    while (!isDone) {
      for (let idle = 0; idle < 5; idle++) await setImmediate();
      if (waiting.length) seen.rounds++;
      await Promise.all(waiting.splice(0).map((answer) => answer()));
    }
    return promise;
  };
  return { read: slow, seen, until };
}
