import assert from "node:assert/strict";
import { test } from "node:test";

import { column } from "../../../themes/civic/assets/js/explorer/engine/columns.js";
import { binsOf } from "../../../themes/civic/assets/js/explorer/engine/bins.js";
import { answer } from "../../../themes/civic/assets/js/explorer/engine/grouping.js";
import { spanOf } from "../../../themes/civic/assets/js/explorer/engine/periods.js";
import { summary } from "../../../themes/civic/assets/js/explorer/engine/summaries.js";

const all = (length) => Uint32Array.from({ length }, (_, row) => row);
const table = (columns) => new Map(columns.map((each) => [each.name, each]));
const asked = (question, ...columns) => answer(question, table(columns), all(columns[0].length));
const value = (measure, kind, texts) => asked({ measure, of: "a", by: [] }, column("a", kind, texts)).total.value;
const said = ({ rows }) => rows.map(({ keys, value: text, rows: count }) => [...keys, text, count]);

test("sums are exact", () => {
  assert.equal(value("sum", "number", ["0.1", "0.2", ""]), "0.3");
  assert.equal(value("sum", "integer", ["9007199254740991", "9007199254740991", "1"]), "18014398509481983");
  assert.equal(value("sum", "integer", [`1${"0".repeat(39)}`, "1"]), `1${"0".repeat(38)}1`);
  assert.equal(value("sum", "number", []), "0");
});

test("a mean and a median are the doubles nearest to them", () => {
  assert.equal(value("mean", "number", ["0.1", "0.2", "0.3"]), "0.2");
  assert.equal(value("mean", "integer", ["1", "1", "2"]), "1.3333333333333333");
  assert.equal(value("median", "number", ["0.1", "0.2", ""]), "0.15");
  assert.equal(value("median", "integer", ["9007199254740993", "9007199254740993", "9007199254740995"]), "9007199254740992");
  assert.equal(value("mean", "number", [""]), null);
  assert.equal(value("mean", "number", ["0.0000001"]), "0.0000001");
});

test("the least and the greatest are found of dates and of texts, too", () => {
  assert.equal(value("min", "date", ["2024-02-01", "2023-12-31", ""]), "2023-12-31");
  assert.equal(value("max", "text", ["b", "Á", ""]), "b");
  assert.equal(value("min", "datetime", ["2024-01-01T00:00:00.000002", "2024-01-01T00:00"]), "2024-01-01T00:00:00");
});

test("moments of several offsets are ordered by their clocks, and keep their texts", () => {
  const given = ["2024-01-01T12:00:00Z", "2024-01-01T09:00:00-04:00", "2023-12-31T23:00:00+14:00", ""];

  assert.equal(value("min", "datetime", given), "2023-12-31T23:00:00+14:00");
  assert.equal(value("max", "datetime", given), "2024-01-01T12:00:00Z");
});

test("what cannot be measured is nothing", () => {
  assert.equal(value("sum", "text", ["1"]), null);
  assert.equal(asked({ measure: "mean", of: "gone", by: [] }, column("a", "text", ["1"])).total.value, null);
});

test("missing periods stand between the first and the last", () => {
  const days = column("d", "date", ["2024-02-29", "2023-12-01", ""]);
  const given = asked({ measure: "count", by: [{ column: "d", per: "month" }] }, days);

  assert.deepEqual(said(given), [["2023-12", "1", 1], ["2024-01", "0", 0], ["2024-02", "1", 1], [null, "1", 1]]);
});

test("a missing period has no sum", () => {
  const given = asked({ measure: "sum", of: "n", by: [{ column: "y", per: "year" }] },
    column("y", "year", ["2020", "2022"]), column("n", "integer", ["1", ""]));

  assert.deepEqual(said(given), [["2020", "1", 1], ["2021", null, 0], ["2022", "0", 1]]);
});

test("so many missing periods that nobody could look at them are left out, and the answer says so", () => {
  const days = column("d", "date", ["0001-01-01", "2024-01-01", ""]);
  const given = asked({ measure: "count", by: [{ column: "d", per: "day" }] }, days);

  assert.deepEqual(said(given), [["0001-01-01", "1", 1], ["2024-01-01", "1", 1], [null, "1", 1]]);
  assert.equal(given.isComplete, false);
});

test("a moment before 1970 is in its own day", () => {
  const moments = column("m", "datetime", ["1969-12-31T23:59:59.999999"]);
  const given = asked({ measure: "count", by: [{ column: "m", per: "day" }] }, moments);

  assert.deepEqual(said(given), [["1969-12-31", "1", 1]]);
});

test("groups without a value of the measure come last", () => {
  const given = asked({ measure: "max", of: "n", by: [{ column: "t" }] },
    column("t", "text", ["a", "b", "c", ""]), column("n", "integer", ["", "-1", "3", ""]));

  assert.deepEqual(said(given), [["c", "3", 1], ["b", "-1", 1], ["a", null, 1], [null, null, 1]]);
});

test("weeks are those of ISO 8601", () => {
  const days = column("d", "date", ["2020-12-28", "2021-01-04"]);
  const given = asked({ measure: "count", by: [{ column: "d", per: "week" }] }, days);

  assert.deepEqual(said(given), [["2020-W53", "1", 1], ["2021-W01", "1", 1]]);
});

