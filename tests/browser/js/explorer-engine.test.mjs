import assert from "node:assert/strict";
import { test } from "node:test";

import { column, columnOfDigits, joined, picked, textOf } from "../../../themes/civic/assets/js/explorer/engine/columns.js";
import { nearest, quotient } from "../../../themes/civic/assets/js/explorer/engine/decimals.js";
import { groupMayHold, selection } from "../../../themes/civic/assets/js/explorer/engine/filters.js";
import { byCodePoints, byText } from "../../../themes/civic/assets/js/explorer/engine/folding.js";
import { answer } from "../../../themes/civic/assets/js/explorer/engine/grouping.js";
import { sorted } from "../../../themes/civic/assets/js/explorer/engine/sorting.js";

const texts = (given) => Array.from({ length: given.length }, (_, row) => textOf(given, row));
const table = (...columns) => new Map(columns.map((each) => [each.name, each]));
const rowsOf = (given, ...filters) => [...selection(table(given), filters, given.length)];
const between = (low, high, name = "a") => ({ column: name, test: "between", low, high });
const is = (...values) => ({ column: "a", test: "is", values });
const all = (length) => Uint32Array.from({ length }, (_, row) => row);

test("a cell gives back its text, numbers in their shortest form", () => {
  const numbers = column("a", "number", ["1.50", "-0", "1e3", ".5", "", null]);

  assert.deepEqual(texts(numbers), ["1.5", "0", "1000", "0.5", null, null]);
  assert.deepEqual(texts(column("a", "boolean", ["TRUE", "0", ""])), ["true", "false", null]);
  assert.deepEqual(texts(column("a", "date", ["0001-01-01", "9999-12-31"])), ["0001-01-01", "9999-12-31"]);
  assert.deepEqual(texts(column("a", "time", ["10:00", "10:00:00.5"])), ["10:00:00", "10:00:00.500000"]);
});

test("digits beyond a double are kept", () => {
  const given = ["1234567890123456789012345678901234567890", "-9007199254740993", "9007199254740.993", `0.${"0".repeat(25)}1`];

  assert.deepEqual(given.map((text) => textOf(column("a", "number", [text]), 0)), given);
});

test("microseconds are kept on both sides of 1970, and far from it", () => {
  const given = ["1969-12-31T23:59:59.999999", "2024-02-29T12:00:00.000001", "9999-12-31T23:59:59.999999",
    "0001-01-01T00:00:00.000001"];

  assert.deepEqual(given.map((text) => textOf(column("a", "datetime", [text]), 0)), given);
});

test("moments keep the offset that all of them have", () => {
  assert.deepEqual(texts(column("a", "datetime", ["2024-01-01T10:00-04:00"])), ["2024-01-01T10:00:00-04:00"]);
});

test("moments of several offsets keep their texts, and go by their clocks", () => {
  const cells = ["2024-01-01T10:00-04:00", "", "2024-01-01T09:59Z", "2024-02-01T00:00-05:00"];
  const made = joined([column("a", "datetime", cells), column("a", "datetime", cells)]);

  assert.deepEqual(texts(made), [...cells, ...cells].map((text) => text || null));
  assert.deepEqual([...sorted(all(4), table(made), [{ column: "a", isDown: false }])], [2, 0, 3, 1]);
  assert.deepEqual(rowsOf(made, between("2024-01-01", "2024-01-01")), [0, 2, 4, 6]);
});

test("a column of which a cell is not of the kind is text", () => {
  assert.equal(column("a", "date", ["2024-02-28", "2023-02-29"]).kind, "text");
  assert.equal(column("a", "number", ["1", "n/a"]).kind, "text");
});

test("portions are put together, also where one alone needs more room", () => {
  const portions = [["1.5", ""], ["12345678901234567890"], ["0.25"]].map((each) => column("a", "number", each));

  assert.deepEqual(texts(joined(portions)), ["1.5", null, "12345678901234567890", "0.25"]);
  assert.deepEqual(texts(joined([["b", "a"], ["a", ""]].map((each) => column("a", "text", each)))), ["b", "a", "a", null]);
});

