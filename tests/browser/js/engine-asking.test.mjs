import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, datasets, documents, found, needsIndexes, opened, SHAPES } from "./asking_engine.mjs";

for (const shape of SHAPES) {
  const city = `city${shape}`;
  const of = (question, options) => found(city, question, options);

  test(`words in quotation marks stand side by side${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of('"street trees"'), ["street-trees"]);
    assert.deepEqual(await of('"trees street"'), []);
    assert.deepEqual(await of('"solid waste tonnage"'), ["solid-waste-tonnage"]);
  });

  test(`a phrase may have a word that says nothing${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of('"tree of heaven"'), ["tree-of-heaven"]);
    assert.deepEqual(await of('"tree heaven"'), []);
    assert.deepEqual(await of('"what the police"'), ["crime-incidents"]);
    assert.deepEqual(await of('"is who"'), ["who-is-who"]);
  });

  test(`a phrase with a word that nobody knows is nowhere${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of('"street xyzzy"'), []);
    assert.deepEqual(await of('"xyzzy"'), []);
  });

  test(`a phrase never runs from one text into the next${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of('"trees every"'), []);
    assert.deepEqual(await of('"forest every"'), []);
  });

  test(`a phrase stands beside other words and other phrases${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of('"fire department" calls'), ["incidents-of-fire-and-crime"]);
    assert.deepEqual(await of('"fire department" "street trees"'), []);
    assert.deepEqual(await of('"fire department" "calls to"'), ["incidents-of-fire-and-crime"]);
  });

  test(`a phrase knows other forms of its words${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of('"streets tree"'), ["street-trees"]);
  });

  test(`quotation marks that do not close or hold nothing are left out${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of('"street trees '), await of("street trees "));
    assert.deepEqual(await of('"" tonnage '), ["solid-waste-tonnage"]);
    assert.deepEqual(await of('"—" tonnage '), ["solid-waste-tonnage"]);
  });

  test(`a facet and a colon narrow what is found${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("crime topic:safety format:pdf"), ["crime"]);
    assert.deepEqual(await of("publisher:parks"), ["street-trees"]);
    assert.deepEqual(await of("tree publisher:police "), []);
    assert.deepEqual(await of('publisher:"streets-department"'), ["bicycle-lanes"]);
    assert.deepEqual(await of("Topic:NATURE format:json"), ["street-trees"]);
  });

  test(`two values of one facet are either, two facets are both${shape}`, needsIndexes, async () => {
    assert.deepEqual((await of("topic:schools topic:people")).sort(), ["people-by-household", "who-is-who", "écoles-élémentaires"]);
    assert.deepEqual(await of("topic:nature topic:streets format:csv publisher:streets"), ["bicycle-lanes"]);
  });

  test(`a filter says which values are in force${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(city, "topic:streets", { filters: { format: ["csv"] } })).filters, { format: ["csv"], topic: ["streets"] });
  });

  test(`a value that there is not finds nothing${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("topic:xyzzy"), []);
    assert.deepEqual(await of("", { filters: { topic: ["xyzzy"] } }), []);
  });

  test(`filters that are given narrow like those that are typed${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("crime ", { filters: { topic: ["safety"], format: ["pdf"] } }), await of("crime topic:safety format:pdf "));
    assert.deepEqual(await of("tree ", { filters: { topic: [] } }), await of("tree "));
  });

  test(`a filter by what nothing is told apart by finds nothing, an empty one all${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("tree ", { filters: { color: ["green"] } }), []);
    assert.deepEqual(await of("tree ", { filters: { color: [] } }), await of("tree "));
  });

  test(`a name that is no facet is a word${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("color:tonnage "), ["solid-waste-tonnage"]);
    assert.deepEqual((await ask(city, "color:tonnage ")).filters, {});
  });

  test(`datasets are found by the columns they have${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("column:species"), ["street-trees"]);
    assert.deepEqual(await of('column:"offense type"'), ["crime-incidents"]);
    assert.deepEqual(await of("column:ward column:offense_type"), ["crime-incidents"]);
    assert.deepEqual(await of("column:ward column:species"), []);
    assert.deepEqual(await of("column:xyzzy"), []);
    assert.deepEqual(await of("tree column:ward "), []);
    assert.deepEqual(await of("column:—"), []);
  });

  test(`a column that is given as a filter narrows like one that is typed${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("", { filters: { column: ["species"] } }), ["street-trees"]);
  });

  test(`columns of datasets that are filtered out are not found${shape}`, needsIndexes, async () => {
    assert.equal((await ask(city, "ward ", { filters: { topic: ["safety"] } })).totals.column, 1);
    assert.equal((await ask(city, "ward ", { filters: { topic: ["nature"] } })).totals.column, 0);
  });

  test(`without a question all datasets are listed by name${shape}`, needsIndexes, async () => {
    const titles = documents("city").filter(({ kind }) => kind === "dataset").map(({ title }) => title);
    const { results, total } = await ask(city, "", { limit: 100 });

    assert.equal(total, titles.length);
    assert.deepEqual(results.slice(0, 4).map(({ title }) => title), ["Bicycle lanes", "Crime", "Crime incidents", "Incidents of fire and crime"]);
    assert.deepEqual(results.map(({ title }) => title).sort(), titles.sort());
  });

  test(`results can be sorted by update and by name${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("crime ", { sort: "updated" }), ["crime-incidents", "incidents-of-fire-and-crime", "crime"]);
    assert.deepEqual(await of("crime ", { sort: "name" }), ["crime", "crime-incidents", "incidents-of-fire-and-crime"]);
    assert.deepEqual((await of("", { sort: "updated", limit: 2 })), ["street-trees", "bicycle-lanes"]);
  });

  test(`a limit is of all results, or of each kind${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(city, "tree ward species ", { limit: 2 })).results.length, 2);
    assert.deepEqual((await ask(city, "tree ward species ", { limit: { dataset: 1, column: 1 } })).results.map(({ kind }) => kind), ["dataset", "column"]);
    assert.deepEqual((await ask(city, "tree ward species ", { limit: { column: 5 } })).results.filter(({ kind }) => kind === "dataset"), []);
    assert.deepEqual((await ask(city, "tree ", { limit: 0 })).results, []);
    assert.deepEqual((await ask(city, "tree ", { limit: {} })).results, []);
  });

  test(`totals count what a limit leaves out${shape}`, needsIndexes, async () => {
    const { total, totals } = await ask(city, "ward ", { limit: 0 });

    assert.deepEqual([total, totals], [2, { dataset: 1, column: 1 }]);
  });

  test(`only the facets that are asked for are counted${shape}`, needsIndexes, async () => {
    assert.deepEqual(Object.keys((await ask(city, "tree")).facets).sort(), ["format", "publisher", "topic"]);
    assert.deepEqual((await ask(city, "tree", { facets: [] })).facets, {});
    assert.deepEqual(Object.keys((await ask(city, "tree", { facets: ["topic"] })).facets), ["topic"]);
  });

  test(`facets are counted with their titles, the most common first${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(city, "crime ", { facets: ["format"] })).facets.format.map(({ id, title, count }) => [id, title, count]),
      [["json", "Json", 1], ["pdf", "Pdf", 1]]);
  });
}

