import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { applyScheme, keepScheme, keptScheme } from "../../../themes/civic/assets/js/scheme.js";

const storage = () => {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
};
const put = (value) => Object.defineProperty(globalThis, "localStorage", { configurable: true, ...value });

afterEach(() => delete globalThis.localStorage);

test("a choice is kept and put on the page", () => {
  put({ value: storage() });
  const root = { dataset: {} };
  keepScheme("dark");
  applyScheme(root);

  assert.equal(keptScheme(), "dark");
  assert.equal(root.dataset.scheme, "dark");
});

test("following the device forgets the choice", () => {
  put({ value: storage() });
  const root = { dataset: { scheme: "dark" } };
  keepScheme("dark");
  keepScheme("");
  applyScheme(root);

  assert.equal(keptScheme(), "");
  assert.equal(root.dataset.scheme, undefined);
});

test("what somebody else put there is not used", () => {
  put({ value: storage() });
  localStorage.setItem("scheme", "url(x)");

  assert.equal(keptScheme(), "");
});

test("where nothing can be kept, nothing breaks", () => {
  put({ get: () => { throw new Error("refused"); } });
  keepScheme("dark");

  assert.equal(keptScheme(), "");
});
