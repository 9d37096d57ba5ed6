/** Reads single values by the kind of their key, as load/values.py and load/periods.py read them, and notes what is wrong. */

import { isDay } from "./rules-dates.js";
import { frequencyOf } from "./rules-frequency.js";
import { grainOf } from "./rules-periods.js";
import { isUrl } from "./rules-urls.js";
import { at, note, written } from "./rules-records.js";
import { closest, counted, didYouMean, grouped, lengthOf, stripped, words } from "./rules-words.js";

/** @typedef {import("./rules-records.js").Reader} Reader */
/** @typedef {import("./rules-records.js").Reading} Reading */
/** @typedef {import("./rules.js").Kind} Kind */
/** @typedef {import("./yaml.js").Value} Value */

const DAY = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}[^\n]*)?$/;
const MOMENT = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\p{Nd}{3}))?$/u;
const COLOR = /^#[0-9a-fA-F]{6}$/;
const IDENTIFIER = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const OLD_PATH = /^(?:\/[\p{L}\p{N}_.~@-]+(?:::[\p{L}\p{N}_.~@-]+)?)+\/?$/u;
const CLIMBS = /\/\.{1,2}(?:\/|$)/;
const NUMBER = /^-?[0-9]{1,9}(?:\.[0-9]{1,15})?$/;
const EXACT = /^[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?$/;
const GROUPED = /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
const SPAN = /^([0-9]{1,4}) ?(day|week|month|year)s?$/;
const SCHEME = /^[a-z][a-z0-9+.-]*$/;

/** @param {string} name @param {Value} value @param {Reading} reading @returns {string | null} */
function plain(name, value, reading) {
  if (value.is === "scalar") return stripped(value.text ?? "") || null;
  const given = value.is === "list" ? "a list" : "a group of keys";
  note(reading, "value-kind", value, `"${name}" should be plain text, and is ${given}`,
    "Put text with a colon or a bracket in quotation marks.");
  return null;
}

/**
 * A reader of texts that pass a test, or of what the test makes of them.
 * @param {(text: string, kind: Kind, name: string, note: (code: string, says: string, fix: string) => null, reading: Reading) => any} judge
 * @returns {Reader}
 */
const judged = (judge) => (kind, name, value, reading) => {
  const given = plain(name, value, reading);
  if (given === null) return null;
  return judge(given, kind, name, (code, says, fix) => {
    note(reading, code, value, says, fix);
    return null;
  }, reading);
};

const text = judged((given, { max_length: most = 2000 }, name, fault) => {
  const length = lengthOf(given);
  return length <= most ? given : fault("text-long", `"${name}" has ${grouped(length)} characters; ${grouped(most)} fit`,
    "Shorten it, or move the detail into the description.");
});

/** A text, or one for each language as a group of keys; the first of them is given. @type {Reader} */
function prose(kind, name, value, reading) {
  if (value.is !== "group" || ![...value.entries.keys()].some((each) => LANGUAGE.test(each))) return text(kind, name, value, reading);
  const read = [...value.entries].map(([tag, given]) => {
    if (LANGUAGE.test(tag)) return text(kind, `${name}: ${tag}`, given, reading);
    note(reading, "language-invalid", at(value, tag), `${name}: "${tag}" is not a language tag`, "Write en, es or es-MX.");
    return null;
  });
  return read.find((each) => each !== null) ?? null;
}

/** Whether a value is a group with a part for each language. @param {Value} value @returns {value is import("./yaml.js").Group} */
export const isInLanguages = (value) => value.is === "group" && value.entries.size > 0 && [...value.entries.keys()].every((each) => LANGUAGE.test(each));

/** @type {Reader} */
function phrase(kind, name, value, reading) {
  if (value.is === "scalar" && !/[\p{L}\p{N}]/u.test(value.text ?? "")) {
    const shown = written(value, reading);
    note(reading, "value-kind", value, `"${name}" should hold words, and ${shown ? `${shown} is none` : "this one is empty"}`,
      "Delete it, or put a word that means nothing to YAML in quotation marks.");
    return null;
  }
  const all = words(plain(name, value, reading) ?? "");
  const given = all.join(" ");
  const [mostWords, most] = [kind.max_words ?? 4, kind.max_length ?? 60];
  if (all.length <= mostWords && lengthOf(given) <= most) return given || null;
  note(reading, "text-long", value, `"${name}" holds a phrase of ${counted(all.length, "word")} and `
    + `${counted(lengthOf(given), "character")}; ${mostWords} and ${most} fit`, "Keep the words that residents would type.");
  return null;
}

const day = judged((given, kind, name, fault) => {
  const match = DAY.exec(given);
  if (match && isDay(match[1])) return match[1];
  return fault("date-invalid", `${name}: "${given}" is ${match ? "not a day that exists" : "not written as YYYY-MM-DD"}`,
    "Write year, month and day, such as 2026-06-30.");
});

const moment = judged((given, kind, name, fault) => {
  const isWritten = MOMENT.test(given);
  if (isWritten && isDay(given + "-01-01".slice(given.length - 4))) return given;
  return fault("date-invalid", `${name}: "${given}" ${isWritten ? "does not exist" : "is not a year, month or day"}`,
    "Write 2016, 2016-03 or 2016-03-01.");
});

const url = judged((given, { schemes = [], slots = [], also = [] }, name, fault) => {
  const scheme = given.includes(":") ? given.slice(0, given.indexOf(":")).toLowerCase() : "";
  if (SCHEME.test(scheme) && !schemes.includes(scheme) && !scheme.includes(".")) {
    return fault("url-scheme", `${name}: addresses that start with "${scheme}:" are not linked to`,
      `Use one of ${schemes.map((each) => `${each}://`).join(", ")}.`);
  }
  const missing = slots.filter((slot) => !given.includes(slot));
  if (missing.length) {
    return fault("url-invalid", `${name}: "${given}" does not hold ${missing.join(" and ")}`,
      `Write ${slots.join(", ")} where they are to be filled in.`);
  }
  const filled = [...slots, ...also].reduce((address, slot) => address.replaceAll(slot, "0"), given);
  return isUrl(filled, schemes) ? given : fault("url-invalid", `${name}: "${given}" is not a full web address`,
    "Write it with its scheme and without spaces, such as https://example.gov/data.");
});

const email = judged((given, kind, name, fault) => (EMAIL.test(given) ? given
  : fault("email-invalid", `${name}: "${given}" is not an e-mail address`, "Write one address, such as data@example.gov.")));

const choice = judged((given, { values = [], further = "" }, name, fault) => (
  values.includes(given) || (further && new RegExp(`^(?:${further})$`).test(given)) ? given
    : fault("choice-unknown", `${name} "${given}" is not known`, didYouMean(given, values))));

const integer = judged((given, { minimum = 0 }, name, fault) => (/^[0-9]{1,15}$/.test(given) && Number(given) >= minimum
  ? Number(given)
  : fault("number-invalid", `${name}: "${given}" is not a whole number from ${minimum} up`, "Write digits, such as 40.")));

const number = judged((given, kind, name, fault) => {
  const read = NUMBER.test(given) ? Number(given) : NaN;
  if (read >= /** @type {number} */ (kind.least) && read <= /** @type {number} */ (kind.most)) return read;
  return fault("number-invalid", `${name}: "${given}" is not a number ${kind.limits}`,
    "Write digits with a point, such as 35.2271.");
});

const decimal = judged((given, { least, most }, name, fault) => {
  if (!EXACT.test(given)) {
    return fault("number-invalid", `${name}: "${given}" is not a number`, GROUPED.test(given) ? "Write it without commas."
      : "Write digits with a point and no unit, such as 71.2; the unit has its own key.");
  }
  const read = Number(given);
  const isBeyond = (typeof least === "number" && read < least) || (typeof most === "number" && read > most);
  const limits = typeof most === "number" ? `from ${least ?? "None"} to ${most}` : `from ${least} up`;
  return isBeyond ? fault("number-invalid", `${name}: ${given} is not a number ${limits}`, "Look at the unit.") : given;
});

/** @type {Reader} Nothing is no answer: `sensitive:` without a word must not mean "no". */
function boolean(kind, name, value, reading) {
  const given = value.is === "scalar" && !stripped(value.text ?? "") ? "" : plain(name, value, reading);
  if (given === null || given === "true" || given === "false") return given === null ? null : given === "true";
  note(reading, "boolean-invalid", value, `${name}: "${given}" is neither true nor false`, "Write true or false.");
  return null;
}

const repeats = judged((given, kind, name, fault, { rules }) => frequencyOf(given, rules.frequencies)
  ?? fault("frequency-unknown", `${name} "${given}" is not a known frequency`, didYouMean(given, Object.keys(rules.frequencies), 20)));

const color = judged((given, kind, name, fault) => (COLOR.test(given) ? given.toLowerCase()
  : fault("color-invalid", `${name}: "${given}" is not a color`, 'Write it as "#rrggbb", in quotation marks.')));

const filePath = judged((given, kind, name, fault) => {
  const isOutside = /[\\:]/.test(given) || given.split("/").some((part) => !part || part.startsWith("."));
  return isOutside ? fault("file-outside", `${name}: "${given}" is not a file in this dataset's folder`,
    "Write a name relative to the folder, with / between parts and without dots before a name.") : given;
});

const language = judged((given, kind, name, fault) => (LANGUAGE.test(given) ? given
  : fault("language-invalid", `${name}: "${given}" is not a language tag`, "Write en, es or es-MX.")));

const oldAddress = judged((given, kind, name, fault) => (
  IDENTIFIER.test(given) || (OLD_PATH.test(given) && !CLIMBS.test(given)) ? given
    : fault("address-invalid", `${name}: "${given}" is neither an id nor a path`,
      "Write a former id such as old-trees, or a former path such as /datasets/old-trees/.")));

const period = judged((given, kind, name, fault) => (grainOf(given) ? given
  : fault("period-invalid", `${name}: "${given}" is not a period that exists`,
    "Write 2026, 2026-Q2, 2026-06, 2026-W07, 2026-06-30 or FY2026.")));

const duration = judged((given, kind, name, fault) => {
  const match = SPAN.exec(given);
  return match && Number(match[1]) > 0 ? given : fault("duration-invalid", `${name}: "${given}" is not a length of time`,
    "Write 45 days, 6 weeks, 3 months or 1 year.");
});

const monthDay = judged((given, kind, name, fault) => (isDay(`2025-${given}`) || /^W(0[1-9]|[1-4]\d|5[0-2])(-[1-7])?$/.test(given)
  ? given
  : fault("date-invalid", `${name}: "${given}" is not a day of every year`,
    'Write month and day in quotation marks, such as "07-01".')));

const timeZone = judged((given, kind, name, fault, { rules: { zones } }) => {
  if (zones.includes(given)) return given;
  const near = closest(given, zones);
  return fault("time-zone-unknown", `${name}: "${given}" is not a time zone`,
    near ? `Did you mean "${near}"?` : "Write a region and a city, such as America/New_York.");
});

const asWritten = judged((given) => given);

/** The readers of single values, by the kind of their key. @type {Record<string, Reader>} */
export const PLAIN = {
  Text: text, Prose: prose, Markdown: prose, Expression: text, Phrase: phrase, Day: day, Moment: moment, Url: url, Email: email, Choice: choice,
  Integer: integer, Number: number, DecimalNumber: decimal, Boolean: boolean, Repeats: repeats, Color: color, Pattern: asWritten,
  FilePath: filePath, Language: language, Reference: asWritten, OldAddress: oldAddress, PeriodName: period, Duration: duration,
  MonthDay: monthDay, TimeZone: timeZone,
};
