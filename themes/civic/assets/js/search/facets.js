import { folded, tokens } from "./text.js";

/**
 * A column by which datasets are told apart: its values, the sets of them that occur, and each dataset's set.
 * @typedef {{values: [string, string][], sets: number[][], of: Uint32Array}} Facet
 * @typedef {{id: string, title: string, count: number}} Count
 */

/** @param {import("./bytes.js").Reader} reader @param {number} size @returns {Facet} */
export function readFacet(reader, size) {
  const { values, sets, width } = reader.header();
  return { values, sets, of: reader.numbers(size, width) };
}

/** Which datasets have one of the values that were asked for, by their ids. @param {Facet} facet @param {string[]} ids */
export function having(facet, ids) {
  const holds = facet.sets.map((set) => set.some((value) => ids.includes(facet.values[value][0])));
  return Uint8Array.from(facet.of, (set) => +holds[set]);
}

/** The ids of the values that somebody may mean by some words. @param {Facet} facet @param {string} words */
export function meaning(facet, words) {
  const asked = tokens(words);
  if (!asked.length) return [];
  const named = facet.values.filter(([id, title]) => {
    const has = tokens(`${id} ${title}`);
    return asked.every((word) => has.some((each) => each.startsWith(word)));
  });
  const exact = named.filter((names) => names.map(folded).includes(folded(words)));
  return (exact.length ? exact : named).map(([id]) => id);
}

/** How many of some datasets have each value; those that none has are left out. @param {Facet} facet @param {Iterable<number>} datasets @returns {Count[]} */
export function counted(facet, datasets) {
  const ofSet = new Uint32Array(facet.sets.length);
  for (const dataset of datasets) ofSet[facet.of[dataset]]++;
  const counts = new Uint32Array(facet.values.length);
  facet.sets.forEach((set, at) => set.forEach((value) => (counts[value] += ofSet[at])));
  return facet.values
    .map(([id, title], value) => ({ id, title, count: counts[value] }))
    .filter(({ count }) => count)
    .sort((one, other) => other.count - one.count);
}
