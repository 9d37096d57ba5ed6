/** Which file of a catalog some values are of, by what no two files say alike. */

/** @typedef {import("./form-tree.js").Tree} Tree */
/** @typedef {Pick<import("./form-editor.js").KnownHere, "titles" | "identifiers" | "formerly">} Named */

/**
 * Its id, by its identifier, by a former address, or by its title where only one has it; "" where none of these is known.
 * @param {Map<string, Tree>} values @param {string} room    such as "datasets" @param {Named} known
 */
export function idOf(values, room, known) {
  return byIdentifier(values, room, known) || byFormerAddress(values, room, known) || byTitle(values, room, known);
}

/** @param {Map<string, Tree>} values @param {string} key */
function textOf(values, key) {
  const value = values.get(key);
  return typeof value === "string" ? value.trim() : "";
}

/** @param {Map<string, Tree>} values @param {string} room @param {Named} known */
function byIdentifier(values, room, known) {
  const path = known.identifiers[textOf(values, "identifier")] ?? "";
  return path.startsWith(`${room}/`) ? path.split("/")[1].replace(/\.yaml$/, "") : "";
}

/** @param {Map<string, Tree>} values @param {string} room @param {Named} known */
function byFormerAddress(values, room, known) {
  const value = values.get("formerly") ?? "";
  const old = (Array.isArray(value) ? value.map((entry) => entry.value) : [value])
    .filter((each) => typeof each === "string" && each).map((each) => `/${String(each).replace(/^\/+|\/+$/g, "")}`);
  const claims = Object.entries(known.formerly).filter(([, owner]) => owner.startsWith(`${room}/`));
  const claim = claims.find(([address]) => old.some((each) => address === each || address.endsWith(each)));
  return claim ? claim[1].split("/")[1] : "";
}

/** @param {Map<string, Tree>} values @param {string} room @param {Named} known */
function byTitle(values, room, known) {
  const title = textOf(values, "title");
  const same = Object.entries(known.titles[room] ?? {}).filter(([, each]) => each === title);
  return same.length === 1 ? same[0][0] : "";
}
