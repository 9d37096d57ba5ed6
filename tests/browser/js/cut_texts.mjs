// Folds and cuts texts as the engine does: a JSON list of texts a line in, a list of [folded, words] a line out.
import { stdin, stdout } from "node:process";
import { createInterface } from "node:readline";

import { folded, tokens } from "../../../themes/civic/assets/js/search/text.js";

for await (const line of createInterface({ input: stdin, crlfDelay: Infinity })) {
  stdout.write(`${JSON.stringify(JSON.parse(line).map((text) => [folded(text), tokens(text)]))}\n`);
}
