import assert from "node:assert/strict";
import { test } from "node:test";

import { counted, day, filled, pieces } from "../../../themes/civic/assets/js/search-page/saying.js";

const SAY = { sayOne: "1 result", sayMany: "{n} results", sayDay: "{day} {month} {year}", months: "January,February,March" };

test("places take their values, in any order", () => {
  assert.equal(filled("{b}, {a} and {b}", { a: "1", b: "2" }), "2, 1 and 2");
});

test("a value is text, whatever is in it", () => {
  assert.equal(filled("“{words}”", { words: "{n} $& <b>" }), "“{n} $& <b>”");
});

test("words and places are told apart", () => {
  assert.deepEqual(pieces("Column {column}!"), [["Column ", false], ["column", true], ["!", false]]);
  assert.deepEqual(pieces(undefined), []);
});

test("one result is not some", () => {
  assert.deepEqual([0, 1, 1234].map((count) => counted(count, SAY, "en")), ["0 results", "1 result", "1,234 results"]);
});

test("a date is written as the pages write it", () => {
  assert.equal(day("2025-03-09T10:00:00Z", SAY), "9 March 2025");
});
