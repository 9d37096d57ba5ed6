import { Shown } from "./shown.js";
import { isEmpty, queryFor, stateFrom, toggled, unfiltered } from "./state.js";
import { walk } from "./walking.js";

const STEP = 10; // results
const FEWER = 5; // results of what is no dataset
const WRITE_AFTER_MS = 300; // browsers refuse an address that changes with every key
const COUNT_AFTER_MS = 80;

/**
 * The page of results. Its state is in its address, so that it can be sent to someone.
 *
 * @typedef {import("./state.js").State} State
 */
export class SearchPage extends HTMLElement {
  turn = 0;
  /** @type {State} */
  state = { asked: "", filters: {}, sort: "" };
  /** @type {Record<string, number>} results shown of each kind */
  limit = {};

  /** @param {import("../search-box.js").SearchBox} box @param {import("./opened.js").Opened} index */
  start(box, index) {
    this.index = index;
    this.input = box.input;
    this.shown = new Shown(this, box.dataset.root ?? "");
    this.facets = this.shown.filters.facets;
    const typed = this.input.value; // perhaps while the search was fetched
    this.listen(box.form);
    this.read();
    if (typed.trim() !== this.state.asked) this.type(typed);
  }

  /** @param {HTMLFormElement} form */
  listen(form) {
    this.input?.addEventListener("input", () => this.type(this.input?.value ?? ""));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.write();
      if (matchMedia("(pointer: coarse)").matches) this.input?.blur(); // puts the keyboard on the screen away
    });
    this.addEventListener("change", ({ target }) => target instanceof HTMLSelectElement && this.go({ ...this.state, sort: target.value }));
    this.addEventListener("click", (event) => this.pick(event));
    this.shown?.filters.within.addEventListener("toggle", () => this.count(this.turn));
    addEventListener("popstate", () => this.read());
    addEventListener("pagehide", () => this.write());
    walk(this, /** @type {HTMLInputElement} */ (this.input), () => this.shown?.links ?? []);
  }

  /** Take the state from the address. */
  read() {
    clearTimeout(this.writing);
    this.take(stateFrom(location.search, this.facets ?? []));
  }

  /** Take up what the reader types. @param {string} asked */
  type(asked) {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => this.write(), WRITE_AFTER_MS);
    this.take({ ...this.state, asked });
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

  /** Show a state from its first result on. @param {State} state */
  take(state) {
    this.state = state;
    if (this.input && this.input.value.trim() !== state.asked.trim()) this.input.value = state.asked;
    this.limit = Object.fromEntries((this.shown?.kinds ?? []).map((kind) => [kind, kind === "dataset" ? STEP : FEWER]));
    this.show();
  }

  /** @param {MouseEvent} event */
  pick(event) {
    const target = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("a, button"));
    // A click with a key held asks for a new tab, which the link's own address serves.
    if (!target || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const { filter, more, unfiltered: isFree } = target.dataset;
    if (more) this.more(more, target);
    if (filter === undefined && isFree === undefined) return;
    event.preventDefault();
    this.go(filter === undefined ? unfiltered(this.state, this.facets ?? []) : this.with(filter));
    if (!target.closest(".filters")) this.input?.focus(); // what was clicked goes away
  }

  /** The state with one filter more, or one less. @param {string} name such as "topic/streets" */
  with(name) {
    const slash = name.indexOf("/");
    return toggled(this.state, this.shown?.inForce ?? {}, name.slice(0, slash), name.slice(slash + 1));
  }

  /** Show the next results of a kind. The focus stays; when there are no more, it goes to the first of them. @param {string} kind @param {HTMLElement} button */
  async more(kind, button) {
    const first = this.shown?.countOf(kind) ?? 0;
    this.limit[kind] += STEP;
    await this.show();
    if (button.hidden) this.shown?.linkOf(kind, first)?.focus();
  }

  async show() {
    const turn = ++this.turn;
    const { state, shown } = this;
    const leadsTo = (/** @type {string} */ name) => location.pathname + queryFor(this.with(name));
    if (isEmpty(state)) return shown?.start(leadsTo);
    try {
      const answer = await this.ask(state, { limit: this.limit, facets: [] });
      if (turn !== this.turn) return;
      shown?.draw(answer, state, leadsTo);
      if (!answer.total) await this.offer(turn);
      setTimeout(() => this.count(turn), COUNT_AFTER_MS);
    } catch {
      if (turn === this.turn) shown?.tell(this.dataset.sayFailed ?? "");
    }
  }

  /** @param {State} state @param {import("../search/index.js").Options} options */
  ask({ asked, filters, sort }, options) {
    return /** @type {import("./opened.js").Opened} */ (this.index).search(asked, { filters, sort, ...options });
  }

  /** Count what each filter would leave, once the results stand, and where a reader sees it. @param {number} turn */
  async count(turn) {
    if (turn !== this.turn || isEmpty(this.state) || !this.shown?.filters.areSeen) return;
    const { facets } = await this.ask(this.state, { limit: 0 });
    if (turn === this.turn) this.shown.count(facets);
  }

  /** Nothing was found: offer the same without filters, and what is nearest. @param {number} turn */
  async offer(turn) {
    const free = unfiltered(this.state, this.facets ?? []);
    const without = queryFor(free) === queryFor(this.state) ? 0 : (await this.ask(free, { limit: 0, facets: [] })).total;
    const near = await this.ask(free, { limit: { dataset: FEWER }, facets: [], near: true });
    if (turn === this.turn) this.shown?.offer(location.pathname + queryFor(free), without, near);
  }
}
