import assert from "node:assert/strict";
import { test } from "node:test";

import { meaning, numberShown, shown, sizeShown } from "../../../themes/civic/assets/js/explorer/format.js";
import { choices, columnsFrom } from "../../../themes/civic/assets/js/explorer/grid/column-picker.js";
import { filterFrom, isTurned, sentence, testsOf, withFilter } from "../../../themes/civic/assets/js/explorer/grid/filtering.js";
import { directionOf, directionWord, next, withDirection } from "../../../themes/civic/assets/js/explorer/grid/sorting.js";
import { cut, isolated, tabbed, visible } from "../../../themes/civic/assets/js/explorer/grid/texts.js";

const say = (key, values = {}) => [key, ...Object.values(values)].join(" ").replace(/[\u2068\u2069]/g, "");
const filled = (test, fields) => filterFrom("a", test, { values: [], text: "", low: "", high: "", ...fields });
const plain = (text) => text.replace(/[\u202f\u00a0]/g, " ");

test("numbers are written as the reader's language writes them, with all their digits", () => {
  assert.deepEqual(["1234567.50", "12345678901234567890.12", "-3", "0.000"].map((raw) => numberShown(raw, "en")),
    ["1,234,567.50", "12,345,678,901,234,567,890.12", "-3", "0.000"]);
  assert.deepEqual([numberShown("1234567.5", "de"), plain(numberShown("1234567.5", "fr"))], ["1.234.567,5", "1 234 567,5"]);
});

test("what is no plain number stays as it is", () => {
  const given = ["1e5", "NaN", "", "n/a", `0.${"1".repeat(30)}`];

  assert.deepEqual(given.map((raw) => numberShown(raw, "en")), given);
});

test("dates, moments and times are written as the page writes its own, on the clock of the file", () => {
  const written = (type, raw) => shown(raw, { type }, "en");

  assert.equal(written("date", "2024-07-09"), "9 July 2024");
  assert.equal(written("datetime", "2024-07-09"), "9 July 2024");
  assert.equal(written("datetime", "2024-07-09T23:05:00"), "9 July 2024, 23:05");
  assert.equal(written("datetime", "2024-07-09 23:05:07.123456Z"), "9 July 2024, 23:05:07 UTC");
  assert.equal(written("datetime", "2024-07-09T23:05:00-04:00"), "9 July 2024, 23:05 -04:00");
  assert.equal(written("time", "08:30:00"), "08:30");
});

test("years, codes and what cannot be read stay as they are", () => {
  assert.equal(shown("2024", { type: "year" }, "en"), "2024");
  assert.equal(shown("1000", { type: "integer", values: { 1000: "North" } }, "en"), "1000");
  assert.deepEqual(["", "soon", "12024-01-01", "2024-13-45"].map((raw) => shown(raw, { type: "date" }, "en")), ["", "soon", "12024-01-01", "2024-13-45"]);
  assert.equal(shown(null, { type: "number" }, "en"), "");
});

test("only what the dictionary says is a meaning", () => {
  const values = JSON.parse('{"3": "In progress", "__proto__": "odd"}');

  assert.deepEqual(["3", "__proto__", "constructor", null].map((raw) => meaning(raw, { values })), ["In progress", "odd", "", ""]);
  assert.equal(meaning("3", {}), "");
});

test("sizes are written as the pages write them", () => {
  assert.deepEqual([1_234, 28_400_000, 512_000].map((bytes) => sizeShown(bytes, "en")), ["1.2 kB", "28 MB", "512 kB"]);
});

test("what cannot be seen is shown by its name", () => {
  assert.equal(visible("a\u202eb\u2066c\u0000d\u200be\u{e0041}"), "a[U+202E]b[U+2066]c␀d[U+200B]e[U+E0041]");
  assert.equal(visible("one\ntwo\tthree\r"), "one↵two⇥three␍");
  assert.equal(visible("\ud800x"), "[U+D800]x");
});

test("lines are kept where there is room for them", () => {
  assert.equal(visible("one\r\ntwo\u202e", true), "one\ntwo[U+202E]");
});

test("letters of any script, marks and pictures stay as they are", () => {
  const text = "Łódź שלום مرحبا नमस्ते 👩‍👩‍👧 é";

  assert.equal(visible(text), text);
});

test("a text is cut, but no character of it in half", () => {
  assert.deepEqual([cut("abc", 3), cut("abcd", 3), cut("ab👍d", 3)], ["abc", "abc…", "ab…"]);
  assert.equal(cut("x".repeat(1_000_000)).length, 501);
});

test("a value in a sentence turns nothing around it", () => {
  assert.equal(isolated("a\u202e"), "\u2068a[U+202E]\u2069");
});

test("cells are copied with tabs between, and quoted where they have to be", () => {
  assert.equal(tabbed([["a", "b\tc", null], ['say "x"', "two\nlines", "=1+1"]]), 'a\t"say ""x"""\n"b\tc"\t"two\nlines"\n\t=1+1');
  assert.equal(tabbed([]), "");
});

