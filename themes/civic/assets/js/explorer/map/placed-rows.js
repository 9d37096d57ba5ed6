import { boxAround, pointsAt, stretch } from "./mercator.js";
import { boxOfShapes, shapesOf } from "./shapes.js";

/**
 * The rows in view with their places, as the session brings them.
 *
 * @typedef {import("./mercator.js").Points} Points
 * @typedef {import("./mercator.js").Box} Box
 * @typedef {import("./shapes.js").Shape} Shape
 * @typedef {{name: string, type: string, title?: string, description?: string, unit?: string, role?: string,
 *   values?: Record<string, string>}} Described    a column of the outline
 * @typedef {{longitudes: Float64Array, latitudes: Float64Array, places: Uint32Array}
 *   | {geometries: string[], places: Uint32Array}} Shapes
 * @typedef {{cells: (string | null)[][], places: ArrayLike<number>}} Rows
 * @typedef {{
 *   rows(start: number, end: number, names: string[]): Promise<Rows>,
 *   find(place: number): Promise<number>,
 *   shapes(names: string[]): Promise<Shapes>,
 *   download(names: string[]): AsyncIterable<Rows>,
 * }} Session    what is needed of it
 * @typedef {{points: Points, shapes: {shape: Shape, at: number}[], places: Uint32Array, texts: (string | null)[] | null}}
 *     Placed
 *     `places`: the numbers of the rows in the file. `texts`: values of the column that colors them
 */

/**
 * The columns that say where a row is: one of shapes, or latitude and longitude; none where there is no place.
 * @param {Described[]} columns
 */
export function placeColumns(columns) {
  const named = (/** @type {string} */ role) => columns.find((each) => each.role === role)?.name;
  const shape = named("shape") ?? columns.find(({ type }) => type === "geometry")?.name;
  if (shape !== undefined) return [shape];
  const latitude = named("latitude");
  const longitude = named("longitude");
  return latitude !== undefined && longitude !== undefined ? [latitude, longitude] : [];
}

/**
 * @param {Session} session @param {string[]} where @param {string} color    a column, "" for none @returns {Promise<Placed>}
 */
export async function placedRows(session, where, color) {
  const found = await session.shapes(where);
  const drawing = "geometries" in found ? drawn(found.geometries)
    : { points: pointsAt(found.longitudes, found.latitudes), shapes: [] };
  const { places } = found;
  return { ...drawing, places, texts: color ? await valuesAt(session, places, color) : null };
}

/**
 * The values of a column for rows that are known by their number in the file.
 * @param {Session} session @param {Uint32Array} places @param {string} color
 */
async function valuesAt(session, places, color) {
  const order = new Int32Array(places.reduce((most, place) => Math.max(most, place), -1) + 1).fill(-1);
  places.forEach((place, at) => {
    order[place] = at;
  });
  /** @type {(string | null)[]} */
  const texts = new Array(places.length).fill(null);
  for await (const { cells: [cells], places: portion } of session.download([color])) {
    for (let row = 0; row < cells.length; row += 1) {
      const at = order[portion[row]] ?? -1;
      if (at >= 0) texts[at] = cells[row];
    }
  }
  return texts;
}

/** Shapes and points of geometries. A row that is one point is a point. @param {(string | null)[]} geometries */
function drawn(geometries) {
  const points = { x: new Float64Array(geometries.length).fill(NaN), y: new Float64Array(geometries.length).fill(NaN) };
  /** @type {{shape: Shape, at: number}[]} */
  const shapes = [];
  geometries.forEach((text, at) => {
    const found = shapesOf(text);
    if (found.length === 1 && found[0].form === "point" && found[0].parts[0].length === 2 && found[0].parts.length === 1) {
      [points.x[at], points.y[at]] = found[0].parts[0];
    } else for (const shape of found) shapes.push({ shape, at });
  });
  return { points, shapes };
}

/** The box around everything. @param {Placed} placed @returns {Box | null} */
export function boxOfPlaced({ points, shapes }) {
  const box = boxAround(points);
  const other = boxOfShapes(shapes.map(({ shape }) => shape));
  if (!box || !other) return box ?? other;
  stretch(box, other[0], other[1]);
  stretch(box, other[2], other[3]);
  return box;
}
