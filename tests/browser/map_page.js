// A page with a map over rows that are made here, as a session would bring them. The address says which.
import { CityMap } from "../../themes/civic/assets/js/explorer/map/map.js";
import { Store } from "../../themes/civic/assets/js/explorer/store.js";
import { words } from "../../themes/civic/assets/js/explorer/words.js";

const asked = new URLSearchParams(location.search);
const COUNT = Number(asked.get("rows") ?? 300);
const KINDS = ["Oak", "Elm", "<img src=x onerror='window.broken = 1'>"];
const degrees = (row) => [-80.99 + ((row * 37) % 100) * 0.003, 35.05 + (Math.floor(row / 3) % 100) * 0.003];
const square = (x, y) => [[x, y], [x + 0.02, y], [x + 0.02, y + 0.02], [x, y + 0.02], [x, y]];

const TABLES = {
  points: [
    [{ name: "tree", title: "Tree", type: "string" }, (row) => `T${row}`],
    [{ name: "kind", title: "Kind", type: "string", values: { Oak: "A tall one" } }, (row) => KINDS[row % 3]],
    [{ name: "height", title: "Height", type: "number", unit: "feet" }, (row) => (row % 10 === 9 ? null : `${row % 50}.5`)],
    [{ name: "lat", type: "number", role: "latitude" }, (row) => (row % 50 === 7 ? null : String(degrees(row)[1]))],
    [{ name: "lon", type: "number", role: "longitude" }, (row) => (row % 50 === 7 ? null : String(degrees(row)[0]))],
  ],
  shapes: [
    [{ name: "name", title: "Name", type: "string" }, (row) => `Block ${row}`],
    [{ name: "people", title: "People", type: "integer" }, (row) => String(row * 10)],
    [{ name: "shape", type: "geometry", role: "shape" },
      (row) => JSON.stringify({ type: "Polygon", coordinates: [square(...degrees(row))] })],
  ],
};
const table = TABLES[asked.get("table") ?? "points"];
const cells = new Map(table.map(([column, cell]) => [column.name, cell]));
const isShown = (row, { bounds: [west, south, east, north] }) => {
  const [x, y] = degrees(row);
  return row % 50 !== 7 && x >= west && x <= east && y >= south && y <= north;
};

class Session {
  view({ filters, sort }) {
    const within = filters.find(({ test }) => test === "within");
    this.places = Array.from({ length: COUNT }, (_, row) => row).filter((row) => !within || isShown(row, within));
    window.counted = this.places.length;
    if (sort.length) this.places.reverse();
  }
  async rows(start, end, names) {
    if (window.trouble) throw Object.assign(new Error("Failed to fetch"), { name: window.trouble });
    const places = this.places.slice(start, end);
    return { start, places, cells: names.map((name) => places.map((place) => cells.get(name)(place))) };
  }
  async find(place) {
    return this.places.indexOf(place);
  }
  async shapes(names) {
    const inOrder = [...this.places].sort((one, other) => one - other);
    const placed = inOrder.filter((place) => names.every((name) => cells.get(name)(place) !== null));
    if (names.length === 1) return { geometries: placed.map(cells.get(names[0])), places: Uint32Array.from(placed) };
    const [latitudes, longitudes] = names.map((name) => Float64Array.from(placed, (place) => Number(cells.get(name)(place))));
    return { latitudes, longitudes, places: Uint32Array.from(placed) };
  }
  async *download(names) {
    for (let at = 0; at < this.places.length; at += 1_000) yield this.rows(at, at + 1_000, names);
  }
}

const session = new Session();
const store = new Store();
store.addEventListener("change", () => session.view(store.state));
session.view(store.state);
window.store = store;
customElements.define("city-map", CityMap);
const base = JSON.parse(asked.get("base") ?? "{}");
const outline = {
  title: "Trees", rows: Number(asked.get("said") ?? COUNT), columns: table.map(([column]) => column), map: base,
  downloads: asked.has("tiles") ? [{ name: "trees.pmtiles", url: "trees.pmtiles", format: "PMTiles", bytes: 1 }] : [],
};
document.querySelector("city-map").start({ session, outline, store, say: words(document.querySelector("main")) });
