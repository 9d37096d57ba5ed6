import { textOf } from "../explorer/engine/columns.js";

/**
 * Puts columns into a table.
 *
 * @typedef {import("../explorer/engine/columns.js").Column} Column
 * @typedef {import("./database.js").Database} Database
 * @typedef {(row: number) => void} Bind    gives one cell to the statement
 */

const MOST_KEPT = 65_536; // values of a column whose bytes are kept while it is put in
const LEAST_ROOM = 4_096;
const MOST_BYTES_A_CODE = 3; // of UTF-8 for one unit of a script's text
const INT32 = 2 ** 31;
const LEAST_INT64 = -(2n ** 63n);
const MOST_INT64 = 2n ** 63n - 1n;

/**
 * Insert so many rows. Columns that are not given stay empty.
 * @param {Database} database @param {string} insert    a statement with a place for each column
 * @param {readonly Column[]} columns @param {number} rows
 */
export function fill(database, insert, columns, rows) {
  const { calls } = database;
  const { statement } = database.prepared(insert);
  const shelf = new Shelf(database);
  const binds = columns.map((column, at) => binding(database, shelf, column, statement, at + 1));
  database.change("BEGIN");
  try {
    for (let row = 0; row < rows; row += 1) {
      for (const bind of binds) bind(row);
      const code = calls.sqlite3_step(statement);
      if (code !== 101) throw database.fault(code);
      calls.sqlite3_reset(statement);
    }
    database.change("COMMIT");
  } catch (error) {
    database.change("ROLLBACK");
    throw error;
  } finally {
    database.finish(statement);
    shelf.clear();
  }
}

/**
 * @param {Database} database @param {Shelf} shelf @param {Column} column @param {number} statement @param {number} at
 * @returns {Bind}
 */
function binding(database, shelf, column, statement, at) {
  const { calls } = database;
  if (column.kind === "boolean") {
    const { codes = new Uint32Array(), values = [] } = column;
    return (row) => {
      const code = codes[row] ?? 0;
      if (code) calls.sqlite3_bind_int(statement, at, values[code] === "true" ? 1 : 0);
      else calls.sqlite3_bind_null(statement, at);
    };
  }
  if (column.codes) return ofTexts(calls, shelf, column, statement, at);
  if (column.kind === "integer" || column.kind === "year") return ofIntegers(calls, column, statement, at);
  if (column.kind === "number") return ofNumbers(calls, column, statement, at);
  return (row) => {
    const text = textOf(column, row);
    if (text === null) calls.sqlite3_bind_null(statement, at);
    else calls.sqlite3_bind_text(statement, at, shelf.once(at, text), shelf.length, 0);
  };
}

/**
 * @param {import("./wasm.js").Calls} calls @param {Shelf} shelf @param {Column} column @param {number} statement
 * @param {number} at @returns {Bind}
 */
function ofTexts(calls, shelf, { codes = new Uint32Array(), values = [] }, statement, at) {
  if (values.length > MOST_KEPT) {
    return (row) => {
      const code = codes[row] ?? 0;
      if (code) calls.sqlite3_bind_text(statement, at, shelf.once(at, values[code] ?? ""), shelf.length, 0);
      else calls.sqlite3_bind_null(statement, at);
    };
  }
  const places = new Uint32Array(values.length);
  const lengths = new Uint32Array(values.length);
  values.forEach((value, code) => {
    if (!code) return;
    places[code] = shelf.kept(value);
    lengths[code] = shelf.length;
  });
  return (row) => {
    const code = codes[row] ?? 0;
    if (code) calls.sqlite3_bind_text(statement, at, places[code], lengths[code], 0);
    else calls.sqlite3_bind_null(statement, at);
  };
}

/**
 * @param {import("./wasm.js").Calls} calls @param {Column} column @param {number} statement @param {number} at
 * @returns {Bind}
 */
function ofIntegers(calls, { numbers = new Float64Array(), exact }, statement, at) {
  return (row) => {
    const value = numbers[row] ?? NaN;
    if (Number.isNaN(value)) calls.sqlite3_bind_null(statement, at);
    else if (value >= -INT32 && value < INT32) calls.sqlite3_bind_int(statement, at, value);
    else bindLarge(calls, statement, at, exact?.[row] ?? BigInt(value), value);
  };
}

/**
 * SQLite's integers have 64 bits; what is larger is kept as the nearest number with a point.
 * @param {import("./wasm.js").Calls} calls @param {number} statement @param {number} at @param {bigint} value
 * @param {number} near
 */
function bindLarge(calls, statement, at, value, near) {
  if (value >= LEAST_INT64 && value <= MOST_INT64) calls.sqlite3_bind_int64(statement, at, value);
  else calls.sqlite3_bind_double(statement, at, near);
}

/**
 * @param {import("./wasm.js").Calls} calls @param {Column} column @param {number} statement @param {number} at
 * @returns {Bind}
 */
function ofNumbers(calls, { numbers = new Float64Array() }, statement, at) {
  return (row) => {
    const value = numbers[row] ?? NaN;
    if (Number.isNaN(value)) calls.sqlite3_bind_null(statement, at);
    else calls.sqlite3_bind_double(statement, at, value);
  };
}

/** Bytes of texts in SQLite's memory, there until it is cleared. `length` is that of the text that was put there last. */
class Shelf {
  /** @param {Database} database */
  constructor({ sqlite }) {
    this.sqlite = sqlite;
    this.length = 0;
    /** @type {number[]} */
    this.places = [];
    /** @type {Map<number, {place: number, size: number}>} */
    this.rooms = new Map();
    this.block = { place: 0, free: 0 };
  }

  /** A text that stays. @param {string} text */
  kept(text) {
    const most = text.length * MOST_BYTES_A_CODE + 1;
    if (this.block.free < most) {
      const size = Math.max(most, LEAST_ROOM * 64);
      this.block = { place: this.sqlite.room(size), free: size };
      this.places.push(this.block.place);
    }
    const { place } = this.block;
    this.length = this.written(text, place, this.block.free);
    this.block.place += this.length;
    this.block.free -= this.length;
    return place;
  }

  /** A text that stays until the next of the same column. @param {number} at @param {string} text */
  once(at, text) {
    const most = text.length * MOST_BYTES_A_CODE + 1;
    let room = this.rooms.get(at);
    if (!room || room.size < most) {
      if (room) this.sqlite.calls.free(room.place);
      room = { size: Math.max(LEAST_ROOM, most), place: this.sqlite.room(Math.max(LEAST_ROOM, most)) };
      this.rooms.set(at, room);
    }
    this.length = this.written(text, room.place, room.size);
    return room.place;
  }

  /** @param {string} text @param {number} place @param {number} size */
  written(text, place, size) {
    return this.sqlite.encoder.encodeInto(text, this.sqlite.heap.subarray(place, place + size)).written;
  }

  clear() {
    for (const place of this.places) this.sqlite.calls.free(place);
    for (const { place } of this.rooms.values()) this.sqlite.calls.free(place);
  }
}
