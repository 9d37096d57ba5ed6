/**
 * Starts the WebAssembly file of SQLite's authors, which works in memory alone: it is given a clock and room, and no files.
 *
 * Their own script around it is 67 kB compressed, most of it for storing databases in browsers. What is needed here is this.
 *
 * @typedef {Record<string, (...values: any[]) => any>} Calls    what the file offers, by SQLite's own names: any takes numbers
 */

// As the file declares the memory that it wants to be given, in pages of 64 KiB.
const LEAST_PAGES = 128;
const MOST_PAGES = 32_768;
const NOT_THERE = -44; // ENOENT and ENOSYS as the file knows them
const NOT_KNOWN = -52;
const SECTIONS = { type: 1, import: 2, export: 7 };
const FUNCTION = 0x60;
const INTEGER = 0x7f;

/** A running SQLite: its functions, its memory, and how texts go in and out. */
export class Sqlite {
  /** @param {WebAssembly.Memory} memory @param {Calls & {__indirect_function_table: WebAssembly.Table}} calls */
  constructor(memory, calls) {
    this.memory = memory;
    this.calls = calls;
    this.encoder = new TextEncoder();
    this.decoder = new TextDecoder("utf-8", { ignoreBOM: true }); // a mark at the start is part of a cell
    this.bytes = new Uint8Array(memory.buffer);
  }

  /** The memory as bytes. It is another object once it grew, so nobody keeps it. */
  get heap() {
    if (this.bytes.buffer !== this.memory.buffer) this.bytes = new Uint8Array(this.memory.buffer);
    return this.bytes;
  }

  /** Room for some bytes. @param {number} size */
  room(size) {
    const place = this.calls.malloc(size) >>> 0;
    if (!place) throw new RangeError("out of memory");
    return place;
  }

  /** A text of a known length. @param {number} place @param {number} length */
  text(place, length) {
    return this.decoder.decode(this.heap.subarray(place >>> 0, (place >>> 0) + length));
  }

  /** A text that ends with a zero; "" at no place. @param {number} place */
  named(place) {
    return place ? this.text(place, this.heap.indexOf(0, place >>> 0) - (place >>> 0)) : "";
  }

  /**
   * Call with the place of a text, which is there as long as the call takes.
   * @template T @param {string} text @param {(place: number, length: number) => T} use @returns {T}
   */
  with(text, use) {
    const bytes = this.encoder.encode(text);
    const place = this.room(bytes.length + 1);
    this.heap.set(bytes, place);
    this.heap[place + bytes.length] = 0;
    try {
      return use(place, bytes.length);
    } finally {
      this.calls.free(place);
    }
  }

  /**
   * A function of ours that SQLite can call, with so many integers; it answers with one.
   * @param {(...values: number[]) => number} call @param {number} count
   */
  callback(call, count) {
    const table = this.calls.__indirect_function_table;
    const place = table.grow(1);
    const module = new WebAssembly.Module(throughTable(count));
    table.set(place, new WebAssembly.Instance(module, { e: { f: call } }).exports.f);
    return place;
  }
}

/** @param {BufferSource} file    the bytes of sqlite3.wasm @returns {Promise<Sqlite>} */
export async function startSqlite(file) {
  const memory = new WebAssembly.Memory({ initial: LEAST_PAGES, maximum: MOST_PAGES });
  const module = await WebAssembly.compile(file);
  /** @type {Record<string, Record<string, WebAssembly.ImportValue>>} */
  const given = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    const known = /** @type {Record<string, Function>} */ (world(memory));
    (given[from] ??= {})[name] = kind === "memory" ? memory : known[name] ?? (name.startsWith("__syscall") ? absent : unknown);
  }
  const instance = await WebAssembly.instantiate(module, given);
  const calls = /** @type {any} */ (instance.exports); // the type of exports cannot say what is in a file
  calls.__wasm_call_ctors();
  const sqlite = new Sqlite(memory, calls);
  if (calls.sqlite3_initialize()) throw new Error("SQLite did not start");
  return sqlite;
}

const absent = () => NOT_THERE;
const unknown = () => NOT_KNOWN;

/** The little of a machine that a database in memory asks for. @param {WebAssembly.Memory} memory */
function world(memory) {
  const view = () => new DataView(memory.buffer);
  return {
    emscripten_date_now: () => Date.now(),
    emscripten_get_now: () => performance.now(),
    emscripten_get_heap_max: () => MOST_PAGES * 65_536,
    /** @param {number} size */
    emscripten_resize_heap: (size) => grown(memory, size >>> 0),
    /** @param {number} count @param {number} size */
    environ_sizes_get: (count, size) => (view().setUint32(count, 0, true), view().setUint32(size, 0, true), 0),
    environ_get: () => 0,
    /** @param {number} clock @param {bigint} precision @param {number} place */
    clock_time_get: (clock, precision, place) => (view().setBigInt64(place, BigInt(Date.now()) * 1_000_000n, true), 0),
    /** @param {number} zone @param {number} isSummer */
    _tzset_js: (zone, isSummer) => (view().setInt32(zone, 0, true), view().setInt32(isSummer, 0, true)),
    /** @param {bigint} seconds @param {number} place */
    _localtime_js: (seconds, place) => writeTime(view(), place, new Date(Number(seconds) * 1_000)),
  };
}

/** @param {WebAssembly.Memory} memory @param {number} size */
function grown(memory, size) {
  const now = memory.buffer.byteLength;
  for (const wanted of [Math.max(size, now * 1.2), size]) {
    try {
      memory.grow(Math.ceil((Math.min(wanted, MOST_PAGES * 65_536) - now) / 65_536));
      return 1;
    } catch {
      // Less may be had.
    }
  }
  return 0;
}

/** The fields of C's `struct tm`. @param {DataView} view @param {number} place @param {Date} date */
function writeTime(view, place, date) {
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const dayOfYear = Math.round((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / 86_400_000);
  const fields = [date.getSeconds(), date.getMinutes(), date.getHours(), day, month, year - 1900, date.getDay(), dayOfYear,
    0, -60 * date.getTimezoneOffset()];
  fields.forEach((value, at) => view.setInt32(place + 4 * at, value, true));
}

/** A module that passes a function through, since only functions of a module may stand in its table. @param {number} count */
function throughTable(count) {
  const section = (/** @type {number} */ id, /** @type {number[]} */ body) => [id, body.length, ...body];
  const name = (/** @type {string} */ letter) => [1, letter.charCodeAt(0)];
  return new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(SECTIONS.type, [1, FUNCTION, count, ...Array(count).fill(INTEGER), 1, INTEGER]),
    ...section(SECTIONS.import, [1, ...name("e"), ...name("f"), 0, 0]),
    ...section(SECTIONS.export, [1, ...name("f"), 0, 0]),
  ]);
}
