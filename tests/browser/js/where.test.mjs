import assert from "node:assert/strict";
import { test } from "node:test";

import { column } from "../../../themes/civic/assets/js/explorer/engine/columns.js";
import { readCondition } from "../../../themes/civic/assets/js/explorer/where/condition.js";
import { zoneOf } from "../../../themes/civic/assets/js/explorer/where/moments.js";

const table = (cells, kinds) => new Map(Object.entries(cells).map(([name, texts]) => [name, column(name, kinds[name], texts)]));

/** The rows of which a condition holds. */
async function rowsOf(text, columns, more = {}) {
  const given = { kindOf: (name) => columns.get(name)?.kind, calendars: "https://city.example/measures/calendars/" };
  const { holds, names } = await readCondition({ column: "", test: "where", text, ...more }, given);
  const passes = holds((name) => columns.get(name));
  const { length } = columns.get(names[0]);
  return Array.from({ length }, (_, row) => row).filter(passes);
}

const FAR = table({ day: ["0001-01-01", "9999-12-31", null], at: ["0999-01-04T10:00:00", "9999-12-31T23:59:59.999999", ""] },
  { day: "date", at: "datetime" });
const NUMBERS = table({ a: ["0.1", "9007199254740993", "", "3"], b: ["0.2", "1", "1", "0"] }, { a: "number", b: "number" });

test("days far away are days like any others", async () => {
  assert.deepEqual(await rowsOf("business_days(day, at) > 2000000 or days(day, at) == 0", FAR), [1]);
  assert.deepEqual(await rowsOf("year(at) == 999 and weekday(day) == 1", FAR), [0]);
  assert.deepEqual(await rowsOf("at >= '9999-12-31'", FAR, { tz: "America/New_York" }), [1]);
});

test("numbers are reckoned to the last digit", async () => {
  assert.deepEqual(await rowsOf("a + b == 0.3", NUMBERS), [0]);
  assert.deepEqual(await rowsOf("a * b == 9007199254740993", NUMBERS), [1]);
  assert.deepEqual(await rowsOf("a / 3 * 3 == a", NUMBERS), [0, 1, 3]);
});

test("what is divided by 0 is missing, and so is what is reckoned with it", async () => {
  assert.deepEqual(await rowsOf("(a / b) is null", NUMBERS), [2, 3]);
  assert.deepEqual(await rowsOf("not (a / b > 0)", NUMBERS), []);
});

test("what is not there, or of another kind, is refused", async () => {
  for (const text of ["constructor == 1", "__proto__ is null", "toString(a) == 1", "a == 'x'", "a", "a ==", "a = 1", "'"]) {
    await assert.rejects(rowsOf(text, NUMBERS), { name: "Condition" }, text);
  }
});

test("a condition without end or bottom is refused", async () => {
  for (const text of ["(".repeat(500), `a == ${"-".repeat(60)}1`, "a == 1 ".repeat(400), `a == 1 or ${"not ".repeat(50)}a == 1`]) {
    await assert.rejects(rowsOf(text, NUMBERS), { name: "Condition" });
  }
});

test("holidays come from the calendar that is named, and a calendar that does not come is an error", async () => {
  const columns = table({ a: ["2026-05-22"], b: ["2026-05-26"] }, { a: "date", b: "date" });
  const asked = [];
  const fetched = globalThis.fetch;
  globalThis.fetch = async (url) => {
    asked.push(url);
    return { ok: url.endsWith("/city.json"), status: 404, json: async () => ({ holidays: { "2026-05-25": "Memorial Day" } }) };
  };
  try {
    assert.deepEqual(await rowsOf("business_days(a, b) == 1", columns, { calendar: "city" }), [0]);
    assert.deepEqual(await rowsOf("business_days(a, b) == 2", columns), [0]);
    await assert.rejects(rowsOf("business_days(a, b) == 2", columns, { calendar: "gone" }), { name: "Refused" });
    assert.deepEqual(asked[0], "https://city.example/measures/calendars/city.json");
  } finally {
    globalThis.fetch = fetched;
  }
});

test("a zone that nobody knows is refused", () => {
  assert.throws(() => zoneOf("Middle/Earth"), { name: "Condition", message: "Middle/Earth" });
});

test("a million rows are gone through", async () => {
  const length = 1_000_000;
  const days = { name: "days", kind: "integer", length, numbers: Float64Array.from({ length }, (_, row) => row % 40), scale: 0 };
  const day = { name: "day", kind: "date", length, numbers: Float64Array.from({ length }, (_, row) => 20_000 + (row % 900)) };
  const found = await rowsOf("days <= 3 and business_days(day, '2026-06-30') > 5", new Map([["days", days], ["day", day]]));

  assert.ok(found.length > 1000);
});
