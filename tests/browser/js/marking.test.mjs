import assert from "node:assert/strict";
import { test } from "node:test";

import { corrected, marked } from "../../../themes/civic/assets/js/search-page/marking.js";

const marks = (text, ...forms) => marked(text, new Set(forms)).filter(([, isFound]) => isFound).map(([part]) => part);

test("a word is marked whatever its case and accents", () => {
  assert.deepEqual(marks("Écoles and écoles", "ecoles"), ["Écoles", "écoles"]);
});

test("any form of a word is marked, and as a whole word alone", () => {
  assert.deepEqual(marks("Tree, trees, street", "tree", "trees"), ["Tree", "trees"]);
});

test("the parts put together are the text", () => {
  const text = "  A “tree” — trees’ & 木の葉!";
  const whole = marked(text, new Set(["tree", "trees", "木の"])).map(([part]) => part).join("");

  assert.equal(whole, text);
});

test("an apostrophe inside a word does not part it", () => {
  assert.deepEqual(marks("The city's trees", "citys"), ["city's"]);
});

test("the parts of a column's name are words", () => {
  assert.deepEqual(marks("days_open", "open"), ["open"]);
});

test("in Chinese and Japanese pairs of letters are marked, touching ones as one", () => {
  assert.deepEqual(marks("木の葉の数", "木の", "の葉"), ["木の葉"]);
});

test("a Korean word is marked as a whole", () => {
  assert.equal(marks("나무 길", "나").length, 0);
  assert.deepEqual(marks("나무 길", "나".normalize("NFKD").slice(0, 2)), ["나무"]);
});

test("a text without a word that was found has no mark", () => {
  assert.deepEqual(marked("Trees", new Set()), [["Trees", false]]);
  assert.deepEqual(marked("", new Set(["trees"])), []);
});

test("a question is shown with the words that were meant", () => {
  assert.equal(corrected("Bycicle lanes, topic:streets", { bycicle: "bicycle" }), "bicycle lanes, topic:streets");
});

test("words that every object has a property of are words like others", () => {
  assert.equal(corrected("constructor toString __proto__ bycicle", { bycicle: "bicycle" }), "constructor toString __proto__ bicycle");
  assert.equal(corrected("a constructor", { constructor: "construction" }), "a construction");
});
