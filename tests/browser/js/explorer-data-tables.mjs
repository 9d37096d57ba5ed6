// Looks at Parquet files as a page does, group by group, and beside it at all of each file at once.
//
// A line of JSON in: {"parquet": base64, "told": [...], "sortedBy": name, "room": bytes,
//                     "asked": [{"filters", "sort", "question", "place"}, ...]}
// A line out: for each question, [what the table said, what is right]
import { createInterface } from "node:readline";

import { openParquet } from "../../../themes/civic/assets/js/explorer/data/parquet.js";
import { Table } from "../../../themes/civic/assets/js/explorer/data/table.js";
import { textOf } from "../../../themes/civic/assets/js/explorer/engine/columns.js";
import { selection } from "../../../themes/civic/assets/js/explorer/engine/filters.js";
import { answer } from "../../../themes/civic/assets/js/explorer/engine/grouping.js";
import { sorted } from "../../../themes/civic/assets/js/explorer/engine/sorting.js";
import { summary } from "../../../themes/civic/assets/js/explorer/engine/summaries.js";

const opened = (bytes, told) => {
  const file = { byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end) };
  return openParquet(file, bytes.readUInt32LE(bytes.length - 8) + 8, told);
};

/** What a table says, in as many steps as a page would take. */
async function said(table, { filters, sort, question }, names) {
  const { rows } = await table.look({ filters, sort });
  const [first, second] = [await table.rows(0, 4, names), await table.rows(4, rows, names)];
  const places = [...first.places, ...second.places];
  return {
    places,
    cells: names.map((_, at) => [...first.cells[at], ...second.cells[at]]),
    answer: await table.answer(question),
    summaries: await table.summaries(names),
    found: await Promise.all(places.map((place) => table.find(place))),
    downloaded: (await table.portion(table.view, { start: 0, end: rows, names })).cells,
  };
}

/** The same from all columns of the whole file. */
function right(columns, { filters, sort, question }, { length, place }) {
  const names = [...columns.keys()];
  const passed = selection(columns, filters, length, place);
  const places = [...sorted(passed, columns, sort)];
  const cells = names.map((name) => places.map((row) => textOf(columns.get(name), row)));
  const summaries = names.map((name) => {
    const others = filters.filter(({ column }) => column !== name);
    return [name, summary(columns.get(name), selection(columns, others, length, place))];
  });
  return {
    places,
    cells,
    answer: answer(question, columns, passed),
    summaries: Object.fromEntries(summaries),
    found: [...places.keys()],
    downloaded: cells,
  };
}

async function compared(line) {
  const { parquet: base64, told, sortedBy, room, asked } = JSON.parse(line);
  const bytes = Buffer.from(base64, "base64");
  const whole = await opened(bytes, told);
  const columns = await whole.columns([...whole.footer.columns.keys()], [...whole.footer.groups.keys()]);
  const parts = await opened(bytes, told);
  parts.held.room = room;
  const answers = [];
  for (const each of asked) {
    const [longitude = "", latitude = ""] = each.place;
    const table = new Table(parts, { sortedBy, longitude, latitude, geometry: "" });
    const place = longitude && { longitude: columns.get(longitude), latitude: columns.get(latitude) };
    answers.push([await said(table, each, [...columns.keys()]), right(columns, each, { length: whole.footer.rows, place })]);
  }
  return answers;
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  console.log(JSON.stringify(await compared(line).catch((error) => ({ error: error.stack }))));
}
