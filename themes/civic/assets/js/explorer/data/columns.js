/** A column of the explorer, filled page by page as a file is read. */
import { ReadingError } from "./errors.js";
import { BOOLEAN, BYTES, DOUBLE, FIXED, FLOAT, INT64, wholeNumber } from "./footer.js";
import { Texts, UTF8 } from "./texts.js";
import { momentOf } from "../engine/calendar.js";

/**
 * @typedef {import("./footer.js").Stored} Stored
 * @typedef {import("./pages.js").Page} Page
 * @typedef {import("../engine/columns.js").Column} Column
 */

/**
 * A column without values yet, for so many rows.
 * @param {Stored} stored
 * @param {number} length
 * @param {Texts} texts shared by all portions of the column, so that their places fit together
 * @returns {Column}
 */
export function emptyColumn(stored, length, texts) {
  const { name, kind, scale, physical, offset } = stored;
  if (stored.hasOffsets) {
    const numbers = new Float64Array(length).fill(NaN);
    return { name, kind: "datetime", length, codes: new Uint32Array(length), values: texts.values, numbers };
  }
  if (kind === "text" || kind === "boolean" || kind === "geometry") {
    return { name, kind, length, codes: new Uint32Array(length), values: texts.values };
  }
  /** @type {Column} */
  const made = { name, kind, length, numbers: new Float64Array(length) };
  if (kind === "integer" || kind === "number") {
    if (physical !== FLOAT && physical !== DOUBLE) made.scale = scale ?? 0;
  }
  if (offset) made.offset = offset;
  if (stored.isLarge) made.exact = physical === INT64 ? new BigInt64Array(length) : new Array(length).fill(0n);
  return made;
}

/**
 * Put a page into a column, from a row on.
 * @param {Column} column @param {Stored} stored @param {Page} page @param {number} start
 */
export function putPage(column, stored, page, start) {
  const { rows, present, values } = page;
  if (start + rows > column.length) throw new ReadingError("Broken", `Column ${column.name} has more rows than were told of.`);
  if (column.codes) {
    putCodes(column.codes, /** @type {Uint32Array} */ (values), present, start);
    if (column.numbers) putClocks(column, start, start + rows);
  } else if (values instanceof Float64Array) putNumbers(column, values, { present, start, stored });
  else putLarge(column, /** @type {bigint[]} */ (values), { present, start, stored });
}

/** @param {Uint32Array} codes @param {Uint32Array} values @param {Uint8Array | null} present @param {number} start */
function putCodes(codes, values, present, start) {
  if (!present) codes.set(values, start);
  else for (let row = 0, next = 0; row < present.length; row += 1) codes[start + row] = present[row] ? values[next++] : 0;
}

/** @type {WeakMap<string[], number[]>} */
const clocks = new WeakMap();

/**
 * Where cells have several offsets the file has their texts: the clock of each, once for each text.
 * @param {Column} column @param {number} start @param {number} end
 */
function putClocks(column, start, end) {
  const [codes, values, numbers] = [/** @type {Uint32Array} */ (column.codes), /** @type {string[]} */ (column.values),
    /** @type {Float64Array} */ (column.numbers)];
  let known = clocks.get(values);
  if (!known) clocks.set(values, (known = [NaN]));
  for (let row = start; row < end; row += 1) {
    const code = codes[row];
    numbers[row] = known[code] ??= Number(momentOf(values[code])?.clock ?? NaN) / 1000;
  }
}

/**
 * @param {Column} column @param {Float64Array} values
 * @param {{present: Uint8Array | null, start: number, stored: Stored}} how
 */
function putNumbers(column, values, { present, start, stored: { divisor, shift } }) {
  const numbers = /** @type {Float64Array} */ (column.numbers);
  const rows = present ? present.length : values.length;
  for (let row = 0, next = 0; row < rows; row += 1) {
    numbers[start + row] = !present || present[row] ? values[next++] / divisor + shift : NaN;
  }
}

