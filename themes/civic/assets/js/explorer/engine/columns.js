/**
 * The columns of a table as the explorer holds them: typed arrays, so that a million rows are small and quick to go through.
 *
 * @typedef {"text" | "boolean" | "integer" | "number" | "date" | "datetime" | "time" | "year" | "geometry"} Kind
 *
 * @typedef {object} Column
 * @property {string} name
 * @property {Kind} kind
 * @property {number} length
 * @property {Uint32Array} [codes]      text, boolean ("true", "false"), geometry: places in `values`; 0 is no value
 * @property {string[]} [values]        each once, in any order; values[0] === ""
 *                                      also of a datetime whose cells have several offsets, beside `numbers`
 * @property {Float64Array} [numbers]   all other kinds, NaN is no value. date: days since 1970-01-01; datetime: milliseconds
 *                                      on the clock as if it were UTC; time: milliseconds since midnight; year: the year
 * @property {BigInt64Array | bigint[]} [exact]   where some value does not survive in `numbers` (`needsExact`), every value:
 *                                      the digits of an integer or number, the microseconds of a datetime; 0n for no value
 * @property {number} [scale]           integer, number: decimals as stored, 1.50 has 2; a value is its digits times 10^-scale
 * @property {string} [offset]          datetime: what follows the clock in every cell, such as "Z" or "-04:00"
 */
export { digitsOf, isFilled, needsExact, needsExactMoment, picked, textOf, textOfNumber, TEXT_KINDS } from "./cells.js";
export { column, columnOfDigits, columnOfMoments, columnOfTexts, joined } from "./making.js";
