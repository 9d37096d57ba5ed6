import { MOST_BINS_ASKED, read, write } from "./state.js";

/**
 * What a reader looks at, which the address says in full: every part of the page draws from it, and changes it here alone.
 *
 * @typedef {import("./state.js").State} State
 */
export class Store extends EventTarget {
  /** @type {State} */
  state;

  /** @param {readonly string[]} [names]    of all columns: what the address says of others is left out @param {Window} [page] */
  constructor(names, page = window) {
    super();
    this.names = names;
    this.page = page;
    this.state = this.fromAddress();
    page.addEventListener("popstate", () => this.settle(this.fromAddress()));
  }

  /**
   * Change a part of the state, and the address with it.
   * @param {Partial<State>} part @param {{replace?: boolean}} [how]    whether the reader's way back leads past this change
   */
  change(part, { replace = false } = {}) {
    const state = Object.freeze({ ...this.state, ...part });
    const query = write(state);
    if (query === write(this.state)) return;
    const { history, location } = this.page;
    const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.settle(state);
  }

  fromAddress() {
    const { history, location } = this.page;
    const state = Object.freeze(read(new URLSearchParams(location.search), this.names));
    // Where an address asks for more bins than are made, it says what is answered instead.
    const query = state.ask?.by.some(({ bins }) => bins === MOST_BINS_ASKED) ? `?${write(state)}` : location.search;
    if (query !== location.search) history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
    return state;
  }

  /** @param {State} state */
  settle(state) {
    const before = this.state;
    this.state = state;
    this.dispatchEvent(new CustomEvent("change", { detail: { before } }));
  }
}
