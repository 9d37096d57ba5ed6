/**
 * Numbers that a file holds as doubles, as the decimals that they are written as: 0.1 is a tenth. Other columns stay.
 *
 * @typedef {import("./columns.js").Column} Column
 */
import { needsExact, textOf } from "./cells.js";
import { columnOfTexts, numbersOf } from "./making.js";

const LIKELY_SCALES = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** @type {WeakMap<Float64Array, Column>} */
const known = new WeakMap();

/** @param {Column} column @returns {Column} */
export function scaled(column) {
  if (column.kind !== "number" || !column.numbers || column.scale !== undefined) return column;
  let made = known.get(column.numbers);
  if (!made) known.set(column.numbers, (made = { ...column, ...ofDoubles(column, column.numbers) }));
  return made;
}

/** @param {Column} column @param {Float64Array} doubles */
function ofDoubles(column, doubles) {
  const numbers = doubles.every((number) => Math.abs(number) !== Infinity) ? doubles
    : doubles.map((number) => (Math.abs(number) === Infinity ? NaN : number));
  const scale = LIKELY_SCALES.find((tried) => numbers.every((number) => Number.isNaN(number) || hasScale(number, tried)));
  if (scale !== undefined) return { numbers, scale };
  const texts = Array.from(numbers, (_, row) => textOf({ ...column, numbers }, row));
  return numbersOf(column.name, "number", texts) ?? columnOfTexts(column.name, "text", texts);
}

/** @param {number} number @param {number} scale */
function hasScale(number, scale) {
  const digits = Math.round(number * 10 ** scale);
  return digits / 10 ** scale === number && !needsExact(digits, scale);
}
