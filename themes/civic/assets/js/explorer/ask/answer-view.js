import { AnswerTable } from "./answer-table.js";
import { chosenKind, kindsFor } from "./chart-kinds.js";
import { drawn, fileOf, svgOf } from "./chart.js";
import { button, fill, labelOf, make } from "./elements.js";
import { isRowCount, questionText } from "./question.js";
import { Readout } from "./readout.js";
import { csvOf, fileName, save } from "./saving.js";
import { rowsText, totalText } from "./series.js";

/**
 * An answer: its chart, its numbers, and files of both.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {{dots: import("./scatter.js").Dot[], isSample: boolean}} Sample
 * @typedef {(keys: (string | null)[]) => void} Open    leads to the rows of a group
 * @typedef {{open: Open, choose: (kind: string) => void, sample: () => Promise<Sample | null>}} Acts
 */

export class AnswerView {
  /** @param {Telling} telling @param {Acts} acts */
  constructor(telling, acts) {
    const { say } = telling;
    this.telling = telling;
    this.acts = acts;
    this.title = make("h2", { class: "answer-title", tabindex: "-1" });
    this.value = make("p", { class: "answer-value" });
    this.room = make("div", { class: "plot-room" });
    this.readout = new Readout(say, (keys) => acts.open(keys));
    this.notes = make("div", { class: "answer-notes" });
    this.kind = make("select", { name: "chart" });
    this.kind.addEventListener("change", () => acts.choose(this.kind.value));
    this.drawFile = button(say("chart-save"), () => this.saveChart(), { class: "plain-button" });
    this.tableFile = button(say("ask-save"), () => this.saveTable(), { class: "plain-button" });
    this.kindLabel = labelOf(say("chart-kind"), "", this.kind);
    this.tools = make("div", { class: "answer-tools" }, this.kindLabel, this.tableFile, this.drawFile);
    this.table = make("div");
    this.figure = make("figure", { class: "chart-figure" }, this.room, this.readout.element, this.notes);
    this.element = make("section", { class: "ask-answer" }, this.title, this.value, this.tools, this.figure, this.table);
    this.element.hidden = true;
    new ResizeObserver(() => this.fit()).observe(this.room);
  }

  /** @param {Answer | null} answer @param {string} kind */
  show(answer, kind) {
    const isNew = this.answer !== answer;
    this.answer = answer;
    this.element.hidden = !answer;
    if (!answer) return;
    const { telling } = this;
    if (isNew) this.showNumbers(answer);
    const kinds = kindsFor(answer, telling);
    const chosen = chosenKind(kind, kinds);
    fill(this.kind, [...kinds, "none"].map((each) => [each, telling.say(`chart-${each}`)]), chosen);
    this.kindLabel.hidden = !kinds.length;
    this.chosen = chosen;
    this.sample = undefined;
    this.draw();
    if (chosen === "scatter") this.takeSample(answer);
  }

  /** @param {Answer} answer */
  showNumbers(answer) {
    const { telling } = this;
    this.title.textContent = questionText(answer.question, telling);
    const isOne = !answer.question.by.length;
    this.value.hidden = !isOne;
    const rows = isRowCount(answer.question) ? "" : rowsText(answer.total, telling.say);
    const value = totalText(answer, telling);
    this.value.replaceChildren(make("strong", {}, value), " ", make("span", {}, rows));
    const isFocused = this.table.contains(document.activeElement);
    this.table.replaceChildren(...(isOne ? [] : [new AnswerTable(answer, telling, (keys) => this.acts.open(keys)).element]));
    if (isFocused) this.title.focus(); // what had the focus is gone
  }

  /** @param {Answer} answer */
  async takeSample(answer) {
    const sample = await this.acts.sample();
    if (!sample || this.answer !== answer || this.chosen !== "scatter") return;
    this.sample = sample;
    this.draw();
  }

  draw() {
    const { answer, telling } = this;
    if (!answer) return;
    this.width = Math.floor(this.room.clientWidth);
    const drawing = drawn(answer, { ...telling, kind: this.chosen, width: this.width || undefined, dots: this.sample?.dots });
    this.drawing = drawing;
    this.figure.hidden = this.chosen === "none";
    this.drawFile.hidden = !drawing;
    if (!drawing) return;
    const svg = svgOf(drawing);
    this.room.replaceChildren(svg);
    this.readout.read(svg, drawing.readings);
    const notes = this.sample?.isSample ? [telling.say("chart-sample", { count: drawing.readings.length })] : drawing.notes;
    this.notes.replaceChildren(...notes.map((note) => make("p", {}, note)));
  }

  /** Draw for the room that there is. */
  fit() {
    const width = Math.floor(this.room.clientWidth);
    if (width && Math.abs(width - (this.width ?? 0)) > 4) this.draw();
  }

  saveTable() {
    if (!this.answer) return;
    const name = fileName(questionText(this.answer.question, this.telling), "csv");
    save(csvOf(this.answer, this.telling), name, "text/csv;charset=utf-8");
  }

  /** The chart as it looks here: with the colors of the reader's scheme. */
  saveChart() {
    if (!this.drawing) return;
    const { color, fontFamily } = getComputedStyle(this.room);
    const found = (/** @type {string} */ selector, /** @type {"color" | "fill" | "stroke"} */ name) => {
      const element = this.room.querySelector(selector);
      return element ? getComputedStyle(element)[name] : color;
    };
    const file = fileOf(this.drawing, {
      text: color, font: fontFamily, ground: getComputedStyle(document.documentElement).backgroundColor,
      muted: found(".muted", "fill"), marks: found(".marks", "color"), lines: found(".lines line:not(.zero)", "stroke"),
    });
    save(file, fileName(this.drawing.title, "svg"), "image/svg+xml");
  }
}
