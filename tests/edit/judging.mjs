// Judges texts as the form does: a line of JSON in with the rules and each text with what is known, a line of JSON out.
import { createInterface } from "node:readline";
import { newDocument, removeValue, setValue } from "../../themes/civic/assets/js/edit/fields.js";
import { parsed } from "../../themes/civic/assets/js/edit/own-keys.js";
import { NOT_HERE, problemsOf, problemsOfReading } from "../../themes/civic/assets/js/edit/rules.js";

const plain = (value) => (Array.isArray(value) ? value.map(plain) : value !== null && typeof value === "object"
  ? new Map(value.pairs.map(([key, each]) => [key, plain(each)])) : value);
const answers = {
  judge: ({ rules, known, texts }) => texts.map(({ text, path, here, known: own }) => (
    problemsOf(text, path, rules, { ...(own ?? known), here }))),
  read: ({ rules, texts }) => texts.map(({ text, path }) => problemsOfReading(text, path, rules)),
  unjudged: () => NOT_HERE,
  write: ({ rules, group, documents }) => documents.map((values) => newDocument(plain(values), rules, group)),
  change: ({ changes }) => changes.map(({ text, path, value, order }) => (
    value === null ? removeValue(text, path) : setValue(text, path, plain(value), order))),
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = parsed(line);
  process.stdout.write(`${JSON.stringify(answers[asked.does](asked))}\n`);
}