/**
 * @param {Column} column @param {bigint[] | BigInt64Array} values
 * @param {{present: Uint8Array | null, start: number, stored: Stored}} how
 */
function putLarge(column, values, { present, start, stored }) {
  const numbers = /** @type {Float64Array} */ (column.numbers);
  const exact = /** @type {bigint[]} */ (column.exact);
  const isMoment = column.kind === "datetime";
  const rows = present ? present.length : values.length;
  for (let row = 0, next = 0; row < rows; row += 1) {
    if (present && !present[row]) {
      numbers[start + row] = NaN;
      continue;
    }
    const value = values[next++];
    exact[start + row] = isMoment ? microseconds(value, stored.divisor) + BigInt(stored.shift * 1000) : value;
    numbers[start + row] = isMoment ? Number(exact[start + row]) / 1000 : nearest(value, stored.scale ?? 0);
  }
}

/**
 * The double nearest to digits times 10^-scale, as reading the decimal text gives it.
 * @param {bigint} digits @param {number} scale
 */
function nearest(digits, scale) {
  return scale ? Number(`${digits}e-${scale}`) : Number(digits);
}

/** @param {bigint} value @param {number} divisor parts of a millisecond */
function microseconds(value, divisor) {
  return divisor < 1000 ? value * 1000n / BigInt(divisor) : value / BigInt(divisor / 1000);
}

/** The bytes that a column takes, without its texts. @param {Column} column */
export function bytesOf({ length, codes, numbers, exact }) {
  return length * ((codes ? 4 : 0) + (numbers ? 8 : 0) + (exact ? 16 : 0));
}

/**
 * Some rows of a column, as one that shares its arrays.
 * @param {Column} column @param {number} start @param {number} end @returns {Column}
 */
export function portion(column, start, end) {
  const { codes, numbers, exact } = column;
  return {
    ...column,
    length: end - start,
    ...(codes && { codes: codes.subarray(start, end) }),
    ...(numbers && { numbers: numbers.subarray(start, end) }),
    ...(exact && { exact: exact instanceof BigInt64Array ? exact.subarray(start, end) : exact.slice(start, end) }),
  };
}

/** Copy a portion into a longer column of the same file. @param {Column} into @param {Column} from @param {number} start */
export function putPortion(into, from, start) {
  if (into.codes && from.codes) into.codes.set(from.codes, start);
  if (into.numbers && from.numbers) into.numbers.set(from.numbers, start);
  if (!into.exact || !from.exact) return;
  if (into.exact instanceof BigInt64Array) into.exact.set(/** @type {BigInt64Array} */ (from.exact), start);
  else for (let row = 0; row < from.length; row += 1) into.exact[start + row] = from.exact[row];
}

/**
 * A column of single values, each in its bytes as the footer tells them.
 * @param {Stored} stored @param {readonly Uint8Array[]} values @returns {Column}
 */
export function bytesColumn(stored, values) {
  const texts = new Texts();
  const column = emptyColumn(stored, values.length, texts);
  values.forEach((bytes, row) => {
    putPage(column, stored, { rows: 1, present: null, values: valueOf(stored, bytes, texts) }, row);
  });
  return column;
}

/** @param {Stored} stored @param {Uint8Array} bytes @param {Texts} texts @returns {import("./pages.js").Values} */
function valueOf({ physical, isLarge }, bytes, texts) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (physical === BYTES) return Uint32Array.of(texts.place(UTF8.decode(bytes)));
  if (physical === BOOLEAN) return Uint32Array.of(texts.place(bytes[0] ? "true" : "false"));
  if (physical === FLOAT) return Float64Array.of(view.getFloat32(0, true));
  if (physical === DOUBLE) return Float64Array.of(view.getFloat64(0, true));
  const whole = wholeNumber(bytes, physical === FIXED ? FIXED : INT64);
  return isLarge ? [whole] : Float64Array.of(Number(whole));
}
