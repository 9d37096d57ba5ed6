/**
 * Where a key leads in a grid. Row 0 holds the headers, and column 0 the numbers of the rows.
 *
 * @typedef {{row: number, column: number}} Place
 * @typedef {{rows: number, columns: number, page: number}} Extent    rows without the header; `page` are those on the screen
 * @typedef {{key: string, ctrlKey?: boolean, metaKey?: boolean}} Key
 */

/** @param {number} value @param {number} low @param {number} high */
const within = (value, low, high) => Math.max(low, Math.min(high, value));

/**
 * The arrow as it is meant: in writing from right to left, the left arrow leads on.
 * @param {string} key @param {boolean} isMirrored
 */
function meant(key, isMirrored) {
  if (!isMirrored) return key;
  return key === "ArrowLeft" ? "ArrowRight" : key === "ArrowRight" ? "ArrowLeft" : key;
}

/**
 * The place that a key leads to, or null when it is no key of the grid's.
 * @param {Key} pressed @param {Place} at @param {Extent} extent @param {boolean} [isMirrored] @returns {Place | null}
 */
export function moved(pressed, { row, column }, { rows, columns, page }, isMirrored = false) {
  const isFar = Boolean(pressed.ctrlKey || pressed.metaKey);
  const first = Math.min(1, rows);
  const last = columns - 1;
  const up = within(isFar ? first : row - 1, 0, rows);
  const down = within(isFar ? rows : row + 1, 0, rows);
  /** @type {Record<string, [number, number]>} */
  const leads = {
    ArrowUp: [isFar && row <= first ? 0 : up, column],
    ArrowDown: [down, column],
    ArrowLeft: [row, isFar ? 0 : column - 1],
    ArrowRight: [row, isFar ? last : column + 1],
    Home: [isFar ? first : row, 0],
    End: [isFar ? rows : row, last],
    PageUp: [row > first ? within(row - page, first, rows) : 0, column],
    PageDown: [within(row + page, first, rows), column],
  };
  const key = meant(pressed.key, isMirrored);
  if (!Object.hasOwn(leads, key)) return null;
  return { row: within(leads[key][0], 0, rows), column: within(leads[key][1], 0, last) };
}

/**
 * The rows and columns between two corners, ends included; the header is never among them.
 * @param {Place} one @param {Place} other
 */
export function between(one, other) {
  return {
    top: Math.max(1, Math.min(one.row, other.row)),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}
