import assert from "node:assert/strict";
import { test } from "node:test";

import { cut, finished, isEmpty, queryFor, stateFrom, toggled, unfiltered } from "../../../themes/civic/assets/js/search-page/state.js";

const FACETS = ["topic", "publisher", "format"];
const aState = (given = {}) => ({ asked: "oak", filters: {}, sort: "", ...given });

test("the state is in the address and comes back from it", () => {
  const state = aState({ asked: "oak & elm", filters: { topic: ["parks", "streets"], format: ["csv"] }, sort: "updated" });

  assert.equal(queryFor(state), "?q=oak+%26+elm&topic=parks&topic=streets&format=csv&sort=updated");
  assert.deepEqual(stateFrom(queryFor(state), FACETS), state);
});

test("an address of nothing is empty, and what is not known in it is left out", () => {
  assert.equal(queryFor(aState({ asked: "  " })), "");
  assert.deepEqual(stateFrom("?color=red&topic=&sort=size", FACETS), { asked: "", filters: {}, sort: "" });
});

test("the address of a filtered list leads to the same filters", () => {
  assert.deepEqual(stateFrom("?q=oak&topic=parks", FACETS), aState({ filters: { topic: ["parks"] } }));
});

test("a filter alone asks for something", () => {
  assert.equal(isEmpty(aState({ asked: " " })), true);
  assert.equal(isEmpty(aState({ asked: "", filters: { topic: ["parks"] } })), false);
});

test("a filter is added to its like, and taken away again", () => {
  const one = toggled(aState(), {}, "topic", "parks");
  const both = toggled(one, one.filters, "topic", "streets");

  assert.deepEqual(both.filters, { topic: ["parks", "streets"] });
  assert.deepEqual(toggled(both, both.filters, "topic", "parks").filters, { topic: ["streets"] });
  assert.deepEqual(toggled(one, one.filters, "topic", "parks").filters, {});
});

test("a filter that was typed is taken away where it was typed", () => {
  const state = aState({ asked: 'oak topic:"city parks" street' });
  const after = toggled(state, { topic: ["city-parks"] }, "topic", "city-parks");

  assert.deepEqual(after, aState({ asked: "oak street" }));
});

test("of a typed filter that means two values, the other one stays", () => {
  const after = toggled(aState({ asked: "topic:st oak" }), { topic: ["streets", "storms"] }, "topic", "storms");

  assert.deepEqual(after, aState({ filters: { topic: ["streets"] } }));
});

test("only a whole name before the colon is a filter", () => {
  assert.equal(unfiltered(aState({ asked: "subtopic:a Topic:b c" }), ["topic"]).asked, "subtopic:a c");
});

test("a question without filters keeps its words and its order", () => {
  const state = aState({ asked: "oak format:csv", filters: { topic: ["parks"] }, sort: "name" });

  assert.deepEqual(unfiltered(state, FACETS), aState({ sort: "name" }));
});

test("a filter that is half typed is not asked for, and the words before it are", () => {
  const asked = ["oak topic:", 'oak Topic:"', "topic:", "oak subtopic:", "oak topic:p"];

  assert.deepEqual(asked.map((each) => finished(aState({ asked: each }), FACETS).asked), [
    "oak", "oak", "", "oak subtopic:", "oak topic:p",
  ]);
});

test("a question is no longer than the box", () => {
  assert.equal(cut("oak ".repeat(200)).length, 300);
  assert.equal(stateFrom(`?q=${"oak+".repeat(200)}`, FACETS).asked.length, 300);
});
