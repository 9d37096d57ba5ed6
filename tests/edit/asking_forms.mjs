// Asks the parts of the forms that need no page: a question a line in, an answer a line out, both JSON.
import { createInterface } from "node:readline";

const edit = new URL("../../themes/civic/assets/js/edit/", import.meta.url);
const part = (name) => import(new URL(name, edit));
const { proposals, readColumns } = await part("dictionary.js");
const { isSuspicious } = await part("dictionary-personal.js");
const { patchOf } = await part("finish-patch.js");
const { slugOf } = await part("finish-id.js");
const { formerNames, stepsBetween } = await part("form-changes.js");
const { idOf } = await part("form-which.js");
const { withoutMarks } = await part("preview.js");
const { renameKey } = await part("fields.js");
const { parsed } = await part("own-keys.js");
const { changed, valuesOf } = await part("form-file.js");

// A list comes as [{from, value}], a group as an object.
const tree = (value) => (typeof value === "string" ? value : Array.isArray(value)
  ? value.map(({ from, value: each }) => ({ from, value: tree(each) }))
  : new Map(Object.entries(value).map(([key, each]) => [key, tree(each)])));
const kind = { path: "topics/nature.yaml", rules: { groups: {}, files: {} } };
const sets = (lists) => Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, new Set(list)]));
const told = ({ keys, ...rest }) => ({ ...rest, keys: Object.fromEntries([...keys].map(([key, value]) => (
  [key, value instanceof Map ? [...value] : value]))) });
const answers = {
  describe: async ({ pieces, words }) => {
    const { columns, rows, delimiter } = await readColumns(pieces);
    return { rows, delimiter, columns: proposals(columns, rows, sets(words)).map(told) };
  },
  suspicious: ({ names, words }) => names.map(([name, type]) => isSuspicious(name, type, sets(words))),
  patch: ({ before, after, path }) => patchOf(before, after, path),
  edited: ({ text, after }) => changed(text, stepsBetween(valuesOf(text), tree(after)), kind),
  renamed: ({ text, path, to }) => renameKey(text, path, to),
  columnsRenamed: ({ text, names }) => {
    const after = valuesOf(text);
    const columns = after.get("columns");
    const renamed = new Map([...columns].map(([name, value]) => [names[name] ?? name, value]));
    formerNames.set(renamed, new Map(Object.entries(names).map(([was, name]) => [name, was])));
    return changed(text, stepsBetween(valuesOf(text), after.set("columns", renamed)), kind);
  },
  which: ({ text, known }) => idOf(valuesOf(text), "datasets", known),
  read: ({ texts }) => texts.map(withoutMarks),
  slugs: ({ titles }) => titles.map(slugOf),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...given } = parsed(line);
  let said;
  try {
    said = await answers[ask](given);
  } catch (error) {
    said = { fault: error.word ?? String(error.stack), values: error.values };
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
