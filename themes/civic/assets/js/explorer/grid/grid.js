import { sizeShown } from "../format.js";
import { troubleText } from "../troubles.js";
import { Cards } from "./cards.js";
import { showChosen } from "./chosen.js";
import { openPicker } from "./column-picker.js";
import { openMenu, titleOf } from "./header.js";
import { button, made } from "./making.js";
import { Portions } from "./portions.js";
import { RowView } from "./row-view.js";
import { directionWord } from "./sorting.js";
import { isolated } from "./texts.js";
import { Table } from "./table.js";

/**
 * All rows of a table: filtered and sorted as the address says, as a grid or, where that is too wide, as cards.
 *
 * @typedef {import("./given.js").Given} Given
 * @typedef {import("./given.js").Described} Described
 */

const NARROW = 36; // rem

export class CityGrid extends HTMLElement {
  /** @param {Given} given */
  start(given) {
    if (this.bench) return;
    this.bench = new Bench(this, given);
    given.store.addEventListener("change", () => this.bench?.update());
    given.session.addEventListener("reading", (event) => this.bench?.reading(/** @type {CustomEvent} */ (event).detail));
    new ResizeObserver(() => this.bench?.fit()).observe(this);
    this.bench.fit();
    this.bench.update();
  }

  /** Give the focus to the rows. */
  focus() {
    this.bench?.enter();
  }
}

/** What the element holds once it is started. */
class Bench {
  /** The filters and the order that are shown, the columns, and the filters alone. */
  shown = { view: "", columns: "", filters: "" };
  status = made("p", { role: "status", class: "grid-status" });
  note = made("p", { role: "status", class: "grid-note" });
  progress = made("p", { class: "grid-note" });
  chosen = made("ul", { class: "grid-chosen", tabindex: -1 });
  bar = made("div", { class: "grid-bar" });
  place = made("div", {});
  none = made("p", { class: "grid-none", hidden: true });
  isNarrow = false;

  /** @param {CityGrid} element @param {Given} given */
  constructor(element, given) {
    const { session, say, outline } = given;
    this.element = element;
    this.given = given;
    this.columns = new Map(outline.columns.map((column) => [column.name, column]));
    this.portions = new Portions(
      (start, end, names) => session.rows(start, end, names),
      (error) => this.came(error),
    );
    const tell = (/** @type {string} */ note) => void (this.note.textContent = note);
    const open = (/** @type {number} */ at) => void this.record.open(at).catch((error) => this.fail(error));
    this.table = new Table(given, this.portions, { open, tell });
    this.cards = new Cards(this.portions, say, open);
    const fail = (/** @type {unknown} */ error) => this.fail(error);
    this.record = new RowView(given, { tell, fail, closed: (at) => this.closed(at) });
    this.none.textContent = say("no-rows-hold");
    this.chosen.setAttribute("aria-label", say("filters"));
    this.pick = button(say("columns"), () => openPicker(given), { "aria-haspopup": "dialog" });
    this.bar.append(this.status, this.picker(), this.pick);
    element.replaceChildren(this.chosen, this.bar, this.note, this.place, this.none, this.progress);
  }

  /** The choice of a column to sort and filter by, where no header shows. */
  picker() {
    const { say, outline } = this.given;
    const select = made(
      "select",
      { "aria-label": say("column") },
      ...outline.columns.map((column, at) => made("option", { value: at }, titleOf(column))),
    );
    const open = button(say("sort-and-filter"), () => openMenu(this.given, outline.columns[Number(select.value)]), {
      "aria-haspopup": "dialog",
    });
    return made("div", { class: "grid-narrow" }, select, open);
  }

  /** Draw as wide as there is room. */
  fit() {
    if (!this.element.clientWidth || matchMedia("print").matches) return; // hidden, or on paper as it was on the screen
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const isNarrow = this.element.clientWidth < NARROW * rem;
    if (isNarrow !== this.isNarrow || !this.place.firstChild) {
      this.isNarrow = isNarrow;
      this.element.toggleAttribute("data-narrow", isNarrow);
      this.place.replaceChildren(isNarrow ? this.cards.element : this.table.element);
    }
    this.draw();
  }

  draw() {
    if (this.isNarrow) this.cards.draw();
    else this.table.draw();
  }

  /** Give the focus to the cell that Tab leads to, or to the first card. */
  enter() {
    if (this.isNarrow) (this.cards.buttonOf(0) ?? this.pick).focus();
    else (this.table.cellAt(this.table.active) ?? this.table.grid).focus();
  }

