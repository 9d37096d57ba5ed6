/**
 * The web's map projection: the globe as a square of side 1, west to east and north to south.
 *
 * Formulas: EPSG 3857 (spherical Mercator), divided by the length of the equator.
 *
 * @typedef {[west: number, south: number, east: number, north: number]} Bounds    in degrees
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box       in the square
 * @typedef {{x: Float64Array, y: Float64Array}} Points                            in the square; NaN for no place
 */

const MOST_LATITUDE = 85.05112878; // where the square ends
export const TILE_PIXELS = 256;

/** @param {number} longitude */
export const across = (longitude) => longitude / 360 + 0.5;

/** @param {number} latitude */
export function down(latitude) {
  const sine = Math.sin((Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** @param {number} x */
export const longitudeOf = (x) => (x - 0.5) * 360;

/** @param {number} y */
export const latitudeOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/** Pixels from one side of the square to the other. @param {number} zoom */
export const widthAt = (zoom) => TILE_PIXELS * 2 ** zoom;

/**
 * Degrees as points of the square. What lies off the globe has no place.
 * @param {ArrayLike<number>} longitudes @param {ArrayLike<number>} latitudes @returns {Points}
 */
export function pointsAt(longitudes, latitudes) {
  const x = new Float64Array(longitudes.length).fill(NaN);
  const y = new Float64Array(longitudes.length).fill(NaN);
  for (let at = 0; at < x.length; at += 1) {
    if (!(Math.abs(longitudes[at]) <= 180 && Math.abs(latitudes[at]) <= 90)) continue;
    x[at] = across(longitudes[at]);
    y[at] = down(latitudes[at]);
  }
  return { x, y };
}

/** @param {Bounds} bounds @returns {Box} */
export const boxOf = ([west, south, east, north]) => [across(west), down(north), across(east), down(south)];

/**
 * The bounds of a box, written to five decimals (a meter) and outward, so that nothing at an edge is lost.
 * @param {Box} box @returns {Bounds}
 */
export function boundsOf([left, top, right, bottom]) {
  const low = (/** @type {number} */ degrees) => Math.floor(degrees * 1e5) / 1e5;
  const high = (/** @type {number} */ degrees) => Math.ceil(degrees * 1e5) / 1e5;
  return [
    Math.max(-180, low(longitudeOf(left))), Math.max(-90, low(latitudeOf(bottom))),
    Math.min(180, high(longitudeOf(right))), Math.min(90, high(latitudeOf(top))),
  ];
}

/** The smallest box around all points; null when there are none. @param {Points} points @returns {Box | null} */
export function boxAround({ x, y }) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < x.length; at += 1) stretch(box, x[at], y[at]);
  return box[0] <= box[2] ? box : null;
}

/** Make a box reach to a point. @param {Box} box @param {number} x @param {number} y */
export function stretch(box, x, y) {
  if (x < box[0]) box[0] = x;
  if (y < box[1]) box[1] = y;
  if (x > box[2]) box[2] = x;
  if (y > box[3]) box[3] = y;
}

/** Whether two boxes touch. @param {Box} one @param {Box} other */
export const meets = (one, other) => one[0] <= other[2] && one[2] >= other[0] && one[1] <= other[3] && one[3] >= other[1];

/** @param {Box} box @param {number} x @param {number} y */
export const holds = (box, x, y) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
