import { isReading, refusal } from "./guard.js";

/**
 * @typedef {import("./wasm.js").Sqlite} Sqlite
 * @typedef {string | number | bigint | null} Cell
 */

const ROW = 100;
const DONE = 101;
const DENY = 1;
const AUTHORIZED = 0;
const INTERRUPTED = 9;
const NO_MEMORY = 7;
const TOO_BIG = 18;
const STEPS_BETWEEN_LOOKS = 20_000;
const LONGEST_VALUE = 64_000_000; // bytes
const LENGTH_LIMIT = 0; // SQLITE_LIMIT_LENGTH
const OPEN = 2 | 4 | 0x80; // to read and write, made anew, in memory
const TYPE = { integer: 1, number: 2, text: 3, blob: 4 };
const INTEGER_ENDS = [BigInt(Number.MIN_SAFE_INTEGER), BigInt(Number.MAX_SAFE_INTEGER)];

/** Something that is wrong with a query, by its kind; `what` and `offset` (in bytes) where they are known. */
export class QueryError extends Error {
  /** @param {string} kind @param {{message?: string, what?: string, offset?: number}} [more] */
  constructor(kind, { message = kind, what = "", offset = -1 } = {}) {
    super(message);
    this.kind = kind;
    this.what = what;
    this.offset = offset;
  }
}

/** A database in memory. What a reader writes goes through `prepare`, which reads alone; `change` is for ourselves. */
export class Database {
  /** @param {Sqlite} sqlite */
  constructor(sqlite) {
    this.sqlite = sqlite;
    this.calls = sqlite.calls;
    this.pointer = this.opened();
    this.calls.sqlite3_limit(this.pointer, LENGTH_LIMIT, LONGEST_VALUE);
    /** @type {Map<string, Set<string | number>>} */
    this.reads = new Map();
    /** @type {{reason: string, what: string} | null} */
    this.refused = null;
    this.deadline = Infinity;
    this.guard = sqlite.callback((_, action, ...names) => this.judged(action, names), 6);
    const clock = sqlite.callback(() => (Date.now() > this.deadline ? 1 : 0), 1);
    this.calls.sqlite3_progress_handler(this.pointer, STEPS_BETWEEN_LOOKS, clock, 0);
  }

  opened() {
    return this.sqlite.with(":memory:", (name) => {
      const place = this.sqlite.room(4);
      const code = this.calls.sqlite3_open_v2(name, place, OPEN, 0);
      const pointer = new DataView(this.sqlite.memory.buffer).getUint32(place, true);
      this.calls.free(place);
      if (code) throw new QueryError("memory", { message: this.calls.sqlite3_errmsg(pointer) });
      return pointer;
    });
  }

  /** What SQLite is told of an action that a reader's query would take. @param {number} action @param {number[]} names */
  judged(action, names) {
    const [first, second] = names.slice(0, 2).map((place) => this.sqlite.named(place));
    const reason = refusal(action, first ?? "", second ?? "");
    if (reason) {
      this.refused ??= { reason, what: reason === "extension" ? second ?? "" : first ?? "" };
      return DENY;
    }
    if (isReading(action)) {
      const columns = this.reads.get(first ?? "") ?? new Set();
      this.reads.set(first ?? "", columns.add(second ?? ""));
    }
    return AUTHORIZED;
  }

  /** Run statements of our own. @param {string} sql */
  change(sql) {
    const code = this.sqlite.with(sql, (place) => this.calls.sqlite3_exec(this.pointer, place, 0, 0, 0));
    if (code) throw this.fault(code);
  }

  /**
   * What a reader's query reads, by table: columns by name or place, "" for the rows alone.
   * Throws QueryError for what is no single query that only reads.
   * @param {string} sql
   */
  readBy(sql) {
    this.reads.clear();
    this.guarded(() => this.finish(this.single(sql)));
    this.readByProgram(sql);
    return new Map(this.reads);
  }

  /**
   * SQLite does not ask for the columns of a NATURAL JOIN or of USING; but the program that it makes of a query tells them all.
   * @param {string} sql
   */
  readByProgram(sql) {
    const tables = new Map();
    this.each("SELECT rootpage, name FROM sqlite_schema WHERE type = 'table'", ([root, name]) => tables.set(root, name));
    const opened = new Map();
    if (/^\s*explain\b/i.test(sql)) return;
    this.each(`EXPLAIN ${sql}`, ([, operation, cursor, place]) => {
      if (operation === "OpenRead" && tables.has(place)) {
        const table = tables.get(place);
        opened.set(cursor, table);
        this.reads.set(table, (this.reads.get(table) ?? new Set()).add(""));
      }
      if (operation === "Column" && opened.has(cursor)) this.reads.get(opened.get(cursor))?.add(/** @type {number} */ (place));
    });
  }

