import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { valueText } from "../../../themes/civic/assets/js/explorer/ask/naming.js";
import { numberShown, unitBeside } from "../../../themes/civic/assets/js/explorer/format.js";
import { anAnswer, by, TELLING } from "./ask_making.mjs";

const casesOf = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf-8"));

/** The values of an answer as they are read: one by itself, or groups side by side. */
function shownOf({ measure, values }) {
  const how = { measure, ...(measure === "count" ? {} : { of: "cost" }) };
  const answer = values.length > 1 ? anAnswer(values.map((value, at) => [`${at}`, value, 1]), how)
    : { ...anAnswer([[[], values[0], 1]], { ...how, by: [] }), total: { value: values[0], rows: 1 } };
  return values.map((value) => valueText(value, answer, TELLING));
}

for (const each of casesOf("figures")) {
  test(`a figure reads as it does on a dataset's page: ${each.says}`, () => {
    assert.deepEqual(shownOf(each), each.shown);
  });
}

for (const { says, value, unit, shown } of casesOf("units")) {
  test(`a unit reads as it does on a dataset's page: ${says}`, () => {
    assert.equal(unitBeside(value, unit), shown);
  });
}

test("a large number is rounded without losing a digit, in the reader's language", () => {
  assert.equal(numberShown("9007199254740993.5", "de", 0), "9.007.199.254.740.994");
  assert.equal(numberShown("0.1234567890123456789012345", "en"), "0.1234567890123456789012345");
  assert.equal(numberShown("0.1234567890123456789012345", "en", 3), "0.123");
});

test("groups of one answer have as many digits as each other, a number by itself no zeros at its end", () => {
  const one = { ...anAnswer([], { measure: "mean", of: "cost", by: [] }), total: { value: "0.43001", rows: 2 } };

  assert.equal(valueText("0.43001", one, TELLING), "0.43");
  const groups = anAnswer([["a", "0.43001", 2]], { measure: "mean", of: "cost", by: by("kind") });
  assert.equal(valueText("0.43001", groups, TELLING), "0.430");
});
