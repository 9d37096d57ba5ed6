import { captionOf, cellsOf, headsOf, lengthOf, restOf } from "./answer-cells.js";
import { button, make } from "./elements.js";
import { rawOf, MOST_ROWS } from "./series.js";

/**
 * The numbers of an answer as a table, which a reader can put in another order.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").AnswerRow} AnswerRow
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {import("./answer-cells.js").Cell} Cell
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
    const { question, rows: { length } } = answer;
    this.heads = headsOf(answer, telling).map((text, at) => this.head(text, at, at >= question.by.length));
    this.body = make("tbody");
    const most = lengthOf(answer);
    const first = say("ask-top", { count: MOST_ROWS });
    const caption = captionOf(answer, telling);
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
    const sized = rows.map((row) => ({ row, size: sizeAt(row, at, this.answer) }));
    return sized.sort((a, b) => compared(a.size, b.size, isDown)).map(({ row }) => row);
  }

  /** The groups beyond the first ones, which stay last. */
  rest() {
    return restOf(this.answer, this.telling, this.limit).map((cells) => this.row(cells, null));
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

/** @param {string | null} key */
const sizeOf = (key) => (key !== null && key.trim() && Number.isFinite(Number(key)) ? Number(key) : key ?? "");

/** What a row is ordered by at a column. @param {AnswerRow} row @param {number} at @param {Answer} answer */
function sizeAt(row, at, answer) {
  const { keys, rows, filled } = row;
  if (at < keys.length) return sizeOf(keys[at]);
  return at > keys.length ? filled ?? rows : rows ? sizeOf(rawOf(row, answer)) : "";
}

/**
 * Which of two comes first; without a value they come last.
 * @param {number | string} a @param {number | string} b @param {boolean} isDown
 */
function compared(a, b, isDown) {
  if (a === "" || b === "") return Number(a === "") - Number(b === "");
  const way = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
  return isDown ? -way : way;
}
