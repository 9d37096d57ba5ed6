import { troubleText } from "../troubles.js";
import { boundaryShapes } from "./boundaries.js";
import { broughtContent } from "./bringing.js";
import { controls } from "./controls.js";
import { legendEntries, showLegend } from "./legend.js";
import { boundsOf } from "./mercator.js";
import { onColors, Probes } from "./palette.js";
import { Picture } from "./picture.js";
import { placeColumns } from "./placed-rows.js";
import { MOST_PLACES, PlaceList } from "./place-list.js";
import { openRow, rowDialog } from "./row-dialog.js";
import { boxOfShapes } from "./shapes.js";
import { isSameView, MOST_ZOOM, Slippy } from "./slippy.js";

/**
 * The map of a table with what stands around it. All it shows is said in the page's address: where it looks, the column that
 * colors it and, when asked to, that only rows in view count.
 *
 * @typedef {import("./mercator.js").Box} Box
 * @typedef {import("./shapes.js").Shape} Shape
 * @typedef {import("./content.js").Content} Content
 * @typedef {import("./placed-rows.js").Described} Described
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").State} State
 * @typedef {import("../words.js").Say} Say
 * @typedef {{boundaries?: {title: string, url: string}[], center?: [latitude: number, longitude: number] | null,
 *   zoom?: number | null, tiles?: {url: string, attribution: string} | null}} Base    what lies below the rows
 * @typedef {{rows: number, columns: Described[], downloads?: {format: string, url: string}[], map?: Base}} Outline
 * @typedef {{session: import("./placed-rows.js").Session, outline: Outline, store: Store, say: Say, base?: Base,
 *   isAlone?: boolean}} Given    isAlone: without a grid beside it, so that filters stay as they are
 */

const WAIT_MS = 250; // after a move, before anything follows it
const FEW_ROWS = 20_000; // up to which the list of places is open: each may lie in another part of the file
const CITY_ZOOM = 11;

export class MapView {
  /** @type {Content | null} */
  content = null;
  turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  waiting;

  /** @param {HTMLElement} element @param {Given} given */
  constructor(element, { session, outline, store, say, base = outline.map ?? {}, isAlone = false }) {
    this.session = session;
    this.outline = outline;
    this.store = store;
    this.say = say;
    this.base = base;
    this.isAlone = isAlone;
    this.where = placeColumns(outline.columns);
    this.described = outline.columns.filter(({ name, type }) => !this.where.includes(name) && type !== "geometry");
    this.ui = controls(say, this.described, isAlone);
    this.dialog = rowDialog(say);
    element.append(this.ui.bar, this.ui.status, this.ui.body, this.dialog);
    this.picture = new Picture(new Probes(element));
    this.list = new PlaceList(this.ui.list, this.described, ({ at, shape }) => this.mind(this.open(at, shape), "rows-failed"));
    this.ui.places.open = outline.rows <= FEW_ROWS;
    this.slippy = new Slippy(this.ui.frame, {
      isStill: matchMedia("(prefers-reduced-motion: reduce)").matches,
      paint: (canvas, frame) => this.picture.paint(canvas, frame, this.content, this.slippy.view.zoom),
      moved: () => this.moved(), picked: (x, y) => this.pick(x, y),
    });
    this.listen();
    this.based = this.addBase();
    this.load();
  }

  listen() {
    const { ui, store, slippy } = this;
    const until = new AbortController();
    this.sizes = new ResizeObserver(() => slippy.measure());
    this.sizes.observe(ui.frame);
    until.signal.addEventListener("abort", onColors(() => this.redraw()));
    this.until = until;
    store.addEventListener("change", () => this.follow(), { signal: until.signal });
    ui.color.addEventListener("change", () => store.change({ color: ui.color.value }));
    ui.only.addEventListener("change", () => store.change({ filters: this.filtersFor(ui.only.checked), map: slippy.view }));
    ui.nearer.addEventListener("click", () => slippy.zoomBy(1));
    ui.farther.addEventListener("click", () => slippy.zoomBy(-1));
    ui.all.addEventListener("click", () => this.showAll());
    ui.places.addEventListener("toggle", () => this.mind(this.settled()));
    ui.table.addEventListener("click", () => store.change({ view: "rows" }));
    this.dialog.addEventListener("close", () => this.choose(null));
  }

  /** What lies below the rows: the city's own boundaries, and pictures of a server that the city names. */
  async addBase() {
    const { tiles, boundaries = [] } = this.base;
    if (tiles) {
      this.slippy.addPictures(tiles.url);
      this.ui.credit.textContent = tiles.attribution;
      this.ui.credit.hidden = false;
    }
    this.picture.boundaries = await boundaryShapes(boundaries);
    this.slippy.redraw();
  }

