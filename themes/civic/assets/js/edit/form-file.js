/** A file of the catalog as the values of a form, and the form's values as a file. */
import { newDocument, orderOf, removeValue, renameKey, setValue } from "./fields.js";
import { bare } from "./form-changes.js";
import { isEmpty, YamlRefused } from "./form-tree.js";
import { groupOf } from "./rules.js";
import { readYaml } from "./yaml.js";

/** @typedef {import("./form-tree.js").Tree} Tree */
/** @typedef {import("./form-changes.js").Plain} Plain */
/** @typedef {import("./form-changes.js").Step} Step */
/** @typedef {import("./yaml.js").Value} Value */

/** The values of a text; null where it cannot be read. @param {string} text @returns {Map<string, Tree> | null} */
export function valuesOf(text) {
  const { root } = readYaml(text);
  return root && /** @type {Map<string, Tree>} */ (treeOf(root));
}

/** @param {Value} value @returns {Tree} */
function treeOf(value) {
  if (value.is === "scalar") return value.text ?? "";
  if (value.is === "list") return value.items.map((item, from) => ({ from, value: treeOf(item) }));
  return new Map([...value.entries].map(([key, inner]) => [key, treeOf(inner)]));
}

/** @typedef {{path: string, rules: import("./rules.js").Rules}} Kind    of file: its place in the catalog, and the rules */

/** A text after some steps. @param {string} text @param {Step[]} steps @param {Kind} kind */
export function changed(text, steps, kind) {
  return steps.reduce((now, { does, path, value }) => {
    if (does === "rename") return renameKey(now, path, /** @type {string} */ (value));
    return does === "set" ? setValue(now, path, value, orderAt(path.slice(0, -1), kind)) : removeValue(now, path);
  }, text);
}

/** A new file. @param {Map<string, Plain>} values @param {Kind} kind */
export const written = (values, { path, rules }) => (values.size ? newDocument(values, rules, groupOf(path, rules) ?? undefined) : "");

/** The keys of the group that a path leads to, in their documented order. @param {import("./form-changes.js").Path} path @param {Kind} kind */
function orderAt(path, { path: file, rules }) {
  /** @type {import("./rules.js").Kind | undefined} */
  let kind = { is: "Record", group: groupOf(file, rules) ?? "" };
  for (const key of path) {
    /** @type {import("./rules.js").Key[] | null} */
    const keys = kind?.is === "Record" ? rules.groups[kind.group ?? ""]?.keys : null;
    kind = keys ? keys.find((each) => each.name === key)?.kind : kind?.of;
  }
  return kind?.is === "Record" && kind.group ? orderOf(rules, kind.group) : undefined;
}

/** Values within a file as YAML of their own, for keys that have no fields. */
export const yaml = {
  /** @param {Tree} value */
  toYaml(value) {
    const lines = newDocument(new Map([["value", bare(value)]])).replace(/^value:[ ]?/, "").split("\n");
    return lines.map((line) => line.replace(/^ {2}/, "")).join("\n").trim();
  },
  /** What a text says; the text itself where it is no YAML, which a check then refuses. @param {string} text @returns {Tree} */
  fromYaml(text) {
    try {
      return yaml.strictly(text);
    } catch (error) {
      if (!(error instanceof YamlRefused)) throw error;
      return text.trim();
    }
  },
  /** The same, where what is no YAML throws YamlRefused. @param {string} text @returns {Tree} */
  strictly(text) {
    const { root, problems } = readYaml(`value:\n${text.split("\n").map((line) => `  ${line}`).join("\n")}\n`);
    if (!root || problems.length) throw new YamlRefused(problems[0]?.says ?? "");
    const value = root.entries.get("value");
    const tree = value ? treeOf(value) : "";
    return isEmpty(tree) ? "" : tree;
  },
};