test("rows are picked in the order given", () => {
  assert.deepEqual(texts(picked(column("a", "text", ["x", "y", ""]), Uint32Array.of(2, 1, 1))), [null, "y", "y"]);
});

test("a quotient is rounded once", () => {
  assert.equal(quotient(1n, 3n), 1 / 3);
  assert.equal(quotient(9007199254740993n, 1n), 9007199254740992); // between two doubles: to the even one
  assert.equal(quotient(90071992547409930000000000000001n, 10000000000000000n), 9007199254740994);
  assert.equal(quotient(-2n, 3n), -2 / 3);
  assert.equal(quotient(0n, 7n), 0);
  assert.equal(nearest(3n, 1), 0.3);
});

test("values are the same however they are written", () => {
  assert.deepEqual(rowsOf(column("a", "number", ["1.50", "2", ""]), is("1.5")), [0]);
  assert.deepEqual(rowsOf(column("a", "number", ["1.50", "2", ""]), is("+2.000", "")), [1, 2]);
  assert.deepEqual(rowsOf(column("a", "number", ["1.50", "2"]), is("1.501")), []);
  assert.deepEqual(rowsOf(column("a", "datetime", ["2024-01-01T10:00:00"]), is("2024-01-01 10:00")), [0]);
});

test("a range has both of its ends, and no empty cells", () => {
  assert.deepEqual(rowsOf(column("a", "integer", ["3", "10", "11", ""]), between("3", "10")), [0, 1]);
  assert.deepEqual(rowsOf(column("a", "number", ["0.1", "0.2"]), between("0.10000000000000000001")), [1]);
  assert.deepEqual(rowsOf(column("a", "integer", ["9007199254740993", "9007199254740992"]), between("9007199254740993")), [0]);
});

test("a date as the end of moments takes the whole day in", () => {
  const given = column("a", "datetime", ["2024-01-01T00:00", "2024-01-02T23:59:59.999999", "2024-01-03T00:00"]);

  assert.deepEqual(rowsOf(given, between("2024-01-01", "2024-01-02")), [0, 1]);
});

test("the last moment of a day is before the next day, also where doubles are far apart", () => {
  const given = column("a", "datetime", ["9998-12-31T00:00", "9999-01-01T00:00"]);

  assert.deepEqual(rowsOf(given, between(undefined, "9998-12-31T23:59:59.999999")), [0]);
});

test("case and accents do not matter to what is contained", () => {
  const given = column("a", "text", ["Café", "cafe", "tea"]);

  assert.deepEqual(rowsOf(given, { column: "a", test: "contains", text: "CAFÉ" }), [0, 1]);
});

test("a filter of which nothing is understood lets every row pass", () => {
  const given = column("a", "date", ["2024-01-01", ""]);

  const filters = [between("soon"), { column: "b", test: "filled" }, is(), { column: "a", test: "like" }];

  assert.deepEqual(rowsOf(given, ...filters), [0, 1]);
});

test("points lie within bounds, also over the date line", () => {
  const longitude = column("x", "number", ["179", "-179", "0", ""]);
  const place = { longitude, latitude: column("y", "number", ["1", "1", "1", "1"]) };
  const within = (...bounds) => [...selection(new Map(), [{ column: "", test: "within", bounds }], 4, place)];

  assert.deepEqual(within(178, 0, -178, 2), [0, 1]);
  assert.deepEqual(within(-180, 0, 180, 1), [0, 1, 2]);
});

test("shapes are within bounds that their box touches", () => {
  const shapes = ['{"type":"Point","coordinates":[1,2]}', "POLYGON ((5 5, 9 5, 9 9, 5 5))", "nothing", ""];
  const geometry = column("s", "geometry", shapes);
  const within = (...bounds) => [...selection(new Map(), [{ column: "", test: "within", bounds }], 4, { geometry })];

  assert.deepEqual(within(0, 0, 1, 2), [0]);
  assert.deepEqual(within(8, 8, 20, 20), [1]);
});

