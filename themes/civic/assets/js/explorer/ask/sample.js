/** Rows for a chart of dots, from the whole of what is in view. */

const MOST = 2000;
const PIECES = 8;

/**
 * Which rows to read: all of them, or pieces at even distances.
 * @param {number} rows @returns {[number, number][]} starts and ends
 */
export function piecesOf(rows) {
  if (rows <= MOST) return [[0, rows]];
  const size = MOST / PIECES;
  return Array.from({ length: PIECES }, (_, at) => {
    const start = Math.round((at * (rows - size)) / (PIECES - 1));
    return [start, start + size];
  });
}

/**
 * Dots of two number columns.
 * @typedef {{rows: (start: number, end: number, names: string[]) => Promise<{cells: (string | null)[][]}>}} Rows
 * @param {Rows} session @param {number} rows    in view @param {[string, string]} names    across and upward
 * @param {(x: string, y: string) => string} text    of a dot
 */
export async function sampleOf(session, rows, names, text) {
  const parts = await Promise.all(piecesOf(rows).map(([start, end]) => session.rows(start, end, names)));
  const dots = parts.flatMap(({ cells: [across, upward] }) => across.flatMap((x, at) => {
    const y = upward[at];
    return x === null || y === null ? [] : [{ x: Number(x), y: Number(y), text: text(x, y) }];
  }));
  return { dots, isSample: rows > MOST };
}
