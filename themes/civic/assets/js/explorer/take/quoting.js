/**
 * Names and values as texts of a programming language. What cannot be seen, or turns the direction of what can, is written
 * as its
 * code, so that a reader sees what is there.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
const LONE = /\p{Cs}/gu; // half a letter, which no file can hold

/** @param {string} sign */
const code = (sign) => /** @type {number} */ (sign.codePointAt(0));
/** @param {number} number @param {number} digits */
const hex = (number, digits) => number.toString(16).padStart(digits, "0");

/** @param {string} text @param {(code: number) => string} escape @param {string} marks */
function quoted(text, escape, marks = '"') {
  const plain = text.replace(LONE, "\uFFFD").replace(/["\\]/g, "\\$&");
  return marks + plain.replace(UNSEEN, (sign) => (sign === "\n" ? "\\n" : sign === "\t" ? "\\t" : escape(code(sign)))) + marks;
}

/** @param {number} number */
const inPython = (number) => (number > 0xffff ? `\\U${hex(number, 8)}` : `\\u${hex(number, 4)}`);

/** A text in Python. @param {string} text */
export const python = (text) => quoted(text, inPython);

/** A text in R, which knows the same codes. @param {string} text */
export const r = (text) => quoted(text, inPython);

/** A text in JavaScript. @param {string} text */
export const javascript = (text) =>
  quoted(text, (number) => (number > 0xffff ? `\\u{${hex(number, 1)}}` : `\\u${hex(number, 4)}`));

/** A text in SQL, which has no way to write a code inside of one. @param {string} text */
export function sql(text) {
  const parts = text
    .replace(LONE, "\uFFFD")
    .replaceAll("'", "''")
    .split(new RegExp(`(${UNSEEN.source})`, "u"));
  const pieces = parts.map((part, at) => (at % 2 ? `chr(${code(part)})` : part && `'${part}'`)).filter(Boolean);
  return pieces.length > 1 ? `(${pieces.join(" || ")})` : (pieces[0] ?? "''");
}

/** The name of a column in SQL. @param {string} name */
export const identifier = (name) => `"${name.replace(LONE, "\uFFFD").replaceAll('"', '""')}"`;

/** A word of a command line. @param {string} text */
export const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;
