/** The footer of a Parquet file: which columns there are, how they are stored, and where each group of rows has its part. */
import { deserializeTCompactProtocol } from "hyparquet/src/thrift.js";

import { EXACT_POWERS } from "../engine/decimals.js";
import { ReadingError } from "./errors.js";

/**
 * @typedef {import("./ranges.js").Range} Range
 * @typedef {"text" | "boolean" | "integer" | "number" | "date" | "datetime" | "time" | "year" | "geometry"} Kind
 *
 * How a column is stored. A value is the stored number divided by `divisor`, which is 10^scale for decimals.
 * @typedef {{name: string, leaf: number, kind: Kind, physical: number, width: number, isOptional: boolean,
 *   scale: number | undefined, divisor: number, offset: string, shift: number, isLarge: boolean,
 *   hasOffsets: boolean}} Stored
 *   `offset`: what follows the clock of moments; `shift`: the milliseconds from what is stored to that clock;
 *   `isLarge`: some number may be beyond what a double holds exactly; `hasOffsets`: moments that are stored as texts, since
 *   their cells have several offsets
 * @typedef {{name: string, type: string, offset?: string}} Told    what the outline says of a column
 *
 * What is known of a column's part in a group: least and greatest as stored, how many cells are empty; undefined is unknown.
 * @typedef {{bytes: Range, codec: number, least: Uint8Array | undefined, greatest: Uint8Array | undefined,
 *   empty: number | undefined, index: Range | null}} Chunk    `index`: where it says where its pages are
 * @typedef {{start: number, rows: number, bytes: Range, chunks: Chunk[]}} Group
 * @typedef {{rows: number, columns: Map<string, Stored>, groups: Group[]}} Footer
 */

export const BOOLEAN = 0;
export const INT32 = 1;
export const INT64 = 2;
export const FLOAT = 4;
export const DOUBLE = 5;
export const BYTES = 6;
export const FIXED = 7;

const MAGIC = 0x31524150;
const REPEATED = 2;
const DECIMAL = 5;
const DATE = 6;
/** Parts of a millisecond by converted type, and by the field that names the unit of a logical one. */
const OF_MILLISECOND = new Map([[7, 1], [8, 1000], [9, 1], [10, 1000]]);
const OF_UNIT = /** @type {const} */ ([["field_1", 1], ["field_2", 1000], ["field_3", 1_000_000]]);
/** Up to here doubles give back what was stored: whole numbers, digits of decimals, and moments in milliseconds. */
const SAFE_WHOLE = 2 ** 53 - 1;
const SAFE_DIGITS = 1e15;
const SAFE_MOMENT = 2 ** 42;

/**
 * Read the footer, whose bytes end where the file ends.
 * @param {Uint8Array} bytes
 * @param {readonly Told[]} columns
 * @returns {Footer}
 */
export function readFooter(bytes, columns) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length < 12 ? -1 : view.getUint32(bytes.length - 8, true);
  if (size < 0 || size > bytes.length - 8 || view.getUint32(bytes.length - 4, true) !== MAGIC) {
    throw new ReadingError("Broken", "This is not the footer of a Parquet file.");
  }
  // any: what the Thrift reader gives has no types but numbers of fields.
  const told = /** @type {any} */ (deserializeTCompactProtocol({ view, offset: bytes.length - 8 - size }));
  let start = 0;
  const groups = told.field_4.map((/** @type {any} */ group) => {
    const rows = Number(group.field_3);
    const chunks = group.field_1.map(chunkOf);
    const all = { start: Math.min(...chunks.map(first)), end: Math.max(...chunks.map(last)) };
    start += rows;
    return { start: start - rows, rows, bytes: all, chunks };
  });
  return { rows: Number(told.field_3), columns: storedColumns(told.field_2, columns, groups), groups };
}

const first = (/** @type {Chunk} */ chunk) => chunk.bytes.start;
const last = (/** @type {Chunk} */ chunk) => chunk.bytes.end;

/** @param {any} chunk @returns {Chunk} */
function chunkOf(chunk) {
  const about = chunk.field_3;
  const start = Number(about.field_11 || about.field_9);
  const known = about.field_12 ?? {};
  return {
    bytes: { start, end: start + Number(about.field_7) },
    codec: about.field_4,
    least: known.field_6,
    greatest: known.field_5,
    empty: known.field_3 === undefined ? undefined : Number(known.field_3),
    index: chunk.field_4 && { start: Number(chunk.field_4), end: Number(chunk.field_4) + chunk.field_5 },
  };
}