  /** Bring the rows that the session has in view, with the column that colors them. */
  async load() {
    const turn = ++this.turn;
    this.asked = this.shown;
    const color = this.described.find(({ name }) => name === this.store.state.color);
    this.ui.color.value = color?.name ?? "";
    this.ui.only.checked = this.isFollowing;
    if (!this.content) this.tell(this.say("map-loading"));
    try {
      const isWhole = this.store.state.filters.every(({ test }) => test === "within" && !this.isAlone);
      const content = await broughtContent({ ...this, isWhole }, color);
      if (!content.box) await this.based;
      if (turn !== this.turn) return;
      this.content = content;
      this.picture.color(content.classes, color);
      if (!this.slippy.hasView) this.lookFirst();
      this.redraw();
      await this.settled();
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /** @param {Promise<void>} work @param {string} [word]    what is said where it fails */
  mind(work, word) {
    work.catch((error) => this.fail(error, word));
  }

  /** Say what went wrong, unless it is only no longer wanted. @param {any} error @param {string} [word] */
  fail(error, word = "map-failed") {
    if (error?.name !== "AbortError") this.tell(troubleText(error, this.say, word));
  }

  /** Where the map opens: where the address says, else where the city says, else at all rows, else at the boundaries. */
  lookFirst() {
    const { center, zoom } = this.base;
    const box = this.content?.box ?? boxOfShapes(this.picture.boundaries);
    if (this.store.state.map) this.slippy.show(this.store.state.map);
    else if (center) this.slippy.show({ latitude: center[0], longitude: center[1], zoom: zoom ?? CITY_ZOOM });
    else if (box) this.slippy.fit(box);
    else this.slippy.show({ latitude: 0, longitude: 0, zoom: 1 });
  }

  showAll() {
    const box = this.content?.box ?? boxOfShapes(this.picture.boundaries);
    if (box) this.slippy.fit(box);
    this.moved();
  }

  /** The address changed, perhaps by the way back. */
  follow() {
    const { map, view } = this.store.state;
    if (view !== "map") return; // what is missed is brought when the map is seen again
    if (map && !isSameView(map, this.slippy.hasView ? this.slippy.view : null)) {
      this.slippy.show(map);
      this.mind(this.settled());
    }
    // Once the grid has asked the session for this view, for which the session has all later calls wait.
    if (this.asked !== this.shown) setTimeout(() => this.load());
  }

  /** What the rows on the map follow from, as a text. */
  get shown() {
    const { filters, sort, color } = this.store.state;
    return JSON.stringify([filters, sort, color]);
  }

  /** The reader moved the map. */
  moved() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const filters = this.isFollowing ? this.filtersFor(true) : this.store.state.filters;
      this.store.change({ map: this.slippy.view, filters }, { replace: true });
      this.mind(this.settled());
    }, WAIT_MS);
  }

  get isFollowing() {
    return !this.isAlone && this.store.state.filters.some(({ test }) => test === "within");
  }

  /** The filters in force, with or without that of the map's view. @param {boolean} isFollowing @returns {State["filters"]} */
  filtersFor(isFollowing) {
    const others = this.store.state.filters.filter(({ test }) => test !== "within");
    return isFollowing ? [...others, { column: "", test: "within", bounds: boundsOf(this.slippy.box) }] : others;
  }

  /** The map rests: bring what is missing, and say what is in view. */
  async settled() {
    const { content, slippy, ui: { places, listTitle, none } } = this;
    if (!content || !slippy.hasView) return;
    if (await content.fetch(slippy.box, slippy.view.zoom)) slippy.redraw();
    const { count, features } = content.inView(slippy.box, MOST_PLACES);
    none.hidden = content.box !== null;
    this.tell(content.box ? this.say("map-in-view", { count }) : this.say("map-none"));
    listTitle.textContent = this.say(count > features.length ? "map-first-places" : "map-places", { count: features.length });
    if (places.open) await this.list.show(features, (at, names) => content.texts(at, names), this.say);
  }

  redraw() {
    this.slippy.redraw();
    const { classes, column } = this.picture;
    const entries = classes && column ? legendEntries(classes, column, this.say) : [];
    showLegend(this.ui, entries, column, (mark, code) => this.picture.sample(mark, code));
    const note = entries.length ? "map-clusters-colored" : "map-clusters";
    this.ui.note.textContent = this.picture.isClustered ? this.say(note) : "";
  }

  /** Somebody clicked. @param {number} x @param {number} y */
  pick(x, y) {
    const hit = this.picture.hit(x, y);
    if (!hit) return;
    const { cluster } = hit;
    if (cluster && this.slippy.view.zoom < MOST_ZOOM) this.slippy.approach(cluster.x, cluster.y, 2);
    else this.mind(this.open(hit.at, hit.shape), "rows-failed");
  }

  /** Show a row. @param {number} at @param {Shape | null} shape */
  async open(at, shape) {
    const { content, outline, say } = this;
    const columns = outline.columns.filter(({ type }) => type !== "geometry");
    const texts = await content?.texts(at, columns.map(({ name }) => name));
    if (!texts) return;
    this.choose(shape);
    openRow(this.dialog, { title: say("map-row"), columns, texts, say });
  }

  /** Mark a feature. @param {Shape | null} shape */
  choose(shape) {
    this.picture.chosen = shape;
    this.slippy.redraw();
  }

  /** @param {string} text */
  tell(text) {
    this.ui.status.textContent = text;
  }

  close() {
    clearTimeout(this.waiting);
    this.until?.abort();
    this.sizes?.disconnect();
    this.slippy.close();
  }
}
