/**
 * Numbers of every row exactly, as quotients of two whole numbers: doubles as long as none can grow beyond what they hold,
 * else big whole numbers. What is missing is never asked for.
 *
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {(row: number) => boolean} Test
 * @typedef {{get: (row: number) => number | bigint, most: number, isFixed: boolean}} Whole    most: no value is farther from 0
 * @typedef {{has: Test, top: Whole, bottom: Whole}} Quotient
 */
import { isFilled } from "../engine/cells.js";
import { power } from "../engine/decimals.js";

export const always = () => true;

/** The same number for every row. @param {bigint} number @returns {Whole} */
export function fixed(number) {
  const most = Math.abs(Number(number));
  const value = most <= Number.MAX_SAFE_INTEGER ? Number(number) : number;
  return { get: () => value, most, isFixed: true };
}

/** @param {(row: number) => number | bigint} get @param {number} most @returns {Whole} */
export const whole = (get, most) => ({ get, most, isFixed: false });

/**
 * @param {Whole} a @param {Whole} b @param {number} most
 * @param {{small: (a: number, b: number) => number, large: (a: bigint, b: bigint) => bigint}} how
 */
function reckoned(a, b, most, { small, large }) {
  const [first, second] = [a.get, b.get];
  if (a.isFixed && b.isFixed) return fixed(large(BigInt(first(0)), BigInt(second(0))));
  return most <= Number.MAX_SAFE_INTEGER ? whole((row) => small(Number(first(row)), Number(second(row))), most)
    : whole((row) => large(BigInt(first(row)), BigInt(second(row))), most);
}

/** @param {Whole} a @param {Whole} b */
function times(a, b) {
  if (a.isFixed && a.get(0) === 1) return b;
  if (b.isFixed && b.get(0) === 1) return a;
  return reckoned(a, b, a.most * b.most, { small: (x, y) => x * y, large: (x, y) => x * y });
}

/** @param {Whole} a @param {Whole} b */
const plus = (a, b) => reckoned(a, b, a.most + b.most, { small: (x, y) => x + y, large: (x, y) => x + y });

/** @param {Whole} a @param {Whole} b */
const minus = (a, b) => reckoned(a, b, a.most + b.most, { small: (x, y) => x - y, large: (x, y) => x - y });

/** @param {Test} a @param {Test} b @returns {Test} */
export function both(a, b) {
  if (a === always || b === always) return a === always ? b : a;
  return (row) => a(row) && b(row);
}

/** A decimal as it is written. @param {import("./parsing.js").Decimal} decimal @returns {Quotient} */
export const decimal = ({ digits, scale }) => ({ has: always, top: fixed(digits), bottom: fixed(power(scale)) });

/** A column of numbers, which are digits at its scale. @param {Column} column @returns {Quotient} */
export function numbersOf(column) {
  const { numbers = new Float64Array(), exact, scale = 0 } = column;
  const unit = 10 ** scale;
  let most = 0;
  for (const number of numbers) if (Math.abs(number) > most) most = Math.abs(number);
  const top = exact ? whole((row) => exact[row], Infinity) : whole((row) => Math.round(numbers[row] * unit), most * unit + 1);
  return { has: (row) => isFilled(column, row), top, bottom: fixed(power(scale)) };
}

/** Two numbers reckoned together. Nothing can be divided by 0: it is missing. @param {string} sign @param {Quotient} a @param {Quotient} b @returns {Quotient} */
export function reckon(sign, a, b) {
  const has = both(a.has, b.has);
  if (sign === "*") return { has, top: times(a.top, b.top), bottom: times(a.bottom, b.bottom) };
  if (sign === "/") {
    const isThere = both(has, b.top.isFixed && b.top.get(0) ? always : (row) => Boolean(b.top.get(row)));
    return { has: isThere, top: times(a.top, b.bottom), bottom: times(a.bottom, b.top) };
  }
  const add = sign === "+" ? plus : minus;
  const isAlike = a.bottom.isFixed && b.bottom.isFixed && a.bottom.get(0) === b.bottom.get(0);
  if (isAlike) return { has, top: add(a.top, b.top), bottom: a.bottom };
  return { has, top: add(times(a.top, b.bottom), times(b.top, a.bottom)), bottom: times(a.bottom, b.bottom) };
}

/** How the numbers of a row stand to each other: below 0 where the first is less. @param {Quotient} a @param {Quotient} b */
export function numbersInOrder(a, b) {
  const [left, right, below] = [times(a.top, b.bottom).get, times(b.top, a.bottom).get, times(a.bottom, b.bottom)];
  const order = (/** @type {number} */ row) => {
    const [one, other] = [left(row), right(row)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
  if (below.isFixed && below.get(0) > 0) return order;
  return (/** @type {number} */ row) => (below.get(row) < 0 ? -order(row) : order(row));
}
