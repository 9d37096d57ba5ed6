import { button, make } from "./elements.js";
import { keyText } from "./naming.js";
import { byText, cutOf, measureText, questionText } from "./question.js";
import { MOST_ROWS, othersText, textOf } from "./series.js";

/**
 * The numbers of an answer as a table, which a reader can put in another order.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").AnswerRow} AnswerRow
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {{text: string, isNumber: boolean}} Cell
 */

const FIRST = 100; // rows that are shown at once

export class AnswerTable {
  /**
   * @param {Answer} answer @param {Telling} telling
   * @param {(keys: (string | null)[]) => void} open    leads to the rows of a group
   */
  constructor(answer, telling, open) {
    this.answer = answer;
    this.telling = telling;
    this.open = open;
    this.limit = FIRST;
    /** @type {{at: number, isDown: boolean, isTurned: boolean} | undefined} */
    this.sorted = undefined;
    const { say } = telling;
    const { question, total } = answer;
    const heads = headsOf(question, telling);
    const isFilled = answer.rows.every(({ filled }) => filled === undefined);
    if (!isFilled) heads[heads.length - 1] = say("ask-filled-head");
    this.heads = heads.map((text, at) => this.head(text, at, at >= question.by.length));
    this.body = make("tbody");
    const rows = say("ask-rows", { count: total.rows });
    const whole = say("ask-caption", { title: questionText(question, telling), rows });
    const { length } = answer.rows;
    const most = Math.max(length, answer.others?.parts?.length ?? 0);
    const first = say("ask-top", { count: MOST_ROWS });
    const caption = most > MOST_ROWS ? say("ask-caption", { title: whole, rows: first }) : whole;
    const last = make("th", { scope: "col" }, make("span", { class: "visually-hidden" }, say("ask-see")));
    this.table = make("table", { class: "table" }, make("caption", {}, caption),
      make("thead", {}, make("tr", {}, ...this.heads, last)), this.body);
    this.most = most;
    this.more = button(most > MOST_ROWS ? first : say("ask-more", { count: length }), () => this.showAll(), { class: "more" });
    const region = make("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": caption }, this.table);
    this.element = make("div", { class: "answer-table" }, region, this.more);
    this.draw();
  }

  /** @param {string} text @param {number} at @param {boolean} isNumber */
  head(text, at, isNumber) {
    const sort = button(text, () => this.order(at), { class: "answer-sort" });
    return make("th", { scope: "col", ...(isNumber ? { class: "num" } : {}) }, sort);
  }

  /** Order by a column: up, down, and as the answer came. @param {number} at */
  order(at) {
    const before = this.sorted?.at === at ? this.sorted : undefined;
    const isDown = at >= this.answer.question.by.length;
    if (!before) this.sorted = { at, isDown, isTurned: false };
    else this.sorted = before.isTurned ? undefined : { at, isDown: !isDown, isTurned: true };
    for (const [place, head] of this.heads.entries()) {
      if (this.sorted?.at === place) head.setAttribute("aria-sort", this.sorted.isDown ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.draw();
  }

  showAll() {
    this.limit = MOST_ROWS;
    const next = FIRST;
    this.draw();
    this.body.rows[next]?.querySelector("button")?.focus();
  }

  draw() {
    const rows = this.ordered().slice(0, this.limit);
    this.body.replaceChildren(...rows.map((row) => this.row(cellsOf(row, this.answer, this.telling), row)));
    this.body.append(...this.rest());
    this.more.hidden = Math.min(this.most, MOST_ROWS) <= this.limit;
  }

  ordered() {
    const { sorted, answer: { rows, question } } = this;
    if (!sorted) return rows;
    const { at, isDown } = sorted;
    const sized = rows.map((row) => ({ row, size: sizeAt(row, at, question.by.length) }));
    return sized.sort((a, b) => compared(a.size, b.size, isDown)).map(({ row }) => row);
  }

  /** The groups beyond the first ones, which stay last. */
  rest() {
    const { answer, telling } = this;
    const { others, question: { by } } = answer;
    if (!others) return [];
    const parts = others.parts ?? [{ ...others, key: null }];
    return parts.slice(0, this.limit).map((part) => {
      const keys = by.map((each, at) => (at === cutOf(by) ? othersText(answer, telling) : keyText(part.key, each, telling)));
      return this.row([...keys.map((key) => plain(key)), ...numbersOf(part, answer, telling)], null);
    });
  }

  /** @param {Cell[]} cells @param {AnswerRow | null} row */
  row(cells, row) {
    const keys = this.answer.question.by.length;
    const made = cells.map(({ text, isNumber }, at) => {
      const inside = make("bdi", {}, text);
      return at < keys ? make("th", { scope: "row" }, inside) : make("td", isNumber ? { class: "num" } : {}, inside);
    });
    const { say } = this.telling;
    const name = cells.slice(0, keys).map(({ text }) => text).join(" · ");
    const last = make("td");
    const how = { class: "plain-button", "aria-label": say("ask-see-of", { key: name }) };
    if (row?.rows) last.append(button(say("ask-see"), () => this.open(row.keys), how));
    return make("tr", {}, ...made, last);
  }
}

/**
 * What stands above the columns. A count is its own number of rows, which is not said twice.
 * @param {import("./question.js").Question} question @param {Telling} telling
 */
export const headsOf = (question, telling) => [...question.by.map((by) => byText(by, telling)), measureText(question, telling),
  ...(question.measure === "count" ? [] : [telling.say("ask-rows-head")])];

/** @param {AnswerRow} row @param {Answer} answer @param {Telling} telling @returns {Cell[]} */
function cellsOf(row, answer, telling) {
  const keys = row.keys.map((key, at) => plain(keyText(key, answer.question.by[at], telling)));
  return [...keys, ...numbersOf(row, answer, telling)];
}

/** @param {import("./question.js").Total} group @param {Answer} answer @param {Telling} telling @returns {Cell[]} */
function numbersOf(group, answer, telling) {
  const text = textOf(group, answer, telling);
  if (answer.question.measure === "count") return [number(text)];
  const [rows, filled] = [group.rows, group.filled ?? group.rows].map((count) => count.toLocaleString(telling.language));
  return [number(text), number(group.filled === undefined ? rows : telling.say("ask-filled-of", { filled, rows }))];
}

/** @param {string | null} key */
const sizeOf = (key) => (key !== null && key.trim() && Number.isFinite(Number(key)) ? Number(key) : key ?? "");

/** What a row is ordered by at a column. @param {AnswerRow} row @param {number} at @param {number} count    of its keys */
function sizeAt({ keys, value, rows, filled }, at, count) {
  if (at < count) return sizeOf(keys[at]);
  return at > count ? filled ?? rows : rows && filled !== 0 ? sizeOf(value) : "";
}

/** @param {string} text @returns {Cell} */
const plain = (text) => ({ text, isNumber: false });

/** @param {string} text @returns {Cell} */
const number = (text) => ({ text, isNumber: true });

/**
 * Which of two comes first; without a value they come last.
 * @param {number | string} a @param {number | string} b @param {boolean} isDown
 */
function compared(a, b, isDown) {
  if (a === "" || b === "") return Number(a === "") - Number(b === "");
  const way = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
  return isDown ? -way : way;
}
