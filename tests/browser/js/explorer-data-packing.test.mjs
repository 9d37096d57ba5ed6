import assert from "node:assert/strict";
import { test } from "node:test";

import {
  packedNumber, readLargeSteps, readRuns, readSteps, varint,
} from "../../../themes/civic/assets/js/explorer/data/bits.js";
import { readFooter, wholeNumber } from "../../../themes/civic/assets/js/explorer/data/footer.js";
import { Held } from "../../../themes/civic/assets/js/explorer/data/held.js";
import { placesOf, Texts } from "../../../themes/civic/assets/js/explorer/data/texts.js";

const SPARE = [0, 0, 0, 0, 0, 0, 0, 0];
const reader = (...bytes) => ({ view: new DataView(Uint8Array.from([...bytes, ...SPARE]).buffer), at: 0 });
const stored = (...texts) => Uint8Array.from(texts.flatMap((text) => {
  const bytes = [...new TextEncoder().encode(text)];
  return [bytes.length & 255, bytes.length >> 8, 0, 0, ...bytes];
}));
const portion = (name, length) => ({
  column: { name, kind: "number", length, numbers: new Float64Array(length) }, texts: new Texts(),
});

test("a number of any width starts at any bit", () => {
  const { view } = reader(0b10110100, 0b11, 255, 255, 255, 255, 255, 255);

  assert.equal(packedNumber(view, 2, 8), 0b11101101);
  assert.equal(packedNumber(view, 16, 32), 2 ** 32 - 1);
  assert.equal(packedNumber(view, 11, 53), 2 ** 53 - 32);
});

test("numbers of seven bits a byte go beyond 32 bits", () => {
  assert.equal(varint(reader(0xac, 0x02)), 300);
  assert.equal(varint(reader(0xff, 0xff, 0xff, 0xff, 0xff, 0x01)), 2 ** 36 - 1);
});

test("runs and packed numbers come by turns, and the last may be longer than what is wanted", () => {
  const numbers = new Uint32Array(7);
  readRuns(reader(6, 5, 3, 0b10001000, 0b11000110, 0b11111010), 3, numbers);

  assert.deepEqual([...numbers], [5, 5, 5, 0, 1, 2, 3]);
});

test("steps add up, down as well as up", () => {
  const numbers = new Float64Array(3);
  const isDone = readSteps(reader(128, 1, 4, 3, 20, 9, 3, 0, 0, 0, 0x07, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), numbers, false);

  assert.equal(isDone, true);
  assert.deepEqual([...numbers], [10, 12, 7]);
});

test("steps beyond what doubles hold are left to those who can", () => {
  const bytes = [128, 1, 4, 2, ...Array(9).fill(0xff), 1, 2, 0, 0, 0, 0];
  const numbers = new BigInt64Array(2);
  readLargeSteps(reader(...bytes), numbers);

  assert.equal(readSteps(reader(...bytes), new Float64Array(2), false), false);
  assert.deepEqual([...numbers], [-(2n ** 63n), -(2n ** 63n) + 1n]);
});

test("whole numbers have a sign, from either end", () => {
  assert.equal(wholeNumber(Uint8Array.of(0xfe, 0xff, 0xff, 0xff), 1), -2n);
  assert.equal(wholeNumber(Uint8Array.of(0xff, 0xfe), 7), -2n);
});

test("texts of ASCII and of other letters are the same texts", () => {
  const texts = new Texts();
  const places = placesOf(stored("elm", "", "Größe", "elm", "\u{1f333}", "\ufeffx"), 6, texts);

  assert.deepEqual([...places].map((place) => texts.values[place]), ["elm", "", "Größe", "elm", "\u{1f333}", "\ufeffx"]);
  assert.deepEqual([...places], [1, 0, 2, 1, 3, 4]);
});

test("a long text whose length looks like letters is read as it is", () => {
  const texts = new Texts();
  placesOf(stored("x".repeat(0x80c4), "y"), 2, texts);

  assert.deepEqual(texts.values.map((text) => text.length), [0, 0x80c4, 1]);
});

test("a list of texts that was handed out does not grow", () => {
  const texts = new Texts();
  texts.place("a");
  const list = texts.list();
  texts.place("b");

  assert.deepEqual(list, ["", "a"]);
  assert.deepEqual(texts.list(), ["", "a", "b"]);
});

test("who comes after the last text finds the same places", () => {
  const texts = new Texts();
  texts.place("a");
  texts.close();

  assert.deepEqual([texts.place("a"), texts.place("b")], [1, 2]);
});

test("what was not asked for the longest goes first when there is no more room", () => {
  const held = new Held(2_000);
  held.put("0 a", portion("a", 100));
  held.put("0 b", portion("b", 100));
  held.get("0 a");
  held.put("0 c", portion("c", 100));

  assert.deepEqual([...held.kept.keys()], ["0 a", "0 c"]);
});

test("the texts of a column go with its last part", () => {
  const held = new Held(0);
  const texts = held.textsOf("a");
  texts.place("elm");
  held.put("0 a", { column: { name: "a", kind: "text", length: 1, codes: Uint32Array.of(1) }, texts });
  held.put("0 b", portion("b", 1));

  assert.deepEqual(held.textsOf("a").values, [""]);
});

test("bytes that are no footer are told of", () => {
  const fails = (bytes) => assert.throws(() => readFooter(bytes, []), { name: "Broken" });

  fails(new Uint8Array(4));
  fails(new Uint8Array(100));
  fails(Uint8Array.from([...Array(20).fill(0), 255, 255, 0, 0, 0x50, 0x41, 0x52, 0x31]));
});
