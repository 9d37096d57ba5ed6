import { leadsToBox } from "./search-key.js";

const WRITTEN_IN = "input, textarea, select, [contenteditable]";

/**
 * The search box. Without a script its form leads to the list of all data, with one to the page of results. The search itself is
 * fetched when the box gains the focus, its index before anything is typed; on the page of results at once.
 */
export class SearchBox extends HTMLElement {
  /** @type {Promise<void> | undefined} */
  started;

  connectedCallback() {
    document.addEventListener("keydown", (event) => {
      if (!leadsToBox(event, Boolean(/** @type {Element} */ (event.target).closest?.(WRITTEN_IN)))) return;
      event.preventDefault();
      this.input.focus();
      this.input.select();
    });
    if (!this.dataset.page) return; // in a folder a script may fetch nothing: the form leads to the list
    this.form.action = this.dataset.page;
    this.addEventListener("focusin", () => this.wake());
    if (this.results) this.prepare();
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

  /** Take up the question of the address before the search is there to answer it. */
  prepare() {
    this.input.value = new URLSearchParams(location.search).get("q") ?? "";
    const start = this.results?.querySelector("[data-start]");
    start?.toggleAttribute("hidden", location.search.length > 1);
    this.wake();
  }

  /** Fetch the search and start it, once; a fetch that failed is tried again at the next occasion. */
  wake() {
    this.started ??= this.load().catch(() => {
      this.started = undefined;
      const status = this.results?.querySelector("[role=status]");
      if (status) status.textContent = this.results?.dataset.sayFailed ?? "";
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
