/**
 * Rows in the order of some columns. Empty cells come last in both directions, and equal rows stay in the order of the file.
 *
 * @typedef {import("./columns.js").Column} Column
 * @typedef {{column: string, isDown: boolean}} Sort
 * @typedef {{low: Uint32Array, high: Uint32Array | null}} Keys    of 64 bits, or of 32; without sign
 */
import { isFilled } from "./cells.js";
import { ranks } from "./folding.js";

const LAST = 0xffffffff;
const SIGN = 0x80000000;
const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;

/**
 * The selected rows in order: by the first sort, where that is equal by the second, and so on.
 * @param {Uint32Array} selection @param {ReadonlyMap<string, Column>} columns @param {readonly Sort[]} sorts
 * @returns {Uint32Array}
 */
export function sorted(selection, columns, sorts) {
  let rows = selection;
  // Each pass keeps what is equal to it in the order of the pass before, so the most important comes last.
  for (const { column: name, isDown } of [...sorts].reverse()) {
    const column = columns.get(name);
    if (column) rows = inOrder(rows, keysOf(column, rows, isDown));
  }
  return rows;
}

/**
 * Numbers without sign that are in the order of a column's values, for the rows given.
 * @param {Column} column @param {Uint32Array} rows @param {boolean} isDown @returns {Keys}
 */
function keysOf(column, rows, isDown) {
  const { codes, values, numbers, exact } = column;
  if (codes && values && !numbers) return keysOfRanks(rows, codes, ranks(values), isDown);
  if (Array.isArray(exact)) return keysOfRanks(rows, null, ranksOfWide(column, exact), isDown);
  return keysOfNumbers(column, rows, isDown);
}

/**
 * Keys from places in an order, of which 0 is no value: of codes, where there are some, else of rows.
 * @param {Uint32Array} rows @param {Uint32Array | null} codes @param {Uint32Array} places @param {boolean} isDown
 * @returns {Keys}
 */
function keysOfRanks(rows, codes, places, isDown) {
  const low = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const place = places[codes ? codes[rows[at]] : rows[at]];
    low[at] = place === 0 ? LAST : isDown ? LAST - place : place;
  }
  return { low, high: null };
}

/**
 * Numbers beyond 64 bits, by their place among all of the column; 0 for no value.
 * @param {Column} column @param {bigint[]} exact
 */
function ranksOfWide(column, exact) {
  const numbers = /** @type {Float64Array} */ (column.numbers);
  const order = Uint32Array.from(exact.keys()).filter((row) => isFilled(column, row));
  order.sort((a, b) => numbers[a] - numbers[b] || (exact[a] < exact[b] ? -1 : Number(exact[a] > exact[b])));
  const places = new Uint32Array(exact.length);
  let place = 0;
  order.forEach((row, at) => {
    if (!at || exact[row] !== exact[order[at - 1]]) place++;
    places[row] = place;
  });
  return places;
}

/** @param {Column} column @param {Uint32Array} rows @param {boolean} isDown @returns {Keys} */
function keysOfNumbers(column, rows, isDown) {
  const numbers = /** @type {Float64Array} */ (column.numbers);
  const picked = column.exact ? new BigInt64Array(rows.length) : new Float64Array(rows.length);
  const given = column.exact ?? numbers;
  for (let at = 0; at < rows.length; at++) picked[at] = given[rows[at]];
  const words = new Uint32Array(picked.buffer); // the lower half of each comes first on every machine that runs browsers
  const [low, high] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  const down = isDown ? LAST : 0;
  for (let at = 0; at < rows.length; at++) {
    if (Number.isNaN(numbers[rows[at]])) {
      low[at] = high[at] = LAST;
      continue;
    }
    const top = words[2 * at + 1];
    // The bits of a negative double grow with its size, so all of them are turned; of other numbers only the sign is.
    const turned = top & SIGN && !column.exact ? LAST : 0;
    low[at] = words[2 * at] ^ turned ^ down;
    high[at] = top ^ (turned || SIGN) ^ down;
  }
  return { low, high };
}

/**
 * Rows in the order of their keys: a radix sort, from the last 16 bits to the first.
 * @param {Uint32Array} rows @param {Keys} keys
 */
function inOrder(rows, { low, high }) {
  let order = counted(rows.length);
  let spare = new Uint32Array(rows.length);
  for (const [words, shift] of /** @type {[Uint32Array | null, number][]} */ ([[low, 0], [low, 16], [high, 0], [high, 16]])) {
    if (words && passed(order, spare, words, shift)) [order, spare] = [spare, order];
  }
  for (let at = 0; at < order.length; at++) spare[at] = rows[order[at]];
  return spare;
}

/** @param {number} length */
function counted(length) {
  const numbers = new Uint32Array(length);
  for (let at = 0; at < length; at++) numbers[at] = at;
  return numbers;
}

/**
 * One pass over 16 bits of the keys; false when they are alike in all rows.
 * @param {Uint32Array} order @param {Uint32Array} into @param {Uint32Array} words @param {number} shift
 */
function passed(order, into, words, shift) {
  const starts = new Uint32Array(DIGITS + 1);
  for (let at = 0; at < words.length; at++) starts[((words[at] >>> shift) & (DIGITS - 1)) + 1]++;
  if (!words.length || starts[((words[0] >>> shift) & (DIGITS - 1)) + 1] === words.length) return false;
  for (let digit = 1; digit <= DIGITS; digit++) starts[digit] += starts[digit - 1];
  for (let at = 0; at < order.length; at++) into[starts[(words[order[at]] >>> shift) & (DIGITS - 1)]++] = order[at];
  return true;
}
