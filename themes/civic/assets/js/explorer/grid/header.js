import { FilterForm } from "./filter-forms.js";
import { button, dialog, made } from "./making.js";
import { directionOf, directionWord, next, withDirection } from "./sorting.js";
import { visible } from "./texts.js";

/**
 * The header of a column, and what opens from it.
 *
 * @typedef {import("./given.js").Described} Described
 * @typedef {import("./given.js").Given} Given
 * @typedef {import("./sorting.js").Direction} Direction
 * @typedef {import("./widths.js").Widths} Widths
 */

/** The name of a column for readers. @param {Described} column */
export const titleOf = (column) => visible(column.title || column.name);

/** Sort by a column. @param {Given} given @param {string} name @param {Direction} direction @param {boolean} [isAdded] */
export function sortBy({ store }, name, direction, isAdded = false) {
  store.change({ sort: withDirection(store.state.sort, name, direction, isAdded), row: null });
}

/**
 * Sort by a column as its header's button does: up, down, not.
 * @param {Given} given @param {string} name @param {boolean} isAdded
 */
export function sortOn(given, name, isAdded) {
  sortBy(given, name, next(directionOf(given.store.state.sort, name)), isAdded);
}

/**
 * A cell of the header row: a button that sorts, one that opens the menu, and an edge to drag.
 * @param {Given} given @param {Described} column @param {number} at    its place, from 1 @param {Widths} widths
 */
export function headerCell(given, column, at, widths) {
  const { say } = given;
  const title = titleOf(column);
  const menu = () => openMenu(given, column, widths);
  const more = button("▾", menu, {
    class: "grid-menu",
    tabindex: -1,
    "aria-haspopup": "dialog",
    "aria-label": say("menu-of", { column: title }),
  });
  const sort = button("", (event) => sortOn(given, column.name, event.shiftKey), { class: "grid-sort", tabindex: -1 });
  sort.append(
    made("bdi", {}, title),
    ...(column.unit ? [" ", made("small", {}, visible(column.unit))] : []),
    made("span", { class: "grid-arrow", "aria-hidden": "true" }),
  );
  const edge = made("span", {
    class: "grid-edge",
    "aria-hidden": "true",
    pointerdown: (/** @type {PointerEvent} */ event) => widths.drag(column.name, event),
  });
  const cell = made(
    "div",
    {
      role: "columnheader",
      "aria-colindex": at + 1,
      tabindex: -1,
      title: column.description ? visible(column.description) : undefined,
    },
    sort,
    more,
    edge,
  );
  return { cell, menu };
}

/** Mark what the rows are sorted by and filtered by. @param {HTMLElement} cell @param {Given} given @param {string} name */
export function mark(cell, { store }, name) {
  const { sort, filters } = store.state;
  const direction = directionOf(sort, name);
  if (direction === "none") cell.removeAttribute("aria-sort");
  else cell.setAttribute("aria-sort", direction);
  cell.toggleAttribute(
    "data-filtered",
    filters.some((filter) => filter.column === name),
  );
}

/** What is known of a column, in its menu. @param {Given} given @param {Described} column */
function about({ say }, { name, title, description, unit, values = {} }) {
  const codes = Object.entries(values);
  const facts = [
    ...(title && title !== name ? [made("p", { class: "muted" }, made("code", {}, made("bdi", {}, visible(name))))] : []),
    ...(description ? [made("p", {}, made("bdi", {}, visible(description, true)))] : []),
    ...(unit ? [made("p", {}, say("unit", { unit: visible(unit) }))] : []),
  ];
  if (!codes.length) return facts;
  const pairs = codes.flatMap(([code, means]) => [
    made("dt", {}, made("code", {}, visible(code))),
    made("dd", {}, made("bdi", {}, visible(means))),
  ]);
  return [
    ...facts,
    made(
      "details",
      {},
      made("summary", {}, say("codes", { count: codes.length })),
      made("dl", { class: "grid-codes" }, ...pairs),
    ),
  ];
}

/**
 * Open the menu of a column: what it means, its order, its filter, its width.
 * @param {Given} given @param {Described} column @param {Widths} [widths]
 */
export function openMenu(given, column, widths) {
  const { say, store } = given;
  const close = () => opened.close();
  const direction = directionOf(store.state.sort, column.name);
  const choice = (/** @type {Direction} */ to, /** @type {string} */ word) =>
    button(say(word), () => (close(), sortBy(given, column.name, to)), { "aria-pressed": String(direction === to) });
  const others = store.state.sort.some((sort) => sort.column !== column.name);
  const sorts =
    column.type === "geometry"
      ? []
      : [
          made(
            "div",
            { role: "group", "aria-label": say("sort"), class: "grid-choices" },
            choice("ascending", directionWord(column.type, false)),
            choice("descending", directionWord(column.type, true)),
            choice("none", "sort-none"),
            ...(others && direction === "none"
              ? [button(say("sort-then"), () => (close(), sortBy(given, column.name, "ascending", true)))]
              : []),
          ),
        ];
  const sizes = !widths
    ? []
    : [
        made(
          "div",
          { role: "group", "aria-label": say("width"), class: "grid-choices" },
          button(say("narrower"), () => widths.resize(column.name, -2)),
          button(say("wider"), () => widths.resize(column.name, 2)),
          button(say("hide-column"), () => (close(), hide(given, column.name))),
        ),
      ];
  const opened = dialog(
    titleOf(column),
    say("close"),
    ...about(given, column),
    ...sorts,
    new FilterForm(given, column, close).element,
    ...sizes,
  );
  document.body.append(opened);
  opened.showModal();
  return opened;
}

/** Leave a column out, unless it is the last. @param {Given} given @param {string} name */
function hide({ store, outline }, name) {
  const shown = (store.state.columns ?? outline.columns.map((column) => column.name)).filter((each) => each !== name);
  if (shown.length) store.change({ columns: shown });
}
