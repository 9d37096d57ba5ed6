import assert from "node:assert/strict";
import { test } from "node:test";

import { between, moved } from "../../../themes/civic/assets/js/explorer/grid/keys.js";
import { TALLEST, Windowing } from "../../../themes/civic/assets/js/explorer/grid/windowing.js";

const EXTENT = { rows: 100, columns: 5, page: 20 };
const from = (row, column, key, more = {}, isMirrored = false) => {
  const place = moved({ key, ...more }, { row, column }, EXTENT, isMirrored);
  return place && [place.row, place.column];
};
const aWindow = (count) => {
  const made = new Windowing();
  made.set({ count, height: 30, view: 600 });
  return made;
};

test("arrows lead to the cells beside", () => {
  assert.deepEqual(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].map((key) => from(5, 2, key)), [[4, 2], [6, 2], [5, 1], [5, 3]]);
});

test("nothing leads out of the grid", () => {
  assert.deepEqual([from(0, 0, "ArrowUp"), from(0, 0, "ArrowLeft"), from(100, 4, "ArrowDown"), from(100, 4, "ArrowRight"),
    from(95, 4, "PageDown")], [[0, 0], [0, 0], [100, 4], [100, 4], [100, 4]]);
});

test("home and end lead to the ends of the row, and with control to the ends of the table", () => {
  const keys = [["Home"], ["End"], ["Home", { ctrlKey: true }], ["End", { metaKey: true }]];

  assert.deepEqual(keys.map(([key, more]) => from(5, 2, key, more)), [[5, 0], [5, 4], [1, 0], [100, 4]]);
});

test("a page up ends at the first row, and the next one at the header", () => {
  assert.deepEqual([from(30, 2, "PageUp"), from(9, 2, "PageUp"), from(1, 2, "PageUp")], [[10, 2], [1, 2], [0, 2]]);
});

test("with control, arrows lead to the ends", () => {
  const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

  assert.deepEqual(keys.map((key) => from(5, 2, key, { ctrlKey: true })), [[1, 2], [100, 2], [5, 0], [5, 4]]);
});

test("in writing from right to left, the left arrow leads on", () => {
  assert.deepEqual([from(5, 2, "ArrowLeft", {}, true), from(5, 2, "ArrowRight", {}, true)], [[5, 3], [5, 1]]);
});

test("other keys lead nowhere, whatever they are called", () => {
  assert.deepEqual(["Tab", "x", "constructor", "__proto__"].map((key) => from(5, 2, key)), [null, null, null, null]);
});

test("a table without rows has its header alone", () => {
  const empty = { rows: 0, columns: 5, page: 20 };

  assert.deepEqual(["ArrowDown", "PageDown", "End"].map((key) => moved({ key, ctrlKey: true }, { row: 0, column: 1 }, empty)?.row), [0, 0, 0]);
});

test("cells are chosen between two corners, and headers never are", () => {
  assert.deepEqual(between({ row: 7, column: 1 }, { row: 0, column: 3 }), { top: 1, bottom: 7, left: 1, right: 3 });
});

test("only the rows on the screen and some around them are drawn", () => {
  const window = aWindow(10_000);
  window.scrolled(3_000);

  assert.deepEqual(window.range(10), { first: 90, last: 130, top: 2_700 });
});

test("a million rows fit into the height that browsers draw", () => {
  assert.equal(aWindow(1_000_000).drawn, TALLEST);
});

test("the end of the bar is the last row, and its start the first", () => {
  const window = aWindow(1_000_000);
  window.scrolled(TALLEST - 600);
  const { last } = window.range(0);
  window.scrolled(0);

  assert.deepEqual([last, window.range(0).first], [1_000_000, 0]);
});

test("a turn of the wheel moves by as much as it says, however many rows there are", () => {
  const window = aWindow(1_000_000);
  window.scrolled(TALLEST / 2);
  const before = window.y;
  window.scrolled(TALLEST / 2 + 100);

  assert.equal(window.y - before, 100);
});

test("rows do not move when the bar is put where they are", () => {
  const window = aWindow(1_000_000);
  window.scrolled(TALLEST / 2);
  window.scrolled(TALLEST / 2 + 500);
  const before = window.y;
  window.scrollTop = window.settled;
  const { first, top } = window.range(0);

  assert.deepEqual([first * 30 - (top - window.scrollTop), window.y], [before, before]);
});

test("every row can be reached by the wheel from the next one", () => {
  const window = aWindow(1_000_000);
  window.scrolled(40);
  window.scrollTop = window.settled;
  window.scrolled(0);

  assert.equal(window.y, 0);
});

test("a row is shown with as little movement as can be", () => {
  const window = aWindow(1_000_000);
  const seen = [999_999, 999_990, 0].map((row) => (window.reveal(row), window.y));

  assert.deepEqual(seen, [29_999_400, 29_999_400, 0]);
});

test("fewer rows than before begin where there are some", () => {
  const window = aWindow(10_000);
  window.scrolled(200_000);
  window.set({ count: 5 });

  assert.deepEqual(window.range(3), { first: 0, last: 5, top: 200_000 });
});
