/**
 * A view as Python with pandas. Every cell is read as text, since a code such as 00417 is no number; "" is no value.
 *
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").PlanColumn} PlanColumn
 * @typedef {import("./plan.js").Condition} Condition
 */
import { asked } from "./asking-python.js";
import { MOMENTS, NUMBERS, isDay, isLong, isText, wanted } from "./plan.js";
import { python as text } from "./quoting.js";

const ENCODINGS = /** @type {Record<string, string>} */ ({
  "utf-8": "",
  "utf-16": "utf-16",
  cp1252: "cp1252",
  "latin-1": "latin-1",
});
const ISO = /** @type {Record<string, string>} */ ({ date: "%Y-%m-%d", time: "%H:%M:%S.%f", datetime: "%Y-%m-%dT%H:%M:%S.%f" });

const PLAIN = `def plain(cell):
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", cell)
    return "".join(part for part in parts if unicodedata.category(part)[0] != "M").lower()`;
const CLOCK = `def clock(cells):
    """Moments as clocks showed them, without the offset from UTC."""
    plain = cells.mask(cells == "").str.replace(r"(Z|[+-]\\d\\d:?\\d\\d)$", "", regex=True)
    return pd.to_datetime(plain, format="ISO8601")`;
const HOUR = `def hour(cells):
    """Times of the day, each of the same length."""
    cells = cells.mask(cells == "")
    return cells + cells.str.len().map(lambda length: ":00.000000"[int(length) - 5:], na_action="ignore")`;
const FILLED = `def filled(cells):
    """The cells that have a value."""
    return cells.mask(cells == "")`;

/** @param {string[]} names */
const listed = (names) => `[${names.map(text).join(", ")}]`;
/** @param {PlanColumn} column */
export const cells = ({ name }) => `rows[${text(name)}]`;

/** A function from cells to what they are compared by. @param {PlanColumn} column */
function reader({ kind, format }) {
  if (NUMBERS.includes(kind)) return "pd.to_numeric";
  if (format && MOMENTS.includes(kind)) {
    return `lambda cells: pd.to_datetime(cells, format=${text(format)}).dt.strftime(${text(ISO[kind])})`;
  }
  return /** @type {Record<string, string>} */ ({ datetime: "clock", time: "hour" })[kind] ?? "filled";
}

/** @param {PlanColumn} column */
export function read(column) {
  const how = reader(column);
  return how === "filled"
    ? cells(column)
    : how.startsWith("lambda")
      ? `(${how})(${cells(column)})`
      : `${how}(${cells(column)})`;
}

/** @param {Condition} condition */
function condition(condition) {
  const { column, test, low, high, orEmpty } = condition;
  if (test === "empty") return `${cells(column)} == ""`;
  if (test === "filled") return `${cells(column)} != ""`;
  if (test === "contains") return `${cells(column)}.map(plain).str.contains(${text(condition.text)}, regex=False)`;
  if (test === "is") return isIn(condition, orEmpty);
  const isNumber = NUMBERS.includes(column.kind);
  const end = (/** @type {string} */ value) => (isNumber ? value : text(value));
  const parts = [];
  if (!isNumber && !low) parts.push(`(${cells(column)} != "")`);
  if (low) parts.push(`(${read(column)} >= ${end(low)})`);
  if (high && column.kind === "datetime" && isDay(high))
    parts.push(`(${read(column)} < pd.Timestamp(${text(high)}) + pd.Timedelta(days=1))`);
  else if (high) parts.push(`(${read(column)} <= ${end(high)})`);
  return parts.length > 1 ? parts.join(" & ") : parts[0].slice(1, -1);
}

/** @param {Condition} condition @param {boolean} orEmpty */
function isIn(condition, orEmpty) {
  const { column, values } = condition;
  const isNumber = NUMBERS.includes(column.kind) && !isLong(column, values);
  const asText = (column.kind === "date" && !column.format) || !MOMENTS.includes(column.kind);
  const list = isNumber ? `[${values.join(", ")}]` : listed(wanted(condition));
  const within = `${isNumber || !asText ? read(column) : cells(column)}.isin(${
    column.kind === "datetime" && !column.format ? `pd.to_datetime(${list}, format="ISO8601")` : list
  })`;
  return orEmpty ? `(${cells(column)} == "") | ${within}` : within;
}

/** @param {Plan["sort"][number]} sort    each pass keeps the order of the one before where cells are equal */
export function passes({ column, isDown }) {
  const how = reader(column);
  const keys = isText(column) ? ["filled", 'lambda cells: filled(cells).map(plain, na_action="ignore")'] : [how];
  const way = isDown ? ", ascending=False" : "";
  return keys.map((key) => `rows = rows.sort_values(${text(column.name)}, key=${key}${way}, kind="stable")`);
}

/** How the file is read. @param {Plan["file"]} file */
export function opening({ url, delimiter = ",", encoding = "utf-8", empty = [], header = 1 }) {
  const options = ["dtype=str", "keep_default_na=False"];
  if (delimiter !== ",") options.push(`sep=${text(delimiter)}`);
  if (ENCODINGS[encoding]) options.push(`encoding=${text(ENCODINGS[encoding])}`);
  if (header > 1) options.push(`header=${header - 1}`, "skip_blank_lines=False");
  const lines = [`rows = pd.read_csv(${text(url)}, ${options.join(", ")})`];
  if (empty.length) lines.push(`rows = rows.replace(${listed(empty)}, "")`);
  return lines;
}

/** @param {Plan} plan */
export function python(plan) {
  const more = plan.ask ? asked(plan.ask) : [];
  const steps = [
    ...plan.conditions.map((each) => `rows = rows[${condition(each)}]`),
    ...(plan.ask ? [] : [...plan.sort].reverse().flatMap(passes)),
    ...(plan.columns && !plan.ask ? [`rows = rows[${listed(plan.columns)}]`] : []),
    ...(more.length ? more : ["print(rows)"]),
  ];
  const used = steps.join("\n");
  const helpers = [
    ["plain", PLAIN],
    ["clock", CLOCK],
    ["hour", HOUR],
    ["filled", FILLED],
  ]
    .filter(([name]) => new RegExp(`(^|[^\\w"])${name}\\b`).test(used.replace(/"(?:[^"\\]|\\.)*"/g, '""')))
    .map(([, body]) => body);
  const imports = [
    ...(helpers.includes(PLAIN) ? ["import unicodedata"] : []),
    ...(used.includes("date.fromisoformat") ? ["from datetime import date"] : []),
    "import pandas as pd",
  ];
  return [
    ...imports.slice(0, -1),
    ...(imports.length > 1 ? [""] : []),
    imports.at(-1),
    "",
    ...opening(plan.file),
    ...helpers.flatMap((body) => ["", "", body]),
    ...(helpers.length ? ["", ""] : []),
    ...steps,
    "",
  ].join("\n");
}
