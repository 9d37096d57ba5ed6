/** Shapes as GeoJSON text, from the bytes they are stored in. */
import { wkbToGeojson } from "hyparquet/src/wkb.js";

/** The text of a shape; "" where the bytes are none. @param {Uint8Array} bytes */
export function shapeText(bytes) {
  if (!bytes.length) return "";
  try {
    return JSON.stringify(wkbToGeojson({ view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }));
  } catch {
    return "";
  }
}
