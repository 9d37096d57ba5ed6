/** Text from data as it can be shown and copied: what is not seen, or turns what is around it, is shown by its name. */

const CUT = 500; // characters of a cell in the grid
// Controls, marks that turn the direction of what follows, spaces without a width, tags, and halves of characters.
const UNSEEN =
  /[\0-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

/** @param {string} found */
function name(found) {
  const code = found.codePointAt(0) ?? 0;
  if (found === "\n") return "↵";
  if (found === "\t") return "⇥";
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** A text with all that is unseen named; lines are kept when asked for. @param {string} text @param {boolean} [hasLines] */
export function visible(text, hasLines = false) {
  return text.replace(UNSEEN, (found) =>
    hasLines && (found === "\n" || found === "\t") ? found : hasLines && found === "\r" ? "" : name(found),
  );
}

/** The first characters of a text, none of them cut in half. @param {string} text @param {number} [longest] */
export function cut(text, longest = CUT) {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** A text for a sentence, kept from turning the words around it. @param {string} text @param {number} [longest] */
export const isolated = (text, longest = 80) => `\u2068${visible(cut(text, longest))}\u2069`;

/** A sentence without its marks of direction, where it is spoken or stands alone. @param {string} text */
export const spoken = (text) => text.replace(/[\u2068\u2069]/g, "");

/** A field as spreadsheets take it from the clipboard. @param {string | null} text */
function field(text) {
  return text !== null && /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : (text ?? "");
}

/** Rows with tabs between their cells. @param {(string | null)[][]} columns */
export function tabbed(columns) {
  const rows = (columns[0] ?? []).map((_, row) => columns.map((cells) => field(cells[row])).join("\t"));
  return rows.join("\n");
}
