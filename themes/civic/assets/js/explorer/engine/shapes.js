/** Where shapes lie: the box around each, from the text of a GeoJSON geometry or from WKT. */

/** @typedef {[west: number, south: number, east: number, north: number]} Box */

const NUMBER = /[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/g;

/** Whether a point lies in bounds, their edges in; bounds over the date line have their west east of their east.
 * @param {number} longitude @param {number} latitude @param {Box} bounds */
export function isInside(longitude, latitude, [west, south, east, north]) {
  const isBetween = west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
  return isBetween && latitude >= south && latitude <= north;
}

/** @type {WeakMap<readonly string[], (Box | null)[]>} */
const boxes = new WeakMap();

/** Which shapes have a box that touches bounds. @param {readonly string[]} values @param {Box} bounds @returns {boolean[]} */
export function boxesTouching(values, bounds) {
  let found = boxes.get(values);
  if (!found) boxes.set(values, (found = values.map(boxOf)));
  return found.map((box) => box !== null && touches(box, bounds));
}

/** @param {Box} box @param {Box} bounds */
function touches(box, [west, south, east, north]) {
  const isBeside = west <= east ? box[0] > east || box[2] < west : box[0] > east && box[2] < west;
  return !isBeside && box[1] <= north && box[3] >= south;
}

/** The box around a shape; null for a text that is none. @param {string} text @returns {Box | null} */
export function boxOf(text) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  if (text.trimStart().startsWith("{")) stretchByJson(box, text);
  else stretchByWkt(box, text);
  return box[0] <= box[2] ? box : null;
}

/** @param {Box} box @param {number} x @param {number} y */
function stretch(box, x, y) {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  box[0] = Math.min(box[0], x);
  box[1] = Math.min(box[1], y);
  box[2] = Math.max(box[2], x);
  box[3] = Math.max(box[3], y);
}

/** @param {Box} box @param {string} text */
function stretchByJson(box, text) {
  let shape;
  try {
    shape = JSON.parse(text);
  } catch {
    return;
  }
  const open = [shape]; // instead of calls in calls, which brackets by the thousand would break
  while (open.length) {
    const part = open.pop();
    if (Array.isArray(part)) {
      if (typeof part[0] === "number") stretch(box, part[0], part[1]);
      else for (const each of part) open.push(each);
    } else if (part && typeof part === "object") {
      open.push(part.coordinates, part.geometries);
    }
  }
}

/** @param {Box} box @param {string} text */
function stretchByWkt(box, text) {
  for (const position of text.slice(text.indexOf("(") + 1).split(/[,()]+/)) {
    const [x, y] = position.match(NUMBER) ?? [];
    if (y !== undefined) stretch(box, Number(x), Number(y));
  }
}
