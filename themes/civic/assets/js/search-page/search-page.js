import { Answering } from "./answering.js";
import { Shown } from "./shown.js";
import { cut, queryFor, stateFrom, toggled, unfiltered } from "./state.js";
import { walk } from "./walking.js";

const STEP = 10; // results
const FEWER = 5; // results of what is no dataset
const WRITE_AFTER_MS = 300; // browsers refuse an address that changes with every key

/**
 * The page of results. Its state is in its address, so that it can be sent to someone.
 *
 * @typedef {import("./state.js").State} State
 */
export class SearchPage extends HTMLElement {
  /** @type {State} */
  state = { asked: "", filters: {}, sort: "" };
  /** @type {Record<string, number>} results shown of each kind */
  limit = {};
  isTyping = false;

  /** @param {import("../search-box.js").SearchBox} box @param {import("./opened.js").Opened} index */
  start(box, index) {
    this.input = box.input;
    this.shown = new Shown(this, box.dataset.root ?? "");
    this.facets = this.shown.filters.facets;
    this.answering = new Answering(index, this.shown);
    this.listen(box.form);
    this.state = stateFrom(location.search, this.facets);
    const typed = this.input.value; // perhaps while the search was fetched: the cursor stays where it is
    if (cut(typed).trim() === this.state.asked) this.take(this.state);
    else this.type(typed);
  }

  /** @param {HTMLFormElement} form */
  listen(form) {
    this.input?.addEventListener("input", () => this.type(this.input?.value ?? ""));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.write();
      this.answering?.index.goOn();
      if (matchMedia("(pointer: coarse)").matches) this.input?.blur(); // puts the keyboard on the screen away
    });
    this.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLSelectElement) this.go({ ...this.state, sort: target.value });
    });
    this.addEventListener("click", (event) => this.pick(event));
    this.shown?.filters.within.addEventListener("toggle", () => this.answering?.count());
    addEventListener("resize", () => this.answering?.count());
    addEventListener("online", () => (this.answering?.hasFailed ? this.show() : this.answering?.count()));
    addEventListener("popstate", () => this.read());
    addEventListener("pagehide", () => this.write());
    walk(this, /** @type {HTMLInputElement} */ (this.input), () => this.shown?.links ?? []);
  }

  /** Take the state from the address. */
  read() {
    clearTimeout(this.writing);
    this.take(stateFrom(location.search, this.facets ?? []));
  }

  /** Take up what the reader types; what is pasted is whole. @param {string} text */
  type(text) {
    const asked = cut(text);
    clearTimeout(this.writing);
    this.writing = setTimeout(() => this.write(), WRITE_AFTER_MS);
    this.take({ ...this.state, asked }, Math.abs(asked.length - this.state.asked.length) < 2);
  }

  /** Put the state into the address. */
  write() {
    clearTimeout(this.writing);
    const query = queryFor(this.state);
    if (query !== location.search) history.replaceState(null, "", location.pathname + query);
  }

  /** Go on to a state from which the reader can go back. @param {State} state */
  go(state) {
    this.write();
    history.pushState(null, "", location.pathname + queryFor(state));
    this.take(state);
  }

  /** Show a state from its first result on. @param {State} state @param {boolean} [isTyping]    whether more may come */
  take(state, isTyping = false) {
    this.state = state;
    this.isTyping = isTyping;
    if (this.input && this.input.value.trim() !== state.asked.trim()) this.input.value = state.asked;
    this.limit = Object.fromEntries((this.shown?.kinds ?? []).map((kind) => [kind, kind === "dataset" ? STEP : FEWER]));
    this.show();
  }

  /** @param {MouseEvent} event */
  pick(event) {
    const target = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("a, button"));
    // A click with a key held asks for a new tab, which the link's own address serves.
    if (!target || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const { filter, more, again, unfiltered: isFree } = target.dataset;
    if (more) this.more(more, target);
    if (again !== undefined) this.show().then(() => target.hidden && this.input?.focus());
    if (filter === undefined && isFree === undefined) return;
    event.preventDefault();
    this.go(filter === undefined ? unfiltered(this.state, this.answering?.names ?? []) : this.with(filter));
    if (!target.closest(".filters")) this.input?.focus(); // what was clicked goes away
  }

  /** The state with one filter more, or one less. @param {string} name such as "topic/streets" */
  with(name) {
    const slash = name.indexOf("/");
    return toggled(this.state, this.shown?.inForce ?? {}, name.slice(0, slash), name.slice(slash + 1));
  }

  /**
   * Show the next results of a kind. The focus stays; when there are no more, it goes to the first of them.
   * @param {string} kind @param {HTMLElement} button
   */
  async more(kind, button) {
    const first = this.shown?.countOf(kind) ?? 0;
    this.limit[kind] += STEP;
    await this.answering?.more(kind);
    if (button.hidden) this.shown?.linkOf(kind, first)?.focus();
  }

  /** Show what is asked. */
  async show() {
    const leadsTo = (/** @type {string} */ name) => location.pathname + queryFor(this.with(name));
    await this.answering?.show(this.state, this.limit, { isTyping: this.isTyping, leadsTo });
  }
}
