import { classesOf, codesOf } from "./classes.js";
import { gathered, within } from "./clusters.js";
import { meets } from "./mercator.js";
import { boxOfPlaced, placedRows } from "./placed-rows.js";
import { distance } from "./shapes.js";

/**
 * What lies on the map: all rows in view, as the session brings them.
 *
 * @typedef {import("./mercator.js").Box} Box
 * @typedef {import("./shapes.js").Shape} Shape
 * @typedef {import("./clusters.js").Cluster} Cluster
 * @typedef {import("./classes.js").Classes} Classes
 * @typedef {import("./placed-rows.js").Placed} Placed
 * @typedef {import("./placed-rows.js").Described} Described
 * @typedef {import("./placed-rows.js").Session} Session
 * @typedef {{shapes: {shape: Shape, code: number, at: number}[], marks: Cluster[], isClustered: boolean, count: number}} Seen
 *     at: by what a feature is asked for
 * @typedef {{at: number, shape: Shape | null, cluster: Cluster | null}} Hit
 * @typedef {object} Content
 * @property {Classes | null} classes
 * @property {Box | null} box
 * @property {(box: Box, zoom: number) => Seen} look                    what to draw, as far as it is here
 * @property {(box: Box, zoom: number) => Promise<boolean>} fetch       bring what is not; whether anything came
 * @property {(box: Box, most: number) => {count: number, features: {at: number, shape: Shape}[]}} inView
 * @property {(at: number, names: string[]) => Promise<(string | null)[]>} texts    cells of a feature
 */

const MOST_MARKS = 2_000; // points that are drawn by themselves

/** @implements {Content} */
export class RowsContent {
  /** @param {Session} session @param {Placed} placed @param {Classes | null} classes */
  constructor(session, placed, classes) {
    this.session = session;
    this.placed = placed;
    this.classes = classes;
    this.codes = classes && placed.texts ? codesOf(placed.texts, classes) : null;
    this.box = boxOfPlaced(placed);
  }

  /** @param {Session} session @param {string[]} where @param {Described | undefined} color */
  static async load(session, where, color) {
    const placed = await placedRows(session, where, color?.name ?? "");
    return new RowsContent(session, placed, color && placed.texts ? classesOf(placed.texts, color) : null);
  }

  /** @param {Box} box @param {number} zoom @returns {Seen} */
  look(box, zoom) {
    const { points, shapes } = this.placed;
    const { marks, isClustered, count } = gathered(points, { box, zoom, most: MOST_MARKS, codes: this.codes });
    const seen = shapes.filter(({ shape }) => meets(shape.box, box));
    return {
      shapes: seen.map(({ shape, at }) => ({ shape, at, code: this.codes?.[at] ?? 0 })), marks, isClustered,
      count: count + new Set(seen.map(({ at }) => at)).size,
    };
  }

  async fetch() {
    return false;
  }

  /** @param {Box} box @param {number} most */
  inView(box, most) {
    const { points, shapes } = this.placed;
    const found = within(points, box, most);
    const features = found.places.map((at) => ({ at, shape: pointShape(points.x[at], points.y[at]) }));
    const seen = shapes.filter(({ shape }) => meets(shape.box, box));
    /** @type {Set<number>} */
    const rows = new Set();
    for (const each of seen) {
      if (!rows.has(each.at) && features.length < most) features.push(each);
      rows.add(each.at);
    }
    return { count: found.count + rows.size, features };
  }

  /** @param {number} at @param {string[]} names */
  async texts(at, names) {
    const row = await this.session.find(this.placed.places[at]);
    if (row < 0) return names.map(() => null);
    const { cells } = await this.session.rows(row, row + 1, names);
    return cells.map(([text]) => text ?? null);
  }
}

/** @param {number} x @param {number} y @returns {Shape} */
export const pointShape = (x, y) => ({ form: "point", parts: [Float64Array.of(x, y)], box: [x, y, x, y] });

/**
 * What lies at a spot, the nearest first; points before lines before areas, as they are drawn one upon the other.
 * @param {Seen} seen @param {{x: number, y: number, reach: number, clusterReach: (count: number) => number}} spot    in the
 *     square
 * @returns {Hit | null}
 */
export function hitAt({ shapes, marks }, { x, y, reach, clusterReach }) {
  /** @type {Hit | null} */
  let hit = null;
  let least = Infinity;
  for (const mark of marks) {
    const away = Math.hypot(mark.x - x, mark.y - y);
    if (away >= least || away > (mark.count > 1 ? clusterReach(mark.count) : reach)) continue;
    least = away;
    hit = { at: mark.first, shape: pointShape(mark.x, mark.y), cluster: mark.count > 1 ? mark : null };
  }
  if (hit) return hit;
  for (const { shape, at } of shapes) {
    if (!meets(shape.box, [x - reach, y - reach, x + reach, y + reach])) continue;
    const away = distance(shape, x, y);
    // An area is hit inside only, and what was drawn last lies on top.
    const reached = shape.form === "area" ? (away === 0 ? reach : Infinity) : away;
    if (reached > reach || reached > least) continue;
    least = reached;
    hit = { at, shape, cluster: null };
  }
  return hit;
}
