/** Links in the Markdown of a file, as check/texts.py goes through them. */

import { placeAt } from "./yaml.js";
import { SPACE, stripped } from "./rules-words.js";

/** @typedef {import("./rules.js").Rules} Rules */
/** @typedef {import("./rules.js").Known} Known */
/** @typedef {import("./rules-records.js").Read} Read */
/** @typedef {import("./yaml.js").Group} Group */
/** @typedef {import("./yaml.js").Fault} Fault */
/** @typedef {{path: string, root: Group, record: Read, rules: Rules, known: Known}} Asked */
/** @typedef {(string | number)[]} Path */

// Inline links and reference definitions, as CommonMark 0.31 writes them (6.3 and 4.7), in the forms that people use.
const TARGET = new RegExp(`\\]\\([${SPACE}]{0,9}<?([^)>${SPACE}]{1,2000})`
  + `|(?:^|\\n) {0,3}\\[[^\\]\\n]{1,500}\\]:[ \\t]{0,9}<?([^>${SPACE}]{1,2000})`, "gu");
const LINKED = /^(?:https?|mailto|tel):/iu;

/** @param {string} group @param {Asked} asked @returns {Fault[]} */
export function linkProblems(group, { root, record, rules }) {
  /** @type {Fault[]} */
  const faults = [];
  for (const [path, text] of texts(group, record, rules, [])) {
    for (const match of text.matchAll(TARGET)) {
      const target = stripped(match[1] ?? match[2]);
      if (LINKED.test(target)) continue;
      const { line, column, width } = placeAt(root, path);
      faults.push({
        code: "link-unusable", line, column, width,
        says: `the link to "${target}" has no full web address, so only its words are shown`,
        fix: "Write [words](https://example.gov/page), with the words first.",
      });
    }
  }
  return faults;
}

/** @param {string} group @param {Read} record @param {Rules} rules @param {Path} above @returns {Generator<[Path, string]>} */
function* texts(group, record, rules, above) {
  for (const { name, kind } of rules.groups[group].keys) {
    const value = record[name];
    if (!value) continue;
    if (kind.is === "Markdown") yield [[...above, name], value];
    else if (kind.is === "Record") yield* texts(/** @type {string} */ (kind.group), value, rules, [...above, name]);
    else if (kind.of?.is === "Record") {
      const inner = /** @type {string} */ (kind.of.group);
      for (const [step, each] of value.entries()) yield* texts(inner, each, rules, [...above, name, step]);
    }
  }
}
