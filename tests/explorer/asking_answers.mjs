// Opens Parquet files and answers the questions that addresses of the explorer ask, as the explorer does.
//
// In: a line of JSON {"parquet": base64, "told": [{"name", "type"}], "queries": [...]}. Out: a line with an answer to each.
import { createInterface } from "node:readline";

import { openParquet } from "../../themes/civic/assets/js/explorer/data/parquet.js";
import { selection } from "../../themes/civic/assets/js/explorer/engine/filters.js";
import { answer } from "../../themes/civic/assets/js/explorer/engine/grouping.js";
import { read } from "../../themes/civic/assets/js/explorer/state.js";

/** @param {string} line */
async function answered(line) {
  const { parquet: base64, told, queries } = JSON.parse(line);
  const bytes = Buffer.from(base64, "base64");
  const file = { byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end) };
  const parquet = await openParquet(file, bytes.readUInt32LE(bytes.length - 8) + 8, told);
  const columns = await parquet.columns([...parquet.footer.columns.keys()], [...parquet.footer.groups.keys()]);
  return queries.map((query) => {
    const { filters, ask } = read(new URLSearchParams(query), columns.keys());
    const { rows, total, others } = answer(ask, columns, selection(columns, filters, parquet.footer.rows));
    return { rows, total, others: others ?? null };
  });
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const said = await answered(line).catch((error) => ({ error: error.stack }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
