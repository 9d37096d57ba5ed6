import { copying } from "./copying.js";
import { headerCell, mark } from "./header.js";
import { made } from "./making.js";
import { pointing } from "./pointing.js";
import { pressing } from "./pressing.js";
import { cellText, Rows } from "./rows.js";
import { meant, told } from "./told.js";
import { Widths } from "./widths.js";
import { Windowing } from "./windowing.js";

/**
 * The rows as a table: a grid in which one cell has the focus, and only the rows on the screen are drawn.
 *
 * @typedef {import("./given.js").Described} Described
 * @typedef {import("./given.js").Given} Given
 * @typedef {import("./keys.js").Place} Place
 */

const MORE = 8; // rows drawn beyond what is seen
const SETTLE_MS = 150;

export class Table {
  /** @type {Described[]} */
  columns = [];
  /** @type {{cell: HTMLElement, menu: () => void}[]} */
  headers = [];
  /** @type {Place} */
  active = { row: 1, column: 1 };
  /** @type {Place | null} */
  anchor = null;
  window = new Windowing();
  widths = new Widths(() => this.lay());
  isGuessed = false;
  isAway = false; // not drawn for a while, as a map stands in its place
  /** @type {{from: number, to: number, isFor: (left: number) => boolean} | null} */
  span = null;
  /** @type {number | undefined} */
  frame;

  /**
   * @param {Given} given @param {import("./portions.js").Portions} portions
   * @param {{open: (at: number) => void, tell: (note: string) => void}} leads
   */
  constructor(given, portions, leads) {
    const { say, outline } = given;
    this.given = given;
    this.portions = portions;
    this.leads = leads;
    this.rows = new Rows(portions, say);
    this.head = made("div", { role: "row", "aria-rowindex": 1, class: "grid-row grid-head" });
    this.value = made("p", { class: "grid-value", id: "grid-value" });
    const help = made("p", { class: "visually-hidden", id: "grid-help" }, say("keys-help"));
    this.grid = made(
      "div",
      {
        role: "grid",
        class: "grid-table",
        "aria-label": outline.title,
        "aria-describedby": "grid-help",
        "aria-multiselectable": "true",
        tabindex: -1,
      },
      made("div", { role: "rowgroup", class: "grid-headers" }, this.head),
      this.rows.body,
    );
    this.scroller = made("div", { class: "grid-scroll" }, this.grid);
    this.element = made("div", {}, this.scroller, this.value, help);
    this.listen();
  }

  listen() {
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    pressing(this);
    this.grid.addEventListener("focusin", ({ target }) => this.take(/** @type {Element} */ (target)));
    pointing(this);
    copying(this);
  }

  /** @param {Described[]} columns */
  setColumns(columns) {
    this.columns = columns;
    const { say } = this.given;
    const corner = made("div", { role: "columnheader", "aria-colindex": 1, tabindex: -1 }, say("row"));
    const hadFocus = this.head.contains(document.activeElement);
    this.headers = columns.map((column, at) => headerCell(this.given, column, at + 1, this.widths));
    this.head.replaceChildren(corner, ...this.headers.map((header) => header.cell));
    this.grid.setAttribute("aria-colcount", String(columns.length + 1));
    this.isGuessed = false;
    this.span = null;
    this.anchor = null;
    this.active = { row: this.active.row, column: Math.min(this.active.column, columns.length) };
    this.mark();
    this.lay();
    this.draw();
    if (hadFocus) (this.cellAt(this.active) ?? this.grid).focus();
  }

  /** Mark what the rows are sorted and filtered by. */
  mark() {
    this.headers.forEach(({ cell }, at) => mark(cell, this.given, this.columns[at].name));
  }

  /** Begin at the first row of a view. @param {number} count */
  reset(count) {
    this.grid.setAttribute("aria-rowcount", String(count + 1));
    this.anchor = null;
    this.active = { row: Math.min(this.active.row && 1, count), column: this.active.column };
    this.window.set({ count });
    this.window.scrolled(0);
    this.window.y = 0;
    this.scroller.scrollTop = 0;
    this.rows.refresh();
    this.draw();
  }

  /** Rows came. */
  came() {
    this.rows.refresh();
    this.draw();
    this.say();
  }

