/**
 * Questions that can be asked of a table: which columns can be counted by, which can be measured, and what they are in words.
 *
 * @typedef {"count" | "sum" | "mean" | "median" | "min" | "max"} Measure
 * @typedef {"day" | "week" | "month" | "quarter" | "year" | "bins"} Per
 * @typedef {{column: string, per?: Per, bins?: number}} By
 * @typedef {{measure: Measure, of?: string, by: By[], top?: number}} Question
 * @typedef {{value: string | null, rows: number, filled?: number}} Total
 *   `filled`: rows with a value in the column that is measured, where some have none
 * @typedef {Total & {keys: (string | null)[]}} AnswerRow
 * @typedef {{question: Question, keys: (string | null)[][], rows: AnswerRow[], total: Total,
 *   others?: Others, isComplete: boolean}} Answer
 * @typedef {Total & {groups: number, parts?: (Total & {key: string | null})[]}} Others
 * @typedef {{name: string, title?: string, type?: string, unit?: string, role?: string, isKey?: boolean,
 *   values?: Record<string, string>}} Described
 * @typedef {import("../words.js").Say} Say
 * @typedef {{say: Say, language: string, columns: Described[]}} Telling    what is needed to say something of an answer
 */

/** @type {Measure[]} */
export const MEASURES = ["count", "sum", "mean", "median", "min", "max"];
/** @type {Per[]} */
export const PERIODS = ["day", "week", "month", "quarter", "year"];

const NUMBERS = ["integer", "number"];
const MOMENTS = ["date", "datetime"];
const STEPPED = [...NUMBERS, ...MOMENTS, "year", "time"]; // what bins can be made of

/** @param {string | undefined} type */
export const isNumber = (type) => NUMBERS.includes(type ?? "");

/** @param {string | undefined} type */
export const isMoment = (type) => MOMENTS.includes(type ?? "");

/** @param {Described[]} columns @param {string | undefined} name */
export const columnOf = (columns, name) => columns.find((column) => column.name === name);

/** What a column is called. @param {Described[]} columns @param {string | undefined} name */
export const titleOf = (columns, name) => columnOf(columns, name)?.title || (name ?? "");

/** The columns that a measure can be taken of, of use or not. @param {Measure} measure @param {Described[]} columns */
export function measurable(measure, columns) {
  if (measure === "count") return [];
  if (measure === "min" || measure === "max") return groupable(columns); // whatever has an order, texts too
  return columns.filter(({ type }) => isNumber(type));
}

// Parts of names that stand for a place or for a thing itself: what is added up of them says nothing.
const NAMING = /(^|[^a-z])(id|fid|oid|objectid|globalid|zip|zip ?code|postal ?code|post ?code|lat|latitude|lon|lng|longitude)$/;
const PLACES = ["latitude", "longitude"];
const ADDING = ["sum", "mean", "median"];

/** Whether numbers of a column are names or places and no quantities. @param {Described} column */
export function isNaming({ name, title = "", role = "", isKey = false }) {
  const words = (/** @type {string} */ text) =>
    text.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase().replace(/[_\s.-]+/g, " ").trim();
  return isKey || PLACES.includes(role) || NAMING.test(words(name)) || NAMING.test(words(title));
}

/** The columns that a measure is offered of. @param {Measure} measure @param {Described[]} columns */
export const offered = (measure, columns) =>
  measurable(measure, columns).filter((column) => !ADDING.includes(measure) || !isNaming(column));

/** The columns to count by. @param {Described[]} columns */
export const groupable = (columns) => columns.filter(({ type }) => type !== "geometry");

/**
 * By which parts of a column can be counted, the usual one first; "" is each value.
 * @param {Described | undefined} column @returns {(Per | "")[]}
 */
export function partsOf(column) {
  if (isMoment(column?.type)) return ["month", "year", "quarter", "week", "day"];
  if (column?.type === "year") return ["year"];
  return isNumber(column?.type) ? ["bins", ""] : [""];
}

