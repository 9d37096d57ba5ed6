/** The type that all texts of a column agree on, as `tables/types.py` finds it, and what else their forms suggest. */

/** @typedef {"string" | "integer" | "number" | "boolean" | "date" | "datetime"} FoundType */

const CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,6}0*)?)?";
/** @type {[FoundType, RegExp][]} */
const FORMS = [
  ["integer", /^(?:0|-?[1-9][0-9]{0,999})$/],
  ["number", /^-?(?:0|[1-9][0-9]{0,499})(?:\.[0-9]{1,500})?$/],
  ["boolean", /^(?:true|True|TRUE|false|False|FALSE)$/],
  ["date", /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/],
  ["datetime", new RegExp(`^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]${CLOCK}(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?$`)],
];
const STAND_INS = new Set(["na", "n/a", "n.a.", "#n/a", "nan", "null", "(null)", "<null>", "none", "nil", "-", "--", "---",
  "\u2013", "\u2014", ".", "..", "...", "?", "unknown", "missing", "tbd", "not available", "not applicable"]);
// A sign before is part of the match: browsers of 2020 know no look-behind.
/** @type {[string, RegExp][]} */
const PERSONAL = [
  ["emails", /(?:^|[^\p{L}\p{N}_.+-])[\p{L}\p{N}_.+-]{1,64}@[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63}){1,8}/u],
  ["ssns", /(?:^|[^\w-])(?!000|666|9\d\d)\d{3}-\d{2}-\d{4}(?![\w-])/],
  ["phones", new RegExp("(?:^|[^\\w.-])(?:(?:\\+?1[ .-]?)?(?:\\([2-9]\\d\\d\\) ?|[2-9]\\d\\d[ .-])[2-9]\\d\\d[ .-]\\d{4}"
    + "|\\+[1-9]\\d{0,2}(?:[ .-]?\\d{2,4}){2,4})(?![\\w-])")],
];
const BARE_PHONE = /^[2-9]\d\d[2-9]\d{6}$/;

/** The narrowest type; "string" where there is none. @param {readonly string[]} texts @returns {FoundType} */
export function foundType(texts) {
  for (const [kind, form] of FORMS) {
    if (texts.length && form.test(texts[0]) && texts.every((text) => form.test(text))) {
      const isDay = kind === "date" || kind === "datetime";
      return !isDay || texts.every((text) => exists(text)) ? kind : "string";
    }
  }
  return "string";
}

/** Whether a day that is written exists. @param {string} text */
function exists(text) {
  const [year, month, day] = text.slice(0, 10).split("-").map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

/**
 * Words that stand for "no value" among numbers or dates, and what the column is without them.
 * @param {readonly string[]} texts @returns {{type: FoundType, words: string[]} | null}
 */
export function standIns(texts) {
  const words = texts.filter((text) => STAND_INS.has(text.trim().toLowerCase()));
  if (!words.length || words.length === texts.length) return null;
  const type = foundType(texts.filter((text) => !STAND_INS.has(text.trim().toLowerCase())));
  return type === "string" ? null : { type, words: words.sort() };
}

/** What personal data is among some texts: "emails", "ssns" or "phones"; "" for none. @param {readonly string[]} texts */
export function looksLike(texts) {
  for (const text of texts) {
    const found = PERSONAL.find(([, form]) => form.test(text));
    if (found) return found[0];
  }
  return texts.length && texts.every((text) => BARE_PHONE.test(text)) ? "phones" : "";
}
