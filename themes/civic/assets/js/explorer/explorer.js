import { openSession } from "./data/session.js";
import { CityGrid } from "./grid/grid.js";
import { Store } from "./store.js";
import { CitySummaries } from "./summaries/summaries.js";
import { words } from "./words.js";

/**
 * @typedef {import("./words.js").Say} Say
 * @typedef {import("./data/session.js").Session} Session
 * @typedef {import("./data/session.js").Outline} Outline
 * @typedef {{session: Session, outline: Outline, store: Store, say: Say}} Bench    what every part of the page is given
 * @typedef {HTMLElement & {start: (bench: any) => void}} Part
 */

/** Looks into a table: brings its rows, and puts the parts that ask for them where the page has its first rows. */
export class CityExplorer extends HTMLElement {
  /** @type {Say} */
  say = (key) => key;

  /** Whether the map was asked for. @type {Promise<Part | undefined> | undefined} */
  hasMap;

  connectedCallback() {
    define("city-summaries", CitySummaries);
    define("city-grid", CityGrid);
    this.say = words(this);
    this.open().catch((error) => this.failed(error));
  }

  async open() {
    this.tell(this.say("opening"));
    const url = new URL(this.dataset.outline ?? "", document.baseURI);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const outline = /** @type {Outline} */ (await answer.json());
    const session = await openSession(outline, { url: url.href, workerUrl: this.dataset.worker ?? "" });
    this.tell("");
    this.bench = { session, outline, store: new Store(outline.columns.map(({ name }) => name)), say: this.say };
    this.ask = this.folded("ask");
    this.skip = this.skipping();
    this.add("city-summaries");
    this.places();
    this.grid = this.add("city-grid");
    this.grid.id = "rows";
    this.addEventListener("rows-asked", () => {
      this.grid?.scrollIntoView();
      this.grid?.focus();
    });
    this.folded("take");
    document.querySelector("[data-first-rows]")?.setAttribute("hidden", "");
    this.bench.store.addEventListener("change", () => this.show());
    this.show();
  }

  /** A part of the page, started. @param {string} name @param {Element} [into] */
  add(name, into = this) {
    const part = /** @type {Part} */ (document.createElement(name));
    into.append(part);
    part.start(this.bench);
    return part;
  }

  /** A part whose script is fetched when it is opened. @param {"ask" | "take"} word */
  folded(word) {
    const script = this.dataset[`${word}Script`];
    if (!script) return undefined;
    const details = document.createElement("details");
    details.className = "explorer-part";
    const summary = document.createElement("summary");
    summary.textContent = this.say(`open-${word}`);
    details.append(summary);
    details.addEventListener("toggle", () => this.fetched(script, `city-${word}`, details), { once: true });
    this.append(details);
    return details;
  }

  /** Fetch a part's script and start it. @param {string} script @param {string} name @param {Element} into */
  async fetched(script, name, into) {
    try {
      define(name, (await import(new URL(script, document.baseURI).href)).Part);
      return this.add(name, into);
    } catch (error) {
      this.failed(/** @type {Error} */ (error));
    }
  }

  /** A link past the summaries, in which Tab stops many times. */
  skipping() {
    const link = document.createElement("a");
    link.className = "skip";
    link.href = "#rows";
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the address speaks of what is seen alone
      const place = this.map?.hidden ? null : this.map?.querySelector("[role=application]");
      (/** @type {HTMLElement | null | undefined} */ (place) ?? this.grid)?.focus();
    });
    this.append(link);
    return link;
  }

  /** Where rows have a place: the choice between rows and map. */
  places() {
    const { outline, store } = /** @type {Bench} */ (this.bench);
    if (!this.dataset.map || !outline.columns.some(({ role }) => role)) return;
    const choice = document.createElement("div");
    choice.className = "explorer-views";
    choice.setAttribute("role", "group");
    choice.setAttribute("aria-label", this.say("views"));
    this.views = /** @type {("rows" | "map")[]} */ (["rows", "map"]).map((view) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = this.say(`view-${view}`);
      button.addEventListener("click", () => store.change({ view }));
      choice.append(button);
      return { view, button };
    });
    this.append(choice);
    this.map = document.createElement("div");
    this.append(this.map);
  }

  /** What the address speaks of. */
  show() {
    const { store } = /** @type {Bench} */ (this.bench);
    const isMap = store.state.view === "map" && Boolean(this.views);
    for (const { view, button } of this.views ?? []) button.setAttribute("aria-pressed", String((view === "map") === isMap));
    if (store.state.ask) this.ask?.setAttribute("open", "");
    const isLeft = !isMap && this.map?.contains(document.activeElement);
    if (this.skip) this.skip.textContent = this.say(isMap ? "skip-map" : "skip-rows");
    this.grid?.toggleAttribute("data-only-status", isMap);
    this.map?.toggleAttribute("hidden", !isMap);
    if (isLeft) this.grid?.focus(); // what had the focus is gone
    if (isMap && this.map) this.hasMap ??= this.fetched(this.dataset.map ?? "", "city-map", this.map);
  }

  /** @param {Error} error */
  failed(error) {
    this.tell(this.say("failed", { reason: error.message }));
  }

  /** @param {string} text */
  tell(text) {
    const status = this.querySelector("[data-status]");
    if (status) status.textContent = text;
  }
}

/** @param {string} name @param {CustomElementConstructor} element */
function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}
