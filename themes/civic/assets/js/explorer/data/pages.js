/** The pages of a column's part in a group: unpacked, with a mark for each cell that has a value, and the values as stored. */
import { snappyUncompress } from "hyparquet/src/snappy.js";
import { deserializeTCompactProtocol } from "hyparquet/src/thrift.js";

import { readLargeSteps, readRuns, readSteps, SPARE } from "./bits.js";
import { ReadingError } from "./errors.js";
import { BOOLEAN, BYTES, DOUBLE, FIXED, FLOAT, INT32, INT64, wholeNumber } from "./footer.js";
import { shapeText } from "./shapes.js";
import { placesOf, Texts } from "./texts.js";

/**
 * @typedef {import("./footer.js").Stored} Stored
 * Values as stored: places of texts, numbers, or whole numbers of any size.
 * @typedef {Uint32Array | Float64Array | BigInt64Array | bigint[]} Values
 * @typedef {{rows: number, present: Uint8Array | null, values: Values}} Page    `present`: null where every cell has a value
 */

const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_2 = 3;
const PLAIN = 0;
const PLAIN_DICTIONARY = 2;
const RUNS = 3;
const STEPS = 5;
const DICTIONARY = 8;
const SNAPPY = 1;

/**
 * Each page of some bytes, which start with one. The dictionary may come with them or be given.
 * @param {Uint8Array} bytes
 * @param {Stored} column
 * @param {number} codec
 * @param {Texts} texts
 * @param {{values?: Values}} [known] keeps the dictionary
 * @returns {Generator<Page>}
 */
export function* pagesOf(bytes, column, codec, texts, known = {}) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: 0 };
  while (reader.offset < bytes.length) {
    // any: what the Thrift reader gives has no types but numbers of fields.
    const header = /** @type {any} */ (deserializeTCompactProtocol(reader));
    const body = bytes.subarray(reader.offset, reader.offset + header.field_3);
    reader.offset += header.field_3;
    if (header.field_1 === DICTIONARY_PAGE) {
      const page = unpacked(body, header.field_2, codec);
      known.values = plain(page, header.field_7.field_1, column, texts);
    } else if (header.field_1 === DATA_PAGE || header.field_1 === DATA_PAGE_2) {
      yield dataPage(body, header, { column, codec, texts, dictionary: known.values });
    }
  }
}

/**
 * Bytes of a page with some to spare behind them.
 * @param {Uint8Array} bytes @param {number} size @param {number} codec
 */
function unpacked(bytes, size, codec) {
  if (codec > SNAPPY) throw new ReadingError("Unsupported", `Compressed in a way that is not read here (${codec}).`);
  const page = new Uint8Array(size + SPARE);
  if (codec === SNAPPY) snappyUncompress(bytes, page.subarray(0, size));
  else page.set(bytes.subarray(0, size));
  return page;
}

/**
 * @param {Uint8Array} body @param {any} header
 * @param {{column: Stored, codec: number, texts: Texts, dictionary: Values | undefined}} of
 * @returns {Page}
 */
function dataPage(body, header, { column, codec, texts, dictionary }) {
  const isSecond = header.field_1 === DATA_PAGE_2;
  const about = isSecond ? header.field_8 : header.field_5;
  const rows = about.field_1;
  /** @type {Uint8Array} */
  let page;
  let at = 0;
  /** @type {Uint8Array | null} */
  let present = null;
  if (isSecond) {
    const levels = about.field_5 + about.field_6;
    const size = header.field_2 - levels;
    page = unpacked(body.subarray(levels), size, about.field_7 === false ? 0 : codec);
    present = column.isOptional && about.field_2 ? presence(spared(body.subarray(about.field_6, levels)), 0, rows) : null;
  } else {
    page = unpacked(body, header.field_2, codec);
    if (column.isOptional) {
      present = presence(page, 4, rows);
      at = 4 + viewOf(page).getUint32(0, true);
    }
  }
  const count = present ? present.reduce(added, 0) : rows;
  const encoding = isSecond ? about.field_4 : about.field_2;
  const values = valuesOf(page.subarray(at), count, encoding, { column, texts, dictionary });
  return { rows, present: count === rows ? null : present, values };
}