/**
 * The columns that are cells; of those that hold lists or records nothing is read.
 * @param {any[]} elements @param {readonly Told[]} columns @param {Group[]} groups
 */
function storedColumns(elements, columns, groups) {
  const known = new Map(columns.map((column) => [column.name, column]));
  const text = new TextDecoder("utf-8", { ignoreBOM: true });
  /** @type {Map<string, Stored>} */
  const found = new Map();
  let leaf = 0;
  let inner = 0;
  for (const element of elements.slice(1)) {
    const isOuter = inner === 0;
    inner = Math.max(0, inner - 1) + (element.field_5 ?? 0);
    if (element.field_5) continue;
    if (isOuter && element.field_3 !== REPEATED) {
      const name = text.decode(element.field_4);
      found.set(name, storedColumn(element, known.get(name) ?? { name, type: "" }, leaf));
    }
    leaf += 1;
  }
  for (const column of found.values()) column.isLarge = isLarge(column, groups);
  return found;
}

/** @param {any} element @param {Told} told @param {number} leaf @returns {Stored} */
function storedColumn(element, { name, type, offset: told = "" }, leaf) {
  const { field_1: physical, field_2: width = 0, field_3: repetition, field_6: converted, field_10: logical = {} } = element;
  const isDecimal = converted === DECIMAL || Boolean(logical.field_5);
  const scale = isDecimal ? element.field_7 ?? logical.field_5?.field_1 ?? 0 : undefined;
  const time = logical.field_7 ?? logical.field_8;
  const parts = OF_MILLISECOND.get(converted) ?? OF_UNIT.find(([field]) => time?.field_2?.[field])?.[1];
  const isDate = converted === DATE || Boolean(logical.field_6);
  /** @type {Kind} */
  let kind = "integer";
  if (physical === BYTES || (physical === FIXED && !isDecimal)) kind = type === "geometry" ? "geometry" : "text";
  else if (physical === BOOLEAN) kind = "boolean";
  else if (isDate) kind = "date";
  else if (parts) kind = logical.field_7 || converted === 7 || converted === 8 ? "time" : "datetime";
  else if (type === "year") kind = "year";
  else if (type !== "integer" && (isDecimal || physical === FLOAT || physical === DOUBLE)) kind = "number";
  const divisor = parts ?? 10 ** (scale ?? 0);
  const offset = kind === "datetime" && logical.field_8?.field_1 ? told || "Z" : "";
  return {
    name, leaf, kind, physical, width, isOptional: repetition === 1, scale, divisor, offset, shift: shiftOf(offset),
    isLarge: false, hasOffsets: kind === "text" && type === "datetime",
  };
}

/** The milliseconds that a clock is before that of Greenwich. @param {string} offset "Z", "-04:00" or "" */
function shiftOf(offset) {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? ["", "+", "0", "0"];
  return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
}

/**
 * Whether the numbers of a column may be too large for doubles, which their least and greatest tell.
 * @param {Stored} column @param {Group[]} groups
 */
function isLarge(column, groups) {
  if (column.physical !== INT64 && column.physical !== FIXED) return false;
  if (column.kind === "text" || column.kind === "geometry") return false;
  if ((column.scale ?? 0) > EXACT_POWERS) return true; // where a power of ten is no double, a quotient is not the nearest one
  const most = column.kind === "datetime" ? Math.min(SAFE_MOMENT * column.divisor, SAFE_WHOLE)
    : column.scale ? SAFE_DIGITS : SAFE_WHOLE;
  return groups.some(({ chunks, rows }) => {
    const { least, greatest, empty } = chunks[column.leaf];
    if (empty === rows) return false;
    if (!least || !greatest) return true;
    return [least, greatest].some((bytes) => Math.abs(Number(wholeNumber(bytes, column.physical))) > most);
  });
}

/**
 * A stored whole number: from the low end for INT32 and INT64, from the high end for those of fixed width.
 * @param {Uint8Array} bytes
 * @param {number} physical
 * @returns {bigint}
 */
export function wholeNumber(bytes, physical) {
  let value = 0n;
  for (let at = 0; at < bytes.length; at += 1) {
    value = value * 256n + BigInt(bytes[physical === FIXED ? at : bytes.length - 1 - at]);
  }
  return BigInt.asIntN(bytes.length * 8, value);
}
