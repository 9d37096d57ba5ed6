import { Store } from "../explorer/store.js";

/**
 * The map of a table within a page of others.
 *
 * @typedef {import("../explorer/map/map-view.js").Outline} Outline
 * @typedef {import("../explorer/map/map-view.js").Given} Given
 */

/** Changes the address where it stands: the way back belongs to the page around, and leads through none of these. */
class FrameStore extends Store {
  /** @param {Partial<import("../explorer/state.js").State>} part */
  change(part) {
    super.change(part, { replace: true });
  }
}

/**
 * An outline whose addresses are full: what it names is told from its own place, not from that of the page that reads it.
 * @param {Outline} outline @param {string} from    the outline's address
 */
export function withFullAddresses(outline, from) {
  const full = (/** @type {{url: string}} */ { url }) => new URL(url, from).href;
  const { downloads = [], map = {} } = outline;
  return {
    ...outline,
    downloads: downloads.map((each) => ({ ...each, url: full(each) })),
    map: { ...map, boundaries: (map.boundaries ?? []).map((each) => ({ ...each, url: full(each) })) },
  };
}

/**
 * Fetch the map's script and draw the map at the end of an element. What its reader changes is in the store that this gives.
 * @param {Element} into @param {Omit<Given, "store" | "base" | "isAlone"> & {script: string, url: string}} given
 *   `url`: of the outline
 */
export async function startMap(into, { script, url, session, outline, say }) {
  const { Part } = await import(new URL(script, document.baseURI).href);
  if (!customElements.get("city-map")) customElements.define("city-map", Part);
  const map = /** @type {HTMLElement & {start: (given: Given) => void}} */ (document.createElement("city-map"));
  const store = new FrameStore(outline.columns.map(({ name }) => name));
  into.append(map);
  map.start({ session, outline: withFullAddresses(outline, url), store, say, isAlone: true });
  return store;
}
