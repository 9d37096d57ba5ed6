import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { keepKey, keyIsOn, leadsToBox } from "../../../themes/civic/assets/js/search-key.js";

const storage = () => {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
};
const put = (value) => Object.defineProperty(globalThis, "localStorage", { configurable: true, ...value });
const pressed = (given) => ({ key: "/", ctrlKey: false, metaKey: false, altKey: false, ...given });

afterEach(() => delete globalThis.localStorage);

test("the key leads to the box, but not where words are written", () => {
  put({ value: storage() });

  assert.equal(leadsToBox(pressed(), false), true);
  assert.equal(leadsToBox(pressed(), true), false);
});

test("other keys, and the key with another one held, do not", () => {
  put({ value: storage() });

  assert.deepEqual([{ key: "?" }, { ctrlKey: true }, { metaKey: true }, { altKey: true }].map((given) => leadsToBox(pressed(given), false)), [false, false, false, false]);
});

test("a reader who turned the key off has it off until it is turned on again", () => {
  put({ value: storage() });
  keepKey(false);
  assert.equal(leadsToBox(pressed(), false), false);
  keepKey(true);

  assert.equal(keyIsOn(), true);
});

test("where nothing can be kept, the key is on and nothing breaks", () => {
  put({ get: () => { throw new Error("refused"); } });
  keepKey(false);

  assert.equal(keyIsOn(), true);
});
