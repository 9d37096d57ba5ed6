import { AnswerView } from "./answer-view.js";
import { AskForm } from "./ask-form.js";
import { make } from "./elements.js";
import { narrowed } from "./key-filter.js";
import { askable, questionText, titleOf } from "./question.js";
import { sampleOf } from "./sample.js";
import { groupsText, totalText } from "./series.js";
import { troubleText } from "../troubles.js";

/**
 * Asks a table without code: a sentence of choices, and its answer as a chart and as numbers.
 *
 * @typedef {import("./question.js").Question} Question
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").Described} Described
 * @typedef {import("./key-filter.js").Filter} Filter
 * @typedef {{filters: Filter[], ask: Question | null, chart: string, view: string}} State    the part that is looked at here
 * @typedef {EventTarget & {state: State, change: (part: Partial<State>, how?: {replace?: boolean}) => void}} Store
 * @typedef {import("./sample.js").Rows & {answer: (question: Question) => Promise<Answer>}} Session
 * @typedef {import("../words.js").Say} Say
 * @typedef {{session: Session, outline: {columns: Described[], rows: number}, store: Store, say: Say}} Bench
 */
export class CityAsk extends HTMLElement {
  /** @param {Bench} bench */
  start({ session, outline, store, say }) {
    this.bench = { session, outline, store, say };
    this.telling = { say, language: document.documentElement.lang || "en", columns: outline.columns };
    this.form = new AskForm(outline.columns, say, (ask) => store.change({ ask }));
    this.status = make("p", { role: "status", class: "ask-status" });
    this.view = new AnswerView(this.telling, {
      open: (keys) => this.open(keys),
      choose: (chart) => store.change({ chart }, { replace: true }),
      sample: () => this.sample(),
    });
    this.replaceChildren(this.form.element, this.status, this.view.element);
    this.turn = 0;
    /** @type {Answer | null} */
    this.answer = null;
    /** @type {string} */
    this.asked = " ";
    /** @type {string} */
    this.said = " ";
    store.addEventListener("change", () => this.draw());
    this.draw();
  }

  /** Draw what the address asks. */
  draw() {
    const { bench, form } = this;
    if (!bench || !form) return;
    const { ask, chart, filters } = bench.store.state;
    const question = askable(ask, bench.outline.columns);
    const asked = question ? JSON.stringify([question, filters]) : "";
    if (asked !== this.asked) {
      this.asked = asked;
      this.answer = null;
      const said = JSON.stringify(question);
      if (said !== this.said) form.show(question);
      this.said = said;
      this.find(question, chart);
    } else if (this.answer) this.view?.show(this.answer, chart);
  }

  /** @param {Question | null} question @param {string} chart */
  async find(question, chart) {
    const { bench, telling, view } = this;
    if (!bench || !telling || !view) return;
    this.turn = (this.turn ?? 0) + 1;
    const { turn } = this;
    this.tell(question ? telling.say("ask-working") : "");
    this.toggleAttribute("data-working", Boolean(question));
    if (!question) return view.show(null, chart);
    try {
      await Promise.resolve(); // the view of the same filters is asked for first
      const answer = await bench.session.answer(question);
      if (turn !== this.turn) return;
      this.answer = answer;
      view.show(answer, bench.store.state.chart);
      this.tell(this.summaryOf(answer), true);
    } catch (error) {
      if (turn !== this.turn) return;
      view.show(null, chart);
      this.fail(/** @type {Error} */ (error));
    }
    this.removeAttribute("data-working");
  }

  /** Say what went wrong, unless it is only that something newer was asked. @param {Error} error */
  fail(error) {
    if (error.name !== "AbortError" && this.telling) this.tell(troubleText(error, this.telling.say, "ask-failed"));
    return null;
  }

  /** @param {Answer} answer */
  summaryOf(answer) {
    const telling = /** @type {import("./question.js").Telling} */ (this.telling);
    const title = questionText(answer.question, telling);
    const value = answer.question.by.length
      ? groupsText(answer, telling) : totalText(answer, telling);
    return telling.say("chart-part", { key: title, value });
  }

  /** Leave only the rows of a group in the grid. @param {(string | null)[]} keys */
  open(keys) {
    const { store, outline } = /** @type {Bench} */ (this.bench);
    if (!this.answer) return;
    const { by } = this.answer.question;
    store.change({ filters: narrowed(store.state.filters, keys, by, outline.columns), view: "rows" });
    this.dispatchEvent(new CustomEvent("rows-asked", { bubbles: true }));
  }

  /** Dots for a chart of rows; null where they cannot be had. */
  sample() {
    const { session, outline: { columns } } = /** @type {Bench} */ (this.bench);
    const answer = /** @type {Answer} */ (this.answer);
    const { say } = /** @type {import("./question.js").Telling} */ (this.telling);
    const { of = "", by: [by] } = answer.question;
    const [across, upward] = [by.column, of].map((name) => titleOf(columns, name));
    const text = (/** @type {string} */ x, /** @type {string} */ y) =>
      [say("chart-part", { key: across, value: x }), say("chart-part", { key: upward, value: y })].join("; ");
    return sampleOf(session, answer.total.rows, [by.column, of], text).catch((error) => this.fail(error));
  }

  /** @param {string} text @param {boolean} isShown    whether the page shows it anyway */
  tell(text, isShown = false) {
    if (!this.status) return;
    this.status.textContent = text;
    this.status.classList.toggle("visually-hidden", isShown || !text);
  }
}
