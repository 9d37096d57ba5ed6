/**
 * A view as SQL for DuckDB, over the file once it is downloaded. Every cell is read as text; NULL is no value.
 *
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").PlanColumn} PlanColumn
 * @typedef {import("./plan.js").Condition} Condition
 */
import { asked } from "./asking-duckdb.js";
import { MOMENTS, NUMBERS, isDay, isLong, isText, wanted } from "./plan.js";
import { identifier, sql as text } from "./quoting.js";

const ENCODINGS = /** @type {Record<string, string>} */ ({
  "utf-16": "utf-16",
  cp1252: "windows-1252-2000",
  "latin-1": "latin-1",
});
const FORMS = /** @type {Record<string, [string, string]>} */ ({
  date: ["DATE", "%Y-%m-%d"],
  time: ["TIME", ""],
  datetime: ["TIMESTAMP", ""],
});

/** @param {string[]} values */
const listed = (values) => `(${values.join(", ")})`;

/** What a cell is compared by. @param {PlanColumn} column */
export function read({ name, kind, format }) {
  const cell = identifier(name);
  if (NUMBERS.includes(kind)) return `CAST(${cell} AS ${kind === "number" ? "DOUBLE" : "HUGEINT"})`;
  if (format && MOMENTS.includes(kind)) return `CAST(strptime(${cell}, ${text(format)}) AS ${FORMS[kind][0]})`;
  if (kind === "datetime") return `CAST(regexp_replace(${cell}, '(Z|[+-]\\d\\d:?\\d\\d)$', '') AS TIMESTAMP)`;
  if (kind === "time") return `CAST('2000-01-01 ' || ${cell} AS TIMESTAMP)`;
  return cell;
}

/** @param {string} name */
const plain = (name) => `lower(strip_accents(${identifier(name)}))`;

/** A value as what it is compared with. @param {PlanColumn} column @param {string} value */
function literal({ kind, format }, value) {
  if (NUMBERS.includes(kind)) return value;
  if (kind === "datetime") return `TIMESTAMP ${text(isDay(value) ? `${value} 00:00:00` : value.replace("T", " "))}`;
  if (kind === "time") return format ? `TIME ${text(value)}` : `TIMESTAMP ${text(`2000-01-01 ${value}`)}`;
  return kind === "date" && format ? `DATE ${text(value)}` : text(value);
}

/** @param {Condition} condition */
function condition(condition) {
  const { column, test, values, low, high, orEmpty } = condition;
  const cell = identifier(column.name);
  if (test === "empty") return `${cell} IS NULL`;
  if (test === "filled") return `${cell} IS NOT NULL`;
  if (test === "contains") return `contains(${plain(column.name)}, ${text(condition.text)})`;
  if (test === "is") {
    const asText = isLong(column, values) || isText(column);
    const list = asText ? wanted(condition).map(text) : values.map((value) => literal(column, value));
    const within = list.length ? `${asText ? cell : read(column)} IN ${listed(list)}` : "FALSE";
    return orEmpty ? `(${cell} IS NULL OR ${within})` : within;
  }
  const ends = low ? [`${read(column)} >= ${literal(column, low)}`] : [];
  if (high && column.kind === "datetime" && isDay(high))
    ends.push(`${read(column)} < ${literal(column, high)} + INTERVAL 1 DAY`);
  else if (high) ends.push(`${read(column)} <= ${literal(column, high)}`);
  return ends.join(" AND ");
}

/** @param {Plan["sort"][number]} sort */
function keys({ column, isDown }) {
  const keys = isText(column) ? [plain(column.name), identifier(column.name)] : [read(column)];
  return keys.map((key) => `${key}${isDown ? " DESC" : ""} NULLS LAST`);
}

/** How the file is read. @param {Plan["file"]} file */
export function opening({ name, delimiter = ",", encoding = "utf-8", empty = [], header = 1 }) {
  const options = [
    "header = true",
    "all_varchar = true",
    `delim = ${text(delimiter)}`,
    "quote = '\"'",
    "escape = '\"'",
    "strict_mode = false",
  ];
  if (empty.length) options.push(`nullstr = [${["", ...empty].map(text).join(", ")}]`);
  if (ENCODINGS[encoding]) options.push(`encoding = ${text(ENCODINGS[encoding])}`);
  if (header > 1) options.push(`skip = ${header - 1}`);
  return `read_csv(${text(name)}, ${options.join(", ")})`;
}

/** A name that no column has. @param {Plan} plan */
function placeName({ columns, conditions, sort }) {
  const taken = [...(columns ?? []), ...conditions.map(({ column }) => column.name), ...sort.map(({ column }) => column.name)];
  let name = "row_in_file";
  while (taken.some((each) => each.toLowerCase() === name)) name += "_";
  return name;
}

/** @param {Plan} plan */
export function where({ conditions }) {
  return conditions.map((each, at) => `${at ? "  AND" : "WHERE"} ${condition(each)}`);
}

/** @param {Plan} plan */
export function duckdb(plan) {
  if (plan.ask) return asked(plan, plan.ask);
  const { columns, sort, file } = plan;
  const shown = columns?.length ? columns.map(identifier).join(", ") : "*";
  if (!sort.length) return [`SELECT ${shown}`, `FROM ${opening(file)}`, ...where(plan)].join("\n").concat(";\n");
  const place = placeName(plan);
  return [
    `SELECT ${shown === "*" ? `* EXCLUDE (${place})` : shown}`,
    `FROM (SELECT *, row_number() OVER () AS ${place} FROM ${opening(file)})`,
    ...where(plan),
    `ORDER BY ${[...sort.flatMap(keys), place].join(",\n  ")};`,
    "",
  ].join("\n");
}
