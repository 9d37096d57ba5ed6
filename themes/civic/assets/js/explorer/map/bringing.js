import { RowsContent } from "./content.js";
import { TileContent } from "./tile-content.js";

/**
 * @typedef {import("./map-view.js").Outline} Outline
 * @typedef {import("./placed-rows.js").Described} Described
 */

const MANY_SHAPES = 5_000; // rows, from which on tiles are drawn where the file has them

/**
 * What a map shows: the rows that the session has in view or, where those are all of very many, tiles of them.
 * @param {{session: import("./placed-rows.js").Session, outline: Outline, where: string[], isWhole: boolean}} given
 * @param {Described | undefined} color @returns {Promise<import("./content.js").Content>}
 */
export async function broughtContent({ session, outline, where, isWhole }, color) {
  const tiles = outline.downloads?.find(({ format }) => format === "PMTiles");
  if (tiles && isWhole && where.length === 1 && outline.rows > MANY_SHAPES) {
    try {
      return await TileContent.load(new URL(tiles.url, document.baseURI).href, color);
    } catch {
      // A host that gives no parts of files: the rows have the same shapes, and take longer.
    }
  }
  return RowsContent.load(session, where, color);
}
