// What Pagefind makes of the same records: `node pagefind_peer.mjs RECORDS FOLDER`, records being JSON, one a line.
import { createReadStream } from "node:fs";
import { argv } from "node:process";
import { createInterface } from "node:readline";

import { close, createIndex } from "pagefind";

const [, , records, folder] = argv;
const { index } = await createIndex({});
for await (const line of createInterface({ input: createReadStream(records, "utf8") })) {
  const { id, title, summary, description, keywords, publisher, topic, formats, updated, columns } = JSON.parse(line);
  const { errors } = await index.addCustomRecord({
    url: `/data/${id}/`,
    language: "en",
    content: [title, summary, description, keywords.join(", "), publisher, columns.flat().join(", ")].join(". "),
    meta: { title, publisher },
    filters: { topic: [topic], publisher: [publisher], format: formats },
    sort: { updated, name: title },
  });
  if (errors.length) throw new Error(errors.join("\n"));
}
const { errors } = await index.writeFiles({ outputPath: folder });
if (errors.length) throw new Error(errors.join("\n"));
await close();
