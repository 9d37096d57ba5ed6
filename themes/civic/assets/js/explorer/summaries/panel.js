import { button, make } from "../ask/elements.js";
import { cleared } from "./choosing.js";
import { RangePanel } from "./range-panel.js";
import { ValuesPanel } from "./values-panel.js";

const RARE = 0.001; // the share of rows up to which the most frequent value is not a frequent one

/**
 * The summary of one column.
 *
 * @typedef {{name: string, title?: string, type: string, unit?: string, values?: Record<string, string>}} Described
 * @typedef {import("../ask/ask.js").Store} Store
 * @typedef {import("../words.js").Say} Say
 * @typedef {{column: Described, title: string, store: Store, say: Say, language: string, rows: number}} Given
 *   `rows`: of the whole file
 * @typedef {import("./choosing.js").Summary} Summary
 */
export class Panel {
  /** @param {Given} given */
  constructor(given) {
    this.given = given;
    const { say, title, column, store } = given;
    this.note = make("p", { class: "summary-note" });
    this.clear = button(say("summary-clear"), () => store.change({ filters: cleared(store.state.filters, column.name) }),
      { class: "plain-button", "aria-label": say("summary-clear-of", { column: title }) });
    const name = make("p", { class: "summary-title" }, make("bdi", {}, title));
    const head = make("div", { class: "summary-head" }, name, this.clear);
    this.element = make("div", { class: "summary", role: "group", "aria-label": title }, head, this.note);
    this.element.dataset.column = column.name;
    this.follow();
  }

  /** Mark what is chosen. */
  follow() {
    const { filters } = this.given.store.state;
    const isFocused = document.activeElement === this.clear;
    this.clear.hidden = !filters.some(({ column }) => column === this.given.column.name);
    this.body?.follow(filters);
    if (!this.clear.hidden || !isFocused) return;
    /** @type {HTMLElement | null | undefined} */ (this.body?.element.querySelector("input, button"))?.focus();
  }

  /** @param {Summary} summary */
  show(summary) {
    if (!this.body) this.begin(summary);
    this.body?.show(summary);
    const { say } = this.given;
    const [empty, isSpread] = [summary.rows - summary.filled, this.isSpread(summary)];
    const parts = summary.rows ? [
      isSpread ? say("summary-distinct", { count: summary.distinct ?? summary.filled }) : "",
      empty && (summary.bins || isSpread) ? say("summary-empty", { count: empty }) : "",
    ] : [say("summary-no-rows")];
    this.note.textContent = parts.filter(Boolean).join(" · ");
    this.note.hidden = !this.note.textContent;
    this.element.removeAttribute("data-state");
  }

  /** Which kind of panel it is shows in the first summary. @param {Summary} summary */
  begin(summary) {
    if (summary.bins?.length) this.body = new RangePanel(this.given, summary.bins);
    else if (!this.isSpread(summary)) this.body = new ValuesPanel(this.given);
    if (!this.body) return;
    this.element.append(this.body.element);
    this.body.follow(this.given.store.state.filters);
  }

  /** Whether no value occurs often: then none is worth a button. @param {Summary} summary */
  isSpread({ top = [], bins }) {
    return !bins && top.length > 1 && top[0].all <= Math.max(1, this.given.rows * RARE);
  }

  /** What is shown is not what holds. */
  age() {
    this.element.setAttribute("data-state", "waiting");
  }
}