/** Whether groups follow one another in time. @param {By | undefined} by */
export const isInTime = (by) => Boolean(by?.per && by.per !== "bins");

/** Which of the columns that are counted by is cut after its first groups; -1 is none. @param {By[]} by */
export const cutOf = (by) => by.findIndex(({ per }) => !per);

/** The first question that comes to mind of a table. @param {Described[]} columns @returns {Question} */
export function firstQuestion(columns) {
  const met = groupable(columns);
  const found = met.find(({ values }) => values && Object.keys(values).length) ?? met.find(({ type }) => isMoment(type))
    ?? met.find(({ type }) => type === "boolean" || type === "string") ?? met[0];
  return { measure: "count", by: found ? [byOf(found)] : [] };
}

/** @param {Described} column @param {string} [per] @returns {By} */
export function byOf(column, per = partsOf(column)[0]) {
  return partsOf(column).includes(/** @type {Per} */ (per)) && per
    ? { column: column.name, per: /** @type {Per} */ (per) } : { column: column.name };
}

/** What a question counts, in words: "Mean of days open". @param {Question} question @param {Telling} telling */
export function measureText({ measure, of }, { say, columns }) {
  return say(measure === "count" && of ? "ask-count-filled-of" : `ask-${measure}-of`, { column: titleOf(columns, of) });
}

/** Whether all rows of a group are counted, so that the value is the number of rows. @param {Question} question */
export const isRowCount = ({ measure, of }) => measure === "count" && of === undefined;

/**
 * A column to group by as a form offers it: with its part; as it was asked before where nothing of it was changed.
 * @param {Described} column @param {string} per @param {By[]} before @returns {By}
 */
export const chosenBy = (column, per, before) =>
  before.find((each) => each.column === column.name && (each.per ?? "") === per) ?? byOf(column, per);

/** By what it is counted, in words: "month of received at". @param {By} by @param {Telling} telling */
export function byText(by, { say, columns }) {
  const column = titleOf(columns, by.column);
  return by.per ? say(`ask-each-${by.per}`, { column }) : column;
}

/** A question in words: "Mean of days open by month of received at". @param {Question} question @param {Telling} telling */
export function questionText(question, telling) {
  const [by, and] = question.by.map((each) => byText(each, telling));
  const measure = measureText(question, telling);
  if (and !== undefined) return telling.say("ask-by-two", { measure, by, and });
  return by === undefined ? measure : telling.say("ask-by-one", { measure, by });
}

/**
 * A column that is counted by, with a part that fits its type: of a text there are no months.
 * @param {By} by @param {Described} column @returns {By}
 */
function fittedBy(by, column) {
  const parts = partsOf(column);
  const isFit = !by.per || parts.includes(by.per) || (by.per === "bins" && STEPPED.includes(column.type ?? ""));
  return isFit ? by : byOf(column, parts.includes("") ? "" : parts[0]);
}

/**
 * A question as far as a table can answer it: columns that are not there are left out, periods that do not fit a column too,
 * and where a column cannot be measured so, rows are counted. Of any column the rows with a value can be counted. Null where
 * nothing is left.
 * @param {Question | null} question @param {Described[]} columns @returns {Question | null}
 */
export function askable(question, columns) {
  if (!question || !MEASURES.includes(question.measure)) return null;
  const { of, top } = question;
  const isCount = question.measure === "count";
  if (!isCount && !columnOf(columns, of)) return null;
  const isMeasured = columnOf(isCount ? columns : measurable(question.measure, columns), of) !== undefined;
  const measure = isMeasured ? question.measure : "count";
  const by = question.by.flatMap((each) => {
    const column = columnOf(groupable(columns), each.column);
    return column ? [fittedBy(each, column)] : [];
  });
  const isTopped = top !== undefined && cutOf(by) >= 0;
  return { measure, ...(isMeasured ? { of } : {}), by, ...(isTopped ? { top } : {}) };
}
