/**
 * Judges the text of a catalog's file in the browser as `cityfolio check` judges it: the same codes, places and words.
 *
 *   const problems = problemsOf("title: Trees\n", "datasets/trees/dataset.yaml", rules, known);
 *
 * `rules` is what review/form_rules.py gives, `known` what review/form_known.py gives, with `here` for one dataset's folder.
 * What is not judged here is named in NOT_HERE, with the reason.
 */

import { readFrontMatter } from "./rules-front-matter.js";
import { linkProblems } from "./rules-links.js";
import { readRecord } from "./rules-records.js";
import { columnProblems, datasetProblems } from "./rules-dataset.js";
import { compared } from "./rules-words.js";
import { readYaml } from "./yaml.js";

/** @typedef {import("./yaml.js").Fault} Fault */
/** @typedef {import("./yaml.js").Group} Group */
/**
 * One mistake, as `cityfolio check --format json` gives it, with how many characters are meant.
 * @typedef {{code: string, severity: "error" | "warning" | "advice", line: number | null, column: number | null, width: number,
 *   says: string, fix: string}} Problem
 */
/**
 * A kind of value: `is` names the type in model/keys.py, the rest are its limits.
 * @typedef {object} Kind
 * @property {string} is "Text", "Markdown", "Day", "Choice", "ListOf", "Record", "MapOf", ...
 * @property {number} [max_length]
 * @property {number} [max_words]
 * @property {string[]} [values] of a Choice
 * @property {string} [further] of a Choice: how words are written that are not among its values
 * @property {string[]} [schemes] of a Url
 * @property {string[]} [slots] of a Url
 * @property {string[]} [also] of a Url
 * @property {number} [minimum] of an Integer
 * @property {number | null} [least]
 * @property {number | null} [most]
 * @property {string} [limits] of a Number, in words
 * @property {boolean} [distinct]
 * @property {string} [room] of a Reference
 * @property {string} [group] of a Record: its name in `rules.groups`
 * @property {Kind} [of] what a ListOf or MapOf holds
 * @property {Kind | null} [names] what a name of a MapOf may be
 */
/**
 * One key, as model/keys.py declares it.
 * @typedef {{name: string, kind: Kind, doc: string, example: string, needed: "error" | "warning" | "no", code: string,
 *   requires: string, default: any}} Key
 */
/** @typedef {{called: string, doc: string, keys: Key[]}} Described a group of keys; `called` is "a dataset" */
/**
 * What review/form_rules.py gives.
 * @typedef {object} Rules
 * @property {Record<string, Described>} groups
 * @property {Record<string, string>} files which group stands where: {"topics/*.yaml": "TopicRecord"}
 * @property {Record<string, Problem["severity"]>} codes
 * @property {Record<string, string>} frequencies
 * @property {string[]} licenses built in
 * @property {{ending: string, name: string, is_table: boolean, can_be_copied: boolean}[]} formats
 * @property {{ordered: string[], textual: string[], dated: string[]}} types
 * @property {Record<string, string>} requires what standards require, in words
 * @property {string[]} zones
 */
/**
 * @typedef {{path: string, is_reachable: boolean, says_anything: boolean, name: string | null, email: string | null,
 *   is_refused: boolean}} KnownContact
 */
/**
 * What review/form_known.py gives. `here` is of the dataset that is edited; a new one has none.
 * @typedef {object} Known
 * @property {string} today
 * @property {Record<string, string[]>} ids
 * @property {string[]} unread
 * @property {string[]} drafts
 * @property {(KnownContact & {license: boolean}) | null} site
 * @property {Record<string, KnownContact>} publishers
 * @property {Record<string, {title: boolean, description: boolean, type: string | null, sensitive: boolean}>} columns
 * @property {string[]} sources
 * @property {Record<string, string>} identifiers
 * @property {Record<string, string>} addresses
 * @property {Record<string, string>} formerly
 * @property {{names: string[], files: string[], committed: Record<string, string>}} [here]
 */
/** @typedef {import("./rules-records.js").Read} Read a record: its values by key, as the loader reads them */

