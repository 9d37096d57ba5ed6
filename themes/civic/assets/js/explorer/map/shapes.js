import { across, down, stretch } from "./mercator.js";
import { geometryOf } from "./wkt.js";

/**
 * Shapes as the map draws them: positions in the square of mercator.js, x and y by turns.
 *
 * @typedef {import("./mercator.js").Box} Box
 * @typedef {"point" | "line" | "area"} Form
 * @typedef {{form: Form, parts: Float64Array[], box: Box}} Shape
 */

/** @type {Record<string, [Form, number]>} the form of a geometry, and how deep its positions lie */
const GEOMETRIES = {
  Point: ["point", 0], MultiPoint: ["point", 1], LineString: ["line", 1], MultiLineString: ["line", 2],
  Polygon: ["area", 2], MultiPolygon: ["area", 3],
};

/**
 * The shapes of a geometry's text, GeoJSON or WKT; none when it is empty or neither.
 * @param {string | null} text @returns {Shape[]}
 */
export function shapesOf(text) {
  if (!text) return [];
  try {
    return shapesIn(text.trimStart().startsWith("{") ? JSON.parse(text) : geometryOf(text));
  } catch {
    return []; // it is data: what cannot be drawn is not drawn, and stands in the table as it is
  }
}

/**
 * The shapes of anything that GeoJSON knows.
 * @param {any} json    any: what a file holds is not known before it was looked at
 * @returns {Shape[]}
 */
export function shapesIn(json) {
  if (json === null || typeof json !== "object") return [];
  if (json.type === "FeatureCollection") return listed(json.features).flatMap(shapesIn);
  if (json.type === "Feature") return shapesIn(json.geometry);
  if (json.type === "GeometryCollection") return listed(json.geometries).flatMap(shapesIn);
  if (typeof json.type !== "string" || !Object.hasOwn(GEOMETRIES, json.type)) return [];
  const [form, depth] = GEOMETRIES[json.type];
  const shape = shapeFrom(form, linesOf(json.coordinates, depth));
  return shape ? [shape] : [];
}

/** @param {Form} form @param {Float64Array[]} lines @returns {Shape | null} */
export function shapeFrom(form, lines) {
  const parts = lines.filter((line) => line.length > 0);
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of parts) for (let at = 0; at < part.length; at += 2) stretch(box, part[at], part[at + 1]);
  return parts.length ? { form, parts, box } : null;
}

/** @param {any} value @returns {any[]} */
const listed = (value) => (Array.isArray(value) ? value : []);

/** @param {any} coordinates @param {number} depth @returns {Float64Array[]} */
function linesOf(coordinates, depth) {
  if (depth > 1) return listed(coordinates).flatMap((each) => linesOf(each, depth - 1));
  const positions = (depth === 0 ? [coordinates] : listed(coordinates)).filter(isOnTheGlobe);
  const line = new Float64Array(2 * positions.length);
  positions.forEach(([longitude, latitude], at) => {
    line[2 * at] = across(longitude);
    line[2 * at + 1] = down(latitude);
  });
  return [line];
}

/** @param {any} position */
function isOnTheGlobe(position) {
  return Array.isArray(position) && typeof position[0] === "number" && typeof position[1] === "number"
    && Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90;
}

/**
 * How far a spot is from a shape; 0 within an area.
 * @param {Shape} shape @param {number} x @param {number} y
 */
export function distance({ form, parts }, x, y) {
  if (form === "area" && isInside(parts, x, y)) return 0;
  let least = Infinity;
  for (const part of parts) {
    if (form === "point" || part.length === 2) {
      for (let at = 0; at < part.length; at += 2) least = Math.min(least, Math.hypot(part[at] - x, part[at + 1] - y));
    } else {
      for (let at = 2; at < part.length; at += 2) least = Math.min(least, toSegment(part, at, x, y));
    }
  }
  return least;
}

/**
 * Whether a spot lies in an area, holes left out (rule of odd crossings).
 * @param {Float64Array[]} rings @param {number} x @param {number} y
 */
function isInside(rings, x, y) {
  let isIn = false;
  for (const ring of rings) {
    for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
      if (ring[at + 1] > y === ring[before + 1] > y) continue;
      const share = (y - ring[at + 1]) / (ring[before + 1] - ring[at + 1]);
      if (x < ring[at] + share * (ring[before] - ring[at])) isIn = !isIn;
    }
  }
  return isIn;
}

/** @param {Float64Array} line @param {number} at    where the segment's end stands @param {number} x @param {number} y */
function toSegment(line, at, x, y) {
  const dx = line[at] - line[at - 2];
  const dy = line[at + 1] - line[at - 1];
  const along = dx || dy ? ((x - line[at - 2]) * dx + (y - line[at - 1]) * dy) / (dx * dx + dy * dy) : 0;
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(line[at - 2] + share * dx - x, line[at - 1] + share * dy - y);
}

/** @param {Shape[]} shapes @returns {Box | null} */
export function boxOfShapes(shapes) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const shape of shapes) {
    stretch(box, shape.box[0], shape.box[1]);
    stretch(box, shape.box[2], shape.box[3]);
  }
  return box[0] <= box[2] ? box : null;
}


