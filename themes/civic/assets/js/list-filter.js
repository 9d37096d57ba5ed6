import { countsOf, folded, matches, queryFor, toggled, wantedFrom, wordsOf } from "./filtering.js";

/**
 * Narrows the list it wraps as the reader picks a filter. The list and its filters are already in the page.
 * The state is in the address, so that it can be sent to someone. On a part of the list (`data-whole`), filters lead to the
 * whole list, where they can be combined. Words are searched on a page of their own (`data-search`); in a folder, where that
 * has no index, the search box of the page narrows the list as the reader types, by words that the rows bring along.
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
  /** @type {HTMLInputElement | null} */
  input = null;

  connectedCallback() {
    if (this.dataset.search && new URLSearchParams(location.search).get("q")) {
      location.replace(this.dataset.search + location.search);
      return;
    }
    this.items = [...this.querySelectorAll("[data-in]")].map((each) => /** @type {HTMLElement} */ (each));
    this.rows = this.items.map((item) => ({
      text: folded(`${item.textContent} ${item.dataset.words ?? ""}`),
      lists: new Set((item.dataset.in ?? "").split(" ")),
    }));
    this.links = [...this.querySelectorAll("a[data-filter]")].map((each) => /** @type {HTMLAnchorElement} */ (each));
    this.input = this.dataset.search ? null : document.querySelector("search-box input");
    const typed = this.input?.value ?? ""; // before this script came, or what the browser brings back on a reload
    this.read();
    if (this.input && typed && !this.question) {
      this.input.value = typed;
      this.write();
    }
    this.input?.addEventListener("input", () => this.write());
    this.input?.form?.addEventListener("submit", (event) => {
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

  /** What is searched for: nothing, where another page searches. */
  get question() {
    return this.input?.value ?? "";
  }

  /** Take the state from the address. */
  read() {
    this.chosen = wantedFrom(location.search).chosen;
    if (this.input) this.input.value = new URLSearchParams(location.search).get("q") ?? "";
    this.show();
  }

  /** Put the state into the address. */
  write() {
    history.replaceState(null, "", location.pathname + queryFor(this.question, this.chosen));
    this.show();
  }

  /** @param {MouseEvent} event */
  pick(event) {
    const link = /** @type {Element} */ (event.target).closest("a");
    // A click with a key held asks for a new tab, which the link's own address serves.
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.hasAttribute("data-clear")) {
      event.preventDefault();
      if (this.input) this.input.value = "";
      this.chosen = new Map();
      this.write();
      (this.input ?? this.find("nav a")).focus();
    } else if (link.dataset.filter && !this.dataset.whole) {
      event.preventDefault();
      this.chosen = toggled(this.chosen, link.dataset.filter);
      history.pushState(null, "", location.pathname + queryFor(this.question, this.chosen));
      this.show();
    }
  }

  show() {
    const wanted = { words: wordsOf(this.question), chosen: this.chosen };
    const shown = this.rows.map((row) => matches(row, wanted));
    this.items.forEach((item, at) => (item.hidden = !shown[at]));
    this.tell(shown.filter(Boolean).length);
    this.mark(countsOf(this.rows, wanted));
    this.find("[data-clear]").hidden = !queryFor(this.question, this.chosen);
  }

  /** @param {number} count */
  tell(count) {
    const number = count.toLocaleString(document.documentElement.lang);
    const text = count === 1 ? this.dataset.sayOne : (this.dataset.sayMany ?? "").replace("{n}", number);
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
      const query = queryFor(this.question, toggled(this.chosen, list));
      if (this.dataset.whole) {
        if (link.ariaCurrent !== "true") link.href = this.dataset.whole + queryFor(this.question, this.here(list));
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
