import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenKind, kindsFor } from "../../../themes/civic/assets/js/explorer/ask/chart-kinds.js";
import { drawn, fileOf } from "../../../themes/civic/assets/js/explorer/ask/chart.js";
import { fitting, markup, mark, widthOf } from "../../../themes/civic/assets/js/explorer/ask/drawing.js";
import { runsOf } from "../../../themes/civic/assets/js/explorer/ask/line.js";
import { linesOf } from "../../../themes/civic/assets/js/explorer/ask/lines.js";
import { labelled, scale, scaleOf } from "../../../themes/civic/assets/js/explorer/ask/scale.js";
import { SHADES } from "../../../themes/civic/assets/js/explorer/ask/stacked.js";
import { anAnswer, by, OPTIONS, TELLING, textsOf, valuesOf } from "./ask_making.mjs";

const MONTHS = anAnswer([["2024-01", "4"], ["2024-02", "8"], ["2024-03", "0"], ["2024-04", "6"]],
  { by: by("received", "month") });
const COLORS = { text: "black", muted: "gray", marks: "navy", ground: "white", lines: "silver", font: '"Public Sans"' };

test("an axis holds its values between round numbers", () => {
  assert.deepEqual(scale(0, 97).ticks, [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(scale(0, 0.3).ticks, [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(scale(-3, 4, 4).ticks, [-4, -2, 0, 2, 4]);
  assert.deepEqual(scale(0, 3e22).ticks.length, 4);
});

test("an axis of one value, of none and of what no double can span is an axis all the same", () => {
  assert.deepEqual(scale(5, 5).ticks, [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(scale(0, 0).ticks[0], 0);
  assert.deepEqual(scaleOf([]).low, 0);
  assert.deepEqual(scale(-1.7e308, 1.7e308).ticks, [-1.7e308, 1.7e308]);
  assert.equal(scaleOf([-5, -5]).high, 0);
});

test("an axis begins at zero unless it is free and its values are far from zero", () => {
  assert.equal(scaleOf([90, 100]).low, 0);
  assert.equal(scaleOf([90, 100], { isFree: true }).low, 90);
  assert.equal(scaleOf([10, 100], { isFree: true }).low, 0);
});

test("labels of months stand on Januaries where only years fit", () => {
  const months = Array.from({ length: 48 }, (_, at) => new Date(Date.UTC(2020, 5 + at)).toISOString().slice(0, 7));

  assert.deepEqual(labelled(months, "month", 4).map((at) => months[at]), ["2021-01", "2022-01", "2023-01", "2024-01"]);
});

test("labels of years stand on round ones", () => {
  const years = Array.from({ length: 23 }, (_, at) => String(2001 + at));

  assert.deepEqual(labelled(years, "year", 5).map((at) => years[at]), ["2005", "2010", "2015", "2020"]);
});

test("a text that does not fit is cut, and wide letters take more room", () => {
  assert.equal(fitting("Street light", 200), "Street light");
  assert.equal(fitting("Street light out on the corner", 80), "Street l…");
  assert.equal(fitting("x".repeat(1_000_000), 100).length < 20, true);
  assert.equal(widthOf("街") > widthOf("m"), true);
});

test("bars of categories lie one under the other, as long as their values", () => {
  const drawing = drawn(anAnswer([["Pothole", "40"], ["Noise", "10"]]), OPTIONS);
  const [long, short] = valuesOf(drawing, "rect").map(({ attributes }) => attributes.width);

  assert.equal(drawing.kind, "bar");
  assert.equal(Math.abs(long / short - 4) < 0.05, true);
  assert.deepEqual(textsOf(drawing), ["Pothole", "40", "Noise", "10"]);
});

test("a small value beside a great one is still seen", () => {
  const [, small] = valuesOf(drawn(anAnswer([["Pothole", "1000000"], ["Noise", "1"]]), OPTIONS), "rect");

  assert.equal(small.attributes.width, 1);
});

test("values below zero go to the other side", () => {
  const drawing = drawn(anAnswer([["In", "30", 1], ["Out", "-30", 1]], { measure: "sum", of: "cost" }), OPTIONS);
  const [plus, minus] = valuesOf(drawing, "rect").map(({ attributes }) => attributes);

  assert.equal(minus.x < plus.x, true);
  assert.equal(Math.abs(minus.x + minus.width - plus.x) < 0.2, true);
});

test("others are named and stand apart", () => {
  const drawing = drawn(anAnswer([["Pothole", "40"]], { others: { value: "25", rows: 25, groups: 7 } }), OPTIONS);

  assert.equal(textsOf(drawing).includes("7 other groups"), true);
  assert.equal(valuesOf(drawing, "rect")[1].attributes.class, "others");
});

test("a chart of many categories shows the first ones and says so", () => {
  const drawing = drawn(anAnswer(Array.from({ length: 400 }, (_, at) => [`Kind ${at}`, "3"])), OPTIONS);

  assert.equal(valuesOf(drawing, "rect").length, 30);
  assert.deepEqual(drawing.notes, ["The chart shows the first 30 of 400 groups; the table has all."]);
});

test("a period without rows is a gap, in bars and in lines", () => {
  assert.equal(valuesOf(drawn(MONTHS, { ...OPTIONS, kind: "bar" }), "rect").length, 3);
  assert.equal(valuesOf(drawn(MONTHS, { ...OPTIONS, kind: "line" }), "path")[0].attributes.d.match(/M/g).length, 1);
  assert.equal(valuesOf(drawn(MONTHS, { ...OPTIONS, kind: "line" }), "circle").length, 1);
  assert.deepEqual(runsOf([1, 2, NaN, 3, NaN, NaN, 4, 5]), [[0, 1], [3], [6, 7]]);
});

test("rows without a date are said to be in the table alone", () => {
  const { notes, readings } = drawn(anAnswer([["2024", "4"], [null, "2"]], { by: by("received", "year") }), OPTIONS);

  assert.deepEqual(notes, ["2 rows without Received are in the table alone."]);
  assert.equal(readings.length, 1);
});

test("a chart is called by what it shows", () => {
  assert.equal(drawn(MONTHS, OPTIONS).name, "Number of rows by month of Received. From January 2024: 4 to April 2024: 6. "
    + "Highest: February 2024: 8. Lowest: January 2024: 4.");
  assert.equal(drawn(anAnswer([["A", "2"], ["B", "1"]]), OPTIONS).name, "Number of rows by Kind. Highest: A: 2. Lowest: B: 1.");
});

test("each place of a chart can be read, and leads to its rows", () => {
  const { readings } = drawn(MONTHS, OPTIONS);

  assert.deepEqual(readings.map(({ text }) => text),
    ["January 2024: 4 (4 rows)", "February 2024: 8 (8 rows)", "March 2024: no rows (0 rows)", "April 2024: 6 (6 rows)"]);
  assert.deepEqual(readings[1].rows[0].keys, ["2024-02"]);
});

const CELLS = [[["2024", "C"], "5"], [["2024", "O"], "2"], [["2025", "C"], "1"]];
const PAIRS = anAnswer(CELLS, { by: [by("received", "year"), by("status")] });
const NINE = Array.from({ length: 9 }, (_, at) => [["2024", `K${at}`], String(at + 1), 1]);
const KINDS_BY_YEAR = [by("received", "year"), by("kind")];

test("two columns are parts of bars where values add up, and lines where they do not", () => {
  assert.deepEqual(kindsFor(PAIRS, TELLING), ["stacked", "line", "bar"]);
  const mean = anAnswer(CELLS, { measure: "mean", of: "days", by: PAIRS.question.by });

  assert.deepEqual(kindsFor(mean, TELLING), ["line", "bar"]);
  assert.equal(valuesOf(drawn(PAIRS, OPTIONS), "rect").length, 3);
});

test("parts of a bar stand on one another and reach their sum", () => {
  const parts = drawn(PAIRS, OPTIONS).marks.find(({ attributes }) => attributes.class === "marks parts").inside;
  const [closed, open] = parts.map(({ attributes }) => attributes);

  assert.equal(Math.abs(open.y + open.height - closed.y) < 0.2, true);
});

test("parts of categories lie beside one another, with their sum at the end", () => {
  const drawing = drawn(anAnswer([[["A", "C"], "5"], [["A", "O"], "2"]], { by: [by("kind"), by("status")] }), OPTIONS);
  const { inside } = drawing.marks[1].inside.find(({ attributes }) => attributes.class === "marks parts");
  const [closed, open] = inside.map(({ attributes }) => attributes);

  assert.equal(Math.abs(closed.x + closed.width - open.x) < 0.2, true);
  assert.deepEqual(textsOf(drawing).slice(-2), ["A", "7"]);
  assert.equal(drawing.readings[0].text, "A. Closed: 5; Open: 2");
});

test("beyond six lines the rest is one line where values add up", () => {
  const many = anAnswer(NINE, { by: KINDS_BY_YEAR });
  const { lines, left } = linesOf(many, TELLING);

  assert.deepEqual(lines.map(({ label }) => label), ["K8", "K7", "K6", "K5", "K4", "All others"]);
  assert.equal(lines[5].points[0].value, 1 + 2 + 3 + 4);
  assert.equal(left, 0);
});

test("beyond six lines the rest is in the table alone where values do not add up", () => {
  const many = anAnswer(NINE, { measure: "mean", of: "days", by: KINDS_BY_YEAR });

  assert.equal(linesOf(many, TELLING).lines.length, 6);
  assert.deepEqual(drawn(many, { ...OPTIONS, kind: "line" }).notes, ["3 groups are in the table alone."]);
});

test("many thousand keys by many thousand are drawn with few points, and the rest is said", () => {
  const pairs = Array.from({ length: 13_000 }, (_, at) => [[`A${at}`, `B${at}`], "1"]);
  const many = anAnswer(pairs, { by: [by("cost"), by("days")] });
  const { firsts, count, lines } = linesOf(many, TELLING);

  assert.deepEqual([firsts.length, count, lines.length], [30, 13_000, 6]);
  assert.equal(lines.every(({ points }) => points.length === 30), true);
  assert.deepEqual(lines.map(({ label }) => label), ["B0", "B1", "B2", "B3", "B4", "All others"]);
  assert.equal(lines[5].points.filter(({ value }) => value === 1).length, 25);
  assert.deepEqual(drawn(many, OPTIONS).notes, ["12,970 other groups"]);
});

test("a key that is large where it is drawn has a line, however large others are elsewhere", () => {
  const rest = Array.from({ length: 40 }, (_, at) => [[`A${at}`, at < 30 ? "here" : `far ${at}`], at < 30 ? "1" : "99"]);

  assert.equal(linesOf(anAnswer(rest, { by: [by("kind"), by("status")] }), TELLING).lines[0].label, "here");
});

test("others of two columns are a part of their own", () => {
  const others = { value: "9", rows: 9, groups: 4, parts: [{ key: "2025", value: "9", rows: 9 }] };
  const { lines } = linesOf({ ...PAIRS, others }, TELLING);

  assert.equal(lines.at(-1).label, "4 other groups");
  assert.deepEqual(lines.at(-1).points.map(({ value }) => value), [NaN, 9]);
});

test("bins are a histogram, or dots of the rows where both columns are numbers", () => {
  const bins = anAnswer([["0/9", "4.5", 2], ["10/19", "7.25", 3]], { measure: "mean", of: "cost", by: by("days", "bins") });
  const dots = [{ x: 1, y: 2, text: "one" }, { x: 3, y: NaN, text: "none" }];

  assert.deepEqual(kindsFor(bins, TELLING), ["histogram", "scatter"]);
  assert.deepEqual(drawn(bins, OPTIONS).readings.map(({ text }) => text), ["0 to 9: 4.50 (2 rows)", "10 to 19: 7.25 (3 rows)"]);
  assert.equal(valuesOf(drawn(bins, { ...OPTIONS, kind: "scatter", dots }), "circle").length, 1);
  assert.equal(drawn(bins, { ...OPTIONS, kind: "scatter" }), undefined);
});

const SUMS = { measure: "sum", of: "cost", by: by("received", "month") };

/** Sums of months, of which rows of the second have no value. */
function partial(filled, kind) {
  const answer = anAnswer([["2024-01", "40", 4], ["2024-02", "9", 4], ["2024-03", "44", 4], ["2024-04", "42", 4]], SUMS);
  answer.rows[1] = { ...answer.rows[1], filled };
  return drawn(answer, { ...OPTIONS, kind });
}

test("a sum of which some is missing is open, and is said to be incomplete", () => {
  const [bars, line] = [partial(1, "bar"), partial(1, "line")];

  assert.deepEqual(valuesOf(bars, "rect").map(({ attributes }) => attributes.class), [undefined, "open", undefined, undefined]);
  assert.deepEqual(valuesOf(line, "circle").map(({ attributes }) => attributes.class), [undefined, "open"]);
  assert.deepEqual(bars.notes, ["Incomplete sums, because rows lack a value: February 2024 (3 of 4 rows)."]);
  assert.equal(bars.readings[1].text, "February 2024: 9 (1 of 4 rows have a value)");
});

test("a sum of which some is missing is not called the lowest for that", () => {
  assert.match(partial(1, "bar").name, /Highest: March 2024: 44. Lowest: January 2024: 40.$/);
});

/** What a chart of sums of four rows each is called: each with how many rows have a value. */
function nameOf(...sums) {
  const answer = anAnswer(sums.map(([value], at) => [`2024-0${at + 1}`, value, 4]), SUMS);
  answer.rows = answer.rows.map((row, at) => (sums[at][1] < 4 ? { ...row, filled: sums[at][1] } : row));
  return drawn(answer, OPTIONS).name;
}

test("a sum of which some is missing can be the highest, and below zero the lowest", () => {
  assert.match(nameOf(["40", 4], ["90", 3], ["41", 4], ["42", 4]), /Highest: February 2024: 90. Lowest: January 2024: 40.$/);
  assert.match(nameOf(["-40", 4], ["-90", 3], ["-41", 4], ["-42", 4]),
    /Highest: January 2024: -40. Lowest: February 2024: -90.$/);
  assert.match(nameOf(["-40", 4], ["-9", 3], ["-41", 4], ["-42", 4]),
    /Highest: January 2024: -40. Lowest: April 2024: -42.$/);
});

test("sums are the same everywhere only where none of them is left out", () => {
  assert.equal(nameOf(["40", 4], ["10", 1], ["40", 4], ["40", 4]).includes("The same everywhere"), false);
  assert.equal(nameOf(["40", 4], ["40", 4], ["40", 4]).includes("The same everywhere"), true);
});

test("others of which some is missing are open, and are said to be incomplete", () => {
  const others = { value: "5", rows: 50, filled: 20, groups: 7 };
  const drawing = drawn(anAnswer([["a", "4", 2]], { measure: "sum", of: "cost", others }), OPTIONS);

  assert.equal(valuesOf(drawing, "rect")[1].attributes.class, "others open");
  assert.deepEqual(drawing.notes, ["Incomplete sums, because rows lack a value: 7 other groups (30 of 50 rows)."]);
});

/** Sums by two columns, the first of which lacks some. */
function partialPairs(first) {
  const answer = anAnswer(CELLS, { measure: "sum", of: "cost", by: [first, by("status")] });
  answer.rows[0] = { ...answer.rows[0], filled: 1 };
  return answer;
}

test("a part of a bar that lacks some is open, standing and lying", () => {
  const looks = (first) => valuesOf(drawn(partialPairs(first), OPTIONS), "rect").map(({ attributes }) => attributes.class);
  const lying = drawn(partialPairs(by("kind")), OPTIONS).marks[1].inside
    .find(({ attributes }) => attributes.class === "marks parts").inside.map(({ attributes }) => attributes.class);

  assert.deepEqual(looks(by("received", "year")), ["open", undefined, undefined]);
  assert.deepEqual(lying, ["open", undefined, undefined]);
});

test("the rest of many lines lacks what its parts lack", () => {
  const many = anAnswer(NINE, { measure: "sum", of: "cost", by: KINDS_BY_YEAR });
  many.rows = many.rows.map((row, at) => ({ ...row, rows: 3, ...(at === 1 ? { filled: 2 } : {}) }));
  const [point] = linesOf(many, TELLING).lines[5].points;

  assert.deepEqual([point.isPart, point.filled, point.rows], [true, 11, 12]);
});

test("the sum of rows that all have no value is no value", () => {
  const { readings, notes, ...drawing } = partial(0, "bar");

  assert.equal(valuesOf(drawing, "rect").length, 3);
  assert.equal(readings[1].text, "February 2024: no value (0 of 4 rows have a value)");
  assert.deepEqual(notes, ["Incomplete sums, because rows lack a value: February 2024 (4 of 4 rows)."]);
});

test("of many incomplete sums the first are named", () => {
  const answer = anAnswer(["a", "b", "c", "d", "e"].map((key) => [key, "1", 2]), { measure: "sum", of: "cost" });
  answer.rows = answer.rows.map((row) => ({ ...row, filled: 1 }));

  assert.deepEqual(drawn(answer, OPTIONS).notes,
    ["Incomplete sums, because rows lack a value: a (1 of 2 rows); b (1 of 2 rows); c (1 of 2 rows); and 2 more."]);
});

test("parts of a bar have an edge in their own color, and shades apart", () => {
  const [part] = valuesOf(drawn(PAIRS, OPTIONS), "rect").filter(({ attributes }) => attributes["fill-opacity"] < 1);
  const steps = SHADES.slice(1).map((shade, at) => SHADES[at] - shade);
  const colors = { text: "#111", marks: "#00f", ground: "#fff", muted: "#999", lines: "#ccc", font: "" };
  const style = fileOf(drawn(PAIRS, OPTIONS), colors);

  assert.equal(part !== undefined && Math.min(...steps) >= 0.12, true);
  assert.match(style, /\.parts rect\{stroke:currentColor\}/);
});

test("few periods are bars, many are a line, and what does not fit is not drawn", () => {
  const long = anAnswer(Array.from({ length: 20 }, (_, at) => [String(2000 + at), "1"]), { by: by("received", "year") });
  const dates = anAnswer([["A", "2024-01-01", 1]], { measure: "min", of: "received" });

  assert.equal(kindsFor(MONTHS, TELLING)[0], "bar");
  assert.equal(kindsFor(long, TELLING)[0], "line");
  assert.deepEqual(kindsFor(dates, TELLING), []);
  assert.equal(chosenKind("pie", ["bar"]), "bar");
  assert.equal(chosenKind("none", ["bar"]), "none");
});

test("a chart of a table that nobody described is drawn with what there is", () => {
  const answer = anAnswer([["a", "1"], ["b", "2"]], { measure: "sum", of: "total", by: by("name") });
  const drawing = drawn(answer, { say: OPTIONS.say, language: "en" });

  assert.equal(drawing.title, "Sum of total by name");
  assert.deepEqual(textsOf(drawing), ["a", "1", "b", "2"]);
});

test("what stands in cells is text in a file, whatever it says", () => {
  const hostile = anAnswer([["<script>alert(1)</script>", "3"], ['"><img onerror=x>\u0001\ud800', "2"]]);
  const file = fileOf(drawn(hostile, OPTIONS), COLORS);

  assert.equal(/<script|<img|[\u0001\ud800]/.test(file), false);
  assert.equal(file.includes("&lt;script&gt;"), true);
  assert.equal(markup(mark("text", { x: '"' }, "&")), '<text x="&quot;">&amp;</text>');
});

test("a file brings its title, colors and ground along", () => {
  const file = fileOf(drawn(MONTHS, OPTIONS), COLORS);

  assert.match(file, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.match(file, /Number of rows by month of Received/);
  assert.match(file, /\.marks\{color:navy/);
  assert.match(file, /fill="white"/);
});
