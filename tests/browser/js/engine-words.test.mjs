import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, found, needsIndexes, opened, SHAPES } from "./asking_engine.mjs";

for (const shape of SHAPES) {
  const city = `city${shape}`;
  const of = (question, options) => found(city, question, options);

  test(`any word may match${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("zebra tonnage"), ["solid-waste-tonnage"]);
  });

  test(`more words are better than one${shape}`, needsIndexes, async () => {
    assert.equal((await of("fire crime"))[0], "incidents-of-fire-and-crime");
    assert.equal((await of("crime lanes bicycle"))[0], "bicycle-lanes");
  });

  test(`a title that is what was asked for comes first${shape}`, needsIndexes, async () => {
    assert.equal((await of("crime incidents"))[0], "crime-incidents");
    assert.equal((await of("crime "))[0], "crime");
    assert.equal((await of("Who is who"))[0], "who-is-who");
  });

  test(`the order of words hardly matters${shape}`, needsIndexes, async () => {
    assert.deepEqual((await of("incidents crime ")).sort(), (await of("crime incidents ")).sort());
  });

  test(`words are found by their beginnings as they are typed${shape}`, needsIndexes, async () => {
    assert.equal((await of("stre"))[0].startsWith("street"), true);
    assert.deepEqual(await of("tonn"), ["solid-waste-tonnage"]);
    assert.deepEqual(await of("waste tonn"), ["solid-waste-tonnage"]);
  });

  test(`a space at the end changes nothing, since no address keeps it${shape}`, needsIndexes, async () => {
    assert.deepEqual(await ask(city, "tonn "), await ask(city, "tonn"));
  });

  for (const [typed, id] of [["bycicle", "bicycle-lanes"], ["icycle", "bicycle-lanes"], ["xicycle", "bicycle-lanes"], ["bicycel", "bicycle-lanes"],
    ["tonage", "solid-waste-tonnage"], ["tonnnage", "solid-waste-tonnage"], ["pothales", "potholes"], ["houshald", "people-by-household"]]) {
    test(`${typed} is what was meant by somebody in a hurry${shape}`, needsIndexes, async () => {
      const answer = await ask(city, `${typed} `);

      assert.equal(answer.results[0].id, id);
      assert.deepEqual(Object.keys(answer.meant), [typed]);
      assert.deepEqual(answer.unknown, []);
    });
  }

  test(`two edits are too many in a short word${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(city, "lxnez ")).unknown, ["lxnez"]);
  });

  test(`vowels for one another count half${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(city, "lenis ")).meant, { lenis: "lanes" });
  });

  test(`words of fewer than four letters are taken as they are typed${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(city, "oek ")).unknown, ["oek"]);
  });

  for (const [asked, id] of [["pothole ", "potholes"], ["bicycles ", "bicycle-lanes"], ["person ", "people-by-household"], ["child ", "people-by-household"],
    ["ecole elementaire ", "écoles-élémentaires"], ["ÉCOLES ", "écoles-élémentaires"], ["naive ", "écoles-élémentaires"]]) {
    test(`${asked}finds other forms and accents${shape}`, needsIndexes, async () => {
      const answer = await ask(city, asked);

      assert.equal(answer.results[0].id, id);
      assert.deepEqual(answer.meant, {});
    });
  }

  test(`compounds are found both ways${shape}`, needsIndexes, async () => {
    assert.deepEqual((await of("streetlight ")).sort(), ["street-light-poles", "streetlight-outages"]);
    assert.equal((await of("street light outages "))[0], "streetlight-outages");
    assert.deepEqual((await of("lights ")).sort(), ["street-light-poles", "streetlight-outages"]);
  });

  test(`two words that were typed as one are found${shape}`, needsIndexes, async () => {
    assert.equal((await of("wastetonnage "))[0], "solid-waste-tonnage");
  });

  test(`what was meant by two words typed as one is both of them${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(city, "wastetonnage ")).meant, { wastetonnage: "waste tonnage" });
  });

  test(`what residents say finds what the city calls it${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("garbage "), ["solid-waste-tonnage"]);
    assert.deepEqual((await ask(city, "trash ")).results[0].matched, [{ word: "trash", forms: ["trash", "trashes", "trashing"], in: "otherwise" }]);
    assert.equal((await of("street repairs "))[0], "potholes");
  });

  test(`Chinese and Japanese are found without spaces${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("木の葉"), ["leaves"]);
    assert.deepEqual(await of("公園"), ["leaves"]);
  });

  test(`one letter of Chinese or Japanese is found${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("木"), ["leaves"]);
  });

  test(`one letter of Chinese or Japanese is found wherever it is typed${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("木 "), ["leaves"]);
    assert.deepEqual(await of('"木"'), ["leaves"]);
  });

  test(`words that say nothing are not looked for beside others${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("where is the tonnage of it "), ["solid-waste-tonnage"]);
    assert.deepEqual((await ask(city, "where is the tonnage of it ")).unknown, []);
  });

  test(`words that say nothing are looked for when there are no others${shape}`, needsIndexes, async () => {
    assert.equal((await of("who is "))[0], "who-is-who");
  });

  test(`words that nobody knows are named${shape}`, needsIndexes, async () => {
    assert.deepEqual((await ask(city, "xyzzy potholes plugh ")).unknown, ["xyzzy", "plugh"]);
    assert.deepEqual(await of("xyzzy "), []);
  });

  test(`the nearest is offered only when it is asked for${shape}`, needsIndexes, async () => {
    assert.deepEqual(await of("tonnxqzqw "), []);
    assert.deepEqual(await of("tonnxqzqw ", { near: true }), ["solid-waste-tonnage"]);
  });

  test(`a result says which words were found and where${shape}`, needsIndexes, async () => {
    const { results: [crime] } = await ask(city, "offense recorded ", { limit: 1 });

    assert.deepEqual(crime.matched.map(({ word, in: where }) => [word, where]), [["offense", "columns"], ["recorded", "text"]]);
    assert.equal(crime.matched[0].part.id, "crime-incidents/offense_type");
  });

  test(`a result says what is shown of it${shape}`, needsIndexes, async () => {
    const { results: [{ score, matched, ...shown }] } = await ask(city, "bicycle lanes ");

    assert.deepEqual(shown, { id: "bicycle-lanes", kind: "dataset", url: "/data/bicycle-lanes/", title: "Bicycle lanes", text: "Lanes and paths",
      about: "Streets Department", detail: "", updated: "2026-01-01" });
    assert.ok(score > 0 && matched.length === 2);
  });

  test(`a column is found beside its dataset${shape}`, needsIndexes, async () => {
    const { results } = await ask(city, "species ");

    assert.deepEqual(results.map(({ id, kind, url }) => [id, kind, url]), [["street-trees", "dataset", "/data/street-trees/"],
      ["street-trees/species", "column", "/data/street-trees/#column-species"]]);
  });
}

test("a title that is what was asked for comes first, whoever else says it", needsIndexes, async () => {
  assert.equal((await found("budgets", "budget "))[0], "budget");
});

test("known words find the same however an index is cut", needsIndexes, async () => {
  const [one, many] = [await opened("large"), await opened("large-in-shards")];
  const titles = (await one.search("", { limit: 20 })).results.map(({ title }) => title);

  for (const title of titles) {
    const [whole, cut] = [await one.search(`${title} `, { limit: 50 }), await many.search(`${title} `, { limit: 50 })];
    assert.deepEqual(cut.results.map(({ id, score }) => [id, score]), whole.results.map(({ id, score }) => [id, score]));
  }
});
