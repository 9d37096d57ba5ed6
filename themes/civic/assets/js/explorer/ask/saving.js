import { headsOf } from "./answer-table.js";
import { cutOf } from "./question.js";

/**
 * Files that a reader takes along.
 *
 * @typedef {import("./question.js").Answer} Answer
 * @typedef {import("./question.js").Telling} Telling
 */

/** A cell as RFC 4180 writes it. @param {string} text */
const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * An answer as CSV (RFC 4180), its keys and values as they are and not as they are shown.
 * @param {Answer} answer @param {Telling} telling
 */
export function csvOf({ question, rows, others }, telling) {
  const name = telling.say("ask-others", { count: others?.groups ?? 0 });
  const parts = others?.parts ?? (others ? [{ ...others, key: null }] : []);
  const cut = cutOf(question.by);
  const rest = parts.map((part) => ({ ...part, keys: question.by.map((_, at) => (at === cut ? name : part.key)) }));
  const lines = [...rows, ...rest].map(({ keys, value, rows: count }) =>
    [...keys.map((key) => key ?? ""), value ?? "", ...(question.measure === "count" ? [] : [String(count)])]);
  return [headsOf(question, telling), ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** A name for a file: letters and digits of a text. @param {string} text @param {string} ending */
export function fileName(text, ending) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return `${plain.replace(/^-|-$/g, "").slice(0, 60).replace(/-$/, "") || "answer"}.${ending}`;
}

/** Hand a file over to the reader. @param {string} text @param {string} name @param {string} type */
export function save(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // a browser may be slow to begin
}
