/** Words from the page with places in them: "All {n} results". The page's language decides; scripts bring no words along. */

/**
 * @param {string | undefined} pattern
 * @param {Record<string, string>} values
 */
export function filled(pattern, values) {
  return pieces(pattern).map(([text, isPlace]) => (isPlace ? values[text] ?? "" : text)).join("");
}

/**
 * The words between the places, and the places by their names, in their order.
 * @param {string | undefined} pattern
 * @returns {[string, boolean][]}
 */
export function pieces(pattern) {
  const parts = (pattern ?? "").split(/\{(\w+)\}/);
  return parts.map((part, at) => /** @type {[string, boolean]} */ ([part, at % 2 === 1])).filter(([part]) => part);
}

/**
 * How many results, in words.
 * @param {number} count
 * @param {DOMStringMap} say    has "sayOne" and "sayMany"
 * @param {string} language
 */
export function counted(count, say, language) {
  return count === 1 ? say.sayOne ?? "" : filled(say.sayMany, { n: count.toLocaleString(language) });
}

/**
 * A date in words.
 * @param {string} iso    "2025-11-21"
 * @param {DOMStringMap} say    has "sayDay" and "months"
 */
export function day(iso, say) {
  const [year, month, day] = iso.slice(0, 10).split("-");
  const name = (say.months ?? "").split(",")[Number(month) - 1] ?? month;
  return filled(say.sayDay, { day: String(Number(day)), month: name, year });
}
