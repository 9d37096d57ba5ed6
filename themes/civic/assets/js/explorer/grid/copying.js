import { between } from "./keys.js";
import { tabbed } from "./texts.js";

/**
 * Cells for the clipboard, as they stand in the file, with tabs between them.
 *
 * @typedef {import("./keys.js").Place} Place
 * @typedef {{first: number, last: number, names: string[]}} Piece    rows from 0; `last` is not among them
 */

export const MOST_CELLS = 200_000;

/**
 * The rows and columns between two places, as many as are copied at once.
 * @param {Place} one @param {Place} other @param {string[]} names    of the columns, in their order @returns {Piece}
 */
export function piece(one, other, names) {
  const { top, bottom, left, right } = between(one, other);
  const chosen = right ? names.slice(Math.max(0, left - 1), right) : names; // the number of a row stands for all of it
  const most = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, chosen.length)));
  return { first: top - 1, last: Math.min(bottom, top - 1 + most), names: chosen };
}

/** The text, when all of it is here. @param {import("./portions.js").Portions} portions @param {Piece} piece */
export function textHere(portions, { first, last, names }) {
  if (!portions.hasWhole(first, last, names)) return null;
  const rows = Array.from({ length: last - first }, (_, at) => first + at);
  return tabbed(names.map((name) => rows.map((row) => portions.cell(row, name) ?? null)));
}

/**
 * Put cells into the clipboard. What is here goes there at once, which needs no permission; the rest is brought first.
 * @param {ClipboardEvent} event @param {import("./portions.js").Portions} portions @param {Piece} piece
 */
export async function copy(event, portions, piece) {
  event.preventDefault();
  const here = textHere(portions, piece);
  if (here !== null && event.clipboardData) return event.clipboardData.setData("text/plain", here);
  const { cells } = await portions.ask(piece.first, piece.last, piece.names);
  await navigator.clipboard.writeText(tabbed(cells));
}

/**
 * Let the reader copy the cells that are chosen, or the one that has the focus.
 * @param {import("./table.js").Table} table
 */
export function copying(table) {
  table.grid.addEventListener("copy", async (event) => {
    const { active, anchor, columns, given, leads, portions } = table;
    if (!active.row) return;
    const copied = piece(
      anchor ?? active,
      active,
      columns.map((column) => column.name),
    );
    const note = await copy(event, portions, copied).then(
      () => given.say("copied", { count: copied.last - copied.first }),
      () => given.say("copy-failed"),
    );
    leads.tell(note);
  });
}