  scrolled() {
    this.window.scrolled(this.scroller.scrollTop);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.draw();
    });
    clearTimeout(this.settling);
    if (this.window.ratio !== 1) this.settling = setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** Put the bar where the rows are. */
  settle() {
    this.scroller.scrollTop = this.window.settled;
    this.window.scrollTop = this.scroller.scrollTop;
    this.draw();
  }

  draw() {
    if (!this.columns.length || matchMedia("print").matches) return; // paper has no screen to fill
    if (!this.element.clientWidth) return void (this.isAway = true);
    this.guess();
    const hadFocus = this.rows.element.contains(document.activeElement);
    const names = this.spread();
    this.window.set({ view: Math.max(0, this.scroller.clientHeight - this.head.offsetHeight) });
    this.rows.body.style.setProperty("--grid-height", `${this.window.drawn}px`);
    if (!this.window.view) this.window.set({ view: Math.max(0, this.scroller.clientHeight - this.head.offsetHeight) });
    const range = this.window.range(MORE);
    this.rows.draw(range);
    this.rows.mark(this.active, this.anchor);
    this.hold(hadFocus);
    this.portions.want(range.first, range.last, names);
    const height = this.rows.element.firstElementChild?.getBoundingClientRect().height;
    const isOther = Boolean(height) && height !== this.window.height;
    if (isOther) this.window.set({ height });
    if (this.isAway) {
      this.isAway = false;
      this.settle();
    } else if (isOther) this.draw();
  }

  /** Draw the columns that are in view; the value is their names. */
  spread() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const left = Math.abs(this.scroller.scrollLeft) / rem;
    if (!this.span?.isFor(left)) {
      const all = this.columns.map((column) => column.name);
      this.span = this.widths.span(all, left, this.scroller.clientWidth / rem);
      this.rows.reset(this.columns, this.span);
    }
    return this.columns.slice(this.span.from, this.span.to).map((column) => column.name);
  }

  /** Keep the focus in the grid while its cell is scrolled away, and give it back. @param {boolean} hadFocus */
  hold(hadFocus) {
    const cell = this.cellAt(this.active);
    this.headers.forEach((header, at) => (header.cell.tabIndex = !this.active.row && this.active.column === at + 1 ? 0 : -1));
    /** @type {HTMLElement} */ (this.head.firstElementChild).tabIndex = !this.active.row && !this.active.column ? 0 : -1;
    this.grid.tabIndex = cell ? -1 : 0;
    if (hadFocus && !this.grid.contains(document.activeElement)) this.grid.focus({ preventScroll: true });
    if (cell && document.activeElement === this.grid) cell.focus({ preventScroll: true });
  }

  /** Whether a column is among those that are drawn. @param {number} column */
  isDrawn(column) {
    const { from, to } = this.rows.span;
    return !column || (column > from && column <= to);
  }

  /** @param {Place} place */
  cellAt(place) {
    return place.row ? this.rows.at(place) : /** @type {HTMLElement | undefined} */ (this.head.children[place.column]);
  }

  /** Move the focus. @param {Place} place @param {boolean} [isExtending]    whether the cells on the way are chosen */
  go(place, isExtending = false) {
    this.anchor = isExtending ? (this.anchor ?? this.active) : null;
    this.active = isExtending ? { ...place, row: Math.max(1, place.row) } : place;
    if (!this.isDrawn(this.active.column))
      this.head.children[this.active.column].scrollIntoView({ block: "nearest", inline: "nearest" });
    if (this.active.row) {
      this.window.reveal(this.active.row - 1);
      this.settle();
    } else this.draw();
    const cell = this.cellAt(this.active);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.say();
  }

  /** Take up where the focus came to. @param {Element} target */
  take(target) {
    const place = this.rows.placeOf(target);
    if (!place || (place.row === this.active.row && place.column === this.active.column)) return;
    this.active = place;
    this.anchor = null;
    this.rows.mark(this.active, this.anchor);
    this.hold(false);
    this.say();
  }

  /** Say under the grid what stands in the file. */
  say() {
    const column = this.columns[this.active.column - 1];
    const raw = column && this.portions.cell(this.active.row - 1, column.name);
    this.value.replaceChildren(...(this.active.row ? told(column, raw, this.given.say) : meant(column)));
  }

  /** Set the widths once the first rows are there. */
  guess() {
    if (this.isGuessed || this.portions.place(0) === undefined) return;
    this.isGuessed = true;
    for (const column of this.columns) {
      const texts = Array.from({ length: Math.min(50, this.window.count) }, (_, at) =>
        cellText(this.portions.cell(at, column.name) ?? null, column, this.given.say),
      );
      this.widths.guess(column, texts);
    }
    this.lay();
  }

  lay() {
    if (this.columns.length > this.rows.span.to - this.rows.span.from) this.span = null;
    this.grid.style.setProperty("--grid-columns", this.widths.tracks(this.columns.map((column) => column.name)));
  }
}
