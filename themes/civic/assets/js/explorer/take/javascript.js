/**
 * A view as JavaScript for Node 20, without a package. Rows are lists of texts; "" is no value.
 *
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").PlanColumn} PlanColumn
 * @typedef {import("./plan.js").Condition} Condition
 */
import { asked } from "./asking-javascript.js";
import { MOMENTS, NUMBERS, clock, isDay, isLong, isText, wanted } from "./plan.js";
import { javascript as text } from "./quoting.js";

const ENCODINGS = /** @type {Record<string, string>} */ ({
  "utf-16": "utf-16",
  cp1252: "windows-1252",
  "latin-1": "windows-1252",
});

const PLAIN = `// Small letters without accents.
const plain = (cell) => cell.normalize("NFKD").replace(/\\p{M}/gu, "").toLowerCase();`;
const NUMBER = `const number = (cell) => (cell === "" ? NaN : Number(cell));`;
const CLOCK = `// Moments as clocks showed them, without the offset from UTC, each of the same length.
function clock(cell) {
  const shown = cell.replace(/(Z|[+-]\\d\\d:?\\d\\d)$/, "").replace(" ", "T");
  return shown && shown + ":00.000000".slice(shown.length - 16);
}`;
const HOUR = `// Times of the day, each of the same length.
const hour = (cell) => cell && cell + ":00.000000".slice(cell.length - 5);`;
const ORDER = `// Cells without a value come last, whichever way the others go.
function sortBy(name, key, sign) {
  const keyed = rows.map((row) => ({ row, value: row[at(name)] === "" ? null : key(row[at(name)]) }));
  const order = (a, b) => (a < b ? -sign : a > b ? sign : 0);
  keyed.sort((a, b) => (a.value === null) - (b.value === null) || order(a.value, b.value));
  rows = keyed.map(({ row }) => row);
}`;
const PARSING = `// Cells as texts, after RFC 4180.
function parse(text) {
  const found = [[""]];
  let [isQuoted, wasMark] = [false, false];
  for (const [part] of text.matchAll(/"|DELIMITER|\\r?\\n|[^"DELIMITER\\r\\n]+|\\r/g)) {
    const row = found.at(-1);
    const isMark = part === '"';
    if (isMark && !isQuoted && wasMark) row[row.length - 1] += part;
    else if (!isMark && (isQuoted || !/^[DELIMITER\\r\\n]/.test(part))) row[row.length - 1] += part;
    else if (part === "DELIMITER") row.push("");
    else if (!isMark) found.push([""]);
    if (isMark) isQuoted = !isQuoted;
    wasMark = isMark;
  }
  if (found.at(-1).length === 1 && found.at(-1)[0] === "") found.pop();
  return found;
}`;

/** @param {string[]} values */
const listed = (values) => `[${values.map(text).join(", ")}]`;
/** @param {PlanColumn} column */
export const cell = ({ name }) => `row[at(${text(name)})]`;

/** What a cell is compared by. @param {PlanColumn} column @param {string} [given]    the cell in the code */
export function read(column, given = cell(column)) {
  if (NUMBERS.includes(column.kind)) return `number(${given})`;
  const written = column.format && MOMENTS.includes(column.kind) ? rearranged(column.format, column.kind, given) : "";
  if (written) return written;
  const how = /** @type {Record<string, string>} */ ({ datetime: "clock", time: "hour" })[column.kind];
  return how ? `${how}(${given})` : given;
}

const PARTS = /** @type {Record<string, string>} */ ({
  Y: "\\d{4}",
  m: "\\d\\d?",
  d: "\\d\\d?",
  H: "\\d\\d?",
  M: "\\d\\d?",
  S: "\\d\\d?",
});

/**
 * Dates that are written another way, put in the order of ISO 8601.
 * @param {string} format @param {string} kind @param {string} given
 */
function rearranged(format, kind, given) {
  /** @type {string[]} */
  const order = [];
  const form = format.replace(/%(.)|[.*+?^${}()|[\]\\/]/g, (mark, letter) => {
    if (!letter) return `\\${mark}`;
    order.push(letter);
    return `(${PARTS[letter] ?? ".*"})`;
  });
  const part = (/** @type {string} */ letter) =>
    order.includes(letter) ? `parts[${order.indexOf(letter) + 1}].padStart(2, "0")` : '"00"';
  const day = `${part("Y")}, ${part("m")}, ${part("d")}].join("-")`;
  const time = `[${part("H")}, ${part("M")}, ${part("S")}].join(":") + ".000000"`;
  const shown = { date: `[${day}`, time }[kind] ?? `[${day} + "T" + ${time}`;
  return `${given}.replace(/^${form}$/, (...parts) => ${shown})`;
}