/** The codes of a dataset's file that only `cityfolio check` or `cityfolio build` can report, each with the reason. */
export const NOT_HERE = {
  "pattern-invalid": "regular expressions are Python's, and a browser has others",
  "file-unlisted": "it is about another file than the one that is edited",
  "question-file": "it takes the data files",
  "question-column": "it takes the data files",
  "question-unfit": "it takes the data files",
  "question-empty": "it takes the data files",
  "column-absent": "it takes the data files",
  "primary-key-unknown": "it takes the data files",
  "foreign-key-unknown": "it takes the data files of another dataset",
  "anonymity-column": "it takes the data files",
  "acknowledged-unmet": "it takes the data files",
  "fetch-failed": "it takes another host",
  "language-not-of-site": "it takes the languages of the site",
  "output-personal": "it takes the pages that are built",
  "secret-found": "it is looked for in every file at once",
};

/**
 * Everything that is wrong with one file, in the order of its lines.
 * @param {string} text
 * @param {string} path from the catalog's folder, such as "datasets/trees/dataset.yaml"
 * @param {Rules} rules
 * @param {Known} known
 * @returns {Problem[]}
 */
export function problemsOf(text, path, rules, known) {
  const group = groupOf(path, rules);
  const { root, record, faults } = read(text, path, rules);
  if (root && record && group) {
    const asked = { path, root, record, rules, known };
    if (LINKED.includes(group)) faults.push(...linkProblems(group, asked));
    if (group === "DatasetRecord") faults.push(...datasetProblems(asked));
    if (group === "ColumnRecord") faults.push(...columnProblems(asked));
  }
  return inOrder(faults, rules);
}

/**
 * What is wrong with a file before it is known what else the catalog holds: its YAML, its keys, its values.
 * @param {string} text
 * @param {string} path
 * @param {Rules} rules
 * @returns {Problem[]}
 */
export const problemsOfReading = (text, path, rules) => inOrder(read(text, path, rules).faults, rules);

/** Sorted by place, code and words, each once. @param {Fault[]} faults @param {Rules} rules @returns {Problem[]} */
function inOrder(faults, rules) {
  const once = new Map(faults.map((fault) => [JSON.stringify(fault), fault]));
  return [...once.values()]
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
      || compared(a.code, b.code) || compared(a.says, b.says))
    .map(({ code, ...rest }) => ({ code, severity: rules.codes[code], ...rest }));
}

/**
 * The values of a file as the loader reads them: what was refused is left out. Null where nothing in it can be trusted.
 * @param {string} text
 * @param {string} path
 * @param {Rules} rules
 * @returns {Read | null}
 */
export function recordOf(text, path, rules) {
  return read(text, path, rules).record;
}

/**
 * The group of keys that a file holds: its name in `rules.groups`; null for a file that is none of these.
 * @param {string} path
 * @param {Rules} rules
 * @returns {string | null}
 */
export function groupOf(path, rules) {
  for (const [place, group] of Object.entries(rules.files)) {
    const [before, after] = place.split("*");
    const isHere = after === undefined ? path === place
      : path.startsWith(before) && path.endsWith(after) && !path.slice(before.length, -after.length).includes("/");
    if (isHere && !PROSE.test(path.slice(path.lastIndexOf("/") + 1))) return group;
  }
  return null;
}

/**
 * @param {string} text
 * @param {string} path
 * @param {Rules} rules
 * @returns {{root: Group | null, lines: string[], record: Read | null, faults: Fault[]}}
 */
function read(text, path, rules) {
  const group = groupOf(path, rules);
  const front = path.endsWith(".md") ? readFrontMatter(text) : { keys: text, faults: [] };
  if (group === null || front.keys === null) return { root: null, lines: [], record: null, faults: front.faults };
  const { root, lines, problems } = readYaml(front.keys);
  const faults = [...front.faults, ...problems];
  const record = root && readRecord(group, root, { rules, lines, faults });
  return { root, lines, record, faults };
}

const PROSE = /^(?:README|LICENSE|LICENCE|NOTICE|CHANGELOG)(?:\.[a-z]+)?$/i;
// Kinds of file whose Markdown check/texts.py goes through.
const LINKED = ["PublisherRecord", "TopicRecord", "LicenseRecord", "ColumnRecord", "DatasetRecord", "UseRecord", "SiteRecord"];
