import assert from "node:assert/strict";
import test from "node:test";

import { daysSince, lateWords } from "../../../themes/civic/assets/js/freshness-clock.js";

test("days are counted by the reader's calendar, whatever the hour", () => {
  assert.equal(daysSince("2026-03-01", new Date(2026, 2, 1, 23, 59)), 0);
  assert.equal(daysSince("2026-03-01", new Date(2026, 2, 2, 0, 0)), 1);
});

test("a change of the clocks makes no day longer", () => {
  assert.equal(daysSince("2026-03-01", new Date(2026, 3, 1)), 31);
  assert.equal(daysSince("2026-10-01", new Date(2026, 10, 2)), 32);
});

test("a day to come is no lateness, and what is no day never is", () => {
  assert.equal(daysSince("2026-03-05", new Date(2026, 2, 1)), -4);
  assert.equal(daysSince("", new Date(2026, 2, 1)) > 0, false);
});

test("one day and many have words of their own", () => {
  assert.equal(lateWords(1, "Late by 1 day", "Late by {n} days", "en"), "Late by 1 day");
  assert.equal(lateWords(1234, "Late by 1 day", "Late by {n} days", "en"), "Late by 1,234 days");
});
