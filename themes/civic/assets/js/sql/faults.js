/**
 * What is wrong with a query, in the page's words.
 *
 * @typedef {import("../explorer/words.js").Say} Say
 * @typedef {{kind: string, message: string, what: string, offset: number, bytes?: number}} Fault
 */
import { nameFor } from "./completion.js";

const MOST_NAMED = 20; // tables
const encoder = new TextEncoder();

/** @param {Fault} fault @param {string} sql @param {Say} say */
export function faultText({ kind, message, what, offset, bytes = 0 }, sql, say) {
  switch (kind) {
    case "sql": {
      const place = placeOf(sql, offset);
      const reason = message.replace(/^(.)/, (letter) => letter.toUpperCase());
      if (!place) return say("fault-sql", { reason });
      return say("fault-place", { reason, line: place.line, character: place.character });
    }
    case "refused":
      return say(`refused-${what}`, { name: message });
    case "large":
      return say("fault-large", { size: Math.round(bytes / 1e6) });
    case "slow":
      return say("fault-slow", { seconds: Number(what) });
    case "empty":
    case "several":
    case "memory":
    case "stopped":
      return say(`fault-${kind}`);
    default:
      return say("fault-fetch", { reason: message });
  }
}

/**
 * What to look at where SQLite knows no such name; "" where that is not what is wrong.
 * @param {Fault} fault @param {readonly {called: string}[]} tables    that can be asked @param {Say} say
 */
export function hintText({ kind, message }, tables, say) {
  const [, what] = /^no such (table|column)\b/.exec(message) ?? [];
  if (kind !== "sql" || !what) return "";
  const names = tables.slice(0, MOST_NAMED).map(({ called }) => nameFor(called));
  const list = [...names, ...(tables.length > MOST_NAMED ? ["…"] : [])].join(", ");
  return say(`hint-${what}`, { tables: list });
}

/**
 * Where a fault stands in a query.
 * @param {string} sql @param {number} offset    in bytes of UTF-8, as SQLite counts; below 0 it is not known
 * @returns {{index: number, line: number, character: number} | null}
 */
export function placeOf(sql, offset) {
  if (offset < 0) return null;
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(encoder.encode(sql).subarray(0, offset));
  const lines = before.split("\n");
  return { index: before.length, line: lines.length, character: [.../** @type {string} */ (lines.at(-1))].length + 1 };
}
