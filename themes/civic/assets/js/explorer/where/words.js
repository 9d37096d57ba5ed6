/**
 * The words of a condition such as `status == 'CLOSED' and days_open <= 3`. The language is that of measures
 * (docs/reference/measures.md).
 *
 * @typedef {{kind: "number" | "text" | "column" | "name" | "sign" | "end", text: string, at: number, end: number}} Word
 */
import { ReadingError } from "../data/errors.js";

export const KEYWORDS = ["and", "or", "not", "in", "is", "null", "true", "false"];

const MOST_CHARACTERS = 2_000;
const MOST_WORDS = 400;
const FORMS = new RegExp([
  "[ \\t\\n\\r\\f\\v]+", "(?<number>(?!\\d{4}-\\d\\d-\\d\\d)\\d+(?:\\.\\d+)?(?![\\w.]))", "'(?<text>(?:[^']|'')*)'",
  "`(?<column>[^`]+)`", "(?<name>[A-Za-z_]\\w*)", "(?<sign><=|>=|==|!=|<(?!>)|[>+\\-*/(),])",
].join("|"), "y");

/** Say that a condition cannot be understood, and from where on. @param {string} part @returns {never} */
export function fail(part) {
  throw new ReadingError("Condition", part);
}

/** @param {string} text @returns {Word[]}    with one of the kind "end" behind them */
export function wordsOf(text) {
  /** @type {Word[]} */
  const words = [];
  if (text.length > MOST_CHARACTERS) fail(text);
  for (let at = 0; at < text.length;) {
    FORMS.lastIndex = at;
    const found = FORMS.exec(text);
    if (!found || words.length > MOST_WORDS) return fail(text.slice(at));
    const end = at + found[0].length;
    for (const [kind, said] of Object.entries(found.groups ?? {})) {
      const inside = kind === "text" ? said?.replaceAll("''", "'") : said;
      if (inside !== undefined) words.push({ kind: /** @type {Word["kind"]} */ (kind), text: inside, at, end });
    }
    at = end;
  }
  return [...words, { kind: "end", text: "", at: text.length, end: text.length }];
}
