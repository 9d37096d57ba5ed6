import { button, make } from "../ask/elements.js";
import { cellText } from "../ask/naming.js";
import { toggled, valuesIn } from "./choosing.js";

/**
 * The most frequent values, as buttons that filter.
 *
 * @typedef {import("./choosing.js").Summary} Summary
 * @typedef {import("./choosing.js").Filter} Filter
 * @typedef {{element: HTMLElement, press: HTMLButtonElement, name: HTMLElement, count: HTMLElement}} Item
 */

const LONGEST = 120; // characters of a value that are shown

export class ValuesPanel {
  /** @param {import("./panel.js").Given} given */
  constructor(given) {
    this.given = given;
    this.element = make("ul", { class: "summary-values" });
    /** @type {Map<string, Item>} */
    this.items = new Map();
    /** @type {Summary | undefined} */
    this.summary = undefined;
  }

  /** @param {Summary} summary */
  show(summary) {
    this.summary = summary;
    this.draw();
  }

  /** @param {readonly Filter[]} filters */
  follow(filters) {
    this.chosen = valuesIn(filters, this.given.column.name);
    this.draw();
  }

  draw() {
    const { summary, chosen = [], given } = this;
    if (!summary) return;
    const empty = summary.rows - summary.filled;
    this.emptyAll = Math.max(this.emptyAll, empty);
    const none = this.emptyAll || chosen.includes("") ? [{ value: "", rows: empty, all: this.emptyAll }] : [];
    const met = [...(summary.top ?? []), ...none];
    const more = chosen.filter((value) => !met.some((top) => top.value === value));
    const most = Math.max(1, ...met.map(({ all }) => all));
    const items = met.map(({ value, rows, all }) => this.item(value, rows, [rows / most, all / most]));
    const unseen = more.map((value) => this.item(value, null, [0, 0]));
    for (const [value, { press }] of this.items) press.setAttribute("aria-pressed", String(chosen.includes(value)));
    const wanted = [...items, ...unseen];
    if (wanted.length !== this.element.children.length || wanted.some((item, at) => item !== this.element.children[at])) {
      const { activeElement } = document;
      this.element.replaceChildren(...wanted);
      if (activeElement instanceof HTMLElement && this.element.contains(activeElement)) activeElement.focus();
    }
    this.element.setAttribute("aria-label", given.title);
  }

  emptyAll = 0;

  /** @param {string} value @param {number | null} rows    null: not counted @param {[number, number]} shares */
  item(value, rows, [share, all]) {
    const { say, column, language, store } = this.given;
    let item = this.items.get(value);
    if (!item) {
      const text = value === "" ? say("ask-empty") : cellText(value.slice(0, LONGEST), column, language);
      const name = make("bdi", { class: "summary-name" }, text);
      const count = make("span", { class: "summary-count" });
      const press = button("", () => store.change({ filters: toggled(store.state.filters, column.name, value) }));
      press.append(name, " ", count);
      item = { element: make("li", {}, press), press, name, count };
      this.items.set(value, item);
    }
    item.count.textContent = rows === null ? "" : rows.toLocaleString(language);
    item.press.style.setProperty("--share", `${share * 100}%`);
    item.press.style.setProperty("--share-all", `${all * 100}%`);
    return item.element;
  }
}
