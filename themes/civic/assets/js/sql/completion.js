/**
 * What could be written where the caret stands: names of columns and tables, and words of SQL.
 *
 * @typedef {{text: string, insert: string, note: string}} Suggestion
 * @typedef {{from: number, to: number, items: Suggestion[]}} Completion
 *   from where to where in the text a suggestion takes the place of what is there
 * @typedef {import("./naming.js").Table} Table
 */
import { written } from "./naming.js";

export const KEYWORDS = (
  "SELECT FROM WHERE GROUP BY ORDER HAVING LIMIT OFFSET AS AND OR NOT IN IS NULL LIKE GLOB BETWEEN CASE WHEN THEN ELSE END "
  + "DISTINCT JOIN LEFT INNER CROSS NATURAL ON USING UNION ALL EXCEPT INTERSECT WITH RECURSIVE EXISTS CAST COLLATE DESC ASC "
  + "OVER PARTITION FILTER VALUES NULLS FIRST LAST WINDOW ROWS RANGE INDEXED TABLE INDEX SET TO CREATE DROP UPDATE DELETE "
  + "INSERT INTO PRIMARY KEY UNIQUE CHECK DEFAULT FOREIGN REFERENCES TRANSACTION COMMIT ADD ALTER CONSTRAINT ESCAPE ISNULL "
  + "NOTNULL"
).split(" ");
const FUNCTIONS = (
  "count sum avg min max median total round abs coalesce nullif lower upper trim length substr replace instr date datetime "
  + "strftime julianday group_concat iif printf row_number rank lag lead cast ntile percentile sqrt ln"
).split(" ");
const SUGGESTED = new Set(KEYWORDS.slice(0, KEYWORDS.indexOf("INDEXED")));
const RESERVED = new Set(KEYWORDS);
const MOST = 40;
const WORD = /(?:"(?:[^"]|"")*|[\p{L}_][\p{L}\p{N}_$]*)$/u;
const AFTER_TABLE = /\b(?:from|join)\s+$|\bfrom\s+(?:[^()]*,)\s*$/i;
const PARTS = /"(?:[^"]|"")*"(?!")|"[\s\S]*$|'(?:[^']|'')*'?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
const CLOSED = /^"(?:[^"]|"")*"$/;

/**
 * @param {string} sql @param {number} caret @param {readonly Table[]} tables    the one that is looked at first
 * @returns {Completion | null}    null where names do not stand: in a text or a comment
 */
export function completion(sql, caret, tables) {
  const before = sql.slice(0, caret);
  if (isQuoted(before)) return null;
  const [word = ""] = WORD.exec(outside(before)) ?? [];
  const from = caret - word.length;
  const lead = before.slice(0, from);
  const typed = folded(word.replace(/^"/, "").replaceAll('""', '"'));
  const ranked = candidates(lead, sql, tables).filter(({ text }) => folded(text).includes(typed));
  ranked.sort((one, other) => Number(folded(other.text).startsWith(typed)) - Number(folded(one.text).startsWith(typed)));
  const isSaid = ranked.length === 1 && ranked[0]?.insert === word;
  return { from, to: caret, items: isSaid ? [] : ranked.slice(0, MOST) };
}

/** How a name is written in a query. @param {string} name */
export function nameFor(name) {
  return written(name, RESERVED);
}

/** A first query, which shows how one looks: how often each value of a column occurs. @param {readonly Table[]} tables */
export function example([table]) {
  if (!table) return "";
  const { columns } = table;
  const coded = columns.find(({ values, type }) => values || type === "boolean");
  const column = coded ?? columns.find(({ type }) => type === "string");
  const from = `FROM ${nameFor(table.called)}`;
  if (!column) return `SELECT count(*) AS "rows"\n${from}`;
  const name = nameFor(column.called);
  return `SELECT ${name}, count(*) AS "rows"\n${from}\nGROUP BY ${name}\nORDER BY "rows" DESC\nLIMIT 20`;
}

/** @param {string} lead @param {string} sql @param {readonly Table[]} tables @returns {Suggestion[]} */
function candidates(lead, sql, tables) {
  const names = tables.map(({ called, title }) => ({ text: called, insert: nameFor(called), note: title }));
  if (AFTER_TABLE.test(lead)) return names;
  const named = tables.filter(({ called }) => folded(sql).includes(folded(called)));
  const columns = (named.length ? named : tables.slice(0, 1)).flatMap((table) => table.columns.map((column) => ({
    text: column.called, insert: nameFor(column.called), note: column.title ?? "",
  })));
  if (lead.endsWith(".")) return columns;
  return [
    ...columns, ...names, ...[...SUGGESTED].map((text) => ({ text, insert: text, note: "" })),
    ...FUNCTIONS.map((text) => ({ text: `${text}()`, insert: `${text}(`, note: "" })),
  ];
}

/** Whether a text ends inside of a quoted text or a comment. @param {string} before */
function isQuoted(before) {
  const marked = `${before}\u0001`;
  return !outside(marked).endsWith("\u0001");
}

/** A text with spaces for what is quoted and for comments; a name whose quotes are still open stays. @param {string} sql */
function outside(sql) {
  return sql.replace(PARTS, (part) => (part.startsWith('"') && !CLOSED.test(part) ? part : " ".repeat(part.length)));
}

/** @param {string} text */
function folded(text) {
  return text.toLowerCase();
}
