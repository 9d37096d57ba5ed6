import assert from "node:assert/strict";
import test from "node:test";

import { askedFrom, queryFor } from "../../../themes/civic/assets/js/sql/address.js";
import { drawable } from "../../../themes/civic/assets/js/sql/charting.js";
import { csvOf, jsonOf } from "../../../themes/civic/assets/js/sql/exporting.js";
import { faultText, hintText, placeOf } from "../../../themes/civic/assets/js/sql/faults.js";
import { refusal } from "../../../themes/civic/assets/js/sql/guard.js";
import { shownText, wholeText } from "../../../themes/civic/assets/js/sql/result.js";
import { creation, distinct, tablesOf } from "../../../themes/civic/assets/js/sql/naming.js";

const said = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;
const fault = (more) => ({ kind: "sql", message: "", what: "", offset: -1, ...more });

test("names that SQLite cannot tell apart get numbers, and others stay", () => {
  assert.deepEqual(distinct(["id", "ID", "Id_2", "É", "é", "", "\0"]),
    ["id", "ID_2", "Id_2_2", "É", "é", "unnamed", "unnamed_2"]);
  assert.deepEqual(distinct(["__proto__", "constructor", "__proto__"]), ["__proto__", "constructor", "__proto___2"]);
});

test("a table has a column for each of its file, typed for SQLite", () => {
  const types = { "a\"b": "string", n: "integer", x: "number", day: "date", yes: "boolean" };
  const columns = Object.entries(types).map(([name, type]) => ({ name, type }));
  const [table] = tablesOf([{ name: "sqlite_t", outline: { title: "", rows: 0, columns } }]);

  assert.equal(creation(table), 'CREATE TABLE "t_sqlite_t" ("a""b" TEXT, "n" INTEGER, "x" REAL, "day" TEXT, "yes" INTEGER)');
});

for (const [action, first, second, expected] of [
  [20, "t", "c", null], [21, "", "", null], [33, "", "", null], [31, "", "sum", null], [19, "table_info", "t", null],
  [9, "t", "", "write"], [2, "t", "", "write"], [24, "x", "", "attach"], [19, "query_only", "0", "pragma"],
  [22, "BEGIN", "", "transaction"], [31, "", "load_extension", "extension"], [99, "", "", "write"],
]) {
  test(`only reading is allowed: action ${action} of ${first} ${second} is refused as ${expected}`, () => {
    assert.equal(refusal(action, first, second), expected);
  });
}

test("the place of a fault counts letters, not bytes", () => {
  assert.deepEqual(placeOf("SELECT 'é😀',\n nope", 19), { index: 16, line: 2, character: 3 });
  assert.equal(placeOf("SELECT", -1), null);
});

test("a fault is said with its place where that is known", () => {
  assert.equal(faultText(fault({ message: "no such column: x", offset: 7 }), "SELECT x", said),
    'fault-place {"reason":"No such column: x","line":1,"character":8}');
  assert.equal(faultText(fault({ message: "out of range" }), "SELECT x", said), 'fault-sql {"reason":"Out of range"}');
  assert.equal(faultText(fault({ kind: "refused", what: "pragma", message: "user_version" }), "", said),
    'refused-pragma {"name":"user_version"}');
});

test("where a name is not known, it is said which there are and how names are written", () => {
  const tables = [{ called: "trees" }, { called: "old trees" }];
  const hint = (more) => hintText(fault(more), tables, said);

  assert.equal(hint({ message: "no such table: tree" }), 'hint-table {"tables":"trees, \\"old trees\\""}');
  assert.equal(hint({ message: "no such column: x" }), 'hint-column {"tables":"trees, \\"old trees\\""}');
  assert.equal(hint({ message: 'near "x": syntax error' }), "");
  assert.equal(hint({ kind: "refused", message: "no such table: x" }), "");
});

test("fractions are read with six digits that count, and the files have all", () => {
  const cells = [12.333333333333334, 0.1 + 0.2, 0.000012345678, -2.5, 9007199254740993n, 1e300, Infinity, null, "1.23456789"];

  assert.deepEqual(cells.map((cell) => shownText(cell, "en")),
    ["12.333333", "0.3", "0.0000123457", "-2.5", "9007199254740993", "1e+300", "Infinity", "", "1.23456789"]);
  assert.equal(csvOf(["a"], [[12.333333333333334]]), "a\r\n12.333333333333334\r\n");
});

