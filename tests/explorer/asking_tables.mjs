// Opens Parquet files and asks the explorer's engine about them: a line of JSON in, a line out.
//
// In: {"parquet": base64, "told": [{"name", "type", "offset"}], "asked": [{"filters", "sort", "question", "summaries",
// "place"}, ...]}
// Out: {"cells": raw texts by column, "answers": [{"rows", "mayHold", "answer", "summaries"}, ...]}
import { createInterface } from "node:readline";

import { openParquet } from "../../themes/civic/assets/js/explorer/data/parquet.js";
import { statsOf } from "../../themes/civic/assets/js/explorer/data/verdicts.js";
import { textOf } from "../../themes/civic/assets/js/explorer/engine/columns.js";
import { groupMayHold, selection } from "../../themes/civic/assets/js/explorer/engine/filters.js";
import { answer } from "../../themes/civic/assets/js/explorer/engine/grouping.js";
import { sorted } from "../../themes/civic/assets/js/explorer/engine/sorting.js";
import { summary } from "../../themes/civic/assets/js/explorer/engine/summaries.js";

/** A file in memory, as the reader wants it. @param {Uint8Array} bytes */
const fileOf = (bytes) => ({ byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end) });

/** The bytes of the footer with its length and the letters at the end. @param {Buffer} bytes */
const footerBytes = (bytes) => bytes.readUInt32LE(bytes.length - 8) + 8;

/** Groups that the engine would pass over under one filter, with the rows that hold it. */
function mayHold(parquet, columns, filter, length, place) {
  const held = new Set(selection(columns, [filter], length, place));
  return parquet.footer.groups.map((group) => [
    groupMayHold(statsOf(parquet, group, filter.column), filter),
    Array.from({ length: group.rows }, (_, row) => group.start + row).some((row) => held.has(row)),
  ]);
}

/** @param {string} line */
async function answered(line) {
  const { parquet: base64, told, asked } = JSON.parse(line);
  const bytes = Buffer.from(base64, "base64");
  const parquet = await openParquet(fileOf(bytes), footerBytes(bytes), told);
  const groups = [...parquet.footer.groups.keys()];
  const columns = await parquet.columns([...parquet.footer.columns.keys()], groups);
  const length = parquet.footer.rows;
  const answers = asked.map(({ filters, sort, question, summaries, place: [longitude, latitude] }) => {
    const place = longitude === undefined ? undefined : { longitude: columns.get(longitude), latitude: columns.get(latitude) };
    const rows = selection(columns, filters, length, place);
    return {
      rows: [...sorted(rows, columns, sort)],
      mayHold: filters.flatMap((filter) => mayHold(parquet, columns, filter, length, place)),
      answer: answer(question, columns, rows),
      summaries: summaries.map((name) => summary(columns.get(name), rows)),
    };
  });
  const cells = [...columns.values()].map((column) => Array.from({ length }, (_, row) => textOf(column, row)));
  return { kinds: [...columns.values()].map(({ kind }) => kind), cells, answers };
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const said = await answered(line).catch((error) => ({ error: error.stack }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
