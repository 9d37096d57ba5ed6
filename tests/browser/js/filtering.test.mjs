import assert from "node:assert/strict";
import { test } from "node:test";

import { countsOf, folded, matches, queryFor, toggled, wantedFrom, wordsOf } from "../../../themes/civic/assets/js/filtering.js";

const TREES = { text: folded("Street trees: every oak"), lists: new Set(["topic/parks", "format/csv", "format/shp", "freshness/late"]) };
const BUDGET = { text: folded("City budget"), lists: new Set(["topic/money", "format/csv", "freshness/on-time"]) };
const ROWS = [TREES, BUDGET];

const wanted = (question, ...lists) => ({
  words: wordsOf(question),
  chosen: new Map(lists.map((list) => [list.split("/")[0], list])),
});

test("case and accents do not matter", () => {
  assert.equal(folded("Bogotá ÉCOLE"), "bogota ecole");
});

test("every word must be found, as part of a word too", () => {
  assert.equal(matches(TREES, wanted("tree STR")), true);
  assert.equal(matches(TREES, wanted("tree budget")), false);
});

test("an empty question finds everything", () => {
  assert.equal(matches(BUDGET, wanted("  ")), true);
});

test("filters of different kinds hold together", () => {
  assert.equal(matches(TREES, wanted("", "topic/parks", "format/shp")), true);
  assert.equal(matches(BUDGET, wanted("", "topic/money", "format/shp")), false);
});

test("picking a filter replaces the one of its kind, and picking it again takes it away", () => {
  const one = toggled(new Map(), "topic/parks");
  const other = toggled(one, "topic/money");

  assert.deepEqual([...other.values()], ["topic/money"]);
  assert.deepEqual([...toggled(other, "topic/money").values()], []);
  assert.deepEqual([...one.values()], ["topic/parks"]);
});

test("the state is in the address and comes back from it", () => {
  const query = queryFor(" oak & elm ", new Map([["format", "format/csv"], ["topic", "topic/parks"]]));
  const back = wantedFrom(query);

  assert.equal(query, "?q=oak+%26+elm&topic=parks&format=csv");
  assert.deepEqual(back.words, ["oak", "&", "elm"]);
  assert.deepEqual([...back.chosen.values()], ["topic/parks", "format/csv"]);
});

test("an address without a state has none, and a state of nothing has no query", () => {
  assert.deepEqual(wantedFrom("?unknown=1"), { words: [], chosen: new Map() });
  assert.equal(queryFor("  ", new Map()), "");
});

test("counts say what each filter would leave beside the others", () => {
  const counts = countsOf(ROWS, wanted("", "topic/parks"));

  assert.equal(counts.get("topic/money"), 1);
  assert.equal(counts.get("format/csv"), 1);
  assert.equal(counts.get("freshness/on-time"), undefined);
});
