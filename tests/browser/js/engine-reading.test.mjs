import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";

import { openIndex } from "../../../themes/civic/assets/js/search/index.js";
import { ask, datasets, needsIndexes, opened, reading, slowly } from "./asking_engine.mjs";

const MANY = "large-in-shards";

/** How many rounds of reading an index, the root among them, a question takes. */
async function rounds(name, question, options = {}) {
  const { read, seen, until } = slowly(name);
  await until(opened(name, read).then((index) => index.search(question, options)));
  return seen.rounds;
}

/** Some titles of the large city. */
const wordsOf = async () => (await (await opened("large")).search("", { limit: 3 })).results.map(({ title }) => title);

test("an index that is small is one file", needsIndexes, async () => {
  const { read, seen, until } = slowly("city");
  await until(opened("city", read).then((index) => index.search('crime topic:safety "crime incidents"', { sort: "updated" })));

  assert.deepEqual(seen.paths, ["root.bin"]);
});

test("known words take three rounds, the root among them", needsIndexes, async () => {
  for (const title of await wordsOf()) assert.equal(await rounds(MANY, `${title} `), 3);
});

test("facets, filters and orders take no round of their own", needsIndexes, async () => {
  const [title] = await wordsOf();

  assert.equal(await rounds(MANY, `${title} topic:a `, { sort: "updated", filters: { format: ["csv"] } }), 3);
});

test("a word that is half typed takes three rounds", needsIndexes, async () => {
  for (const title of await wordsOf()) assert.ok((await rounds(MANY, title.slice(0, 1))) <= 3);
});

test("a phrase takes three rounds", needsIndexes, async () => {
  const [title] = await wordsOf();

  assert.ok((await rounds(MANY, `"${title}"`)) <= 3);
});

test("mistyped words take three rounds after the root", needsIndexes, async () => {
  for (const title of await wordsOf()) {
    const word = title.split(" ").find((each) => each.length > 7);
    assert.ok((await rounds(MANY, `${word.slice(0, -2)}x${word.at(-1)} `)) <= 4);
    assert.ok((await rounds(MANY, `x${word.slice(1)} `)) <= 4);
  }
});

test("nothing is read twice", needsIndexes, async () => {
  const { read, seen, until } = slowly(MANY);
  const index = await until(opened(MANY, read));
  const titles = await wordsOf();
  for (const question of [...titles, `${titles[0]}x`, `"${titles[1]}"`, "", "topic:a", titles[0]]) {
    await until(Promise.all([index.search(question), index.search(question, { sort: "updated" })]));
  }

  assert.deepEqual(seen.paths, [...new Set(seen.paths)]);
});

test("of files that share a pack only a part is read", needsIndexes, async () => {
  for (const name of ["large-in-packs", MANY]) {
    const { read, seen, until } = slowly(name);
    await until(opened(name, read).then((index) => index.search("common ", { limit: 1 })));

    assert.equal(seen.paths.filter((path) => /records.* \d+ \d+$/.test(path)).length, 1);
    assert.ok(seen.paths.filter((path) => /words/.test(path)).every((path) => / \d+ \d+$/.test(path)));
    assert.deepEqual(seen.paths.filter((path) => /titles|facets/.test(path) && path.includes(" ")), []);
  }
});

test("a host that gives no parts is answered by all the same", needsIndexes, async () => {
  const whole = await opened(MANY, (path) => reading(MANY)(path));
  for (const question of ["common ", "", "topic:a"]) {
    assert.deepEqual(await whole.search(question, { limit: 400 }), await ask(MANY, question, { limit: 400 }));
  }
});

test("facets that are not asked for are not read", needsIndexes, async () => {
  const { read, seen, until } = slowly(MANY);
  await until(opened(MANY, read).then((index) => index.search("common ", { facets: [] })));

  assert.deepEqual(seen.paths.filter((path) => path.includes("facets")), []);
});

test("a read that fails is tried again the next time", needsIndexes, async () => {
  const read = reading(MANY);
  let isDown = false;
  const index = await opened(MANY, (...asked) => (isDown ? Promise.reject(new Error("no network")) : read(...asked)));
  const [title] = await wordsOf();
  isDown = true;
  for (const question of [title, `${title}x`, `"${title}"`, "topic:a", ""]) await assert.rejects(index.search(question), /no network/);
  isDown = false;

  assert.equal((await index.search(title)).results[0].title, title);
  assert.deepEqual((await index.search(`"${title}"`)).results.map((each) => each.title), [title]);
});

test("an index of another version says so", needsIndexes, async () => {
  const header = Buffer.from(JSON.stringify({ version: 99 }));
  const root = deflateSync(Buffer.concat([Buffer.from([header.length]), header]));

  await assert.rejects(openIndex(async () => new Uint8Array(root)), /version 99/);
});

test("an index that is not there cannot be opened", needsIndexes, async () => {
  await assert.rejects(openIndex(reading("nowhere")));
});

test("the browser's own inflate reads what an inflate of one's own does", needsIndexes, async () => {
  const own = await (await openIndex(reading(MANY), async (body) => inflateSync(body))).search("common ");

  assert.deepEqual(await (await openIndex(reading(MANY))).search("common "), own);
});

test("two questions at once do not mix", needsIndexes, async () => {
  const index = await opened(MANY);
  const titles = await wordsOf();
  const answers = await Promise.all(titles.map((title) => index.search(title)));

  assert.deepEqual(answers.map(({ results: [first] }) => first.title), titles);
  assert.deepEqual(datasets(await index.search(titles[0])), datasets(answers[0]));
});
