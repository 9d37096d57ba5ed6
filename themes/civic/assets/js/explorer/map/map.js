import { MapView } from "./map-view.js";

/** The map of a table, drawn in here once it is started. */
export class CityMap extends HTMLElement {
  /** @param {import("./map-view.js").Given} given */
  start(given) {
    this.view = new MapView(this, given);
  }

  /** Draw the rows anew that the session has in view. */
  refresh() {
    return this.view?.load();
  }

  disconnectedCallback() {
    this.view?.close();
  }
}