  /** Every row of a statement of our own. @param {string} sql @param {(row: Cell[]) => void} take */
  each(sql, take) {
    const { statement } = this.prepared(sql);
    const count = this.calls.sqlite3_column_count(statement);
    while (this.calls.sqlite3_step(statement) === ROW) take(Array.from({ length: count }, (_, at) => this.cell(statement, at)));
    this.finish(statement);
  }

  /**
   * The rows of a reader's query, one after the other. The same array is given again and again.
   * @param {string} sql
   * @param {(names: string[]) => (row: Cell[]) => boolean} start    what it gives is called for each row, until false
   */
  run(sql, start) {
    this.guarded(() => {
      const statement = this.single(sql);
      try {
        const count = this.calls.sqlite3_column_count(statement);
        const isReading = count > 0 && this.calls.sqlite3_stmt_readonly(statement);
        if (!isReading) throw new QueryError("refused", { what: "write", message: "" });
        const named = (/** @type {number} */ at) => this.sqlite.named(this.calls.sqlite3_column_name(statement, at));
        const names = Array.from({ length: count }, (_, at) => named(at));
        const take = start(names);
        let code = this.calls.sqlite3_step(statement);
        while (code === ROW && take(names.map((_, at) => this.cell(statement, at)))) code = this.calls.sqlite3_step(statement);
        if (code !== ROW && code !== DONE) throw this.fault(code);
      } finally {
        this.finish(statement);
      }
    });
  }

  /** @template T @param {() => T} work @returns {T} */
  guarded(work) {
    this.refused = null;
    this.change("PRAGMA query_only = 1");
    this.calls.sqlite3_set_authorizer(this.pointer, this.guard, 0);
    try {
      return work();
    } finally {
      this.calls.sqlite3_set_authorizer(this.pointer, 0, 0);
      this.change("PRAGMA query_only = 0");
    }
  }

  /** A statement, where the text has one and no more. @param {string} sql */
  single(sql) {
    const { statement, rest } = this.prepared(sql);
    if (!statement) throw new QueryError("empty");
    let more = null;
    try {
      more = this.prepared(rest).statement;
    } catch {
      more = rest; // what cannot be read is no comment, in any case
    }
    if (more) {
      if (typeof more === "number") this.finish(more);
      this.finish(statement);
      throw new QueryError("several");
    }
    return statement;
  }

  /** @param {string} sql @returns {{statement: number, rest: string}} */
  prepared(sql) {
    return this.sqlite.with(sql, (place, length) => {
      const places = this.sqlite.room(8);
      const code = this.calls.sqlite3_prepare_v2(this.pointer, place, length + 1, places, places + 4);
      const view = new DataView(this.sqlite.memory.buffer);
      const [statement, rest] = [view.getUint32(places, true), view.getUint32(places + 4, true)];
      this.calls.free(places);
      if (code) throw this.fault(code);
      return { statement, rest: this.sqlite.text(rest, place + length - rest) };
    });
  }

  /** @param {number} statement */
  finish(statement) {
    this.calls.sqlite3_finalize(statement);
  }

  /** @param {number} statement @param {number} at @returns {Cell} */
  cell(statement, at) {
    const { calls, sqlite } = this;
    switch (calls.sqlite3_column_type(statement, at)) {
      case TYPE.integer:
        return shortened(calls.sqlite3_column_int64(statement, at));
      case TYPE.number:
        return calls.sqlite3_column_double(statement, at);
      case TYPE.text:
        return sqlite.text(calls.sqlite3_column_text(statement, at), calls.sqlite3_column_bytes(statement, at));
      case TYPE.blob:
        return hexadecimal(sqlite.heap, calls.sqlite3_column_blob(statement, at) >>> 0,
          calls.sqlite3_column_bytes(statement, at));
      default:
        return null;
    }
  }

  /** What SQLite says is wrong. @param {number} code */
  fault(code) {
    if (this.refused) return new QueryError("refused", { what: this.refused.reason, message: this.refused.what });
    const kind = { [INTERRUPTED]: "slow", [NO_MEMORY]: "memory", [TOO_BIG]: "memory" }[code & 0xff] ?? "sql";
    const message = this.sqlite.named(this.calls.sqlite3_errmsg(this.pointer));
    return new QueryError(kind, { message, offset: this.calls.sqlite3_error_offset(this.pointer) });
  }
}

/** @param {bigint} value */
function shortened(value) {
  const [least, most] = /** @type {[bigint, bigint]} */ (INTEGER_ENDS);
  return value >= least && value <= most ? Number(value) : value;
}

/** @param {Uint8Array} heap @param {number} place @param {number} length */
function hexadecimal(heap, place, length) {
  const digits = Array.from(heap.subarray(place, place + length), (byte) => byte.toString(16).padStart(2, "0"));
  return `x'${digits.join("")}'`;
}
