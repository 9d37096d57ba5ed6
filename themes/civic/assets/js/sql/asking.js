import { QueryError } from "./database.js";
import { fill } from "./filling.js";
import { creation, quoted, tablesOf } from "./naming.js";

/**
 * Answers queries over the tables of a dataset: finds the columns that a query names, has them fetched, and runs it.
 *
 * @typedef {import("../explorer/engine/columns.js").Column} Column
 * @typedef {import("./database.js").Cell} Cell
 * @typedef {import("./database.js").Database} Database
 * @typedef {import("./naming.js").Outline} Outline
 * @typedef {(table: number, names: string[], rows: number) => Promise<Map<string, Column>>} Fetch    of a table's first rows
 * @typedef {import("./naming.js").Table & {filled: Set<string>, isFilled: boolean}} Filled    `filled`: columns that are here
 * @typedef {{names: string[], rows: Cell[][], isCut: boolean, seen: {title: string, rows: number, of: number}[]}} Result
 *   `isCut`: there are more rows than were taken. `seen`: the tables of which not every row was looked at
 */

export const MOST_ROWS = 2_000_000; // of a table
export const MOST_SHOWN = 10_000; // rows of a result
const MOST_CHARACTERS = 20_000_000; // of a result
const MOST_SECONDS = 60;

export class Asking {
  /** @param {Database} database @param {readonly {name: string, outline: Outline}[]} files @param {Fetch} fetch */
  constructor(database, files, fetch) {
    this.database = database;
    this.fetch = fetch;
    /** @type {Filled[]} */
    this.tables = tablesOf(files).map((table) => ({ ...table, filled: new Set(), isFilled: false }));
    /** @type {Map<string, number>} */
    this.places = new Map(this.tables.map(({ called }, place) => [called, place]));
    for (const table of this.tables) database.change(creation(table));
  }

  /**
   * Answer a query. Throws QueryError for what is wrong with it.
   * @param {string} sql @param {(state: "fetching" | "running") => void} [tell]
   * @returns {Promise<Result>}
   */
  async answer(sql, tell = () => {}) {
    const reads = this.database.readBy(sql);
    const used = [...reads].filter(([name]) => this.places.has(name));
    tell("fetching");
    for (const [name, columns] of used) await this.load(/** @type {number} */ (this.places.get(name)), columns);
    tell("running");
    return { ...this.rows(sql), seen: this.cut(used.map(([name]) => name)) };
  }

  /** Have a table hold some columns, beside those that it holds. @param {number} place @param {Set<string | number>} wanted */
  async load(place, wanted) {
    const table = this.tables[place];
    if (!table) return;
    const columns = table.columns.filter(({ called }, at) => wanted.has(called) || wanted.has(at) || table.filled.has(called));
    if (table.isFilled && columns.every(({ called }) => table.filled.has(called))) return;
    const rows = Math.min(table.rows, MOST_ROWS);
    const fetched = await this.fetch(place, columns.map(({ name }) => name), rows);
    const had = columns.filter(({ name }) => fetched.has(name));
    const given = had.map(({ name }) => /** @type {Column} */ (fetched.get(name)));
    // Made anew, since SQLite adds a column to rows only one by one, and a copy beside it would take twice the room.
    table.filled = new Set();
    table.isFilled = false;
    this.database.change(`DROP TABLE ${quoted(table.called)}; ${creation(table)}`);
    fill(this.database, insertion(table.called, had.map(({ called }) => called)), given, rows);
    table.filled = new Set(columns.map(({ called }) => called));
    table.isFilled = true;
  }

  /** @param {string} sql */
  rows(sql) {
    /** @type {{names: string[], rows: Cell[][], isCut: boolean}} */
    const result = { names: [], rows: [], isCut: false };
    let room = MOST_CHARACTERS;
    this.database.deadline = Date.now() + MOST_SECONDS * 1_000;
    try {
      this.database.run(sql, (names) => {
        result.names = names;
        return (row) => {
          result.isCut = result.rows.length === MOST_SHOWN || room < 0;
          if (result.isCut) return false;
          for (const cell of row) room -= typeof cell === "string" ? cell.length : 1;
          result.rows.push(row);
          return true;
        };
      });
    } catch (error) {
      if (error instanceof QueryError && error.kind === "slow") error.what = String(MOST_SECONDS);
      throw error;
    } finally {
      this.database.deadline = Infinity;
    }
    return result;
  }

  /** @param {string[]} names */
  cut(names) {
    return this.tables.filter(({ called, rows }) => rows > MOST_ROWS && names.includes(called))
      .map(({ title, rows }) => ({ title, rows: MOST_ROWS, of: rows }));
  }
}

/** @param {string} table @param {string[]} columns */
function insertion(table, columns) {
  if (!columns.length) return `INSERT INTO ${quoted(table)} DEFAULT VALUES`;
  return `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
}
