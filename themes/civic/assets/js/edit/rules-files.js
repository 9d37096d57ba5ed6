/** The files that a dataset lists, as check/files.py and check/metadata.py look at them. */

import { dictionaryOf } from "./rules-columns.js";
import { didYouMean, folded, stripped, words } from "./rules-words.js";
import { holds, placeAt, valueAt } from "./yaml.js";

/** @typedef {import("./rules-dataset.js").Dataset} Dataset */
/** @typedef {import("./rules-dataset.js").Found} Found */
/** @typedef {import("./rules.js").Rules} Rules */
/** @typedef {import("./rules-records.js").Read} Read */

// What a browser opens as a document with scripts, or takes for a script, in the origin of the site.
const ACTIVE = ["html", "htm", "shtml", "xhtml", "xht", "xml", "svg", "svgz", "js", "mjs", "xsl", "xslt"];

/** @param {Read} file @returns {string} */
const nameOf = (file) => file.path || file.sample || "";

/** @param {Dataset} dataset @returns {Found} */
function* lists({ root, record }) {
  if (record.status !== "published") return;
  const status = valueAt(root, ["status"]);
  const given = status?.is === "scalar" ? stripped(status.text ?? "") : "";
  const isRefused = status?.is === "scalar" && given !== "" && given !== record.status;
  if (!record.files.length && !root.entries.has("files") && !isRefused) {
    yield ["files-missing", root, "it is published, and there is nothing to download",
      "Add `files:`, or `status: planned` with a reason."];
  }
  for (const [place, file] of record.files.entries()) {
    const name = nameOf(file);
    if (/\.[ct]sv$/i.test(name) && !file.columns.size && !hasDictionary(root)) {
      yield ["dictionary-missing", placeAt(root, ["files", place]), `${name} is published without a word about its columns`,
        "Add `columns:` with a title for each."];
    }
  }
}

/** @param {import("./yaml.js").Group} root @returns {boolean} */
function hasDictionary(root) {
  const columns = valueAt(root, ["columns"]);
  return holds(root, "columns") && !(columns?.is === "group" && !columns.entries.size);
}

/** @param {Dataset} dataset @returns {Found} */
function* sources({ root, record }) {
  for (const place of record.files.keys()) {
    const entry = valueAt(root, ["files", place]);
    if (entry?.is !== "group") continue;   // it was refused when it was read
    const has = (/** @type {string} */ key) => entry.entries.has(key);
    if (has("path") && has("url")) {
      yield ["file-source", entry, "both path and url are given",
        "Keep `path` for a file of this folder; for one kept elsewhere `url`, with a `sample` of its rows."];
    } else if (has("path") && has("sample")) {
      yield ["file-source", entry, "a sample stands beside a path", "A sample belongs to a `url`."];
    } else if (!has("path") && !has("url") && !has("missing")) {
      yield ["file-source", entry, "neither path nor url is given", "Add one of them."];
    }
  }
}

/** @param {Dataset} dataset @returns {Found} */
function* places({ id, root, record, known: { here } }) {
  if (!here) return;
  const names = here.names.filter((name) => name !== "dataset.yaml");
  for (const [place, file] of record.files.entries()) {
    for (const key of ["path", "sample"]) {
      const name = file[key];
      if (name && !here.files.includes(name)) {
        yield ["file-missing", placeAt(root, ["files", place, key]), `there is no file datasets/${id}/${name}`, didYouMean(name, names)];
      }
    }
  }
}

/** @param {Dataset} dataset @returns {Found} */
function* repeats({ root, record }) {
  const seen = new Set();
  for (const [place, file] of record.files.entries()) {
    const name = nameOf(file);
    const one = JSON.stringify([name, file.sheet]);
    if (name && seen.has(one)) {
      yield ["file-repeated", placeAt(root, ["files", place]), `${name} is listed already`, "Delete one of the entries."];
    }
    seen.add(one);
  }
}

/** @param {Dataset} dataset @returns {Found} */
function* formats({ root, record, rules }) {
  if (record.status !== "published") return;
  for (const [place, file] of record.files.entries()) {
    const name = nameOf(file);
    const form = formatOf(name, file.format, rules).name;
    for (const [at, former] of name ? file.formerly.entries() : []) {
      if (formatOf(former, null, rules).name !== form) {
        yield ["file-former", placeAt(root, ["files", place, "formerly", at]),
          `${former} does not end as a file of the format ${form} does`,
          "Name what this file was called. What is made of it keeps its former name by itself."];
      }
    }
    if (ACTIVE.includes(name.toLowerCase().split(".").pop() ?? "")) {
      yield ["file-active", placeAt(root, ["files", place]),
        `browsers run ${name} as a program or page, and it would act as a part of this site`,
        "Publish it inside a zip file, or keep it at another address and name that as `url:`."];
    }
  }
}

/**
 * The format of a file by what its record declares, else by the last ending of its name.
 * @param {string} name
 * @param {string | null} declared
 * @param {Rules} rules
 * @returns {Rules["formats"][0]}
 */
function formatOf(name, declared, rules) {
  const none = { ending: "", name: "File", is_table: false, can_be_copied: false };
  if (declared) {
    const shown = words(declared).join(" ");
    // Of two endings of one format the later counts, as in model/formats.py.
    return [...rules.formats].reverse().find((each) => folded(each.name) === folded(shown)) ?? { ...none, name: shown };
  }
  const parts = (name.toLowerCase().split("/").pop() ?? "").split(".");
  const find = (/** @type {string} */ ending) => rules.formats.find((each) => each.ending === ending);
  return find(parts.slice(-2).join(".")) ?? find(parts[parts.length - 1]) ?? none;
}

/** @param {Dataset} dataset @returns {Found} */
function* shields(dataset) {
  const { root, record, rules } = dataset;
  if (record.status !== "published") return;
  for (const [place, file] of record.files.entries()) {
    const sensitive = [...dictionaryOf(dataset, file)].find(([, column]) => column.isSensitive)?.[0];
    const told = sensitive === undefined ? null : exposed(file, sensitive, rules);
    if (told) yield ["sensitive-unprotected", placeAt(root, ["files", place]), ...told];
  }
}

/** @param {Read} file @param {string} sensitive @param {Rules} rules @returns {[string, string] | null} */
function exposed(file, sensitive, rules) {
  const name = nameOf(file);
  if (file.url) {
    return [`the sensitive column \`${sensitive}\` cannot be left out of ${file.url}, which is kept elsewhere`,
      "Take the column out at its source and out of the dictionary, or give this file a dictionary of its own."];
  }
  const isTable = formatOf("", file.format || name, rules).is_table || formatOf(file.format || name, null, rules).is_table;
  if (!name || (file.look_inside && isTable && formatOf(name, file.format, rules).can_be_copied)) return null;
  return [`${name} may hold the sensitive column \`${sensitive}\`, and columns are left out only of what is read as a table`,
    "Publish a CSV or XLSX, or give this file a dictionary of its own that says what is in it."];
}

export const fileRules = [lists, sources, places, repeats, formats, shields];
