import assert from "node:assert/strict";
import { test } from "node:test";

import { Opened } from "../../../themes/civic/assets/js/search-page/opened.js";

const turn = () => new Promise((done) => setImmediate(done));

/** An index of which each search reads one file of the generation that its root names; `published` is what the server has. */
function aSite(published, kept = {}) {
  const asked = [];
  const openIndex = async (read) => {
    const generation = new TextDecoder().decode(await read("root.bin"));
    return { search: async (words) => new TextDecoder().decode(await read(`${generation}/${words}`)) };
  };
  globalThis.fetch = async (path, { cache = "default" } = {}) => {
    asked.push(cache === "default" ? path : `${path} (${cache})`);
    const files = cache === "default" ? { ...published, ...kept } : published;
    return new Response(files[path] ?? "", { status: path in files ? 200 : 404 });
  };
  return { asked, opened: new Opened({ openIndex, index: "", inflate: "" }) };
}

test("an index that is gone is found again by a root that was not kept", async () => {
  const { asked, opened } = aSite({ "root.bin": "new", "new/oak": "found" }, { "root.bin": "old" });
  await opened.open();

  assert.equal(await opened.search("oak", {}), "found");
  assert.deepEqual(asked, ["root.bin", "old/oak", "root.bin (reload)", "new/oak"]);
});

test("a root that cannot be read is fetched anew", async () => {
  const { asked, opened } = aSite({ "root.bin": "new", "new/oak": "found" });
  opened.source.first = Promise.reject(new Error("offline"));
  await opened.open();

  assert.deepEqual(asked, ["root.bin (reload)"]);
  assert.equal(await opened.search("oak", {}), "found");
});

test("all questions that fail together wait for one new root", async () => {
  const { asked, opened } = aSite({ "root.bin": "new", "new/oak": "oak", "new/elm": "elm" }, { "root.bin": "old" });
  await opened.open();

  assert.deepEqual(await Promise.all([opened.search("oak", {}), opened.search("elm", {})]), ["oak", "elm"]);
  assert.deepEqual(asked.filter((path) => path.startsWith("root.bin")), ["root.bin", "root.bin (reload)"]);
});

test("nothing is fetched between keys, and what waited then never", async () => {
  const { asked, opened } = aSite({ "root.bin": "g", "g/o": "o", "g/oa": "oa" });
  await opened.open();
  await opened.rest();
  const first = opened.search("o", { isWanted: () => false });
  await opened.rest();
  const second = opened.search("oa", {});

  assert.equal(await first, null);
  assert.deepEqual(asked, ["root.bin"]);
  assert.equal(await second, "oa");
  assert.deepEqual(asked, ["root.bin", "g/oa"]);
});

test("a complete question waits for no key", async () => {
  const { asked, opened } = aSite({ "root.bin": "g", "g/oak": "oak" });
  await opened.open();
  await opened.rest();
  const answer = opened.search("oak", {});
  opened.goOn();
  await turn();

  assert.deepEqual(asked, ["root.bin", "g/oak"]);
  assert.equal(await answer, "oak");
});
