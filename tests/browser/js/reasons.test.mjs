import assert from "node:assert/strict";
import { test } from "node:test";

import { isTitled, reasons } from "../../../themes/civic/assets/js/search-page/reasons.js";

const DAYS_OPEN = { id: "x/days_open", kind: "column", url: "", title: "Calendar days open", text: "Until it is closed", about: "", detail: "days_open", updated: "" };
const TYPE = { ...DAYS_OPEN, title: "request type", text: "Bulky item, Pothole repair, Street light", detail: "request_type" };
const aResult = (...matched) => ({ id: "x", kind: "dataset", url: "/data/x/", title: "Service requests", text: "Every request", about: "Public Works", detail: "CSV", updated: "", score: 1, matched });
const aMatch = (word, place, part) => ({ word, forms: [word, `${word}s`], in: place, ...(part ? { part } : {}) });
const namesOf = (result, meant = {}) => reasons(result, meant).map((reason) => reason.name);

test("what can be seen needs no reason", () => {
  assert.deepEqual(namesOf(aResult(aMatch("request", "title"), aMatch("work", "about"), aMatch("csv", "about"))), []);
});

test("a keyword, a description and other words are named", () => {
  const result = aResult(aMatch("pothole", "keywords"), aMatch("asphalt", "description"), aMatch("garbage", "otherwise"));

  assert.deepEqual(namesOf(result), ["keywords", "description", "otherwise"]);
});

test("a column is named by its title and its name", () => {
  const [reason] = reasons(aResult(aMatch("calendar", "columns", DAYS_OPEN)), {});

  assert.deepEqual(reason, { name: "columns", words: ["calendar"], title: "Calendar days open", code: "days_open" });
});

test("a column whose title is its name is named once", () => {
  const [reason] = reasons(aResult(aMatch("type", "columns", TYPE)), {});

  assert.equal(reason.title, "");
  assert.equal(isTitled({ title: "request type", detail: "RequestType" }), false);
  assert.equal(isTitled(DAYS_OPEN), true);
});

test("a value is shown as it stands in its column", () => {
  const [reason] = reasons(aResult(aMatch("pothole", "values", TYPE)), {});

  assert.deepEqual(reason.words, ["Pothole repair"]);
});

test("a value that the column does not show is named by the word alone", () => {
  const [reason] = reasons(aResult(aMatch("graffiti", "values", TYPE)), {});

  assert.deepEqual(reason.words, ["graffiti"]);
});

test("a second word of another column is not said of the first", () => {
  const result = aResult(aMatch("calendar", "columns", DAYS_OPEN), aMatch("zone", "columns"));

  assert.deepEqual(namesOf(result), ["columns", "among-columns"]);
});

test("a column that is found by its values says so", () => {
  assert.deepEqual(namesOf({ ...aResult(aMatch("pothole", "values")), kind: "column" }), ["among-values"]);
});

test("words with the same reason share it, and there are three reasons at most", () => {
  const words = ["a1", "b2", "c3"].map((word) => aMatch(word, "keywords"));
  const result = aResult(...words, aMatch("d", "description"), aMatch("e", "otherwise"), aMatch("f", "values"));

  assert.deepEqual(reasons(result, {})[0].words, ["a1", "b2", "c3"]);
  assert.equal(reasons(result, {}).length, 3);
});

test("what was cut off a long sentence counts as its description", () => {
  assert.deepEqual(namesOf(aResult(aMatch("asphalt", "text"))), ["description"]);
});

test("a mistyped word is named as it was understood", () => {
  const [reason] = reasons(aResult(aMatch("potole", "keywords")), { potole: "pothole" });

  assert.deepEqual(reason.words, ["pothole"]);
});

test("a word that every object has a property of is named as it was typed", () => {
  const [reason] = reasons(aResult(aMatch("constructor", "keywords")), {});

  assert.deepEqual(reason.words, ["constructor"]);
});