test("groups are passed over only when they cannot hold a row", () => {
  const days = { kind: "date", rows: 9, empty: 0, least: "2024-01-01", greatest: "2024-01-31" };

  assert.equal(groupMayHold(days, between("2024-01-31")), true);
  assert.equal(groupMayHold(days, between("2024-02-01")), false);
  assert.equal(groupMayHold(days, { column: "a", test: "empty" }), false);
  assert.equal(groupMayHold({ kind: "text", rows: 9, least: "b", greatest: "d" }, is("a", "e")), false);
  assert.equal(groupMayHold({ kind: "text", rows: 9, least: "b", greatest: "d" }, is("b")), true);
  assert.equal(groupMayHold({ kind: "text", rows: 9, least: "b", greatest: "d" }, is("d")), true);
  assert.equal(groupMayHold({ kind: "text", rows: 9 }, is("a")), true);
  assert.equal(groupMayHold({ kind: "date", rows: 9, empty: 9 }, between("soon")), true);
  assert.equal(groupMayHold(undefined, is("a")), true);
});

test("a group of moments may hold a day that it begins in", () => {
  const moments = { kind: "datetime", rows: 9, empty: 0, least: "2024-01-31T12:00:00", greatest: "2024-02-03T12:00:00" };

  assert.equal(groupMayHold(moments, between("2024-01-01", "2024-01-31")), true);
  assert.equal(groupMayHold(moments, between("2024-01-01", "2024-01-30")), false);
});

test("rows are sorted with empty cells last in both directions, and equal rows as in the file", () => {
  const columns = table(column("a", "number", ["2", "", "-1", "2", "-0.5"]));

  assert.deepEqual([...sorted(all(5), columns, [{ column: "a", isDown: false }])], [2, 4, 0, 3, 1]);
  assert.deepEqual([...sorted(all(5), columns, [{ column: "a", isDown: true }])], [0, 3, 4, 2, 1]);
});

test("the first sort counts most", () => {
  const columns = table(column("a", "text", ["b", "a", "b", "a"]), column("b", "integer", ["1", "2", "3", "4"]));

  assert.deepEqual([...sorted(all(4), columns, [{ column: "a", isDown: false }, { column: "b", isDown: true }])], [3, 1, 2, 0]);
});

test("numbers that differ beyond a double are sorted", () => {
  const given = columnOfDigits("a", "integer", [10n ** 30n + 1n, 10n ** 30n, null, -(10n ** 30n)], 0);

  assert.deepEqual([...sorted(all(4), table(given), [{ column: "a", isDown: false }])], [3, 1, 0, 2]);
});

test("texts are in the order of letters first, then of code points", () => {
  assert.deepEqual(["b", "Á", "a", "á", "A"].sort(byText), ["A", "a", "Á", "á", "b"]);
  assert.deepEqual(["\u{1f600}", "\ufffd", "\ud800", "z"].sort(byCodePoints), ["z", "\ud800", "\ufffd", "\u{1f600}"]);
});

test("rows are sorted by code points, beyond the first plane too, where letters are equal", () => {
  const columns = table(column("a", "text", ["\u{1f600}", "\ufffd", "É", "e", "É"]));

  assert.deepEqual([...sorted(all(5), columns, [{ column: "a", isDown: false }])], [3, 2, 4, 1, 0]);
});

test("names and cells that mean something elsewhere are texts here", () => {
  const hostile = ["__proto__", "constructor", "<img src=x>", "=HYPERLINK(1)", "\u202eabc", "\ud800", "x".repeat(1_000_000)];
  const columns = table(column("__proto__", "text", [...hostile, "__proto__"]));
  const { rows, total } = answer({ measure: "count", by: [{ column: "__proto__" }] }, columns, all(8));

  assert.deepEqual(rows[0], { keys: ["__proto__"], value: "2", rows: 2 });
  assert.deepEqual(new Set(rows.map(({ keys: [key] }) => key)), new Set(hostile));
  assert.deepEqual(total, { value: "8", rows: 8 });
});
