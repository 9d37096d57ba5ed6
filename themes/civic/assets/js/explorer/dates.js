/** Dates and moments as the page writes its own, in words that its template brings. */

/** @typedef {"date-months" | "date-day" | "date-month" | "date-moment" | "date-utc"} Word */

/** @type {Record<Word, string>} */
const ENGLISH = {
  "date-months": "January,February,March,April,May,June,July,August,September,October,November,December",
  "date-day": "%(day)s %(month)s %(year)s", "date-month": "%(month)s %(year)s",
  "date-moment": "%(day)s, %(time)s", "date-utc": "%(day)s, %(time)s UTC",
};

/** @type {Record<Word, string> | undefined} */
let said;

/** The page's words, looked up once; English where there is no page. */
function words() {
  if (said) return said;
  said = { ...ENGLISH };
  if (typeof document === "undefined") return said;
  for (const template of document.querySelectorAll("template[data-words]")) {
    for (const word of /** @type {HTMLTemplateElement} */ (template).content.querySelectorAll("[data-word^=date-]")) {
      said[/** @type {Word} */ (word.getAttribute("data-word"))] = word.textContent ?? "";
    }
  }
  return said;
}

/** @param {Word} word @param {Record<string, string | number>} values */
const say = (word, values) => words()[word].replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));

/** @param {number} month    from 1 */
const named = (month) => words()["date-months"].split(",")[month - 1];

/** "July 2024". @param {number} year @param {number} month    from 1 */
export const monthText = (year, month) => say("date-month", { month: named(month), year });

/** "9 July 2024". @param {string} raw    as ISO 8601 writes a day */
export function dayText(raw) {
  const [year, month, day] = raw.split("-").map(Number);
  return say("date-day", { day, month: named(month), year });
}

/**
 * "9 July 2024, 23:05": the time as the clock showed it, without a zone but that of nobody's clock.
 * @param {string} day    as ISO 8601 writes one @param {string} time @param {boolean} isUtc
 */
export const momentText = (day, time, isUtc) => say(isUtc ? "date-utc" : "date-moment", { day: dayText(day), time });