test("a column is filtered by what its type allows, and a coded one by its codes first", () => {
  const types = ["string", "boolean", "integer", "date", "geometry", "unheard", "constructor"];

  assert.deepEqual(types.map((type) => testsOf({ type })[0]), ["contains", "is", "between", "between", "empty", "empty", "empty"]);
  assert.deepEqual(testsOf({ type: "integer", values: { 1: "one" } }), ["is", "between", "empty", "filled"]);
  assert.deepEqual(testsOf({ type: "date", values: { 1: "one" } }), ["between", "empty", "filled"]);
});

test("a form that says nothing is no filter", () => {
  assert.deepEqual(["is", "contains", "between"].map((test) => filled(test, { text: "  " })), [null, null, null]);
});

test("a form becomes the filter that it says", () => {
  assert.deepEqual(filled("is", { values: ["x", "", "x"] }), { column: "a", test: "is", values: ["x", ""] });
  assert.deepEqual(filled("contains", { text: " tree " }), { column: "a", test: "contains", text: "tree" });
  assert.deepEqual(filled("between", { high: "7" }), { column: "a", test: "between", high: "7" });
  assert.deepEqual(filled("empty", { text: "x" }), { column: "a", test: "empty" });
});

test("ends of a range that stand the wrong way round are noticed", () => {
  assert.deepEqual([["10", "9"], ["9", "10"], ["", "9"]].map(([low, high]) => isTurned({ type: "number" }, low, high)), [true, false, false]);
  assert.equal(isTurned({ type: "date" }, "2024-02-01", "2024-01-31"), true);
  assert.equal(isTurned({ type: "datetime" }, "2024-01-31T12:00", "2024-01-31"), false);
});

test("a column's new filter takes the place of its old ones", () => {
  const filters = ["b", "a", "c", "a"].map((column) => ({ column, test: "empty" }));
  const made = { column: "a", test: "filled" };

  assert.deepEqual(withFilter(filters, "a", made).map(({ column, test }) => `${column} ${test}`), ["b empty", "a filled", "c empty"]);
  assert.deepEqual(withFilter(filters, "a", null).length, 2);
});

test("a filter reads as a sentence", () => {
  const status = { name: "status", title: "Status", type: "string", values: { 3: "In progress" } };
  const says = (filter) => sentence({ column: "status", ...filter }, status, "en", say);

  assert.equal(says({ test: "is", values: ["3", ""] }), "filter-is Status coded 3 In progress or no-value");
  assert.equal(says({ test: "is", values: [..."abcdefg"] }), "filter-is Status a, b, c, d, or +3");
  assert.equal(says({ test: "contains", text: "tree" }), "filter-contains Status tree");
  assert.equal(says({ test: "between", low: "1" }), "filter-low Status 1");
  assert.equal(says({ test: "between", high: "1" }), "filter-high Status 1");
  assert.equal(says({ test: "between", low: "1", high: "2" }), "filter-between Status 1 2");
  assert.equal(says({ test: "between", low: "1", high: "1" }), "filter-is Status 1");
  assert.equal(says({ test: "filled" }), "filter-filled Status");
  assert.equal(sentence({ column: "", test: "within", bounds: [0, 0, 1, 1] }, undefined, "en", say), "filter-within");
});

test("only the part of the map reads as such, not a filter on a column that is not there", () => {
  const says = (filter) => sentence({ column: "gone", ...filter }, undefined, "en", say);

  assert.equal(says({ test: "within", bounds: [0, 0, 1, 1] }), "filter-within");
  assert.equal(says({ test: "empty" }), "filter-empty gone");
  assert.equal(says({ test: "is", values: ["3"] }), "filter-is gone 3");
});

test("a header's button sorts up, then down, then not at all", () => {
  const [one, two, three] = [next("none"), next("ascending"), next("descending")];

  assert.deepEqual([one, two, three], ["ascending", "descending", "none"]);
});

test("a column is sorted by alone, or after the others", () => {
  const sorts = [{ column: "a", isDown: false }];

  assert.deepEqual(withDirection(sorts, "b", "descending", false), [{ column: "b", isDown: true }]);
  assert.deepEqual(withDirection(sorts, "b", "ascending", true), [...sorts, { column: "b", isDown: false }]);
  assert.deepEqual(withDirection(sorts, "a", "descending", true), [{ column: "a", isDown: true }]);
  assert.deepEqual(withDirection(sorts, "a", "none", true), []);
  assert.deepEqual(["a", "b"].map((name) => directionOf(sorts, name)), ["ascending", "none"]);
});

test("an order is named by what is sorted", () => {
  assert.deepEqual([directionWord("date", true), directionWord("number", false), directionWord("any", true)],
    ["sort-time-down", "sort-number-up", "sort-text-down"]);
});

test("columns that are shown stand first among the choices, in their order", () => {
  assert.deepEqual(choices(["a", "b", "c"], ["c", "gone", "a"]).map(({ name, isShown }) => `${name} ${isShown}`), ["c true", "a true", "b false"]);
});

test("all columns in the order of the file need no word in the address", () => {
  const chosen = (...names) => names.map((name) => ({ name, isShown: true }));

  assert.deepEqual([columnsFrom(chosen("a", "b"), ["a", "b"]), columnsFrom(chosen("b", "a"), ["a", "b"])], [null, ["b", "a"]]);
});
