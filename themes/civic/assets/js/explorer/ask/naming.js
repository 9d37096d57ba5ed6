import { binOf } from "./bins.js";
import { columnOf } from "./question.js";
import { spanOf } from "../engine/periods.js";
import { dayText, monthText } from "../dates.js";
import { numberShown, shown } from "../format.js";
import { digitsOf } from "./digits.js";

/**
 * Keys and values of answers as a reader reads them.
 *
 * @typedef {import("./question.js").By} By
 * @typedef {import("./question.js").Telling} Telling
 * @typedef {import("./question.js").Described} Described
 * @typedef {import("./digits.js").Answered} Answered
 */

const LONGEST = 200; // letters of a name in a chart or a table of answers; the rows have all of it

/** A period in words. @param {string} key    such as "2024-Q3" @param {string} per @param {Telling} telling */
export function periodText(key, per, { say }) {
  if (!spanOf(key)) return key;
  const [year, part] = key.split("-");
  const number = Number(/\d+/.exec(part ?? "")?.[0]);
  if (per === "quarter") return say("ask-quarter", { quarter: String(number), year });
  if (per === "week") return say("ask-week", { week: String(number), year });
  if (per === "month") return monthText(Number(year), number);
  return per === "day" ? dayText(key) : key;
}

/** A mean has more digits than anybody wants to read. @param {string} raw @param {string} language */
export function meanText(raw, language) {
  const size = Math.abs(Number(raw));
  if (Number.isInteger(Number(raw))) return numberShown(raw, language);
  const digits = size >= 1 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(language, digits).format(Number(raw));
}

/** The value of an answer. @param {string | null} raw @param {Answered} answer @param {Telling} telling */
export function valueText(raw, answer, { say, language, columns }) {
  if (raw === null) return say("ask-none");
  const { measure, of, by } = answer.question;
  const column = columnOf(columns, of);
  if (measure === "min" || measure === "max") return cellText(raw, column, language); // as it stands in the data
  const digits = digitsOf(answer);
  return numberShown(raw, language, digits, by.length ? digits : 0); // one by itself needs no zeros at its end
}

/** The key of a group. @param {string | null} key @param {By} by @param {Telling} telling */
export function keyText(key, by, telling) {
  const { say, language, columns } = telling;
  if (key === null || key === "") return say("ask-empty");
  const column = columnOf(columns, by.column);
  if (by.per === "bins") return binText(key, column, telling);
  return by.per ? periodText(key, by.per, telling) : cellText(key, column, language);
}

/** A value, or what a code means. @param {string} raw @param {Described | undefined} column @param {string} language */
export function cellText(raw, column, language) {
  const { values } = column ?? {};
  if (values && Object.hasOwn(values, raw) && values[raw]) return values[raw];
  if (raw.length > LONGEST) return `${raw.slice(0, LONGEST)}…`;
  return column?.type ? shown(raw, /** @type {{type: string}} */ (column), language) : raw;
}

/** @param {string} key @param {Described | undefined} column @param {Telling} telling */
function binText(key, column, { say, language }) {
  const bin = binOf(key);
  if (!bin) return key;
  const [low, high] = [bin.low, bin.high].map((raw) => cellText(raw, column, language));
  return low === high ? low : say("ask-bin", { low, high });
}
