// Prints what the map finds in a PMTiles file, tile by tile's features: `node reading_tiles.mjs FILE ZOOM`.
import { open } from "node:fs/promises";
import { latitudeOf, longitudeOf } from "../../../themes/civic/assets/js/explorer/map/mercator.js";
import { TileShapes } from "../../../themes/civic/assets/js/explorer/map/tiles.js";

const [, , path, zoom] = process.argv;
const file = await open(path);
const source = {
  getKey: () => path,
  async getBytes(offset, length) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
    return { data: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + bytesRead) };
  },
};
const tiles = new TileShapes(source);
const features = await tiles.within(await tiles.whole(), Number(zoom));
console.log(JSON.stringify(features.map(({ shape, properties }) => ({
  form: shape.form, properties: Object.fromEntries(properties),
  box: [longitudeOf(shape.box[0]), latitudeOf(shape.box[3]), longitudeOf(shape.box[2]), latitudeOf(shape.box[1])],
}))));
await file.close();