test("an address leads back to the same query", () => {
  const asked = { dataset: "trees", file: "a&b", sql: "SELECT 'é' || \"x\"\n-- 100% + 1" };

  assert.deepEqual(askedFrom(queryFor(asked)), asked);
});

test("CSV has quotes where they must be, and nothing for no value", () => {
  assert.equal(csvOf(["a", 'b"'], [["x,y", null], [9007199254740993n, "two\nlines"]]),
    'a,"b"""\r\n"x,y",\r\n9007199254740993,"two\nlines"\r\n');
});

test("JSON keeps every digit and every column, whatever it is called", () => {
  assert.equal(jsonOf(["n", "n", "__proto__"], [[9007199254740993n, null, 1.5], [1, "a\"", Infinity]]),
    '[{"n":9007199254740993,"n_2":null,"__proto__":1.5},\n{"n":1,"n_2":"a\\"","__proto__":null}]\n');
});

test("texts against numbers are drawn, dates in the order of time", () => {
  const result = { names: ["month", "n"], rows: [["2024-02", 2], ["2024-01", 1]], isCut: false, seen: [] };
  const { answer } = drawable(result);

  assert.deepEqual(answer.question.by, [{ column: "month", per: "month" }]);
  assert.deepEqual(answer.rows.map(({ keys: [key], value }) => [key, value]), [["2024-01", "1"], ["2024-02", "2"]]);
});

test("numbers are read in the reader's language, not grouped, and all their digits can be read", () => {
  const cells = [12.333333333333334, 2024, 1234567.5, "1.5"];

  assert.deepEqual(cells.map((cell) => shownText(cell, "de")), ["12,333333", "2024", "1234567,5", "1.5"]);
  assert.deepEqual(cells.map((cell) => wholeText(cell, "de")), ["12,333333333333334", "2024", "1234567,5", "1.5"]);
});

/** The groups of a chart of two columns, and what they are by. */
function groupsOf(...rows) {
  const { answer } = drawable({ names: ["k", "n"], rows, isCut: false, seen: [] });
  return { by: answer.question.by[0], groups: answer.rows.map(({ keys: [key], value, rows: count }) => [key, value, count]) };
}

test("missing periods between those of a result are gaps", () => {
  assert.deepEqual(groupsOf(["2024-01", 2], ["2024-03", 1], ["2024-04", 5]).groups,
    [["2024-01", "2", 1], ["2024-02", null, 0], ["2024-03", "1", 1], ["2024-04", "5", 1]]);
  assert.deepEqual(groupsOf(["2020-W52", 2], ["2021-W01", 1]).groups.map(([key]) => key), ["2020-W52", "2020-W53", "2021-W01"]);
});

test("rows without a period come after those that have one", () => {
  assert.deepEqual(groupsOf([null, 9], ["2024-Q2", 1], ["2024-Q1", 5]).groups.map(([key]) => key),
    ["2024-Q1", "2024-Q2", null]);
});

test("what is called like a period and is none is a text", () => {
  assert.deepEqual(groupsOf(["2024-12", 2], ["2024-13", 1]).by, { column: "k" });
  assert.deepEqual(groupsOf(["2024-W00", 2], ["2024-W01", 1]).by, { column: "k" });
});

test("where all columns are numbers, the first one is what is counted by; years follow one another", () => {
  assert.deepEqual(groupsOf([3, 10], [1, 20]), { by: { column: "k" }, groups: [["3", "10", 1], ["1", "20", 1]] });
  assert.deepEqual(groupsOf([2024n, 10], [2022n, 20]), { by: { column: "k", per: "year" },
    groups: [["2022", "20", 1], ["2023", null, 0], ["2024", "10", 1]] });
});

test("periods too far apart are drawn without those between, and the chart says so", () => {
  const { answer } = drawable({ names: ["k", "n"], rows: [["0001-01-01", 1], ["2024-01-01", 2]], isCut: false, seen: [] });

  assert.deepEqual([answer.rows.length, answer.isComplete], [2, false]);
});

test("what has no one value a group is not drawn", () => {
  const result = (rows) => ({ names: ["k", "n"], rows, isCut: false, seen: [] });

  assert.equal(drawable(result([["a", 1], ["a", 2]])), null);
  assert.equal(drawable(result([["a", "b"], ["c", "d"]])), null);
  assert.equal(drawable(result([["a", 1]])), null);
});
