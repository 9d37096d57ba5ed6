import { button, fill, labelOf, make } from "./elements.js";
import { chosenBy, columnOf, cutOf, firstQuestion, groupable, MEASURES, offered, partsOf } from "./question.js";

/**
 * A question as a sentence of choices: "Show the mean of days open by received at, each month".
 *
 * @typedef {import("./question.js").Question} Question
 * @typedef {import("./question.js").Described} Described
 */

const TOPS = ["5", "10", "20", "50"];

export class AskForm {
  /** @param {Described[]} columns @param {import("../words.js").Say} say @param {(question: Question | null) => void} asked */
  constructor(columns, say, asked) {
    this.columns = columns;
    this.say = say;
    this.measure = make("select", { name: "measure" });
    this.of = make("select", { name: "of" });
    this.by = ["by", "and"].map((name) => ({ column: make("select", { name }), per: make("select", { name: `${name}-per` }) }));
    this.top = make("select", { name: "top" });
    /** @type {Question | null} */
    this.asked = null;
    this.clear = button(say("ask-clear"), () => asked(null), { class: "plain-button" });
    this.element = this.form();
    this.element.addEventListener("change", () => this.settle());
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      asked(this.question);
    });
  }

  form() {
    const { say } = this;
    const [by, and] = this.by;
    this.measures("count");
    fill(this.top, [["", say("ask-all")], ...TOPS.map((top) => this.topOption(top))]);
    const go = make("button", { class: "button" }, say("ask-go"));
    return make("form", { class: "ask-form", "aria-label": say("ask") },
      labelOf(say("ask-show"), say("ask-show-hint"), this.measure), labelOf(say("ask-of"), say("ask-of-hint"), this.of),
      labelOf(say("ask-by"), say("ask-by-hint"), by.column), labelOf(say("ask-per"), say("ask-per-hint"), by.per),
      labelOf(say("ask-and"), say("ask-and-hint"), and.column), labelOf(say("ask-per"), say("ask-and-per-hint"), and.per),
      labelOf(say("ask-keep"), "", this.top), make("div", { class: "ask-buttons" }, go, this.clear));
  }

  /** Offer what can be counted or measured. @param {import("./question.js").Measure} chosen */
  measures(chosen) {
    const met = MEASURES.filter((each) => each === "count" || this.measured(each).length);
    fill(this.measure, met.map((each) => [each, this.say(`ask-${each}`)]), chosen);
  }

  /** Put a question into the choices. @param {Question | null} question */
  show(question) {
    const { measure, of = "", by, top } = question ?? firstQuestion(this.columns);
    this.asked = question;
    this.measures(measure);
    this.settle();
    if (of || measure === "count") this.of.value = of;
    for (const [at, { column }] of this.by.entries()) {
      column.value = by[at]?.column ?? "";
      this.settle();
      this.by[at].per.value = by[at]?.per ?? "";
    }
    this.settle();
    const wanted = String(top ?? "");
    const tops = TOPS.includes(wanted) || !wanted ? TOPS : [wanted, ...TOPS];
    fill(this.top, [["", this.say("ask-all")], ...tops.map((each) => this.topOption(each))], wanted);
    const isFocused = document.activeElement === this.clear;
    this.clear.hidden = !question;
    if (!question && isFocused) this.measure.focus();
  }

  /** @param {string} top @returns {[string, string]} */
  topOption(top) {
    return [top, this.say("ask-top", { count: Number(top) })];
  }

  /** Offer what fits what is chosen. */
  settle() {
    const measure = /** @type {import("./question.js").Measure} */ (this.measure.value);
    const measured = named(this.measured(measure));
    const isCount = measure === "count";
    this.offer(this.of, isCount ? [["", this.say("ask-all-rows")], ...measured] : measured, measured.length > 0);
    const names = named(groupable(this.columns));
    const none = /** @type {[string, string]} */ (["", this.say("ask-nothing")]);
    const [by, and] = this.by;
    this.offer(by.column, [none, ...names], true);
    this.offer(and.column, [none, ...names.filter(([name]) => name !== by.column.value)], by.column.value !== "");
    for (const { column, per } of this.by) {
      const usual = column.value ? partsOf(columnOf(this.columns, column.value)) : [""];
      const asked = this.asked?.by.flatMap((each) => (each.column === column.value ? [each.per ?? ""] : [])) ?? [];
      const parts = [...new Set([...usual, ...asked])];
      this.offer(per, parts.map((part) => [part, this.say(`ask-per-${part || "value"}`)]), parts.length > 1);
    }
    this.offer(this.top, null, cutOf(this.byChosen) >= 0);
  }

  /**
   * The columns to choose from; with that of the address, be it of use or not.
   * @param {import("./question.js").Measure} measure
   */
  measured(measure) {
    const found = offered(measure, this.columns);
    const asked = this.asked?.measure === measure ? columnOf(this.columns, this.asked.of) : undefined;
    return !asked || found.includes(asked) ? found : [...found, asked];
  }

  /**
   * @param {HTMLSelectElement} select @param {[string, string][] | null} options    null: as they are
   * @param {boolean} isOffered
   */
  offer(select, options, isOffered) {
    const offered = JSON.stringify([...select.options].map(({ value }) => value));
    if (options && offered !== JSON.stringify(options.map(([value]) => value))) fill(select, options);
    select.closest("label")?.toggleAttribute("hidden", !isOffered);
  }

  get byChosen() {
    const chosen = this.by.filter(({ column }, at) => column.value && (at === 0 || this.by[0].column.value));
    return chosen.map(({ column, per }) =>
      chosenBy(/** @type {Described} */ (columnOf(this.columns, column.value)), per.value, this.asked?.by ?? []));
  }

  /** @returns {Question} */
  get question() {
    const measure = /** @type {import("./question.js").Measure} */ (this.measure.value);
    const by = this.byChosen;
    const isTopped = this.top.value && cutOf(by) >= 0;
    const top = isTopped ? { top: Number(this.top.value) } : {};
    return { measure, ...(this.of.value ? { of: this.of.value } : {}), by, ...top };
  }
}

/** @param {Described[]} columns @returns {[string, string][]} */
const named = (columns) => columns.map(({ name, title }) => [name, title || name]);