/** Numbers by chance, always the same ones (Lehmer 1951). */
const chances = (seed) => () => (seed = (seed * 48271) % 2147483647) / 2147483647;

/** Some values of a facet, or none. */
const some = (values, chance) => values.filter(() => chance() < 0.3);

const VALUES = { topic: ["a", "b", "c", "d"], format: ["csv", "json", "pdf"], publisher: ["x", "y", "z"] };

const has = (document, name, ids) => !ids.length || document.facets[name].some(([id]) => ids.includes(id));

/** How many of some documents have each value of a facet when the other filters hold. */
function counts(all, name, filters) {
  const left = all.filter((each) => Object.entries(filters).every(([other, ids]) => other === name || has(each, other, ids)));
  return Object.fromEntries(VALUES[name].map((id) => [id, left.filter((each) => has(each, name, [id])).length]).filter(([, count]) => count));
}

test("facets count right under every combination of filters", needsIndexes, async () => {
  const [index, all, chance] = [await opened("large"), documents("large"), chances(7)];
  for (const [word, holds] of [["", () => true], ["common ", ({ title }) => title.endsWith("common")], ["usual ", ({ title }) => title.endsWith("usual")]]) {
    for (let round = 0; round < 60; round++) {
      const filters = { topic: some(VALUES.topic, chance), format: some(VALUES.format, chance), publisher: some(VALUES.publisher, chance) };
      const matching = all.filter(holds);
      const { facets, total } = await index.search(word, { filters, limit: 0 });

      assert.equal(total, matching.filter((each) => Object.entries(filters).every(([name, ids]) => has(each, name, ids))).length);
      for (const name of Object.keys(VALUES)) {
        assert.deepEqual(Object.fromEntries(facets[name].map(({ id, count }) => [id, count])), counts(matching, name, filters));
      }
    }
  }
});

test("results are in the order of their updates or names, all of them", needsIndexes, async () => {
  const [index, all] = [await opened("large"), documents("large")];
  const updated = new Map(all.map((each) => [each.id, each.updated]));
  const [byUpdate, byName] = [await index.search("common ", { limit: 500, sort: "updated" }), await index.search("common ", { limit: 500, sort: "name" })];

  assert.deepEqual(byUpdate.results.map(({ id }) => updated.get(id)), byUpdate.results.map(({ id }) => updated.get(id)).sort().reverse());
  assert.deepEqual(byName.results.map(({ title }) => title), byName.results.map(({ title }) => title).sort());
});

test("the first few are the first few of all, but for which of equals", needsIndexes, async () => {
  const index = await opened("large");
  const scores = async (limit) => (await index.search("common bafo", { limit, facets: [] })).results.map(({ score }) => score);
  const all = await scores(500);

  for (const limit of [10, 11, 20, 50]) assert.deepEqual(await scores(limit), all.slice(0, limit));
});

test("scores fall along the results", needsIndexes, async () => {
  const scores = (await ask("large", "common bafo usual", { limit: 300 })).results.map(({ score }) => score);

  assert.deepEqual(scores, [...scores].sort((one, other) => other - one));
});
