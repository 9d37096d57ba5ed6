import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenKind, kindsFor } from "../../../themes/civic/assets/js/explorer/ask/chart-kinds.js";
import { drawn, fileOf } from "../../../themes/civic/assets/js/explorer/ask/chart.js";
import { scale } from "../../../themes/civic/assets/js/explorer/ask/scale.js";
import { answer } from "../../../themes/civic/assets/js/explorer/engine/grouping.js";
import { by, OPTIONS, say } from "./ask_making.mjs";
import { columnsOf } from "./held_session.mjs";

const COLORS = { text: "black", muted: "gray", marks: "navy", ground: "white", lines: "silver", font: "serif" };
const COLUMNS = [
  { name: "day", type: "date" }, { name: "kind", type: "string" }, { name: "size", type: "number" },
  { name: "count", type: "integer" }, { name: "year", type: "year" },
];
const MEASURES = [
  ["count"], ["sum", "size"], ["mean", "size"], ["median", "count"], ["min", "count"], ["max", "size"], ["min", "day"],
];
const BYS = [
  [], [by("kind")], [by("day", "month")], [by("day", "week")], [by("day", "year")], [by("size", "bins")], [by("count")],
  [by("year", "year")], [by("day", "quarter"), by("kind")], [by("kind"), by("year", "year")], [by("size", "bins"), by("kind")],
  [by("kind"), by("count")],
];

/** Numbers below 1 that are the same in every run (Park and Miller, 1988). @param {number} seed */
function drawing(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Tables of very different rows: with holes, below zero, huge, or empty. @param {number} seed */
function aTable(seed) {
  const next = drawing(seed);
  const pick = (...from) => from[Math.floor(next() * from.length)];
  const size = 10 ** pick(-3, 0, 6, 15);
  const whole = (most) => Math.floor(next() * most);
  const rows = Array.from({ length: pick(0, 1, 3, 60) }, () => [
    pick(null, `20${10 + whole(15)}-0${1 + whole(9)}-15`), pick(null, "a", "b", "街".repeat(90), "<b>", `k${whole(50)}`),
    pick(null, (next() * size - size / 3).toFixed(4)), pick(null, "0", "-7", `${whole(1e6)}`), pick(null, "1999", "2004"),
  ]);
  return columnsOf({ columns: COLUMNS, rows });
}

const CASES = Array.from({ length: 40 }, (_, seed) => aTable(seed + 1)).flatMap((columns, at) =>
  BYS.map((bys, place) => {
    const [measure, of] = MEASURES[(at + place) % MEASURES.length];
    const question = { measure, ...(of ? { of } : {}), by: bys, ...(at % 3 ? {} : { top: 2 }) };
    const selection = Uint32Array.from({ length: columns.get("kind").length }, (__, row) => row);
    return answer(question, columns, selection);
  }));

const telling = { say, language: "en", columns: COLUMNS };
const drawings = CASES.flatMap((each) => kindsFor(each, telling).flatMap((kind) => [240, 720].map((width) =>
  drawn(each, { ...OPTIONS, columns: COLUMNS, width, kind, dots: [{ x: 1, y: 2, text: "one" }] }))));

test("whatever the answer, a drawing has no coordinate that is not a number", () => {
  const broken = drawings.filter((each) => /NaN|Infinity|undefined|(?:width|height)="-/.test(fileOf(each, COLORS)));

  assert.equal(drawings.length > 600, true);
  assert.deepEqual(broken.map(({ kind, title }) => `${kind}: ${title}`), []);
});

test("each place of a drawing has a reading in words", () => {
  const places = drawings.map((each) => new Set(fileOf(each, COLORS).match(/data-place="\d+"/g)).size);

  assert.deepEqual(places, drawings.map(({ readings }) => readings.length));
  assert.deepEqual(drawings.flatMap(({ readings }) => readings).filter(({ text }) => /%\(|undefined|NaN/.test(text)), []);
});

test("a chart has a name, and the one that fits is drawn when another is asked for", () => {
  assert.deepEqual(drawings.filter(({ name }) => !name || /%\(|undefined|NaN/.test(name)), []);
  const offered = CASES.map((each) => kindsFor(each, telling)).filter((kinds) => kinds.length);

  assert.deepEqual(offered.filter((kinds) => chosenKind("nonsense", kinds) !== kinds[0]), []);
});

test("an axis holds its ends, and its numbers grow by the same step", () => {
  const next = drawing(7);
  const end = (share) => share * 10 ** Math.round(next() * 30 - 15);
  const spans = Array.from({ length: 500 }, () => [end(next() - 0.5), end(next() * 3)]);
  const wrong = spans.map(([a, b]) => [Math.min(a, b), Math.max(a, b)]).filter(([low, high]) => {
    const { ticks } = scale(low, high);
    const steps = ticks.slice(1).map((tick, at) => tick - ticks[at]);
    const slack = (ticks[1] - ticks[0]) * 1e-6;
    const isEven = steps.every((step) => Math.abs(step - steps[0]) <= slack);
    return ticks[0] > low + slack || ticks.at(-1) < high - slack || ticks.length > 12 || !isEven;
  });

  assert.deepEqual(wrong, []);
});
