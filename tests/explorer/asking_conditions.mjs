// Opens Parquet files and finds the rows of which the conditions of addresses hold, as the explorer does.
//
// In: a line of JSON {"parquet": base64, "told": [{"name", "type", "offset"}], "queries": [...], "holidays": [...]}.
// Out: a line with the numbers of the rows for each, or what cannot be understood of it.
import { createInterface } from "node:readline";

import { conditionReader } from "../../themes/civic/assets/js/explorer/data/conditions.js";
import { openParquet } from "../../themes/civic/assets/js/explorer/data/parquet.js";
import { foundBy } from "../../themes/civic/assets/js/explorer/data/views.js";
import { read } from "../../themes/civic/assets/js/explorer/state.js";

const SCRIPT = new URL("../../themes/civic/assets/js/explorer/where/condition.js", import.meta.url).href;

/** @param {string} line */
async function answered(line) {
  const { parquet: base64, told, queries, holidays } = JSON.parse(line);
  const bytes = Buffer.from(base64, "base64");
  const file = { byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end) };
  const parquet = await openParquet(file, bytes.readUInt32LE(bytes.length - 8) + 8, told);
  globalThis.fetch = async () => ({ ok: true, json: async () => ({ holidays: Object.fromEntries(holidays.map((day) => [day, ""])) }) });
  const reader = conditionReader(SCRIPT, "/measures/calendars/", parquet.footer.columns);
  const known = { sortedBy: "", latitude: "", longitude: "", geometry: "", read: reader };
  const found = async (query) => {
    const { filters } = read(new URLSearchParams(query), parquet.footer.columns.keys());
    const { rows, length } = await foundBy(parquet, filters, { known });
    return rows ? [...rows] : Array.from({ length }, (_, row) => row);
  };
  return Promise.all(queries.map((query) => found(query).catch((error) => {
    if (error.name === "Condition") return { fault: error.message };
    throw error;
  })));
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const said = await answered(line).catch((error) => ({ error: error.stack }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
