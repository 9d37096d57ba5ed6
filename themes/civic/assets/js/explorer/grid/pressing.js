import { sortOn } from "./header.js";
import { moved } from "./keys.js";

/**
 * The keyboard in the grid.
 *
 * @typedef {import("./table.js").Table} Table
 */

/** @param {Table} table */
export function pressing(table) {
  table.grid.addEventListener("keydown", (event) => {
    const isButton = /** @type {Element} */ (event.target).localName === "button";
    if (isButton && (event.key === "Enter" || event.key === " ")) return;
    const act = actionOf(event, table) ?? moveOf(event, table);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/**
 * What a key does where the focus is.
 * @param {KeyboardEvent} event @param {Table} table @returns {(() => void) | undefined}
 */
function actionOf(event, table) {
  const { row, column } = table.active;
  const { key, altKey, shiftKey } = event;
  const isOpening = key === "Enter" || key === "F2" || (altKey && key === "ArrowDown");
  if (!row && column) {
    if (isOpening) return table.headers[column - 1].menu;
    if (key === " ") return () => sortOn(table.given, table.columns[column - 1].name, shiftKey);
  }
  if (row && isOpening) return () => table.leads.open(row - 1);
  if (key === "Escape" && table.anchor) return () => table.go(table.active);
  if (key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) return () => chooseAll(table);
}

/** Choose all cells. @param {Table} table */
function chooseAll(table) {
  if (!table.window.count) return;
  table.anchor = { row: 1, column: 1 };
  table.rows.mark(table.active, table.anchor);
  table.go({ row: table.window.count, column: table.columns.length }, true);
}

/**
 * Where a key leads to.
 * @param {KeyboardEvent} event @param {Table} table @returns {(() => void) | undefined}
 */
function moveOf(event, table) {
  const { window, columns, grid, active } = table;
  const page = Math.max(1, Math.floor(window.view / window.height) - 1);
  const isMirrored = getComputedStyle(grid).direction === "rtl";
  const place = event.altKey
    ? null
    : moved(event, active, { rows: window.count, columns: columns.length + 1, page }, isMirrored);
  if (place) return () => table.go(place, event.shiftKey);
}
