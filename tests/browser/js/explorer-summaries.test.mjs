import assert from "node:assert/strict";
import { test } from "node:test";

import {
  barsPath, binsIn, cleared, ranged, spreadText, toggled, valuesIn,
} from "../../../themes/civic/assets/js/explorer/summaries/choosing.js";
import { say } from "./ask_making.mjs";
import { columnsOf } from "./held_session.mjs";
import { selection } from "../../../themes/civic/assets/js/explorer/engine/filters.js";
import { summary } from "../../../themes/civic/assets/js/explorer/engine/summaries.js";

const bin = (low, high) => ({ low, high, rows: 1, all: 1 });
const TENS = [bin("0", "9"), bin("10", "19"), bin("20", "29"), bin("30", "39")];
const OTHER = { column: "kind", test: "is", values: ["Tree"] };
const between = (low, high) => ({ column: "days", test: "between", ...(low ? { low } : {}), ...(high ? { high } : {}) });

test("a range is a filter on the ends of its bins, open where it reaches the end", () => {
  assert.deepEqual(ranged([OTHER], "days", TENS, [1, 2]), [OTHER, between("10", "29")]);
  assert.deepEqual(ranged([OTHER], "days", TENS, [0, 1]), [OTHER, between("", "19")]);
  assert.deepEqual(ranged([OTHER, between("1", "2")], "days", TENS, [2, 3]), [OTHER, between("20", "")]);
});

test("the whole range is no filter", () => {
  assert.deepEqual(ranged([OTHER, between("10", "29")], "days", TENS, [0, 3]), [OTHER]);
});

test("a filter touches the bins that it shares values with", () => {
  assert.deepEqual(binsIn(undefined, TENS, "integer"), [0, 3]);
  assert.deepEqual(binsIn(between("10", "29"), TENS, "integer"), [1, 2]);
  assert.deepEqual(binsIn(between("5", "10"), TENS, "integer"), [0, 1]);
  assert.deepEqual(binsIn(between("", "9"), TENS, "integer"), [0, 0]);
  assert.deepEqual(binsIn(between("400", ""), TENS, "integer"), [3, 3]);
  assert.deepEqual(binsIn(between("", "-5"), TENS, "integer"), [0, 0]);
});

test("a day touches the bin of moments that it holds", () => {
  const hours = [bin("2024-07-09T00:00:00", "2024-07-09T11:59:59"), bin("2024-07-09T12:00:00", "2024-07-09T23:59:59")];

  assert.deepEqual(binsIn(between("2024-07-09", "2024-07-09"), hours, "datetime"), [0, 1]);
});

test("a value that is pressed joins those of its column, and leaves when pressed again", () => {
  const one = toggled([between("1", "2")], "kind", "Tree");
  const two = toggled(one, "kind", "");

  assert.deepEqual(one, [between("1", "2"), OTHER]);
  assert.deepEqual(valuesIn(two, "kind"), ["Tree", ""]);
  assert.deepEqual(toggled(toggled(two, "kind", ""), "kind", "Tree"), [between("1", "2")]);
});

test("the filter on empty cells is the same as no value picked", () => {
  assert.deepEqual(valuesIn([{ column: "kind", test: "empty" }], "kind"), [""]);
  assert.deepEqual(toggled([{ column: "kind", test: "empty" }], "kind", ""), []);
});

test("to clear a column leaves the filters of others", () => {
  assert.deepEqual(cleared([OTHER, between("1", "2")], "kind"), [between("1", "2")]);
});

test("a bin with a single row among millions has a bar", () => {
  assert.equal(barsPath([5_000_000, 0, 1], 5_000_000), "M0.5 32v-32h9v32zM20.5 32v-1h9v1z");
});

test("bars without a row are called so, and others by the fullest", () => {
  const said = (counts) => spreadText(counts.map((rows, at) => ({ ...TENS[at], rows })), "Days open", say, (raw) => raw);

  assert.equal(said([0, 0]), "Days open: No rows");
  assert.equal(said([1, 4]), "Days open: most often 10 to 19 (4 rows)");
});

test("the range of a bin leaves as many rows as its bar says", () => {
  const texts = Array.from({ length: 500 }, (_, at) => [at % 7 ? `${(at * 37) % 400}.${at % 10}5` : null]);
  const columns = columnsOf({ columns: [{ name: "cost", type: "number" }], rows: texts });
  const all = Uint32Array.from(texts.keys());
  const { bins } = summary(columns.get("cost"), all);
  const left = bins.map((_, at) => selection(columns, ranged([], "cost", bins, [at, at]), texts.length).length);

  assert.deepEqual(left, bins.map(({ rows }) => rows));
});
