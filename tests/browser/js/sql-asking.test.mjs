import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { column } from "../../../themes/civic/assets/js/explorer/engine/columns.js";
import { Asking } from "../../../themes/civic/assets/js/sql/asking.js";
import { Database } from "../../../themes/civic/assets/js/sql/database.js";
import { startSqlite } from "../../../themes/civic/assets/js/sql/wasm.js";

const FILE = new URL("../../../themes/civic/node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm", import.meta.url);
const wasm = await readFile(FILE).catch(() => null);
const when = { skip: wasm ? false : "the theme's packages are not installed; `make site` does it" };

const TREES = [
  column("id", "integer", ["1", "9007199254740993", null]),
  column("species", "text", ["oak", "élm 😀", null]),
  column("height", "number", ["1.5", "2.00", null]),
  column("planted", "date", ["2024-03-01", "1899-12-31", null]),
  column("seen", "datetime", ["2024-03-01T08:30:00", "2024-03-01T08:30:00.000001", null]),
  column("is_old", "boolean", ["true", "false", null]),
  column("year", "year", ["1999", "2024", null]),
];
const STREETS = [column("id", "integer", ["1", "2"]), column("name", "text", ["A", "B"])];
const outline = (title, columns, rows) => ({
  title, rows, columns: columns.map(({ name, kind }) => ({ name, type: kind === "text" ? "string" : kind })),
});

/** A dataset of trees and streets, and what was fetched of it. */
const anAsking = async ({ rows = 3 } = {}) => {
  const fetched = [];
  const data = [TREES, STREETS];
  const asking = new Asking(new Database(await startSqlite(wasm)), [
    { name: "trees", outline: outline("Trees", TREES, rows) }, { name: "streets", outline: outline("Streets", STREETS, 2) },
  ], async (place, names) => {
    fetched.push(`${place}: ${names}`);
    return new Map(names.map((name) => [name, data[place].find((each) => each.name === name)]));
  });
  return { asking, fetched };
};
const rowsOf = async (sql) => (await (await anAsking()).asking.answer(sql)).rows;
const kindOf = async (sql) => (await anAsking()).asking.answer(sql)
  .then(() => "answered", ({ kind, what }) => [kind, what].filter(Boolean).join(" "));

test("every kind of value comes back as it was", when, async () => {
  assert.deepEqual(await rowsOf("SELECT * FROM trees"), [
    [1, "oak", 1.5, "2024-03-01", "2024-03-01T08:30:00", 1, 1999],
    [9007199254740993n, "élm 😀", 2, "1899-12-31", "2024-03-01T08:30:00.000001", 0, 2024],
    [null, null, null, null, null, null, null],
  ]);
});

test("values have the type of their column", when, async () => {
  const sql = "SELECT typeof(id), typeof(species), typeof(height), typeof(planted), typeof(is_old) FROM trees LIMIT 1";

  assert.deepEqual(await rowsOf(sql), [["integer", "text", "real", "text", "integer"]]);
});

test("only the columns that a query names are fetched, and stay for the next one", when, async () => {
  const { asking, fetched } = await anAsking();
  await asking.answer("SELECT species FROM trees WHERE height > 1");
  await asking.answer("SELECT max(height) FROM trees");

  assert.deepEqual(fetched, ["0: species,height"]);
});

test("a column more is put beside those that are there", when, async () => {
  const { asking } = await anAsking();
  await asking.answer("SELECT height FROM trees");

  assert.deepEqual((await asking.answer("SELECT species, height FROM trees LIMIT 1")).rows, [["oak", 1.5]]);
});

test("rows can be counted without any column", when, async () => {
  const { asking, fetched } = await anAsking();

  assert.deepEqual((await asking.answer("SELECT count(*) FROM trees")).rows, [[3]]);
  assert.deepEqual(fetched, ["0: "]);
});

for (const join of ["NATURAL JOIN streets", "JOIN streets USING (id)", "a JOIN streets b ON a.id = b.id"]) {
  test(`the columns of a join are fetched: ${join}`, when, async () => {
    assert.deepEqual(await rowsOf(`SELECT count(*) FROM trees ${join}`), [[1]]);
  });
}

test("a common table and a subquery reach the columns below them", when, async () => {
  const sql = "WITH old AS (SELECT * FROM trees WHERE is_old) SELECT species FROM old WHERE id IN (SELECT id FROM streets)";

  assert.deepEqual(await rowsOf(sql), [["oak"]]);
});

for (const [sql, kind] of [
  ["INSERT INTO trees VALUES (1)", "refused write"],
  ["UPDATE trees SET id = 1", "refused write"],
  ["DELETE FROM trees", "refused write"],
  ["CREATE TABLE x (a)", "refused write"],
  ["CREATE TEMP VIEW x AS SELECT 1", "refused write"],
  ["ALTER TABLE trees RENAME TO x", "refused write"],
  ["CREATE VIRTUAL TABLE x USING fts5(a)", "refused write"],
  ["REINDEX", "refused write"],
  ["ANALYZE", "refused write"],
  ["VACUUM INTO 'x'", "refused write"],
  ["ATTACH ':memory:' AS x", "refused attach"],
  ["DETACH main", "refused attach"],
  ["PRAGMA writable_schema = 1", "refused pragma"],
  ["SAVEPOINT x", "refused transaction"],
  ["SELECT load_extension('x')", "sql"],
  ["SELECT 1; SELECT 2", "several"],
  ["SELECT 1; SELEC 2", "several"],
  ["", "empty"],
  [";", "empty"],
  ["-- only words", "empty"],
  ["SELECT 1; -- and no more", "answered"],
  ["EXPLAIN QUERY PLAN SELECT id FROM trees", "answered"],
  ["VALUES (1)", "answered"],
  ["PRAGMA table_info(trees)", "answered"],
  ["SELECT randomblob(100000000)", "memory"],
]) {
  test(`what a query may do: ${sql} is ${kind}`, when, async () => {
    assert.equal(await kindOf(sql), kind);
  });
}

test("a table of which not every row is looked at is named", when, async () => {
  const { asking } = await anAsking({ rows: 2_000_001 });
  const { seen } = await asking.answer("SELECT 1 FROM trees LIMIT 0");

  assert.deepEqual(seen, [{ title: "Trees", rows: 2_000_000, of: 2_000_001 }]);
});

test("a result ends at 10,000 rows and says that there are more", when, async () => {
  const numbers = (count) =>
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ${count}) SELECT i FROM n`;
  const { asking } = await anAsking();
  const [exactly, more] = [await asking.answer(numbers(10_000)), await asking.answer(numbers(10_001))];

  assert.deepEqual([exactly.rows.length, exactly.isCut, more.rows.length, more.isCut], [10_000, false, 10_000, true]);
});

test("a query past its time ends", when, async () => {
  const database = new Database(await startSqlite(wasm));
  database.deadline = 0;

  const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

  assert.throws(() => database.run(endless, () => () => true), { kind: "slow" });
});
