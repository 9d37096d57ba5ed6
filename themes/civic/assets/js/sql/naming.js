/**
 * What tables and columns are called in SQL. Names come from files, so they may be anything; and SQLite does not tell "ID"
 * from "id".
 *
 * @typedef {{name: string, title?: string, description?: string, type: string, unit?: string,
 *   values?: Record<string, string>}} Described
 * @typedef {{title: string, rows: number, columns: Described[], file: unknown}} Outline
 * @typedef {Described & {called: string}} Named    a column with its name in SQL
 * @typedef {{name: string, called: string, title: string, rows: number, columns: Named[]}} Table
 */

export const MOST_COLUMNS = 2_000; // SQLite's own limit
const RESERVED = "sqlite_";
/** @type {Map<string, string>} */
const TYPES = new Map([
  ["integer", "INTEGER"], ["year", "INTEGER"], ["boolean", "INTEGER"], ["number", "REAL"],
]);

/** A name in double quotes, as SQL writes any. @param {string} name */
export function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A name as a person would write it: in quotes only where it must be.
 * @param {string} name @param {ReadonlySet<string>} keywords
 */
export function written(name, keywords) {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !keywords.has(name.toUpperCase()) ? name : quoted(name);
}

/**
 * The tables of a dataset with the names that SQL knows them by.
 * @param {readonly {name: string, outline: Outline}[]} files @returns {Table[]}
 */
export function tablesOf(files) {
  const calls = distinct(files.map(({ name }) => (name.toLowerCase().startsWith(RESERVED) ? `t_${name}` : name)));
  return files.map(({ name, outline }, at) => {
    const columns = outline.columns.slice(0, MOST_COLUMNS);
    const called = distinct(columns.map((column) => column.name));
    return {
      name, called: /** @type {string} */ (calls[at]), title: outline.title, rows: outline.rows,
      columns: columns.map((column, place) => ({ ...column, called: /** @type {string} */ (called[place]) })),
    };
  });
}

/** The statement that makes a table. @param {Table} table */
export function creation({ called, columns }) {
  const each = columns.map((column) => `${quoted(column.called)} ${TYPES.get(column.type) ?? "TEXT"}`);
  // A table needs a column, also where a file has none that is published.
  return `CREATE TABLE ${quoted(called)} (${each.join(", ") || '"nothing"'})`;
}

/** Names that SQLite can tell apart: the second "id" is "id_2". @param {string[]} names */
export function distinct(names) {
  const taken = new Set();
  return names.map((name) => {
    const plain = name.replaceAll("\0", "") || "unnamed";
    let free = plain;
    for (let more = 2; taken.has(folded(free)); more += 1) free = `${plain}_${more}`;
    taken.add(folded(free));
    return free;
  });
}

/** A name as SQLite compares it: ASCII letters alone lose their case. @param {string} name */
export function folded(name) {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
