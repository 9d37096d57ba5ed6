import { openSession } from "./data/session.js";
import { FetchedPart } from "./fetched-part.js";
import { CityGrid } from "./grid/grid.js";
import { ofPage, outlineAt } from "./outline.js";
import { Store } from "./store.js";
import { CitySummaries } from "./summaries/summaries.js";
import { troubleText } from "./troubles.js";
import { viewChoice } from "./view-choice.js";
import { fetchedWords, words } from "./words.js";

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

  connectedCallback() {
    define("city-summaries", CitySummaries);
    define("city-grid", CityGrid);
    this.say = words(this);
    this.open().catch((error) => this.failed(error));
  }

  async open() {
    this.tell(this.say("opening"));
    const url = new URL(this.dataset.outline ?? "", document.baseURI);
    const outlined = outlineAt(url);
    outlined.catch(() => {}); // told below, once there are words for it
    this.say = await fetchedWords(this);
    const outline = await outlined;
    const { worker, where, calendars } = this.dataset;
    const places = { workerUrl: ofPage(worker), where: ofPage(where), calendars: ofPage(calendars) };
    const session = await openSession(outline, { url: url.href, ...places });
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
    const part = this.fetched(script, `city-${word}`, details, summary);
    details.addEventListener("toggle", () => details.open && part.want());
    this.append(details);
    return details;
  }

  /** A part that can be wanted. @param {string} script @param {string} name @param {Element} into @param {HTMLElement} home */
  fetched(script, name, into, home) {
    const start = (/** @type {CustomElementConstructor} */ part) => {
      define(name, part);
      this.add(name, into);
    };
    return new FetchedPart({ script, into, home, start, say: this.say });
  }

  /** A link past the summaries, in which Tab stops many times. */
  skipping() {
    const link = document.createElement("a");
    link.className = "skip";
    link.href = "#rows";
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the address speaks of what is seen alone
      this.enter();
    });
    this.append(link);
    return link;
  }

  /** Give the focus to the rows or to the map, whichever is seen; while the map is on its way, to the button that chose it. */
  enter() {
    const map = this.map?.hidden ? null : this.map?.querySelector("[role=application]") ?? this.views?.[1].button;
    (/** @type {HTMLElement | null | undefined} */ (map) ?? this.grid)?.focus();
  }

  /** Where rows have a place: the choice between rows and map. */
  places() {
    const { outline, store } = /** @type {Bench} */ (this.bench);
    if (!this.dataset.map || !outline.columns.some(({ role }) => role)) return;
    const { element, views } = viewChoice(this.say, (view) => store.change({ view }));
    this.views = views;
    this.map = document.createElement("div");
    this.append(element, this.map);
    this.mapPart = this.fetched(this.dataset.map, "city-map", this.map, this.views[1].button);
  }

  /** What the address speaks of. */
  show() {
    const { store } = /** @type {Bench} */ (this.bench);
    const isMap = store.state.view === "map" && Boolean(this.views);
    for (const { view, button } of this.views ?? []) button.setAttribute("aria-pressed", String((view === "map") === isMap));
    if (store.state.ask) this.ask?.setAttribute("open", "");
    const held = document.activeElement;
    if (this.skip) this.skip.textContent = this.say(isMap ? "skip-map" : "skip-rows");
    this.grid?.toggleAttribute("data-only-status", isMap);
    this.map?.toggleAttribute("hidden", !isMap);
    if (held && this.contains(held) && !held.getClientRects().length) this.enter(); // what had the focus is gone
    if (isMap) this.mapPart?.want();
  }

  /** @param {Error} error */
  failed(error) {
    this.tell(troubleText(error, this.say, "failed"));
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
