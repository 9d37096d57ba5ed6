import { countsOf, folded, matches, queryFor, toggled, wantedFrom, wordsOf } from "./filtering.js";

/**
 * Narrows the list it wraps as the reader types or picks a filter. The list and its filters are already in the page.
 * The state is in the address, so that it can be sent to someone. On a part of the list (`data-whole`), filters lead to the
 * whole list, where they can be combined.
 */
export class ListFilter extends HTMLElement {
  /** @type {Map<string, string>} filters by dimension */
  chosen = new Map();
  /** @type {HTMLElement[]} */
  items = [];
  /** @type {import("./filtering.js").Row[]} one for each item */
  rows = [];
  /** @type {HTMLAnchorElement[]} */
  links = [];
  learned = false;
  isPartial = false; // whether the words that the rows do not show could not be had

  connectedCallback() {
    this.items = [...this.querySelectorAll("[data-in]")].map((each) => /** @type {HTMLElement} */ (each));
    this.rows = this.items.map((item) => ({
      text: folded(`${item.textContent} ${item.dataset.words ?? ""}`),
      lists: new Set((item.dataset.in ?? "").split(" ")),
    }));
    this.links = [...this.querySelectorAll("a[data-filter]")].map((each) => /** @type {HTMLAnchorElement} */ (each));
    this.read();
    this.input.addEventListener("input", () => this.write());
    this.input.addEventListener("focus", () => this.learn(), { once: true });
    this.find("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.write();
    });
    this.addEventListener("click", (event) => this.pick(event));
    addEventListener("popstate", () => this.read());
  }

  /** A part of the list, which the template promises. @param {string} selector */
  find(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }

  get input() {
    return /** @type {HTMLInputElement} */ (this.find("input[type=search]"));
  }

  /** Take the state from the address. */
  read() {
    this.chosen = wantedFrom(location.search).chosen;
    this.input.value = new URLSearchParams(location.search).get("q") ?? "";
    if (this.input.value) this.learn();
    this.show();
  }

  /** Put the state into the address. */
  write() {
    history.replaceState(null, "", location.pathname + queryFor(this.input.value, this.chosen));
    this.show();
  }

  /** @param {MouseEvent} event */
  pick(event) {
    const link = /** @type {Element} */ (event.target).closest("a");
    // A click with a key held asks for a new tab, which the link's own address serves.
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.hasAttribute("data-clear")) {
      event.preventDefault();
      this.input.value = "";
      this.chosen = new Map();
      this.write();
      this.input.focus();
    } else if (link.dataset.filter && !this.dataset.whole) {
      event.preventDefault();
      this.chosen = toggled(this.chosen, link.dataset.filter);
      history.pushState(null, "", location.pathname + queryFor(this.input.value, this.chosen));
      this.show();
    }
  }

  /** Fetch the words that the rows do not show: keywords and columns. In a site for a folder the rows bring them along. */
  async learn() {
    if (this.learned || !this.dataset.index) return;
    this.learned = true;
    try {
      const index = await (await fetch(this.dataset.index)).json();
      const texts = new Map(index.datasets.map((/** @type {{id: string, text: string}} */ each) => [each.id, each.text]));
      this.items.forEach((item, at) => {
        const id = new URL(item.querySelector("a")?.href ?? "").pathname.replace(/index\.html$/, "").split("/").at(-2);
        this.rows[at].text += ` ${folded(texts.get(id) ?? "")}`;
      });
    } catch {
      this.isPartial = true; // with no connection nothing can be fetched: what is on the page is searched all the same
    }
    this.show();
  }

  show() {
    const wanted = { words: wordsOf(this.input.value), chosen: this.chosen };
    const shown = this.rows.map((row) => matches(row, wanted));
    this.items.forEach((item, at) => (item.hidden = !shown[at]));
    this.tell(shown.filter(Boolean).length);
    this.mark(countsOf(this.rows, wanted));
    this.find("[data-clear]").hidden = !queryFor(this.input.value, this.chosen);
  }

  /** @param {number} count */
  tell(count) {
    const number = count.toLocaleString(document.documentElement.lang);
    const found = count === 1 ? this.dataset.one : (this.dataset.many ?? "").replace("{n}", number);
    const text = this.isPartial && this.input.value.trim() ? `${found}. ${this.dataset.partly}` : found;
    const status = this.find("[role=status]");
    if (status.textContent !== text) status.textContent = text ?? "";
    this.find("[data-none]").hidden = count > 0;
    for (const list of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".unpublished"))) {
      list.hidden = !list.querySelector("[data-in]:not([hidden])");
    }
  }

  /** Show at each filter how many rows it would leave, and where it leads. @param {Map<string, number>} counts */
  mark(counts) {
    for (const link of this.links) {
      const list = link.dataset.filter ?? "";
      const query = queryFor(this.input.value, toggled(this.chosen, list));
      if (this.dataset.whole) {
        if (link.ariaCurrent !== "true") link.href = this.dataset.whole + queryFor(this.input.value, this.here(list));
        continue;
      }
      const isChosen = [...this.chosen.values()].includes(list);
      link.href = location.pathname + query;
      if (isChosen) link.ariaCurrent = "true";
      else link.removeAttribute("aria-current");
      const count = counts.get(list) ?? 0;
      const item = link.closest("li");
      if (item?.lastElementChild) item.lastElementChild.textContent = count.toLocaleString(document.documentElement.lang);
      item?.toggleAttribute("data-empty", !count && !isChosen);
    }
    for (const fold of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("nav details"))) {
      fold.hidden = !fold.querySelector("li:not([data-empty])");
    }
  }

  /** The filter of this page with one more, for the whole list. @param {string} list */
  here(list) {
    const own = this.links.find((link) => link.ariaCurrent === "true")?.dataset.filter;
    return toggled(own ? toggled(new Map(), own) : new Map(), list);
  }
}
