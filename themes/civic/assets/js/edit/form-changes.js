/**
 * What has to be done to a file so that it says what a form says now: as little as can be, so that comments and order stay.
 *
 * @typedef {import("./form-tree.js").Tree} Tree
 * @typedef {(string | number)[]} Path
 * @typedef {import("./fields-text.js").Plain} Plain
 * @typedef {{does: "set" | "remove" | "rename", path: Path, value: Plain}} Step
 */

/**
 * Of a map that was read from a form: what its entries were called in the file, by the names they have now.
 * @type {WeakMap<Map<string, Tree>, Map<string, string>>}
 */
export const formerNames = new WeakMap();

/** The values of a group without where their entries stood. @param {Map<string, Tree>} values @returns {Map<string, Plain>} */
export const plain = (values) => new Map([...values].map(([key, value]) => [key, bare(value)]));

/** @param {Tree} tree @returns {Plain} */
export function bare(tree) {
  if (typeof tree === "string") return tree;
  return Array.isArray(tree) ? tree.map((entry) => bare(entry.value)) : plain(tree);
}

/** Whether two trees say the same. @param {Plain} one @param {Plain} other @returns {boolean} */
export function isSame(one, other) {
  if (typeof one === "string" || typeof other === "string") return one === other;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length
      && one.every((each, at) => isSame(each, other[at]));
  }
  const keys = [...one.keys()];
  return one.size === other.size && keys.every((key) => other.has(key) && isSame(one.get(key) ?? "", other.get(key) ?? ""));
}

/**
 * The steps from one state of a form to another. Steps are taken in their order: later paths reckon with earlier steps.
 * @param {Map<string, Tree>} before @param {Map<string, Tree>} after @param {Path} [path] @returns {Step[]}
 */
export function stepsBetween(before, after, path = []) {
  /** @type {Step[]} */
  const steps = [];
  const renamed = renamedFrom(before, after);
  const kept = new Set(renamed.values());
  for (const key of before.keys()) if (!after.has(key) && !kept.has(key)) steps.push({ does: "remove", path: [...path, key], value: "" });
  for (const [key, was] of renamed) steps.push({ does: "rename", path: [...path, was], value: key });
  for (const [key, value] of after) {
    const old = before.get(renamed.get(key) ?? key);
    const here = [...path, key];
    if (old === undefined) steps.push({ does: "set", path: here, value: bare(value) });
    else steps.push(...stepsOf(old, value, here));
  }
  return steps;
}

/**
 * The entries that only got another name. A name that another entry has or had is not given in place: two would have it for a while.
 * @param {Map<string, Tree>} before @param {Map<string, Tree>} after @returns {Map<string, string>}
 */
function renamedFrom(before, after) {
  const names = [...formerNames.get(after) ?? []];
  return new Map(names.filter(([name, was]) => before.has(was) && !after.has(was) && !before.has(name)));
}

/** @param {Tree} old @param {Tree} value @param {Path} path @returns {Step[]} */
function stepsOf(old, value, path) {
  if (isSame(bare(old), bare(value))) return [];
  if (old instanceof Map && value instanceof Map) return stepsBetween(old, value, path);
  if (Array.isArray(old) && Array.isArray(value)) return stepsOfList(old, value, path);
  return [{ does: "set", path, value: bare(value) }];
}

/** @param {import("./form-tree.js").Entry[]} old @param {import("./form-tree.js").Entry[]} value @param {Path} path @returns {Step[]} */
function stepsOfList(old, value, path) {
  const before = new Map(old.map((entry) => [entry.from, entry.value]));
  const kept = value.flatMap(({ from }) => (from !== null && before.has(from) ? [from] : []));
  const inOrder = kept.every((from, at) => at === 0 || kept[at - 1] < from);
  if (!inOrder || !kept.length) return [{ does: "set", path, value: bare(value) }];
  /** @type {Step[]} */
  const steps = [];
  for (const { from, value: each } of value) {
    const was = from === null ? undefined : before.get(from);
    if (from !== null && was !== undefined) steps.push(...stepsOf(was, each, [...path, from]));
  }
  for (const from of [...before.keys()].reverse()) {
    if (from !== null && !kept.includes(from)) steps.push({ does: "remove", path: [...path, from], value: "" });
  }
  value.filter(({ from }) => from === null || !before.has(from))
    .forEach(({ value: each }, at) => steps.push({ does: "set", path: [...path, kept.length + at], value: bare(each) }));
  return steps;
}
