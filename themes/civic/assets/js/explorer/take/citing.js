/** Citations with the day on which a reader looked at the data, which only the reader's own machine knows. */

/**
 * @param {string} kind    "apa", "bibtex" or "csl" @param {string} text    as the page was built
 * @param {{place: string, day: Date, language: string}} on    `place`: what stands in the text instead of the day
 */
export function dated(kind, text, { place, day, language }) {
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  if (kind === "csl") {
    const items = JSON.parse(text);
    return JSON.stringify(
      items.map((/** @type {object} */ item) => ({ ...item, accessed: { "date-parts": [parts] } })),
      null,
      2,
    );
  }
  const shown =
    kind === "bibtex"
      ? parts.map((part) => String(part).padStart(2, "0")).join("-")
      : new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(day);
  // The last one: a title may hold the same words.
  const at = text.lastIndexOf(place);
  return place && at >= 0 ? text.slice(0, at) + shown + text.slice(at + place.length) : text;
}
