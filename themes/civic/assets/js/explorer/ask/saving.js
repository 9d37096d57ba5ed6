import { byText, cutOf, isRowCount, measureText } from "./question.js";
import { rawOf } from "./series.js";

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
export function csvOf(answer, telling) {
  const { question, rows, others } = answer;
  const { say } = telling;
  const name = say("ask-others", { count: others?.groups ?? 0 });
  const parts = others?.parts ?? (others ? [{ ...others, key: null }] : []);
  const cut = cutOf(question.by);
  const rest = parts.map((part) => ({ ...part, keys: question.by.map((_, at) => (at === cut ? name : part.key)) }));
  // A count is its own number of rows; of rows with a value it is their number.
  const counted = isRowCount(question) ? 0 : question.measure === "count" ? 1 : 2;
  const lines = [...rows, ...rest].map((group) => {
    const counts = [group.rows, group.filled ?? group.rows].map(String).slice(0, counted);
    return [...group.keys.map((key) => key ?? ""), rawOf(group, answer) ?? "", ...counts];
  });
  const heads = [say("ask-rows-head"), say("ask-filled-head")].slice(0, counted);
  const head = [...question.by.map((by) => byText(by, telling)), measureText(question, telling), ...heads];
  return [head, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
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
