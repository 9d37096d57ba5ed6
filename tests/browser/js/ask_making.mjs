// Answers, and words to tell them in, for tests of questions and charts.
import { readFileSync } from "node:fs";

const WORDS = new Map(Object.entries(JSON.parse(readFileSync(new URL("ask_words.json", import.meta.url), "utf-8"))));

export const COLUMNS = [
  { name: "received", title: "Received", type: "date" },
  { name: "opened", title: "Opened", type: "year" },
  { name: "status", title: "Status", type: "string", values: { C: "Closed", O: "Open" } },
  { name: "kind", title: "Kind", type: "string" },
  { name: "days", title: "Days open", type: "integer", unit: "days" },
  { name: "cost", title: "Cost", type: "number" },
  { name: "shape", title: "Shape", type: "geometry" },
];

/** Words as the page says them, in English. */
export function say(key, values = {}) {
  const form = values.count === 1 ? "one" : "other";
  const text = WORDS.get(`${key}.${form}`) ?? WORDS.get(key) ?? key;
  const put = (value) => (typeof value === "number" ? value.toLocaleString("en") : value);
  return text.replace(/%\((\w+)\)s/g, (_, name) => put(values[name]));
}

export const TELLING = { say, language: "en", columns: COLUMNS };
export const OPTIONS = { ...TELLING, width: 720 };

export const by = (column, per) => (per ? { column, per } : { column });

/** An answer by one column: `groups` are [key, value, rows]. */
export function anAnswer(groups, { measure = "count", of, by: each = by("kind"), others, isComplete = true } = {}) {
  const rows = groups.map(([key, value, count = Number(value ?? 1)]) => ({ keys: [key].flat(), value, rows: count }));
  const keys = rows.length ? rows[0].keys.map((_, at) => [...new Set(rows.map((row) => row.keys[at]))]) : [[]];
  const total = { value: null, rows: rows.reduce((sum, row) => sum + row.rows, 0) };
  const question = { measure, ...(of ? { of } : {}), by: [each].flat() };
  return { question, keys, rows, total, ...(others ? { others } : {}), isComplete };
}

/** All marks of a drawing with a name. */
export function marksNamed(marks, name) {
  const elements = marks.filter((mark) => typeof mark !== "string");
  return elements.flatMap((mark) => [...(mark.name === name ? [mark] : []), ...marksNamed(mark.inside, name)]);
}

/** The marks of a drawing that show values. */
export const valuesOf = ({ marks }, name) =>
  marks.filter(({ attributes }) => /^marks/.test(attributes.class)).flatMap((group) => marksNamed(group.inside, name));

export const textsOf = ({ marks }) => marksNamed(marks, "text").map(({ inside }) => inside[0]);
