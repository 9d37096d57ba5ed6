import { widthAt } from "./mercator.js";

/**
 * What is drawn for many points: each by itself while they are few, else one mark for each cell of a grid.
 *
 * The grid lies on the globe, not on the screen, so a cluster stays where it is while the map is moved. One pass over all
 * points
 * takes some milliseconds for a million of them, which is why nothing is sorted or kept between two moves.
 *
 * @typedef {import("./mercator.js").Points} Points
 * @typedef {import("./mercator.js").Box} Box
 * @typedef {{x: number, y: number, count: number, first: number, code: number}} Cluster
 *     its middle, its points, the first of them and the class that most of them have
 * @typedef {{isClustered: boolean, count: number, marks: Cluster[]}} Gathered    count: points in the box
 */

export const CELL = 64; // pixels
const CLASSES = 10;

/**
 * @param {Points} points
 * @param {{box: Box, zoom: number, most: number, codes?: Uint8Array | null}} view    most: points that are drawn by themselves
 * @returns {Gathered}
 */
export function gathered(points, { box, zoom, most, codes = null }) {
  const inside = within(points, box, most);
  if (inside.count <= most) {
    const marks = inside.places.map((at) => (
      { x: points.x[at], y: points.y[at], count: 1, first: at, code: codes?.[at] ?? 0 }));
    return { isClustered: false, count: inside.count, marks };
  }
  return { isClustered: true, count: inside.count, marks: grid(points, box, widthAt(zoom) / CELL, codes) };
}

/**
 * The points in a box, in their order; at most some of them, and how many there are.
 * @param {Points} points @param {Box} box @param {number} most
 */
export function within({ x, y }, [left, top, right, bottom], most) {
  /** @type {number[]} */
  const places = [];
  let count = 0;
  for (let at = 0; at < x.length; at += 1) {
    if (!(x[at] >= left && x[at] <= right && y[at] >= top && y[at] <= bottom)) continue;
    count += 1;
    if (count <= most) places.push(at);
  }
  return { places, count };
}

/** @param {Points} points @param {Box} box @param {number} scale    cells from side to side @param {Uint8Array | null} codes */
function grid({ x, y }, [left, top, right, bottom], scale, codes) {
  const firstColumn = Math.floor(left * scale);
  const firstRow = Math.floor(top * scale);
  const columns = Math.floor(right * scale) - firstColumn + 1;
  const cells = columns * (Math.floor(bottom * scale) - firstRow + 1);
  const counts = new Uint32Array(cells);
  const firsts = new Uint32Array(cells);
  const sums = new Float64Array(2 * cells);
  const tallies = codes ? new Uint32Array(CLASSES * cells) : null;
  for (let at = 0; at < x.length; at += 1) {
    if (!(x[at] >= left && x[at] <= right && y[at] >= top && y[at] <= bottom)) continue;
    const cell = (Math.floor(y[at] * scale) - firstRow) * columns + Math.floor(x[at] * scale) - firstColumn;
    if (counts[cell] === 0) firsts[cell] = at;
    counts[cell] += 1;
    sums[2 * cell] += x[at];
    sums[2 * cell + 1] += y[at];
    if (tallies && codes) tallies[CLASSES * cell + codes[at]] += 1;
  }
  /** @type {Cluster[]} */
  const marks = [];
  counts.forEach((count, cell) => {
    if (count === 0) return;
    const margin = count > 1 ? radiusOf(count) / CELL : 0;
    const column = firstColumn + (cell % columns);
    const row = firstRow + Math.floor(cell / columns);
    marks.push({
      x: kept((sums[2 * cell] / count) * scale, column, margin) / scale,
      y: kept((sums[2 * cell + 1] / count) * scale, row, margin) / scale,
      count, first: firsts[cell], code: tallies ? leading(tallies, CLASSES * cell) : 0,
    });
  });
  return marks;
}

/** The radius of a cluster's mark, which is never wider than its cell. @param {number} count */
export const radiusOf = (count) => Math.min(CELL / 2 - 2, 10 + 3.5 * Math.log10(count));

/**
 * A middle that leaves room for its mark, so that neighbors do not cover one another.
 * @type {(...numbers: number[]) => number}
 */
const kept = (middle, cell, margin) => Math.max(cell + margin, Math.min(cell + 1 - margin, middle));

/** @param {Uint32Array} tallies @param {number} start */
function leading(tallies, start) {
  let best = 0;
  for (let code = 1; code < CLASSES; code += 1) if (tallies[start + code] > tallies[start + best]) best = code;
  return best;
}
