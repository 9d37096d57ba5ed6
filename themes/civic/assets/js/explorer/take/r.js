/**
 * A view as R, with nothing but what R brings along. Every cell is read as text; "" is no value.
 *
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").PlanColumn} PlanColumn
 * @typedef {import("./plan.js").Condition} Condition
 */
import { asked } from "./asking-r.js";
import { MOMENTS, NUMBERS, clock, isDay, isLong, isText, wanted } from "./plan.js";
import { r as text } from "./quoting.js";

const ENCODINGS = /** @type {Record<string, string>} */ ({ "utf-16": "UTF-16", cp1252: "CP1252", "latin-1": "latin1" });
const ISO = /** @type {Record<string, string>} */ ({
  date: "%Y-%m-%d",
  time: "%H:%M:%S.000000",
  datetime: "%Y-%m-%dT%H:%M:%S.000000",
});
/** Letters of the Latin script with accents, which R cannot take apart by itself. */
const ACCENTED = [
  [0xc0, 0x24f],
  [0x1e00, 0x1eff],
];

/** @returns {[string, string]} */
function accents() {
  let [from, to] = ["", ""];
  for (const [first, last] of ACCENTED) {
    for (let code = first; code <= last; code++) {
      const letter = String.fromCharCode(code);
      const plain = letter.normalize("NFKD").replace(/\p{M}/gu, "");
      if (plain !== letter && plain.length === 1 && letter === letter.toLowerCase()) [from, to] = [from + letter, to + plain];
    }
  }
  return [from, to];
}

const plain = () => {
  const [from, to] = accents();
  return `# Small letters without accents, of the Latin script.
plain <- function(x) {
  x <- chartr("${from}",
              "${to}", tolower(x))
  gsub("\\\\p{M}", "", enc2utf8(x), perl = TRUE)
}`;
};
const CLOCK = `# Moments as clocks showed them, without the offset from UTC, each of the same length.
clock <- function(x) {
  x <- sub(" ", "T", sub("(Z|[+-][0-9]{2}:?[0-9]{2})$", "", x))
  ifelse(x == "", NA, paste0(x, substring(":00.000000", nchar(x) - 15)))
}`;
const HOUR = `# Times of the day, each of the same length.
hour <- function(x) ifelse(x == "", NA, paste0(x, substring(":00.000000", nchar(x) - 4)))`;
const FILLED = `# The cells that have a value.
filled <- function(x) ifelse(x == "", NA, x)`;

/** @param {string[]} names */
export const listed = (names) => (names.length ? `c(${names.map(text).join(", ")})` : "character()");
/** @param {PlanColumn} column */
export const cells = ({ name }) => `rows[[${text(name)}]]`;

/** What cells are compared by. @param {PlanColumn} column */
export function read(column) {
  const { kind, format } = column;
  if (NUMBERS.includes(kind)) return `as.numeric(${cells(column)})`;
  if (format && MOMENTS.includes(kind)) {
    return `format(strptime(${cells(column)}, ${text(format)}, tz = "UTC"), ${text(ISO[kind])})`;
  }
  return `${/** @type {Record<string, string>} */ ({ datetime: "clock", time: "hour" })[kind] ?? "filled"}(${cells(column)})`;
}

/** @param {Condition} condition */
function condition(condition) {
  const { column, test, values, low, high, orEmpty } = condition;
  if (test === "empty") return `${cells(column)} == ""`;
  if (test === "filled") return `${cells(column)} != ""`;
  if (test === "contains") return `grepl(${text(condition.text)}, plain(${cells(column)}), fixed = TRUE)`;
  const isNumber = NUMBERS.includes(column.kind);
  if (test === "is") {
    const isLate = column.kind === "datetime" || column.kind === "time" || (MOMENTS.includes(column.kind) && column.format);
    const list =
      isNumber && !isLong(column, values)
        ? `c(${values.join(", ")})`
        : listed(column.kind === "datetime" ? values.map(clock) : wanted(condition));
    const isRead = isLate || (isNumber && !isLong(column, values));
    const within = `${isRead ? read(column) : cells(column)} %in% ${list}`;
    return orEmpty ? `${cells(column)} == "" | ${within}` : within;
  }
  const end = (/** @type {string} */ value) => (isNumber ? value : text(column.kind === "datetime" ? clock(value) : value));
  const ends = [];
  if (low) ends.push(`${read(column)} >= ${end(low)}`);
  if (high && column.kind === "datetime" && isDay(high)) ends.push(`substr(${read(column)}, 1, 10) <= ${text(high)}`);
  else if (high) ends.push(`${read(column)} <= ${end(high)}`);
  return ends.join(" & ") || `${cells(column)} != ""`;
}

/** @param {PlanColumn} column */
export function keys(column) {
  return isText(column) ? [`plain(filled(${cells(column)}))`, `filled(${cells(column)})`] : [read(column)];
}

/** @param {Plan["sort"]} sort */
function sorted(sort) {
  const all = sort.flatMap(({ column, isDown }) => keys(column).map((key) => ({ key, isDown })));
  const down = all.map(({ isDown }) => (isDown ? "TRUE" : "FALSE"));
  return [
    "rows <- rows[order(",
    ...all.map(({ key }) => `  ${key},`),
    `  decreasing = c(${down.join(", ")}), method = "radix"`,
    "), , drop = FALSE]",
  ];
}

/** How the file is read. @param {Plan["file"]} file */
export function opening({ url, delimiter = ",", encoding = "utf-8", empty = [], header = 1 }) {
  const options = [
    'colClasses = "character"',
    "na.strings = character()",
    "check.names = FALSE",
    `fileEncoding = ${text(ENCODINGS[encoding] ?? "UTF-8-BOM")}`,
  ];
  if (delimiter !== ",") options.push(`sep = ${text(delimiter)}`);
  if (header > 1) options.push(`skip = ${header - 1}`);
  const lines = [`rows <- read.csv(${text(url)}, ${options.join(", ")})`];
  if (empty.length) lines.push(`rows[] <- lapply(rows, function(x) ifelse(x %in% ${listed(empty)}, "", x))`);
  return lines;
}

/** @param {Plan} plan */
export function r(plan) {
  const more = plan.ask ? asked(plan.ask) : [];
  const steps = [
    ...plan.conditions.map((each) => `rows <- rows[which(${condition(each)}), , drop = FALSE]`),
    ...(plan.sort.length && !plan.ask ? sorted(plan.sort) : []),
    ...(plan.columns && !plan.ask ? [`rows <- rows[${listed(plan.columns)}]`] : []),
    ...(more.length ? more : ["print(rows)"]),
  ];
  const used = steps.join("\n").replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const helpers = [
    ["plain", plain],
    ["clock", () => CLOCK],
    ["hour", () => HOUR],
    ["filled", () => FILLED],
  ]
    .filter(([name]) => used.includes(`${name}(`))
    .map(([, body]) => /** @type {() => string} */ (body)());
  return [...opening(plan.file), ...helpers.flatMap((body) => ["", body]), ...(helpers.length ? [""] : []), ...steps, ""].join(
    "\n",
  );
}
