import { tokens } from "../search/text.js";
import { understood } from "./marking.js";

/**
 * Why something was found, where that cannot be seen in what is shown of it.
 *
 * @typedef {{name: string, words: string[], title: string, code: string}} Reason
 *   how it was found ("columns", "values", "keywords", ...), by which words, and of a column its name, with a title perhaps
 * @typedef {import("../search/index.js").Result} Result
 * @typedef {import("../search/index.js").Match} Match
 */

const MOST = 3;

/**
 * @param {Result} result
 * @param {Record<string, string>} meant    what mistyped words were taken for
 * @returns {Reason[]}
 */
export function reasons(result, meant) {
  const shown = new Set(tokens(`${result.title} ${result.text} ${result.about} ${result.detail}`));
  const part = result.matched.find((match) => match.part)?.part;
  /** @type {Map<string, Reason>} */
  const found = new Map();
  for (const match of result.matched) {
    if (match.forms.some((form) => shown.has(form))) continue;
    const reason = reasonOf(match, part, understood(meant, match.word));
    const key = `${reason.name} ${reason.code}`;
    const same = found.get(key);
    if (!same) found.set(key, reason);
    else same.words = [...new Set([...same.words, ...reason.words])];
  }
  return [...found.values()].slice(0, MOST);
}

/** @param {Match} match @param {Match["part"]} part @param {string} word @returns {Reason} */
function reasonOf(match, part, word) {
  const isOfColumn = match.in === "columns" || match.in === "values";
  if (isOfColumn && part && (match.part || has(part, match.forms))) {
    const words = match.in === "values" ? valueOf(part.text, match.forms) ?? word : word;
    return { name: match.in, words: [words], title: isTitled(part) ? part.title : "", code: part.detail };
  }
  const named = { title: "description", text: "description", columns: "among-columns", values: "among-values" };
  return { name: named[/** @type {keyof typeof named} */ (match.in)] ?? match.in, words: [word], title: "", code: "" };
}

/** Whether a column's title is more than its name. @param {{title: string, detail: string}} column */
export function isTitled({ title, detail }) {
  return tokens(title).join(" ") !== tokens(detail.replace(/([a-z\d])([A-Z])/g, "$1 $2")).join(" ");
}

/** @param {NonNullable<Match["part"]>} part @param {string[]} forms */
function has(part, forms) {
  const words = tokens(`${part.title} ${part.text} ${part.detail}`);
  return forms.some((form) => words.includes(form));
}

/** The value among those that a column's sentence lists. @param {string} text @param {string[]} forms */
function valueOf(text, forms) {
  const values = text.replace(/…$/, "").split(", ");
  return values.length > 1 ? values.find((value) => tokens(value).some((word) => forms.includes(word))) : undefined;
}
