/**
 * What is wrong with a query, in the page's words.
 *
 * @typedef {import("../explorer/words.js").Say} Say
 * @typedef {{kind: string, message: string, what: string, offset: number, bytes?: number}} Fault
 */

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
