import assert from "node:assert/strict";
import test from "node:test";

import { completion, example, nameFor } from "../../../themes/civic/assets/js/sql/completion.js";
import { tablesOf } from "../../../themes/civic/assets/js/sql/naming.js";

const column = (name, more = {}) => ({ name, type: "string", ...more });
const OF_TREES = [column("species"), column("days open"), column('a "b"')];
const TABLES = tablesOf([
  { name: "trees", outline: { title: "Trees", rows: 3, columns: OF_TREES } },
  { name: "service-requests", outline: { title: "Requests", rows: 9, columns: [column("status")] } },
]);
/** What is suggested at the mark "|". */
const suggested = (marked) => {
  const caret = marked.indexOf("|");
  return completion(marked.replace("|", ""), caret, TABLES)?.items.map(({ insert }) => insert);
};

test("a column comes before tables, words and functions that begin alike", () => {
  assert.deepEqual(suggested("SELECT s| FROM trees").slice(0, 2), ["species", '"service-requests"']);
});

test("after FROM and JOIN only tables are suggested", () => {
  assert.deepEqual(suggested("SELECT * FROM |"), ["trees", '"service-requests"']);
  assert.deepEqual(suggested("SELECT * FROM trees JOIN ser|"), ['"service-requests"']);
  assert.deepEqual(suggested("SELECT * FROM trees, |"), ["trees", '"service-requests"']);
});

test("after a point only columns are suggested", () => {
  assert.deepEqual(suggested("SELECT t.| FROM trees t"), ["species", '"days open"', '"a ""b"""']);
});

test("the columns are those of the tables that the query names", () => {
  assert.deepEqual(suggested('SELECT sta| FROM "service-requests"'), ["status"]);
});

test("a name whose quotes are open is completed with its quotes", () => {
  const sql = 'SELECT "days o';
  const found = completion(sql, sql.length, TABLES);

  assert.deepEqual([found.from, found.to, found.items[0].insert], [7, sql.length, '"days open"']);
});

test("nothing is suggested in texts and comments", () => {
  assert.equal(suggested("SELECT 'sp|"), undefined);
  assert.equal(suggested("SELECT 1 -- sp|"), undefined);
  assert.equal(suggested("SELECT /* sp| */ 1"), undefined);
});

test("an apostrophe in a quoted name opens no text", () => {
  assert.deepEqual(suggested(`SELECT "it's", spe| FROM trees`), ["species"]);
});

test("a word that is written out is suggested no more", () => {
  assert.deepEqual(suggested("SELECT species| FROM trees"), []);
});

test("only names that need quotes get them", () => {
  assert.deepEqual(["species", "Order", "2nd", "é", "a-b", "from"].map(nameFor),
    ["species", '"Order"', '"2nd"', '"é"', '"a-b"', '"from"']);
});

test("the first query counts by a column with codes", () => {
  const columns = [column("note"), column("status", { values: { O: "Open" } })];
  const [coded] = tablesOf([{ name: "t", outline: { title: "", rows: 1, columns } }]);

  assert.equal(example([coded]), 'SELECT status, count(*) AS "rows"\nFROM t\nGROUP BY status\nORDER BY "rows" DESC\nLIMIT 20');
});

test("of numbers alone the first query counts the rows", () => {
  const [numbers] = tablesOf([{ name: "t", outline: { title: "", rows: 1, columns: [column("n", { type: "integer" })] } }]);

  assert.equal(example([numbers]), 'SELECT count(*) AS "rows"\nFROM t');
});
