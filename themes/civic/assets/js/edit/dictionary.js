/**
 * A first dictionary of a CSV file that a reader chose, as `cityfolio describe` proposes it. The file stays in the browser.
 *
 * @typedef {object} Proposal
 * @property {string} name
 * @property {Map<string, string | Map<string, string>>} keys    of its entry under `columns:`
 * @property {{least: string, most: string} | null} seen         the ends of what has an order
 * @property {"" | "name" | "emails" | "ssns" | "phones"} personal   why it may hold personal data
 * @property {string[]} empty    words that seem to stand for no value
 */
import { CsvFault, CsvReader } from "./dictionary-csv.js";
import { isSuspicious, wordsOf } from "./dictionary-personal.js";
import { foundType, looksLike, standIns } from "./dictionary-types.js";

export const MOST_ROWS = 100_000;
const ACRONYMS = new Set(["id", "url", "zip", "gis", "apn", "fid", "uuid", "ssn", "dob", "ip", "utc", "x", "y", "vin"]);
const KEY_WORDS = new Set(["id", "key", "code", "number", "no", "num", "nbr", "uuid", "guid", "identifier", "globalid",
  "objectid", "fid", "gid", "pin", "apn", "recordid", "pk"]);
const FIRST_IS_KEY_FROM = 20;
const TOP = 10;
const CODE_LENGTH = 40;
const CODE_REPEATS = 4;

/** The rows of one column, by value. */
class Column {
  /** @param {string} name @param {boolean} isFirst */
  constructor(name, isFirst) {
    this.name = name;
    this.isFirst = isFirst;
    this.filled = 0;
    /** @type {Map<string, number>} */
    this.counts = new Map();
  }

  /** @param {string} text */
  add(text) {
    if (!text) return;
    this.filled += 1;
    this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
  }
}

/**
 * Read a file's first rows. Throws CsvFault where it is no table.
 * @param {AsyncIterable<string> | Iterable<string>} pieces @returns {Promise<{columns: Column[], rows: number, delimiter: string}>}
 */
export async function readColumns(pieces) {
  const reader = new CsvReader();
  /** @type {Column[]} */
  let columns = [];
  let rows = -1;
  const take = (/** @type {string[]} */ row) => {
    if (rows < 0) columns = headed(row);
    else if (row.length === 1 && row[0] === "" && columns.length > 1) return;   // an empty line
    else if (row.length !== columns.length) {
      throw new CsvFault("csv-fields", { row: rows + 1, found: row.length, expected: columns.length });
    } else row.forEach((text, at) => columns[at].add(text));
    rows += 1;
  };
  for await (const piece of pieces) {
    for (const row of reader.rows(piece)) {
      take(row);
      if (rows >= MOST_ROWS) return { columns, rows, delimiter: reader.delimiter };
    }
  }
  for (const row of reader.end()) take(row);
  if (rows < 0) throw new CsvFault("csv-empty");
  return { columns, rows, delimiter: reader.delimiter };
}

/** @param {string[]} names @returns {Column[]} */
function headed(names) {
  if (names.every((name) => !name.trim())) throw new CsvFault("csv-empty");
  const unnamed = names.findIndex((name) => !name.trim());
  if (unnamed >= 0) throw new CsvFault("csv-unnamed", { number: unnamed + 1 });
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new CsvFault("csv-twice", { name: twice });
  return names.map((name, at) => new Column(name, at === 0));
}

/** The text of a file, in pieces. Throws CsvFault where it is not UTF-8. @param {Blob} file */
export async function* piecesOf(file) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const size = 1 << 20;
  try {
    for (let at = 0; at < file.size; at += size) {
      yield decoder.decode(await file.slice(at, at + size).arrayBuffer(), { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new CsvFault("csv-text");
    throw error;
  }
}

/**
 * What to write of each column.
 * @param {Column[]} columns @param {number} rows @param {import("./dictionary-personal.js").Words} known @returns {Proposal[]}
 */
export function proposals(columns, rows, known) {
  return columns.map((column) => proposal(column, rows, known));
}

/** @param {Column} column @param {number} rows @param {import("./dictionary-personal.js").Words} known @returns {Proposal} */
function proposal(column, rows, known) {
  const texts = [...column.counts.keys()];
  const type = foundType(texts);
  const empty = type === "string" ? standIns(texts)?.words ?? [] : [];
  const looks = type === "string" || type === "integer" ? looksLike(texts) : "";
  const personal = looks || (isSuspicious(column.name, type, known) ? "name" : "");
  /** @type {Proposal["keys"]} */
  const keys = new Map();
  const title = titleOf(column.name);
  if (title) keys.set("title", title);
  if (column.filled) keys.set("type", type);
  if (column.filled && column.filled === rows) keys.set("required", "true");
  if (isKey(column, rows, type)) keys.set("unique", "true");
  if (!personal && !empty.length && type === "string") {
    const codes = codesOf(column);
    if (codes.length) keys.set("values", new Map(codes.map((code) => [code, code])));
  }
  return { name: column.name, keys, seen: personal ? null : endsOf(texts, type), personal: /** @type {Proposal["personal"]} */ (personal),
    empty };
}

/** A name in plain words. @param {string} name */
export function titleOf(name) {
  const words = wordsOf(name).map((word) => (ACRONYMS.has(word) ? word.toUpperCase() : word));
  const text = [...words.join(" ")].slice(0, 200).join("").trim();
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Whether a column is probably a key. @param {Column} column @param {number} rows @param {string} type */
function isKey(column, rows, type) {
  if (rows < 2 || column.filled < rows || column.counts.size < rows || !["string", "integer"].includes(type)) return false;
  return wordsOf(column.name).some((word) => KEY_WORDS.has(word)) || (column.isFirst && rows >= FIRST_IS_KEY_FROM);
}

/** The values of a column that has few, each in many rows; none of any other. @param {Column} column */
function codesOf(column) {
  if (!column.counts.size || column.counts.size > TOP || column.counts.size * CODE_REPEATS > column.filled) return [];
  const most = [...column.counts].sort(([one, rows], [other, more]) => more - rows || (one < other ? -1 : 1));
  const codes = most.map(([text]) => text);
  const isCode = (/** @type {string} */ text) => text.length <= CODE_LENGTH && text === text.trim() && !/\p{C}/u.test(text);
  return codes.every(isCode) ? codes : [];
}

/** The least and the greatest of what has an order. @param {string[]} texts @param {string} type */
function endsOf(texts, type) {
  if (!texts.length || type === "string" || type === "boolean") return null;
  const isNumber = type === "integer" || type === "number";
  const before = (/** @type {string} */ one, /** @type {string} */ other) => (isNumber ? Number(one) < Number(other) : one < other);
  return { least: texts.reduce((a, b) => (before(b, a) ? b : a)), most: texts.reduce((a, b) => (before(a, b) ? b : a)) };
}
