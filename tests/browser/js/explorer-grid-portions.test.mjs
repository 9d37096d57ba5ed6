import assert from "node:assert/strict";
import { test } from "node:test";

import { piece, textHere } from "../../../themes/civic/assets/js/explorer/grid/copying.js";
import { Portions } from "../../../themes/civic/assets/js/explorer/grid/portions.js";

const portion = (start, end, names, text = (row, name) => `${name}${row}`) => {
  const places = Array.from({ length: end - start }, (_, at) => start + at);
  return { places, cells: names.map((name) => places.map((row) => text(row, name))) };
};
const rest = () => new Promise((done) => setTimeout(done));

/** Portions over rows that answer when they are told to. */
function slow(count) {
  const asked = [];
  const portions = new Portions((start, end, names) => new Promise((resolve, reject) => {
    asked.push({ start, end, names, answer: () => resolve(portion(start, end, names)), refuse: () => reject(new Error("gone")) });
  }), (error) => portions.heard.push(error?.message));
  portions.heard = [];
  portions.reset(count);
  return { portions, asked };
}

test("a cell is not there until its portion came", async () => {
  const { portions, asked } = slow(250);
  portions.want(0, 20, ["a"]);
  const before = portions.cell(7, "a");
  asked[0].answer();
  await rest();

  assert.deepEqual([before, portions.cell(7, "a"), portions.place(7)], [undefined, "a7", 7]);
});

test("the nearest portion is asked for first, and those beside it once it came", async () => {
  const { portions, asked } = slow(100_000);
  portions.want(4_802, 4_820, ["a"]);
  const before = asked.map(({ start }) => start);
  asked[0].answer();
  await rest();

  assert.deepEqual([before, asked.map(({ start }) => start)], [[4_800], [4_800, 4_776, 4_824]]);
});

test("no more than two portions are asked for at once", () => {
  const { portions, asked } = slow(100_000);
  [0, 24_000, 48_000].forEach((first) => portions.want(first, first + 20, ["a"]));

  assert.deepEqual(asked.map(({ start }) => start), [0, 24_000]);
});

test("what has gone by before its turn came is never asked for", async () => {
  const { portions, asked } = slow(100_000);
  [0, 24_000, 48_000, 72_000].forEach((first) => portions.want(first, first + 20, ["a"]));
  asked[0].answer();
  await rest();

  assert.deepEqual(asked.map(({ start }) => start), [0, 24_000, 72_000]);
});

test("rows of a view that is no more are dropped", async () => {
  const { portions, asked } = slow(24);
  portions.want(0, 20, ["a"]);
  portions.stop();
  asked[0].answer();
  await rest();

  assert.deepEqual([portions.cell(0, "a"), portions.heard], [undefined, []]);
});

test("nothing is asked for between two views", () => {
  const { portions, asked } = slow(24);
  portions.stop();
  portions.want(0, 20, ["a"]);

  assert.deepEqual(asked, []);
});

test("of a portion that is here, only the columns that are not are asked for", async () => {
  const { portions, asked } = slow(24);
  portions.want(0, 20, ["a", "b"]);
  asked[0].answer();
  await rest();
  portions.want(0, 20, ["a", "__proto__"]);
  asked[1].answer();
  await rest();

  assert.deepEqual([asked[1].names, portions.cell(1, "__proto__"), portions.cell(1, "b")], [["__proto__"], "__proto__1", "b1"]);
});

test("what failed is asked for again when the reader says so, and not before", async () => {
  const { portions, asked } = slow(24);
  portions.want(0, 20, ["a"]);
  asked[0].refuse();
  await rest();
  portions.want(0, 21, ["a"]);
  const before = asked.length;
  portions.retry();

  assert.deepEqual([portions.heard, before, asked.length], [["gone"], 1, 2]);
});

test("long texts are not kept, and are known to be cut", async () => {
  const portions = new Portions(async (start, end, names) => portion(start, end, names, () => "x".repeat(1_000_000)), () => {});
  portions.reset(1);
  portions.want(0, 1, ["a"]);
  await rest();

  assert.deepEqual([portions.cell(0, "a").length, portions.hasWhole(0, 1, ["a"])], [2_000, false]);
});

test("what was looked at long ago is forgotten", async () => {
  const portions = new Portions(async (start, end, names) => portion(start, end, names), () => {});
  portions.reset(100_000);
  for (let first = 0; first < 20_000; first += 24) {
    portions.want(first, first + 20, ["a"]);
    await rest();
  }

  assert.deepEqual([portions.cell(0, "a"), portions.held.size <= 250], [undefined, true]);
});

test("cells are copied as they stand in the file, or not at once", async () => {
  const { portions, asked } = slow(48);
  portions.want(0, 20, ["a", "b"]);
  asked[0].answer();
  await rest();
  const chosen = piece({ row: 2, column: 2 }, { row: 1, column: 1 }, ["a", "b", "c"]);

  assert.deepEqual([chosen, textHere(portions, chosen)], [{ first: 0, last: 2, names: ["a", "b"] }, "a0\tb0\na1\tb1"]);
  assert.equal(textHere(portions, { ...chosen, last: 47 }), null);
});

test("the number of a row stands for all of it, and no more is copied than a clipboard takes", () => {
  assert.deepEqual(piece({ row: 3, column: 0 }, { row: 3, column: 0 }, ["a", "b"]), { first: 2, last: 3, names: ["a", "b"] });
  assert.equal(piece({ row: 1, column: 1 }, { row: 1_000_000, column: 2 }, ["a", "b"]).last, 100_000);
});
