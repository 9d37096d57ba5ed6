import { isNumeric, meaning, shown } from "../format.js";
import { titleOf } from "./header.js";
import { between } from "./keys.js";
import { made } from "./making.js";
import { cut, visible } from "./texts.js";

/**
 * The rows on the screen, as elements that are used again for others while the reader scrolls.
 *
 * @typedef {import("./given.js").Described} Described
 * @typedef {import("./given.js").Say} Say
 * @typedef {import("./keys.js").Place} Place
 * @typedef {{element: HTMLElement, cells: HTMLElement[], isFilled: boolean}} Row
 */

/**
 * What a cell of the grid says: a value as the reader writes it, and what a code means.
 * @param {string | null} raw @param {Described} column @param {Say} say
 */
export function cellText(raw, column, say) {
  if (raw === null) return "";
  const short = cut(raw, column.type === "geometry" ? 40 : undefined);
  const text = visible(shown(short, column, document.documentElement.lang));
  const means = meaning(raw, column);
  return means ? say("coded", { code: text, meaning: visible(cut(means)) }) : text;
}

export class Rows {
  /** @type {Map<number, Row>} by their place in the view, from 0 */
  drawn = new Map();
  /** @type {Row[]} */
  spare = [];
  /** @type {Described[]} */
  columns = [];
  span = { from: 0, to: 0 };
  element = made("div", { role: "rowgroup", class: "grid-rows" });
  body = made("div", { role: "presentation", class: "grid-body" }, this.element);

  /** @param {import("./portions.js").Portions} portions @param {Say} say */
  constructor(portions, say) {
    this.portions = portions;
    this.say = say;
  }

  /**
   * Begin anew, with these columns.
   * @param {Described[]} columns @param {{from: number, to: number}} span    which of them are drawn; `to` is not
   */
  reset(columns, span) {
    this.columns = columns;
    this.span = span;
    this.drawn.clear();
    this.spare = [];
    this.element.replaceChildren();
  }

  /** Draw what came anew. */
  refresh() {
    for (const row of this.drawn.values()) row.isFilled = false;
  }

  /** @param {{first: number, last: number, top: number}} range */
  draw({ first, last, top }) {
    for (const [at, row] of this.drawn) {
      if (at >= first && at < last) continue;
      row.element.remove();
      this.drawn.delete(at);
      this.spare.push(row);
    }
    /** @type {Element | null} */
    let after = null;
    for (let at = last - 1; at >= first; at--) {
      const row = this.drawn.get(at) ?? this.begin(at);
      if (!row.element.isConnected || row.element.nextElementSibling !== after) this.element.insertBefore(row.element, after);
      if (!row.isFilled) this.fill(row, at);
      after = row.element;
    }
    this.element.style.setProperty("--grid-top", `${top}px`);
  }

  /** @param {number} at */
  begin(at) {
    const row = this.spare.pop() ?? this.made();
    row.isFilled = false;
    row.element.setAttribute("aria-rowindex", String(at + 2));
    this.drawn.set(at, row);
    return row;
  }

  /** @returns {Row} */
  made() {
    const head = made("div", { role: "rowheader", "aria-colindex": 1, tabindex: -1, "data-column": this.say("row") });
    const element = made("div", { role: "row", class: "grid-row" }, head);
    const cells = [head];
    for (let at = this.span.from; at < this.span.to; at++) {
      const isNumber = isNumeric(this.columns[at].type);
      const title = titleOf(this.columns[at]); // paper names the column beside the value
      const cell = made(
        "div",
        { role: "gridcell", "aria-colindex": at + 2, tabindex: -1, "data-number": isNumber, "data-column": title },
        made("bdi"),
      );
      cell.style.setProperty("grid-column-start", String(at + 2));
      element.append(cell);
      cells[at + 1] = cell; // columns that are not drawn have no place taken
    }
    return { element, cells, isFilled: false };
  }

  /** @param {Row} row @param {number} at */
  fill(row, at) {
    const place = this.portions.place(at);
    row.isFilled = place !== undefined;
    row.cells[0].textContent = place === undefined ? "" : (place + 1).toLocaleString(document.documentElement.lang);
    for (let index = this.span.from; index < this.span.to; index++) {
      const column = this.columns[index];
      const raw = this.portions.cell(at, column.name);
      const cell = row.cells[index + 1];
      const text = raw === undefined ? "" : cellText(raw, column, this.say);
      if (raw === undefined) row.isFilled = false;
      /** @type {Element} */ (cell.firstElementChild).textContent = text;
      cell.toggleAttribute("data-waiting", raw === undefined);
      if (text.length > 12) cell.title = text;
      else cell.removeAttribute("title");
    }
  }

  /** The element of a place; row 1 is the first. @param {Place} place */
  at({ row, column }) {
    return this.drawn.get(row - 1)?.cells[column];
  }

  /** The place of an element. @param {Element} element @returns {Place | null} */
  placeOf(element) {
    const cell = element.closest("[aria-colindex]");
    const row = cell?.closest("[aria-rowindex]");
    if (!cell || !row) return null;
    return { row: Number(row.getAttribute("aria-rowindex")) - 1, column: Number(cell.getAttribute("aria-colindex")) - 1 };
  }

  /**
   * Mark the cell that has the focus or would get it, and the cells that are chosen.
   * @param {Place} active @param {Place | null} anchor
   */
  mark(active, anchor) {
    const chosen = anchor && between(anchor, active);
    for (const [at, row] of this.drawn) {
      const isIn = chosen && at + 1 >= chosen.top && at + 1 <= chosen.bottom;
      row.cells.forEach((cell, column) => {
        const isActive = at + 1 === active.row && column === active.column;
        if (cell.tabIndex !== (isActive ? 0 : -1)) {
          cell.tabIndex = isActive ? 0 : -1;
          if (isActive) cell.setAttribute("aria-describedby", "grid-value");
          else cell.removeAttribute("aria-describedby");
        }
        if (isIn && column >= chosen.left && column <= chosen.right) cell.setAttribute("aria-selected", "true");
        else if (cell.hasAttribute("aria-selected")) cell.removeAttribute("aria-selected");
      });
    }
  }
}
