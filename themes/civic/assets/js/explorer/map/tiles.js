import { PMTiles } from "pmtiles";
import { boxOf, meets } from "./mercator.js";
import { featuresOf } from "./vector-tile.js";

/**
 * Shapes of a file that is too large to be fetched whole: the tiles of its PMTiles copy, as far as they are in view.
 *
 * @typedef {import("./mercator.js").Box} Box
 * @typedef {import("./vector-tile.js").TileFeature} TileFeature
 */

const MOST_TILES = 150; // kept

export class TileShapes {
  /** @param {string | import("pmtiles").Source} source    an address, or what brings parts of the file */
  constructor(source) {
    this.archive = new PMTiles(source);
    /** @type {Map<string, Promise<TileFeature[]>>} */
    this.kept = new Map();
  }

  /** The box of all that the file holds. @returns {Promise<Box>} */
  async whole() {
    const { minLon, minLat, maxLon, maxLat } = await this.archive.getHeader();
    return boxOf([minLon, minLat, maxLon, maxLat]);
  }

  /** What lies in a box. @param {Box} box @param {number} zoom @returns {Promise<TileFeature[]>} */
  async within(box, zoom) {
    const { minZoom, maxZoom } = await this.archive.getHeader();
    const places = tilesIn(box, Math.max(minZoom, Math.min(maxZoom, Math.round(zoom))));
    const found = await Promise.all(places.map((place) => this.tile(place)));
    return found.flat().filter(({ shape }) => meets(shape.box, box));
  }

  /** @param {{z: number, x: number, y: number}} place */
  tile(place) {
    const name = `${place.z}/${place.x}/${place.y}`;
    const known = this.kept.get(name);
    this.kept.delete(name);
    const features = known ?? this.fetch(place);
    this.kept.set(name, features);
    features.catch(() => this.kept.delete(name));
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_TILES) break;
      this.kept.delete(oldest);
    }
    return features;
  }

  /** @param {{z: number, x: number, y: number}} place */
  async fetch(place) {
    const answer = await this.archive.getZxy(place.z, place.x, place.y);
    return answer ? featuresOf(new Uint8Array(answer.data), place) : [];
  }
}

/** The tiles that cover a box. @param {Box} box @param {number} z */
export function tilesIn([left, top, right, bottom], z) {
  const count = 2 ** z;
  const cut = (/** @type {number} */ share) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  const places = [];
  for (let y = cut(top); y <= cut(bottom); y += 1) for (let x = cut(left); x <= cut(right); x += 1) places.push({ z, x, y });
  return places;
}
