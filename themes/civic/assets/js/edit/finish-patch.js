/** The difference between two editions of a file, as `git apply` takes it. */

const AROUND = 3;                  // unchanged lines that are shown about each change
const MOST_COMPARED = 4_000_000;   // pairs of lines; beyond that all that differs is one change

/** Lines with their ends. @param {string} text */
const linesOf = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * A unified diff; "" where nothing differs.
 * @param {string} before @param {string} after @param {string} path    in the repository
 */
export function patchOf(before, after, path) {
  const hunks = hunksOf(steps(linesOf(before), linesOf(after)));
  if (!hunks.length) return "";
  const [old, made] = [quotedPath(`a/${path}`), quotedPath(`b/${path}`)];
  return `diff --git ${old} ${made}\n--- ${old}\n+++ ${made}\n${hunks.join("")}`;
}

/** A path as git writes it where its letters are not plain. @param {string} path */
function quotedPath(path) {
  if (!/[^\x20-\x7e]|["\\]/.test(path)) return path;
  const bytes = [...new TextEncoder().encode(path)];
  const written = bytes.map((byte) => (byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, "0")}`
    : byte === 0x22 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : String.fromCharCode(byte)));
  return `"${written.join("")}"`;
}

/** @typedef {{sign: " " | "-" | "+", line: string}} Step */

/** What leads from one text to the other. @param {string[]} before @param {string[]} after @returns {Step[]} */
function steps(before, after) {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const kept = (/** @type {string} */ line) => (/** @type {Step} */ ({ sign: " ", line }));
  return [...before.slice(0, start).map(kept),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(kept)];
}

/** By the longest common subsequence. @param {string[]} before @param {string[]} after @returns {Step[]} */
function middle(before, after) {
  const [rows, columns] = [before.length, after.length];
  const table = rows * columns > MOST_COMPARED ? null : commonLengths(before, after);
  /** @type {Step[]} */
  const found = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    if (table && row < rows && column < columns && before[row] === after[column]) {
      found.push({ sign: " ", line: before[row] });
      row += 1;
      column += 1;
    } else if (row < rows && (!table || column === columns || table[row + 1][column] >= table[row][column + 1])) {
      found.push({ sign: "-", line: before[row] });
      row += 1;
    } else {
      found.push({ sign: "+", line: after[column] });
      column += 1;
    }
  }
  return found;
}

/** How long the common part of what is left is, from each pair of places on. @param {string[]} before @param {string[]} after */
function commonLengths(before, after) {
  const table = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      table[row][column] = before[row] === after[column] ? table[row + 1][column + 1] + 1
        : Math.max(table[row + 1][column], table[row][column + 1]);
    }
  }
  return table;
}

/** @param {Step[]} all @returns {string[]} */
function hunksOf(all) {
  /** @type {string[]} */
  const hunks = [];
  let at = all.findIndex((step) => step.sign !== " ");
  while (at >= 0) {
    const from = Math.max(0, at - AROUND);
    let last = at;
    for (let next = at; next < all.length && next - last <= 2 * AROUND; next += 1) if (all[next].sign !== " ") last = next;
    const to = Math.min(all.length, last + AROUND + 1);
    hunks.push(hunkOf(all, from, to));
    const more = all.slice(to).findIndex((step) => step.sign !== " ");
    at = more < 0 ? -1 : to + more;
  }
  return hunks;
}

/** @param {Step[]} all @param {number} from @param {number} to */
function hunkOf(all, from, to) {
  const count = (/** @type {string} */ sign, /** @type {Step[]} */ some) => some.filter((step) => step.sign !== sign).length;
  const [before, shown] = [all.slice(0, from), all.slice(from, to)];
  const range = (/** @type {string} */ sign) => {
    const [start, length] = [count(sign, before), count(sign, shown)];
    return `${length ? start + 1 : start},${length}`;
  };
  const body = shown.map(({ sign, line }) => sign + (line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`));
  return `@@ -${range("+")} +${range("-")} @@\n${body.join("")}`;
}
