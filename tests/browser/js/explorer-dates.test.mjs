import assert from "node:assert/strict";
import { test } from "node:test";

const WORDS = { "date-months": "enero,febrero,marzo", "date-day": "%(day)s de %(month)s de %(year)s" };
const SPANS = Object.entries(WORDS).map(([word, textContent]) => ({ getAttribute: () => word, textContent }));

// Looked up once, so the page is there before the module.
globalThis.document = { querySelectorAll: () => [{ content: { querySelectorAll: () => SPANS } }] };
const { dayText, momentText, monthText } = await import("../../../themes/civic/assets/js/explorer/dates.js");

test("dates are in the words that the page brings", () => {
  assert.equal(dayText("2024-03-09"), "9 de marzo de 2024");
  assert.equal(momentText("2024-01-02", "08:30", false), "2 de enero de 2024, 08:30");
});

test("for what a page does not say, there are English words", () => {
  assert.equal(monthText(2024, 2), "febrero 2024");
  assert.equal(momentText("2024-01-02", "08:30", true), "2 de enero de 2024, 08:30 UTC");
});
