import { classesOf, EMPTY } from "./classes.js";
import { meets } from "./mercator.js";
import { TileShapes } from "./tiles.js";

/**
 * What lies on the map when the table's shapes are many: as the tiles of its PMTiles copy have it, which are fetched as they
 * are seen.
 *
 * @typedef {import("./mercator.js").Box} Box
 * @typedef {import("./content.js").Seen} Seen
 * @typedef {import("./content.js").Content} Content
 * @typedef {import("./classes.js").Classes} Classes
 * @typedef {import("./placed-rows.js").Described} Described
 * @typedef {import("./vector-tile.js").TileFeature} TileFeature
 */

/** @implements {Content} */
export class TileContent {
  /** @type {TileFeature[]} */
  features = [];
  /** @type {Classes | null} of what is seen first: tiles are never all here */
  classes = null;

  /** @param {TileShapes} tiles @param {Box} box @param {Described | undefined} color */
  constructor(tiles, box, color) {
    this.tiles = tiles;
    this.box = box;
    this.color = color;
  }

  /** @param {string} url @param {Described | undefined} color */
  static async load(url, color) {
    const tiles = new TileShapes(url);
    const content = new TileContent(tiles, await tiles.whole(), color);
    await content.fetch(content.box, 0);
    if (color) content.classes = classesOf(content.features.map(({ properties }) => properties.get(color.name) ?? null), color);
    return content;
  }

  /** @param {Box} box @returns {Seen} */
  look(box) {
    const name = this.color?.name ?? "";
    const shapes = this.features.map(({ shape, properties }, at) => ({
      shape, at, code: this.classes ? this.classes.codeOf(properties.get(name) ?? null) : name ? EMPTY : 0,
    })).filter(({ shape }) => meets(shape.box, box));
    return { shapes, marks: [], isClustered: false, count: this.inView(box, 0).count };
  }

  /** @param {Box} box @param {number} zoom */
  async fetch(box, zoom) {
    const wanted = `${box} ${zoom}`;
    this.wanted = wanted;
    const features = await this.tiles.within(box, zoom);
    if (this.wanted !== wanted) return false; // the map has moved on
    const hasChanged = features.length !== this.features.length || features.some((each, at) => each !== this.features[at]);
    this.features = features;
    return hasChanged;
  }

  /** Each feature once: one that lies in several tiles has a piece in each. @param {Box} box @param {number} most */
  inView(box, most) {
    /** @type {Map<string, {at: number, shape: import("./shapes.js").Shape}>} */
    const found = new Map();
    this.features.forEach(({ shape, properties }, at) => {
      if (!meets(shape.box, box)) return;
      const key = JSON.stringify([...properties]);
      if (!found.has(key)) found.set(key, { at, shape });
    });
    return { count: found.size, features: [...found.values()].slice(0, most) };
  }

  /** @param {number} at @param {string[]} names */
  async texts(at, names) {
    return names.map((name) => this.features[at]?.properties.get(name) ?? null);
  }
}