  /** The view of a row was closed: where nothing has the focus, give it to that row. @param {number} at    from 0 */
  closed(at) {
    this.table.hold(false);
    if (document.activeElement !== document.body) return;
    if (this.isNarrow) (this.cards.buttonOf(at) ?? this.pick).focus();
    else (this.table.cellAt({ row: at + 1, column: at < 0 ? -1 : 0 }) ?? this.table.grid).focus();
  }

  /** Show what the address says. */
  update() {
    const { state } = this.given.store;
    const columns = this.wanted();
    const view = JSON.stringify([state.filters, state.sort]);
    const names = JSON.stringify(columns.map((column) => column.name));
    const filters = JSON.stringify(state.filters);
    // Only where they changed: a button that is made anew loses the focus.
    if (filters !== this.shown.filters)
      showChosen(this.chosen, this.given, this.columns, () => (this.chosen.hidden ? this.pick : this.chosen).focus());
    if (names !== this.shown.columns) {
      const told = { count: columns.length, all: this.columns.size };
      if (this.shown.columns) this.note.textContent = this.given.say("columns-of", told);
      this.table.setColumns(columns);
      this.cards.setColumns(columns);
    } else this.table.mark();
    const isNew = view !== this.shown.view;
    this.shown = { view, columns: names, filters };
    if (isNew) this.look(view);
    else if (!this.portions.isStopped) this.record.update().catch((error) => this.fail(error));
  }

  /** The columns that are shown, in their order. */
  wanted() {
    const names = this.given.store.state.columns?.filter((name) => this.columns.has(name)) ?? [];
    return names.length
      ? [...new Set(names)].map((name) => /** @type {Described} */ (this.columns.get(name)))
      : this.given.outline.columns;
  }

  /** Bring the rows that the filters leave. @param {string} view */
  async look(view) {
    const { session, store } = this.given;
    const { filters, sort } = store.state;
    this.portions.stop();
    this.element.setAttribute("aria-busy", "true");
    try {
      const { rows, all } = await session.view({ filters, sort });
      if (view !== this.shown.view) return;
      this.note.replaceChildren();
      this.portions.reset(rows);
      this.table.reset(rows);
      this.cards.reset(rows);
      this.record.count = rows;
      this.record.known = { place: -1, at: -1 };
      this.status.textContent = this.summary(rows, all);
      this.none.hidden = rows > 0 || !filters.length;
      await this.record.update();
    } catch (error) {
      if (view === this.shown.view) this.fail(error);
    }
    if (view === this.shown.view) this.element.removeAttribute("aria-busy");
    this.progress.textContent = "";
  }

  /** How many rows there are and in which order. @param {number} rows @param {number} all */
  summary(rows, all) {
    const { say, store } = this.given;
    const counted = rows === all ? say("rows", { count: rows }) : say("rows-of", { count: rows, all });
    const sorts = store.state.sort.flatMap(({ column, isDown }) => {
      const described = this.columns.get(column);
      return described
        ? [say("sorted-one", { column: isolated(titleOf(described)), direction: say(directionWord(described.type, isDown)) })]
        : [];
    });
    const list = new Intl.ListFormat(document.documentElement.lang, { type: "unit" }).format(sorts);
    return sorts.length ? say("rows-sorted", { rows: counted, columns: list }) : counted;
  }

  /** Rows came, or did not. @param {unknown} [error] */
  came(error) {
    this.progress.textContent = "";
    if (error) return this.fail(error);
    if (this.isNarrow) this.cards.draw();
    else this.table.came();
  }

  /** @param {{bytes: number, of: number}} detail */
  reading({ bytes, of }) {
    const language = document.documentElement.lang;
    this.progress.textContent =
      bytes < of ? this.given.say("reading", { bytes: sizeShown(bytes, language), of: sizeShown(of, language) }) : "";
  }

  /** Say what went wrong, and offer to try again. @param {any} error    whatever was thrown */
  fail(error) {
    if (error?.name === "AbortError") return;
    const { say } = this.given;
    const text = troubleText(error, say, "rows-failed");
    if (error?.name === "TooLarge") {
      this.note.textContent = text;
      return;
    }
    const again = () => {
      this.enter(); // the button goes
      this.note.replaceChildren();
      if (this.portions.isStopped) this.shown.view = "";
      this.update();
      this.portions.retry();
    };
    this.element.removeAttribute("aria-busy");
    this.note.replaceChildren(text, " ", button(say("try-again"), again));
  }
}
