import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, documents, found, needsIndexes, opened, SHAPES } from "./asking_engine.mjs";

const LONG = "x".repeat(10_000);
const ODD = ["", " ", "?!…", "🚲🚲", "🚲 trees", "שלום עולם", "مرحبا", "\0", "a\0b", "(.*)+[", "\\", "\\d+$", "a|b", ":", "::", "topic:", 'topic:"', "\"", '""', '"""',
  "-", "*", "%00", "<script>", "${x}", "\u202etrees", "\ufeff", "\ud800", "trees\udfff", "e\u0301".repeat(50), "'", "''", "a'b'c'd", "topic:\0", "𠀀", "木", LONG, `"${LONG}"`,
  `topic:${LONG}`, `column:${LONG}`, "a ".repeat(5000), '"a" '.repeat(2000), "topic:a ".repeat(500), "trees:".repeat(2000), "👩‍👩‍👧‍👦".repeat(100)];

for (const name of ["city", "awkward", "large"].flatMap((name) => SHAPES.map((shape) => name + shape))) {
  test(`nothing that can be typed breaks the ${name}`, needsIndexes, async () => {
    const index = await opened(name);
    for (const question of ODD) {
      const { total, results } = await index.search(question, { near: true });

      assert.ok(results.length <= Math.min(10, total));
    }
  });

  test(`names that every object has are words like others in the ${name}`, needsIndexes, async () => {
    const index = await opened(name);
    for (const word of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"]) {
      const answers = [await index.search(`${word} `), await index.search(`${word}:x `), await index.search("", { filters: JSON.parse(`{"${word}": ["x"]}`) })];

      assert.equal(answers[2].total, 0);
      assert.deepEqual(answers.map(({ filters }) => Object.keys(filters)), [[], [], []]);
    }
  });
}

test("only punctuation asks for nothing, so all is listed", needsIndexes, async () => {
  assert.equal((await ask("city", "?!")).total, (await ask("city", "")).total);
});

for (const shape of SHAPES) {
  test(`any id is kept${shape}`, needsIndexes, async () => {
    const { results } = await ask(`awkward${shape}`, "thing ", { limit: 50 });
    const things = documents("awkward").filter(({ title }) => title.startsWith("Thing"));

    assert.deepEqual(results.map(({ id }) => id).sort(), things.map(({ id }) => id).sort());
    assert.deepEqual(results.map(({ url }) => url).sort(), things.map(({ url }) => url).sort());
  });

  test(`words that every object has find those who say them${shape}`, needsIndexes, async () => {
    assert.equal((await ask(`awkward${shape}`, "constructor ")).total, 11);
    assert.equal((await ask(`awkward${shape}`, "hasOwnProperty ")).total, 11);
  });

  test(`a title of many words is found by each and as a whole${shape}`, needsIndexes, async () => {
    assert.deepEqual(await found(`awkward${shape}`, "word499 "), ["long"]);
    assert.deepEqual(await found(`awkward${shape}`, documents("awkward").find(({ id }) => id === "long").title), ["long"]);
  });

  test(`twins come in one order, with one score but for which is named first${shape}`, needsIndexes, async () => {
    const [one, other] = [await ask(`awkward${shape}`, "twins ", { limit: 12 }), await ask(`awkward${shape}`, "twins ", { limit: 12 })];

    assert.deepEqual(one.results, other.results);
    assert.equal(one.total, 12);
  });

  test(`twins have one score${shape}`, needsIndexes, async () => {
    const { results } = await ask(`awkward${shape}`, "twins ", { limit: 10 });

    assert.equal(new Set(results.map(({ score }) => score)).size, 1);
  });

  test(`an index of nothing answers${shape}`, needsIndexes, async () => {
    const index = await opened(`nothing${shape}`);

    assert.deepEqual((await index.search("")).results, []);
  });

  test(`an index of nothing knows no word${shape}`, needsIndexes, async () => {
    const index = await opened(`nothing${shape}`);
    for (const question of ["trees", "trees ", "tr", '"street trees"', "topic:a", "column:a"]) assert.equal((await index.search(question)).total, 0);
  });

  test(`a facet that there is not has no counts${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(`nothing${shape}`, "", { facets: ["topic"] })).facets, { topic: [] });
  });

  test(`an index of short words knows that a long one is none of them${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(`short${shape}`, "yellow ")).unknown, ["yellow"]);
  });

  test(`what has no title is found${shape}`, needsIndexes, async () => {
    assert.deepEqual((await found(`untitled${shape}`, "trees ")).sort(), ["trees", "untitled"]);
  });
}
