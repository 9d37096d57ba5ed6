// Opens Parquet files as tables of the SQL console, and runs queries over them: a line of JSON in, a line out.
//
// In: {"tables": [{"name", "parquet": base64, "columns": [{"name", "type", "offset"}]}, ...], "asked": [SQL, ...]}
// Out: an answer to each query, {"names", "rows"} or {"fault"}. A cell that JSON would round is {"integer"} or {"real"}.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

import { openParquet } from "../../themes/civic/assets/js/explorer/data/parquet.js";
import { Asking } from "../../themes/civic/assets/js/sql/asking.js";
import { Database, QueryError } from "../../themes/civic/assets/js/sql/database.js";
import { startSqlite } from "../../themes/civic/assets/js/sql/wasm.js";

const WASM = new URL("../../themes/civic/node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm", import.meta.url);
const sqlite = await startSqlite(await readFile(WASM));

/** @param {{parquet: string, columns: import("../../themes/civic/assets/js/explorer/data/footer.js").Told[]}} table */
async function opened({ parquet, columns }) {
  const bytes = Buffer.from(parquet, "base64");
  const file = { byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end) };
  return openParquet(file, bytes.readUInt32LE(bytes.length - 8) + 8, columns);
}

/** @param {import("../../themes/civic/assets/js/sql/database.js").Cell} cell */
function told(cell) {
  if (typeof cell === "bigint") return { integer: String(cell) };
  return typeof cell === "number" && !Number.isSafeInteger(cell) ? { real: String(cell) } : cell;
}

/** @param {Asking} asking @param {string} sql */
async function answered(asking, sql) {
  try {
    const { names, rows } = await asking.answer(sql);
    return { names, rows: rows.map((row) => row.map(told)) };
  } catch (error) {
    if (error instanceof QueryError) return { fault: error.message };
    throw error;
  }
}

/** @param {string} line */
async function all(line) {
  const { tables, asked } = JSON.parse(line);
  const files = await Promise.all(tables.map(opened));
  const outlines = files.map(({ footer }, at) => ({ rows: footer.rows, title: "", file: {}, columns: tables[at].columns }));
  const database = new Database(sqlite);
  const named = tables.map(({ name }, at) => ({ name, outline: outlines[at] }));
  const asking = new Asking(database, named, (place, names) => {
    return files[place].columns(names, names.length ? [...files[place].footer.groups.keys()] : []);
  });
  const answers = [];
  for (const sql of asked) answers.push(await answered(asking, sql));
  sqlite.calls.sqlite3_close_v2(database.pointer);
  return answers;
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const said = await all(line).catch((error) => ({ error: error.stack }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
