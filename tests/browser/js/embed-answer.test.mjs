import assert from "node:assert/strict";
import { test } from "node:test";

import { drawingOf, numbersOf } from "../../../themes/civic/assets/js/embed/answer-parts.js";
import { anAnswer, by, TELLING } from "./ask_making.mjs";

const SUMS = { measure: "sum", of: "cost" };

/** Sums of kinds, of which the first lacks some. */
function partial(more = {}) {
  const answer = anAnswer([["a", "4", 4], ["b", "7", 3]], { ...SUMS, ...more });
  answer.rows[0] = { ...answer.rows[0], filled: 1 };
  return answer;
}

test("an embedded answer says what a sum lacks, below its chart and in its numbers", () => {
  const { heads, rows, numbers } = numbersOf(partial(), TELLING, []);

  assert.deepEqual([heads, ...rows], [["Kind", "Sum of Cost", "Rows with a value"], ["a", "4", "1 of 4"], ["b", "7", "3"]]);
  assert.deepEqual(numbers, [1, 2]);
  assert.deepEqual(drawingOf(partial(), TELLING, "", 320).notes,
    ["Incomplete sums, because rows lack a value: a (3 of 4 rows)."]);
});

test("others by two columns are in the numbers of an embedded answer", () => {
  const parts = [{ key: "O", value: "2", rows: 2 }, { key: "C", value: "1", rows: 1 }];
  const others = { value: "3", rows: 3, groups: 5, parts };
  const answer = anAnswer([[["a", "O"], "4"]], { by: [by("kind"), by("status")], others });

  assert.deepEqual(numbersOf(answer, TELLING, []).rows,
    [["a", "Open", "4"], ["5 other groups", "Open", "2"], ["5 other groups", "Closed", "1"]]);
});

test("an embedded answer has as many rows as the explorer, and says that there are more", () => {
  const many = anAnswer(Array.from({ length: 2001 }, (_, at) => [`${at}`, "1"]));
  const { rows, caption } = numbersOf(many, TELLING, ["days is 3"]);

  assert.equal(rows.length, 2000);
  assert.equal(caption, "Number of rows by Kind, 2,001 rows, the first 2,000 · days is 3");
});

test("an embedded chart has the width of its room, and is bars where dots are asked for", () => {
  const bins = anAnswer([["0/9", "4.5", 2], ["10/19", "7.25", 3]], { measure: "mean", of: "cost", by: by("days", "bins") });

  assert.equal(drawingOf(bins, TELLING, "scatter", 320).kind, "histogram");
  assert.equal(drawingOf(bins, TELLING, "", 320).width, 320);
  assert.equal(drawingOf(bins, TELLING, "none", 320), undefined);
});
