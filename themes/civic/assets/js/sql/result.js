import { textOf } from "./exporting.js";

/**
 * A result as a table: numbers at the end of their cells, and as many rows at a time as a page draws at once.
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
  const more = document.createElement("button");
  more.type = "button";
  more.className = "more";
  const add = () => {
    const next = rows.slice(body.rows.length, body.rows.length + ROWS_AT_ONCE);
    for (const row of next) {
      const line = body.insertRow();
      row.forEach((value, at) => line.append(valued(value, Boolean(isNumber[at]))));
    }
    more.hidden = body.rows.length === rows.length;
    more.textContent = say("more", { count: Math.min(ROWS_AT_ONCE, rows.length - body.rows.length) });
  };
  more.addEventListener("click", () => {
    add();
    if (more.hidden) scroller.focus();
  });
  add();
  return [scroller, more];
}

const DECIMALS = 6;

/**
 * A cell as it is read: a fraction with no more digits than are worth reading. The downloads have all.
 * @param {Cell | undefined} cell
 */
export function shownText(cell) {
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

/**
 * A cell of the table, with all the digits of a number that is shown with fewer.
 * @param {Cell} value @param {boolean} isNumber
 */
function valued(value, isNumber) {
  const [text, whole] = [shownText(value), textOf(value)];
  return cell("td", shortened(text), isNumber, typeof value === "number" && text !== whole ? { title: whole } : {});
}

/** @param {"th" | "td"} name @param {string} text @param {boolean} isNumber @param {Record<string, string>} [attributes] */
function cell(name, text, isNumber, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  if (isNumber) element.className = "num";
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
