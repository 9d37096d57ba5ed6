import { leadsToBox } from "./search-key.js";
import { cut } from "./search-page/state.js";

const WRITTEN_IN = "input, textarea, select, [contenteditable]";

/**
 * The search box. Without a script its form leads to the list of all data, with one to the page of results. The search itself
 * is fetched when the box gains the focus, its index before anything is typed; on the page of results at once.
 */
export class SearchBox extends HTMLElement {
  /** @type {Promise<void> | undefined} */
  started;
  hasFailed = false;

  connectedCallback() {
    document.addEventListener("keydown", (event) => {
      if (!leadsToBox(event, Boolean(/** @type {Element} */ (event.target).closest?.(WRITTEN_IN)))) return;
      event.preventDefault();
      this.input.focus();
      this.input.select();
    });
    if (!this.dataset.page) return; // in a folder a script may fetch nothing: the form leads to the list
    this.form.action = this.dataset.page;
    for (const occasion of ["focusin", "input"]) this.addEventListener(occasion, () => this.wake());
    addEventListener("online", () => this.hasFailed && this.wake());
    if (this.results) this.prepare();
    else if (this.contains(document.activeElement)) this.wake(); // the reader was here before this script
  }

  get form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  get input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  /** The page of results, where the box is on it. @returns {HTMLElement | null} */
  get results() {
    return this.closest("search-page");
  }

  /** Take up the question of the address before the search is there to answer it; what was typed before this script stays. */
  prepare() {
    this.input.value ||= cut(new URLSearchParams(location.search).get("q") ?? "");
    this.inner("[data-start]").hidden = location.search.length > 1;
    this.inner("[data-again]").addEventListener("click", () => this.wake());
    this.wake();
  }

  /** A part of the page of results. @param {string} selector */
  inner(selector) {
    return /** @type {HTMLElement} */ (this.results?.querySelector(selector));
  }

  /** Fetch the search and start it, once; a fetch that failed is tried again at the next occasion. */
  wake() {
    this.started ??= this.load().catch(() => {
      this.started = undefined;
      this.hasFailed = true;
      if (!this.results) return;
      this.inner("[role=status]").textContent = this.results.dataset.sayFailed ?? "";
      for (const way of ["[data-again]", "[data-start]"]) this.inner(way).hidden = false;
    });
  }

  async load() {
    const { root = "", script = "", engine = "", inflate = "" } = this.dataset;
    const whole = (/** @type {string} */ address) => new URL(address, document.baseURI).href;
    const index = whole(`${root}search/index/`);
    const first = fetch(`${index}root.bin`);
    first.catch(() => {}); // it is waited for below, after the scripts
    const [page, { openIndex }] = await Promise.all([import(whole(script)), import(whole(engine))]);
    await page.start(this, { openIndex, index, first, inflate: inflate && whole(inflate) });
  }
}
