import assert from "node:assert/strict";
import { test } from "node:test";

import { openFile } from "../../../themes/civic/assets/js/explorer/data/range.js";
import { each, together } from "../../../themes/civic/assets/js/explorer/data/ranges.js";

const LARGE = 300_000;

/** A host of one file; each rule may change what it answers. */
function host(bytes, { givesParts = true, etag = () => '"1"', status = 0, cut = 0 } = {}) {
  const body = Uint8Array.from({ length: bytes }, (_, at) => at % 251);
  const asked = [];
  const ask = async (_, { headers = {}, signal } = {}) => {
    signal?.throwIfAborted();
    asked.push(headers.Range ?? "all");
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(headers.Range ?? "") ?? [];
    if (status) return new Response("", { status });
    if (!first || !givesParts) return new Response(body, { headers: { ETag: etag() } });
    const part = body.slice(Number(first), Number(last) + 1 - cut);
    return new Response(part, { status: 206, headers: { ETag: etag(), "Content-Range": `bytes ${first}-${last}/${bytes}` } });
  };
  return { ask, asked, body };
}

const failsWith = (name, promise) => assert.rejects(promise, (error) => error.name === name);

test("a part is asked for as a part", async () => {
  const { ask, asked, body } = host(LARGE);

  assert.deepEqual(await openFile("f", LARGE, { ask }).slice(10, 20), body.slice(10, 20));
  assert.deepEqual(asked, ["bytes=10-19"]);
});

test("a small file is taken whole, once", async () => {
  const { ask, asked, body } = host(1_000);
  const file = openFile("f", 1_000, { ask });

  assert.deepEqual((await Promise.all([file.slice(0, 5), file.slice(990, 1_000)])).map((part) => [...part]),
    [[...body.slice(0, 5)], [...body.slice(990)]]);
  assert.deepEqual(asked, ["all"]);
});

test("a host that gives no parts is asked once when the file is not too large", async () => {
  const { ask, asked, body } = host(LARGE, { givesParts: false });
  const file = openFile("f", LARGE, { ask });
  await file.slice(10, 20);

  assert.deepEqual(await file.slice(20, 30), body.slice(20, 30));
  assert.equal(asked.length, 1);
  assert.equal(file.isWhole, true);
});

test("a host that gives no parts of a large file is told of with the size", async () => {
  const { ask } = host(LARGE, { givesParts: false });

  await assert.rejects(openFile("f", LARGE, { ask, mostWhole: 1_000 }).slice(10, 20), { name: "TooLarge", bytes: LARGE });
});

test("a file that is replaced while it is read is noticed", async () => {
  let version = 0;
  const { ask } = host(LARGE, { etag: () => `"${version}"` });
  const file = openFile("f", LARGE, { ask });
  await file.slice(0, 10);
  version = 1;

  await failsWith("Changed", file.slice(10, 20));
});

test("a file of another size than told is noticed", async () => {
  await failsWith("Changed", openFile("f", LARGE + 1, { ask: host(LARGE).ask }).slice(0, 10));
  await failsWith("Changed", openFile("f", 1_001, { ask: host(1_000).ask }).slice(0, 10));
});

test("a part beyond the end means that the file was replaced", async () => {
  await failsWith("Changed", openFile("f", LARGE, { ask: host(LARGE, { status: 416 }).ask }).slice(0, 10));
});

test("a host that refuses is told of", async () => {
  await failsWith("Refused", openFile("f", LARGE, { ask: host(LARGE, { status: 404 }).ask }).slice(0, 10));
});

test("a part that is too short is told of", async () => {
  await failsWith("Broken", openFile("f", LARGE, { ask: host(LARGE, { cut: 1 }).ask }).slice(0, 10));
});

test("a host that cannot be reached is told of", async () => {
  const ask = () => Promise.reject(new TypeError("Failed to fetch"));

  await failsWith("Unreachable", openFile("f", LARGE, { ask }).slice(0, 10));
});

test("a small file that could not be had is asked for again", async () => {
  const { ask, body } = host(1_000);
  let turn = 0;
  const file = openFile("f", 1_000, { ask: (...given) => (turn++ ? ask(...given) : Promise.reject(new TypeError("no"))) });
  await file.slice(0, 1).catch(() => {});

  assert.deepEqual(await file.slice(0, 5), body.slice(0, 5));
});

test("one who is no longer waiting is told so", async () => {
  const control = new AbortController();
  control.abort();

  await failsWith("AbortError", openFile("f", LARGE, { ask: host(LARGE).ask }).slice(0, 10, control.signal));
});

test("neighbors are fetched together, and those far apart are not", () => {
  const ranges = [{ start: 500, end: 600 }, { start: 0, end: 100 }, { start: 110, end: 200 }];

  assert.deepEqual(together(ranges, 50), [{ start: 0, end: 200 }, { start: 500, end: 600 }]);
});

test("what is fetched together has an end", () => {
  const ranges = [{ start: 0, end: 100 }, { start: 100, end: 200 }, { start: 200, end: 300 }];

  assert.deepEqual(together(ranges, 50, 200), [{ start: 0, end: 200 }, { start: 200, end: 300 }]);
});

test("a range within another is not fetched twice", () => {
  assert.deepEqual(together([{ start: 0, end: 500 }, { start: 10, end: 20 }], 50, 100), [{ start: 0, end: 500 }]);
});

test("only so many parts are asked for at once, and none after a failure", async () => {
  let open = 0;
  let most = 0;
  const done = [];
  const work = async (thing) => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, 1));
    open -= 1;
    if (thing === 4) throw new Error("no");
    done.push(thing);
  };

  await assert.rejects(each([...Array(20).keys()], 3, work));
  assert.equal(most, 3);
  assert.ok(Math.max(...done) <= 6);
});
