import { button, make } from "../ask/elements.js";
import { sizeShown } from "../format.js";
import { Panel } from "./panel.js";

/** A file up to this size is summed up without being asked to: its columns are no burden to fetch. */
export const LIGHT = 8_000_000; // bytes

/**
 * Summaries of the columns, above the rows: histograms and leading values that filter, and follow every filter. Only those that
 * are seen are counted, after the first rows.
 *
 * @typedef {import("./choosing.js").Summary} Summary
 * @typedef {EventTarget & {summaries: (names: string[]) => Promise<Record<string, Summary>>}} Session
 * @typedef {{columns: import("./panel.js").Described[], rows: number, file: {bytes: number}}} Outline
 * @typedef {{session: Session, outline: Outline, store: import("../ask/ask.js").Store, say: import("../words.js").Say}} Bench
 */
export class CitySummaries extends HTMLElement {
  /** @param {Bench} bench */
  start(bench) {
    this.bench = bench;
    const { outline, store, say } = bench;
    const language = document.documentElement.lang || "en";
    const columns = outline.columns.filter(({ type }) => type !== "geometry");
    /** @type {Map<string, Panel>} */
    this.panels = new Map(columns.map((column) =>
      [column.name, new Panel({ column, title: column.title || column.name, store, say, language, rows: outline.rows })]));
    /** @type {Set<string>} */
    this.seen = new Set();
    /** @type {Map<string, string>} */
    this.counted = new Map();
    this.turn = 0;
    this.row = make("div", { class: "summaries-row", role: "region", tabindex: "0", "aria-label": say("summaries") });
    this.status = make("p", { class: "summaries-status", role: "status" });
    const fold = make("details", { class: "summaries-fold", open: matchMedia("(min-width: 44rem)").matches },
      make("summary", {}, say("summaries")), this.status, this.row);
    this.replaceChildren(fold);
    store.addEventListener("change", () => this.follow());
    if (outline.file.bytes <= LIGHT) afterwards(() => this.begin());
    else this.offer(outline, language);
  }

  /** Of a large file: say what it takes first. @param {Outline} outline @param {string} language */
  offer({ rows, file }, language) {
    const { say } = /** @type {Bench} */ (this.bench);
    this.row?.setAttribute("hidden", "");
    const start = button(say("summary-start", { count: rows, size: sizeShown(file.bytes, language) }), () => {
      start.remove();
      this.row?.removeAttribute("hidden");
      this.row?.focus();
      this.begin();
    }, { class: "more" });
    this.row?.before(start);
  }

  begin() {
    const { row, panels, seen } = this;
    if (!row || !panels) return;
    row.append(...[...panels.values()].map(({ element }) => element));
    // The next ones out of sight are counted too, or the Tab key would find nothing there to lead to.
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const name = /** @type {HTMLElement} */ (target).dataset.column ?? "";
        if (isIntersecting) seen?.add(name);
        else seen?.delete(name);
      }
      this.count();
    }, { root: row, rootMargin: "0px 75%" });
    for (const { element } of panels.values()) observer.observe(element);
  }

  /** Mark what is chosen at once, and count anew. */
  follow() {
    for (const panel of this.panels?.values() ?? []) panel.follow();
    this.count();
  }

  /** Count the columns that are seen and whose counts are not those of the filters in force. */
  async count() {
    const { bench, panels, seen, counted } = this;
    if (!bench || !panels || !seen || !counted) return;
    const filters = JSON.stringify(bench.store.state.filters);
    const names = [...seen].filter((name) => counted.get(name) !== filters);
    if (!names.length) return;
    for (const name of names) {
      counted.set(name, filters);
      panels.get(name)?.age();
    }
    try {
      await Promise.resolve(); // the view of the same filters is asked for first
      const summaries = await bench.session.summaries(names);
      const current = names.filter((name) => counted.get(name) === filters && Object.hasOwn(summaries, name));
      for (const name of current) panels.get(name)?.show(summaries[name]);
      this.tell("");
    } catch (error) {
      for (const name of names) if (counted.get(name) === filters) counted.delete(name);
      const { name, message } = /** @type {Error} */ (error);
      if (name !== "AbortError") this.tell(bench.say("ask-failed", { reason: message }));
    }
  }

  /** @param {string} text */
  tell(text) {
    if (this.status) this.status.textContent = text;
  }
}

/** Do something when the page has nothing better to do. @param {() => void} act */
function afterwards(act) {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 1000 });
  else setTimeout(act, 200);
}
