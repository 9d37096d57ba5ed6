import { make } from "../explorer/ask/elements.js";
import { textOf } from "./exporting.js";

/**
 * A result as a table: numbers at the end of their cells, and as many rows at a time as a page draws at once. Fractions are cut
 * to what is worth reading, and a button shows all their digits.
 *
 * @typedef {import("./asking.js").Result} Result
 * @typedef {import("./database.js").Cell} Cell
 * @typedef {import("../explorer/words.js").Say} Say
 */

const ROWS_AT_ONCE = 200;
const LONGEST = 500; // characters of a cell that are shown; the downloads have all

/** @param {Result} result @param {string} caption @param {Say} say @returns {Element[]} */
export function tableOf({ names, rows }, caption, say) {
  const scroller = document.createElement("section");
  scroller.className = "scroller";
  scroller.tabIndex = 0;
  scroller.setAttribute("aria-label", caption);
  const table = document.createElement("table");
  table.className = "table";
  const isNumber = names.map((_, at) => isNumeric(rows, at));
  const head = table.createTHead().insertRow();
  names.forEach((name, at) => head.append(cell("th", name, Boolean(isNumber[at]), { scope: "col" })));
  table.createCaption().textContent = caption;
  const body = table.createTBody();
  scroller.append(table);
  const { lang } = document.documentElement;
  const whole = make("button", { type: "button", class: "more", "aria-pressed": "false" }, say("all-digits"));
  whole.hidden = !rows.some((row) => row.some((value) => worthText(value) !== textOf(value)));
  let isWhole = false;
  const textIn = (/** @type {Cell} */ value) => (isWhole ? wholeText : shownText)(value, lang);
  whole.addEventListener("click", () => {
    isWhole = !isWhole;
    whole.setAttribute("aria-pressed", String(isWhole));
    [...body.rows].forEach((line, at) => [...line.cells].forEach((each, place) => {
      each.textContent = shortened(textIn(rows[at]?.[place] ?? null));
    }));
  });
  const more = document.createElement("button");
  more.type = "button";
  more.className = "more";
  const add = () => {
    const next = rows.slice(body.rows.length, body.rows.length + ROWS_AT_ONCE);
    for (const row of next) {
      const line = body.insertRow();
      row.forEach((value, at) => line.append(cell("td", shortened(textIn(value)), Boolean(isNumber[at]))));
    }
    more.hidden = body.rows.length === rows.length;
    more.textContent = say("more", { count: Math.min(ROWS_AT_ONCE, rows.length - body.rows.length) });
  };
  more.addEventListener("click", () => {
    add();
    if (more.hidden) scroller.focus();
  });
  add();
  return [whole, scroller, more];
}

const DECIMALS = 6;

/**
 * A cell as it is read, in the reader's language: a fraction with no more digits than are worth reading.
 * @param {Cell | undefined} cell @param {string} language
 */
export const shownText = (cell, language) => (typeof cell === "number" ? written(worthText(cell), language) : textOf(cell));

/** A cell with all its digits, in the reader's language. @param {Cell | undefined} cell @param {string} language */
export const wholeText = (cell, language) => (typeof cell === "number" ? written(textOf(cell), language) : textOf(cell));

/**
 * Digits with the sign that a language has before a fraction. They are not grouped, since a number can be a year or a name.
 * @param {string} text @param {string} language
 */
function written(text, language) {
  const sign = new Intl.NumberFormat(language || "en").formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? ".";
  return text.replace(".", sign);
}

/** A cell with the digits that are worth reading, as the data would write it. @param {Cell | undefined} cell */
export function worthText(cell) {
  if (typeof cell !== "number" || Number.isInteger(cell) || !Number.isFinite(cell)) return textOf(cell);
  return String(Number(Math.abs(cell) < 1 ? cell.toPrecision(DECIMALS) : cell.toFixed(DECIMALS)));
}

/** Whether a column has numbers alone. @param {readonly Cell[][]} rows @param {number} at */
export function isNumeric(rows, at) {
  const filled = rows.filter((row) => row[at] !== null);
  return filled.length > 0 && filled.every((row) => typeof row[at] !== "string");
}

/** @param {string} text */
function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** @param {"th" | "td"} name @param {string} text @param {boolean} isNumber @param {Record<string, string>} [attributes] */
function cell(name, text, isNumber, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  if (isNumber) element.className = "num";
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
