import { filterFrom, isTurned, testsOf, valueNamed, withFilter } from "./filtering.js";
import { button, made } from "./making.js";
import { spoken } from "./texts.js";

/**
 * The form that filters one column.
 *
 * @typedef {import("./given.js").Described} Described
 * @typedef {import("./given.js").Filter} Filter
 * @typedef {import("./given.js").Given} Given
 */

const MOST_CODES = 100;

export class FilterForm {
  /** @param {Given} given @param {Described} column @param {() => void} done */
  constructor(given, column, done) {
    this.given = given;
    this.column = column;
    this.done = done;
    const { say, store } = given;
    /** @type {Filter | undefined} */
    this.inForce = store.state.filters.find((filter) => filter.column === column.name);
    const tests = testsOf(column);
    this.test = made(
      "select",
      { name: "test", change: () => this.show() },
      ...tests.map((test) => made("option", { value: test }, say(`test-${test}`))),
    );
    this.test.value = tests.includes(this.inForce?.test ?? "") ? (this.inForce?.test ?? "") : tests[0];
    this.values = made(
      "fieldset",
      { "data-test": "is" },
      made("legend", {}, say("values")),
      made("div", { class: "filter-values" }),
    );
    this.typed = made("textarea", { name: "typed", rows: 2, spellcheck: "false" });
    this.text = made("input", { name: "text", type: "search", value: this.inForce?.text ?? "", autocomplete: "off" });
    this.low = this.end("low", this.inForce?.low ?? "");
    this.high = this.end("high", this.inForce?.high ?? "");
    this.element = this.drawn();
    this.offer();
    this.show();
  }

  drawn() {
    const { say } = this.given;
    const labelled = (/** @type {string} */ text, /** @type {HTMLElement} */ control) =>
      made("label", {}, made("span", {}, text), control);
    this.values.append(labelled(say("values-typed"), this.typed));
    return made(
      "form",
      { class: "filter-form", method: "dialog", submit: (/** @type {Event} */ event) => this.apply(event) },
      labelled(say("filter"), this.test),
      made("div", { "data-test": "contains" }, labelled(say("contains"), this.text)),
      made(
        "div",
        { "data-test": "between", class: "filter-ends" },
        labelled(say("low"), this.low),
        labelled(say("high"), this.high),
      ),
      this.values,
      made(
        "div",
        { class: "filter-buttons" },
        made("button", { type: "submit", class: "button" }, say("apply")),
        button(say("clear"), () => this.change(null), { disabled: !this.inForce }),
      ),
    );
  }

  /** The input for an end of a range. @param {string} name @param {string} value */
  end(name, value) {
    const { type } = this.column;
    const isMoment = type === "datetime" && [this.inForce?.low, this.inForce?.high].some((each) => each && each.length > 10);
    const kind = isMoment
      ? "datetime-local"
      : type === "date" || type === "datetime"
        ? "date"
        : type === "time"
          ? "time"
          : "number";
    const step = kind === "date" || type === "year" ? undefined : kind === "number" ? "any" : "1";
    const input = () => this.high.setCustomValidity("");
    return made("input", {
      name,
      type: kind,
      step,
      input,
      value: isMoment && value.length === 10 ? `${value}T00:00` : value.replace(" ", "T"),
    });
  }

  /** Offer the values that are most frequent, those with a meaning and those that are chosen. */
  async offer() {
    if (!testsOf(this.column).includes("is")) return;
    const { name, values = {} } = this.column;
    this.check(
      new Map(
        [...(this.inForce?.values ?? []), ...Object.keys(values).slice(0, MOST_CODES)].map((value) => [value, undefined]),
      ),
    );
    const summaries = await this.given.session.summaries([name]).catch(() => null);
    const top = summaries && Object.hasOwn(summaries, name) ? (summaries[name].top ?? []) : [];
    this.check(new Map(top.map(({ value, rows }) => [value, rows])));
  }

  /** Add check boxes, and counts where there is one for each. @param {Map<string, number | undefined>} values */
  check(values) {
    const { say } = this.given;
    const list = /** @type {HTMLElement} */ (this.values.querySelector(".filter-values"));
    const language = document.documentElement.lang;
    for (const [value, rows] of values) {
      let box = this.boxes().find((each) => each.value === value);
      if (!box) {
        box = made("input", { type: "checkbox" });
        box.value = value;
        box.checked = Boolean(this.inForce?.values?.includes(value));
        const named = spoken(valueNamed(value, this.column, language, say));
        list.append(made("label", {}, box, made("span", {}, named), made("small", {})));
      }
      const count = box.nextElementSibling?.nextElementSibling;
      if (count && rows !== undefined) count.textContent = rows.toLocaleString(language);
    }
    const counts = [...list.querySelectorAll("small")];
    if (counts.some((count) => !count.textContent)) for (const count of counts) count.textContent = "";
  }

  boxes() {
    return [...this.values.querySelectorAll("input")];
  }

  /** Show the fields of the chosen test. */
  show() {
    for (const part of this.element.querySelectorAll("[data-test]")) {
      part.toggleAttribute("hidden", part.getAttribute("data-test") !== this.test.value);
    }
  }

  /** @param {Event} event */
  apply(event) {
    event.preventDefault();
    const { column, low, high } = this;
    const isRange = this.test.value === "between";
    high.setCustomValidity(isRange && isTurned(column, low.value, high.value) ? this.given.say("low-above-high") : "");
    if (isRange && !high.reportValidity()) return;
    const typed = this.typed.value
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    const values = [
      ...this.boxes()
        .filter((box) => box.checked)
        .map((box) => box.value),
      ...typed,
    ];
    this.change(filterFrom(column.name, this.test.value, { values, text: this.text.value, low: low.value, high: high.value }));
  }

  /** @param {Filter | null} filter */
  change(filter) {
    const { store } = this.given;
    store.change({ filters: withFilter(store.state.filters, this.column.name, filter), row: null });
    this.done();
  }
}
