/**
 * The mouse in the grid: a press takes the focus to a cell, a drag chooses cells, the number of a row opens it, and so does a
 * double click. A finger scrolls, and taps.
 * @param {import("./table.js").Table} table
 */
export function pointing(table) {
  const { grid, rows, leads } = table;
  const placeAt = (/** @type {Event} */ event) => rows.placeOf(/** @type {Element} */ (event.target));
  let isDragging = false;
  const open = (/** @type {Event} */ event) => {
    const place = placeAt(event);
    if (place?.row) leads.open(place.row - 1);
  };
  grid.addEventListener("pointerdown", (event) => {
    const place = placeAt(event);
    if (!place?.row || event.button || event.pointerType === "touch") return;
    isDragging = true;
    addEventListener("pointerup", () => (isDragging = false), { once: true });
    table.go(place, event.shiftKey);
  });
  grid.addEventListener("mousedown", (event) => placeAt(event)?.row && event.preventDefault()); // the focus is set already
  grid.addEventListener("pointerover", (event) => {
    const place = isDragging && event.buttons === 1 ? placeAt(event) : null;
    if (place?.row) table.go(place, true);
  });
  grid.addEventListener("click", (event) => {
    if (!event.shiftKey && /** @type {Element} */ (event.target).closest("[role=rowheader]")) open(event);
  });
  grid.addEventListener("dblclick", open);
}
