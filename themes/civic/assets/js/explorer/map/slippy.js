// @ts-expect-error Leaflet carries no types; what is used of it is typed here.
import { GridLayer, Map as LeafletMap, Renderer } from "leaflet";
import { across, down, latitudeOf, longitudeOf, widthAt } from "./mercator.js";

/**
 * A map that is dragged, pinched and moved by keys. Leaflet does this; nothing else of the site knows of it.
 *
 * @typedef {import("./mercator.js").Box} Box
 * @typedef {import("./drawing.js").Frame} Frame
 * @typedef {{latitude: number, longitude: number, zoom: number}} View
 * @typedef {{paint: (canvas: CanvasRenderingContext2D, frame: Frame) => void, moved: () => void,
 *   picked: (x: number, y: number) => void, isStill: boolean}} Hooks    picked: where somebody clicked, in the square of
 * mercator.js
 */

export const MOST_ZOOM = 19;
const SNAP = 0.25; // levels of zoom at which the page shows the map; readers go by whole ones
const MARGIN = 12; // pixels around all rows, as wide as a mark
const OVERLAP = 0.1; // of the view's size, drawn beyond each edge so that a drag shows no blank

/** One canvas for everything. */
const Painter = Renderer.extend({
  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },
  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const canvas = this._container;
    const density = devicePixelRatio || 1;
    this._updateTransform(this._center, this._zoom);
    canvas.width = size.x * density;
    canvas.height = size.y * density;
    canvas.style.setProperty("width", `${size.x}px`);
    canvas.style.setProperty("height", `${size.y}px`);
    this.paint();
  },
  paint() {
    const density = devicePixelRatio || 1;
    const { min, max } = this._bounds;
    const origin = this._map.getPixelOrigin();
    const width = widthAt(this._map.getZoom());
    this._context.setTransform(density, 0, 0, density, 0, 0);
    this._context.clearRect(0, 0, max.x - min.x, max.y - min.y);
    this.options.paint(this._context, {
      left: -(origin.x + min.x), top: -(origin.y + min.y), width,
      box: [(origin.x + min.x) / width, (origin.y + min.y) / width, (origin.x + max.x) / width, (origin.y + max.y) / width],
    });
  },
});

/** Pictures of a tile server. Leaflet's own layer puts blank pictures into tiles that go, which the policy refuses. */
const Pictures = GridLayer.extend({
  /** @param {{x: number, y: number, z: number}} place @param {(error: unknown, tile: Element) => void} done */
  createTile(place, done) {
    const picture = new Image();
    picture.alt = "";
    picture.decoding = "async";
    picture.addEventListener("load", () => done(null, picture));
    picture.addEventListener("error", (event) => done(event, picture));
    const { address } = /** @type {{address: string}} */ (this.options);
    picture.src = address.replace("{z}", `${place.z}`).replace("{x}", `${place.x}`).replace("{y}", `${place.y}`);
    return picture;
  },
});

export class Slippy {
  /** @param {HTMLElement} element @param {Hooks} hooks */
  constructor(element, hooks) {
    const { isStill } = hooks;
    this.map = new LeafletMap(element, {
      attributionControl: false, zoomControl: false, maxZoom: MOST_ZOOM, minZoom: 1, inertia: !isStill,
      zoomAnimation: !isStill, fadeAnimation: !isStill, markerZoomAnimation: false, maxBoundsViscosity: 1,
    });
    // One finger scrolls the page and two move the map; a mouse drags it. A device may have both.
    element.addEventListener("pointerdown", ({ pointerType }) => {
      if (pointerType === "mouse") this.map.dragging.enable();
      else this.map.dragging.disable();
    }, { capture: true });
    this.isStill = isStill;
    this.isOwn = false;
    this.painter = new Painter({ padding: OVERLAP, paint: hooks.paint });
    this.map.on("moveend", () => this.isOwn || hooks.moved());
    this.map.on("click", (/** @type {{latlng: {lat: number, lng: number}}} */ { latlng }) => {
      hooks.picked(across(latlng.lng), down(latlng.lat));
    });
  }

  /** @param {View} view */
  show({ latitude, longitude, zoom }) {
    this.silently(() => this.map.setView([latitude, longitude], zoom, { animate: false }));
  }

  /** Show all of a box. @param {Box} box */
  fit([left, top, right, bottom]) {
    const corners = [[latitudeOf(bottom), longitudeOf(left)], [latitudeOf(top), longitudeOf(right)]];
    this.silently(() => this.map.fitBounds(corners, { animate: false, padding: [MARGIN, MARGIN], maxZoom: 16 }));
  }

  /** Move without telling: it was not the reader who moved. @param {() => void} move */
  silently(move) {
    this.isOwn = true;
    this.map.options.zoomSnap = SNAP;
    move();
    this.map.options.zoomSnap = 1;
    this.isOwn = false;
    if (!this.map.hasLayer(this.painter)) this.map.addLayer(this.painter);
  }

  /** @param {string} address    with {z}, {x} and {y} */
  addPictures(address) {
    this.map.addLayer(new Pictures({ address, maxZoom: MOST_ZOOM, maxNativeZoom: 18 }));
  }

  /** @param {number} steps */
  zoomBy(steps) {
    this.map.setZoom(this.map.getZoom() + steps, { animate: !this.isStill });
  }

  /** Go nearer to a spot. @param {number} x @param {number} y @param {number} steps */
  approach(x, y, steps) {
    const zoom = Math.min(MOST_ZOOM, this.map.getZoom() + steps);
    this.map.setView([latitudeOf(y), longitudeOf(x)], zoom, { animate: !this.isStill });
  }

  /** @returns {View} */
  get view() {
    const { lat, lng } = this.map.getCenter();
    return { latitude: rounded(lat), longitude: rounded(lng), zoom: this.map.getZoom() };
  }

  /** What is seen. @returns {Box} */
  get box() {
    const { min, max } = this.map.getPixelBounds();
    const width = widthAt(this.map.getZoom());
    return [min.x / width, min.y / width, max.x / width, max.y / width];
  }

  get hasView() {
    return this.map.hasLayer(this.painter);
  }

  redraw() {
    if (this.hasView) this.painter.paint();
  }

  /** The element has another size. A map that is not seen keeps its own: else nothing were in view, and all filtered away. */
  measure() {
    if (this.hasView && this.map.getContainer().clientWidth) this.silently(() => this.map.invalidateSize({ animate: false }));
  }

  close() {
    this.map.remove();
  }
}

/** @param {number} degrees */
const rounded = (degrees) => Math.round(degrees * 1e5) / 1e5;

/** Whether an address asks for what is seen. @param {View} one @param {View | null} other */
export const isSameView = (one, other) =>
  other !== null && Math.round(one.zoom / SNAP) * SNAP === other.zoom && one.latitude === other.latitude
  && one.longitude === other.longitude;