/** @param {Condition} condition */
function condition(condition) {
  const { column, test, values, low, high, orEmpty } = condition;
  if (test === "empty") return `${cell(column)} === ""`;
  if (test === "filled") return `${cell(column)} !== ""`;
  if (test === "contains") return `plain(${cell(column)}).includes(${text(condition.text)})`;
  const isNumber = NUMBERS.includes(column.kind) && !isLong(column, test === "is" ? values : []);
  if (test === "is") {
    const list = isNumber
      ? `[${values.join(", ")}]`
      : listed(column.kind === "datetime" ? values.map(clock) : wanted(condition));
    const given = isNumber || !NUMBERS.includes(column.kind) ? read(column) : cell(column);
    return `${orEmpty ? `${cell(column)} === "" || ` : ""}${list}.includes(${given})`;
  }
  const end = (/** @type {string} */ value) => (isNumber ? value : text(column.kind === "datetime" ? clock(value) : value));
  const ends = isNumber || low ? [] : [`${cell(column)} !== ""`];
  if (low) ends.push(`${read(column)} >= ${end(low)}`);
  if (high && column.kind === "datetime" && isDay(high)) ends.push(`${read(column)}.slice(0, 10) <= ${text(high)}`);
  else if (high) ends.push(`${read(column)} <= ${end(high)}`);
  return ends.join(" && ");
}

/** @param {Plan["sort"][number]} sort */
export function passes({ column, isDown }) {
  const keys = isText(column)
    ? ["(cell) => cell", "plain"]
    : [`(cell) => ${read(column, "cell")}`.replace(/^\(cell\) => (\w+)\(cell\)$/, "$1")];
  return keys.map((key) => `sortBy(${text(column.name)}, ${key}, ${isDown ? -1 : 1});`);
}

/** How the file is read. @param {Plan["file"]} file */
export function opening({ url, delimiter = ",", encoding = "utf-8", empty = [], header = 1 }) {
  const bytes = ENCODINGS[encoding];
  const reading = bytes ? `new TextDecoder(${text(bytes)}).decode(await response.arrayBuffer())` : "await response.text()";
  const mark = { "\t": "\\t", "|": "\\|" }[delimiter] ?? delimiter;
  const parsing = PARSING.replace('"DELIMITER"', () => text(delimiter)).replaceAll("DELIMITER", () => mark);
  return [
    `const response = await fetch(${text(url)});`,
    `const [header, ...found] = parse(${reading})${header > 1 ? `.slice(${header - 1})` : ""};`,
    empty.length
      ? `let rows = found.map((row) => row.map((cell) => (${listed(empty)}.includes(cell) ? "" : cell)));`
      : "let rows = found;",
    "",
    parsing,
  ];
}

/** @param {Plan} plan */
export function javascript(plan) {
  const more = plan.ask ? asked(plan.ask) : [];
  const steps = [
    ...plan.conditions.map((each) => `rows = rows.filter((row) => ${condition(each)});`),
    ...(plan.ask ? [] : [...plan.sort].reverse().flatMap(passes)),
    ...(plan.columns && !plan.ask
      ? [`const columns = ${listed(plan.columns)};`, "rows = rows.map((row) => columns.map((name) => row[at(name)]));"]
      : []),
    ...(more.length ? more : [`console.log([${plan.columns ? "columns" : "header"}, ...rows]);`]),
  ];
  const used = steps.join("\n").replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const helpers = [
    ["at|sortBy", "const at = (name) => header.indexOf(name);"],
    ["number", NUMBER],
    ["plain", PLAIN],
    ["clock", CLOCK],
    ["hour", HOUR],
    ["sortBy", ORDER],
  ]
    .filter(([name]) => new RegExp(`\\b(${name})\\b`).test(used))
    .map(([, body]) => body);
  return [...opening(plan.file), ...helpers.flatMap((body) => ["", body]), "", ...steps, ""].join("\n");
}