test("the name of a period leads to its days", () => {
  assert.deepEqual(spanOf("2020-W53"), { low: "2020-12-28", high: "2021-01-03" });
  assert.deepEqual(spanOf("2024-02"), { low: "2024-02-01", high: "2024-02-29" });
  assert.deepEqual(spanOf("2024-Q4"), { low: "2024-10-01", high: "2024-12-31" });
  assert.deepEqual(spanOf("2024"), { low: "2024-01-01", high: "2024-12-31" });
  assert.equal(spanOf("soon"), null);
});

test("what is beyond the first is measured together", () => {
  const given = asked({ measure: "mean", of: "n", by: [{ column: "t" }], top: 1 },
    column("t", "text", ["a", "b", "b", "c"]), column("n", "integer", ["9", "1", "2", "6"]));

  assert.deepEqual(said(given), [["a", "9", 1]]);
  assert.deepEqual(given.others, { value: "3", rows: 3, groups: 2 });
});

test("by two columns, what is beyond the first is told for each key of the other", () => {
  const given = asked({ measure: "count", by: [{ column: "d", per: "year" }, { column: "t" }], top: 1 },
    column("d", "date", ["2023-01-01", "2023-01-01", "2024-01-01"]), column("t", "text", ["a", "b", "a"]));

  assert.deepEqual(said(given), [["2023", "a", "1", 1], ["2024", "a", "1", 1]]);
  assert.deepEqual(given.others, { value: "1", rows: 1, groups: 1, parts: [{ key: "2023", value: "1", rows: 1 }] });
});

test("groups of the same value are in the order of their keys, and no value is last", () => {
  const given = asked({ measure: "count", by: [{ column: "n" }] }, column("n", "integer", ["", "10", "9", "9", "1"]));

  assert.deepEqual(said(given), [["9", "2", 2], ["1", "1", 1], ["10", "1", 1], [null, "1", 1]]);
});

test("bins are round, touch each other, and name values that are in them", () => {
  const ends = (kind, ...texts) => binsOf(column("a", kind, texts)).bins.slice(0, 2).map(({ low, high }) => [low, high]);

  assert.deepEqual(ends("integer", "-12", "130"), [["-20", "-11"], ["-10", "-1"]]);
  assert.deepEqual(ends("number", "0.05", "1.5"), [["0", "0.09"], ["0.1", "0.19"]]);
  assert.deepEqual(ends("date", "2024-01-20", "2025-06-01"), [["2024-01-01", "2024-01-31"], ["2024-02-01", "2024-02-29"]]);
  assert.deepEqual(ends("datetime", "2024-01-01T10:30", "2024-01-01T20:00"),
    [["2024-01-01T10:00:00", "2024-01-01T10:59:59.999999"], ["2024-01-01T11:00:00", "2024-01-01T11:59:59.999999"]]);
  assert.deepEqual(ends("datetime", "2024-01-01T10:30", "2024-01-20"),
    [["2024-01-01", "2024-01-01"], ["2024-01-02", "2024-01-02"]]);
});

test("the last hour of a day ends on the clock, as all others do", () => {
  const ends = (...texts) => binsOf(column("a", "datetime", texts)).bins.map(({ low, high }) => `${low} to ${high}`);

  assert.deepEqual(ends("2024-01-01T22:30", "2024-01-02T10:30").slice(1, 2),
    ["2024-01-01T23:00:00 to 2024-01-01T23:59:59.999999"]);
  assert.deepEqual(ends("1969-12-30T22:30", "1969-12-31T10:30").slice(1, 2),
    ["1969-12-30T23:00:00 to 1969-12-30T23:59:59.999999"]);
});

test("a summary counts under filters, beside the whole file", () => {
  const given = summary(column("t", "text", ["b", "a", "b", "", "c"]), Uint32Array.of(0, 1, 3));

  assert.deepEqual(given, { name: "t", kind: "text", rows: 3, filled: 2, distinct: 2,
    top: [{ value: "b", rows: 1, all: 2 }, { value: "a", rows: 1, all: 1 }, { value: "c", rows: 0, all: 1 }] });
});

test("a summary of numbers has bins over the whole file", () => {
  const given = summary(column("n", "integer", ["1", "2", "", "3"]), Uint32Array.of(2, 3));

  assert.deepEqual(given.bins.map(({ low, rows, all: whole }) => [low, rows, whole]), [["1", 0, 1], ["2", 0, 1], ["3", 1, 1]]);
  assert.deepEqual([given.filled, given.least, given.greatest], [1, "3", "3"]);
});

test("a column without a value has a summary", () => {
  assert.deepEqual(summary(column("n", "date", ["", ""]), all(2)), { name: "n", kind: "date", rows: 2, filled: 0, bins: [] });
});

test("numbers that a file holds as doubles are measured as they are written", () => {
  const doubles = { name: "a", kind: "number", length: 3, numbers: Float64Array.of(0.1, 0.2, NaN) };

  assert.equal(asked({ measure: "sum", of: "a", by: [] }, doubles).total.value, "0.3");
});
