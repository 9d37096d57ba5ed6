import { meaning } from "../format.js";
import { titleOf } from "./header.js";
import { made } from "./making.js";
import { cut, visible } from "./texts.js";

/**
 * What stands under the grid of the cell that has the focus.
 *
 * @typedef {import("./given.js").Described} Described
 */

const apart = (/** @type {string} */ text) => made("bdi", {}, visible(text));

/**
 * A value as it stands in the file, the column it is of, and what it means.
 * @param {Described | undefined} column @param {string | null | undefined} raw    undefined while it is not there yet
 * @param {import("./given.js").Say} say
 */
export function told(column, raw, say) {
  if (!column) return [];
  const text = raw === undefined ? "…" : raw === null ? say("no-value") : cut(raw);
  const means = meaning(raw ?? null, column);
  const value = raw === null ? text : made("code", {}, apart(text));
  return [made("bdi", {}, titleOf(column)), " ", value, ...(means ? [" ", apart(means)] : [])];
}

/** What a column means, while its header has the focus. @param {Described | undefined} column */
export const meant = (column) => (column?.description ? [apart(column.description)] : []);