const added = (/** @type {number} */ sum, /** @type {number} */ value) => sum + value;
const viewOf = (/** @type {Uint8Array} */ bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @param {Uint8Array} bytes */
function spared(bytes) {
  const longer = new Uint8Array(bytes.length + SPARE);
  longer.set(bytes);
  return longer;
}

/** @param {Uint8Array} page @param {number} at @param {number} rows */
function presence(page, at, rows) {
  const present = new Uint8Array(rows);
  readRuns({ view: viewOf(page), at }, 1, present);
  return present;
}

/**
 * @param {Uint8Array} bytes with some to spare @param {number} count @param {number} encoding
 * @param {{column: Stored, texts: Texts, dictionary: Values | undefined}} of
 * @returns {Values}
 */
function valuesOf(bytes, count, encoding, { column, texts, dictionary }) {
  if (encoding === PLAIN) return plain(bytes, count, column, texts);
  const view = viewOf(bytes);
  if (encoding === DICTIONARY || encoding === PLAIN_DICTIONARY) {
    if (!dictionary) throw new ReadingError("Broken", `Column ${column.name} lacks its dictionary.`);
    const places = new Uint32Array(count);
    if (count) readRuns({ view, at: 1 }, bytes[0], places);
    return picked(dictionary, places);
  }
  if (encoding === STEPS) {
    if (!column.isLarge) {
      const numbers = new Float64Array(count);
      if (readSteps({ view, at: 0 }, numbers, column.physical === INT32)) return numbers;
    }
    const numbers = new BigInt64Array(count);
    readLargeSteps({ view, at: 0 }, numbers);
    return column.isLarge ? numbers : Float64Array.from(numbers, Number);
  }
  if (encoding === RUNS && column.physical === BOOLEAN) {
    const bits = new Uint8Array(count);
    readRuns({ view, at: 4 }, 1, bits);
    return Uint32Array.from(bits, (bit) => texts.place(String(bit === 1)));
  }
  throw new ReadingError("Unsupported", `Column ${column.name} is stored in a way that is not read here (${encoding}).`);
}

/** @param {Values} dictionary @param {Uint32Array} places @returns {Values} */
function picked(dictionary, places) {
  if (Array.isArray(dictionary)) return Array.from(places, (place) => dictionary[place]);
  const found = /** @type {Float64Array} */ (new /** @type {any} */ (dictionary.constructor)(places.length));
  for (let each = 0; each < places.length; each += 1) found[each] = /** @type {Float64Array} */ (dictionary)[places[each]];
  return found;
}

/**
 * Values one behind the other.
 * @param {Uint8Array} bytes with some to spare @param {number} count @param {Stored} column @param {Texts} texts
 * @returns {Values}
 */
function plain(bytes, count, column, texts) {
  const view = viewOf(bytes);
  switch (column.physical) {
    case BOOLEAN:
      return Uint32Array.from({ length: count }, (_, each) => {
        return texts.place(String((bytes[each >> 3] & (1 << (each & 7))) !== 0));
      });
    case INT32:
      return Float64Array.from({ length: count }, (_, each) => view.getInt32(each * 4, true));
    case INT64:
      if (column.isLarge) return BigInt64Array.from({ length: count }, (_, each) => view.getBigInt64(each * 8, true));
      return Float64Array.from({ length: count }, (_, each) => {
        return view.getInt32(each * 8 + 4, true) * 2 ** 32 + view.getUint32(each * 8, true);
      });
    case FLOAT:
      return Float64Array.from({ length: count }, (_, each) => view.getFloat32(each * 4, true));
    case DOUBLE:
      return Float64Array.from({ length: count }, (_, each) => view.getFloat64(each * 8, true));
    case BYTES:
      return placesOf(bytes.subarray(0, -SPARE), count, texts, column.kind === "geometry" ? shapeText : undefined);
    case FIXED: {
      const { width } = column;
      const numbers = Array.from({ length: count }, (_, each) => {
        return wholeNumber(bytes.subarray(each * width, (each + 1) * width), FIXED);
      });
      return column.isLarge ? numbers : Float64Array.from(numbers, Number);
    }
    default:
      throw new ReadingError("Unsupported", `Column ${column.name} is of a type that is not read here (${column.physical}).`);
  }
}
