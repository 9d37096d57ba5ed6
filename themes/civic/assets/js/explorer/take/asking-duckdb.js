/** A question as SQL for DuckDB: one query, in which NULL is the key of the rows without a value. */
import { MOMENTS, NUMBERS, isText } from "./plan.js";
import { opening, read, where } from "./duckdb.js";
import { identifier, sql as text } from "./quoting.js";

const LABELS = /** @type {Record<string, string>} */ ({
  year: "strftime(day, '%Y')",
  month: "strftime(day, '%Y-%m')",
  day: "strftime(day, '%Y-%m-%d')",
  quarter: "strftime(day, '%Y-Q') || quarter(day)",
  week: "strftime(day, '%G-W%V')",
});
const MEASURES = /** @type {Record<string, string>} */ ({
  count: "count(value)",
  sum: "coalesce(sum(value), 0)",
  mean: "avg(value)",
  median: "median(value)",
  min: "min(value)",
  max: "max(value)",
});

/** @param {import("./plan.js").Plan} plan @param {import("./plan.js").Ask} ask @returns {string} */
export function asked(plan, { measure, of, by, top }) {
  const value = !of
    ? "1"
    : measure === "count" || (MOMENTS.includes(of.kind) && of.kind !== "datetime")
      ? identifier(of.name)
      : measure === "mean" || measure === "median"
        ? `CAST(${identifier(of.name)} AS DOUBLE)`
        : read(of);
  const names = by.map((_, at) => `key${at + 1}`);
  const cut = top ? by.findIndex(({ per }) => !per) : -1;
  const days = by.map(({ column }) => `CAST(left(${identifier(column.name)}, 10) AS DATE)`);
  const picked = by.map(
    ({ column, per }, at) => `${per ? LABELS[per].replaceAll("day", days[at]) : identifier(column.name)} AS ${names[at]}, `,
  );
  const source = [
    `  SELECT ${picked.join("")}${value} AS value, 1 AS here`,
    `  FROM ${opening(plan.file)}`,
    ...where(plan).map((line) => `  ${line}`),
  ];
  const tables = [`table_ AS (\n${source.join("\n")}\n)`];
  by.forEach(({ column, per }, at) =>
    tables.push(per ? periods(names[at], days[at], per, plan) : groups(names[at], measure, column)),
  );
  const shown = names.map((name, at) =>
    at !== cut ? `${name}s.${name}` : `CASE WHEN ${name}s.place <= ${top} THEN ${name}s.${name} ELSE '(others)' END`,
  );
  const places = names.map((name, at) => (at === cut ? `least(${name}s.place, ${top + 1})` : `${name}s.place`));
  const join = names.length === 1 ? "LEFT JOIN" : "JOIN";
  const joined = names.length
    ? [
        `FROM ${names.map((name) => `${name}s`).join(" CROSS JOIN ")}`,
        `${join} table_ ON ${names.map((name) => `table_.${name} IS NOT DISTINCT FROM ${name}s.${name}`).join(" AND ")}`,
        `GROUP BY ${[...shown, ...places].join(", ")}`,
        `ORDER BY ${places.join(", ")}`,
      ]
    : ["FROM table_"];
  const columns = [
    ...shown.map((key, at) => `${key} AS ${identifier(by[at].column.name)}`),
    `${MEASURES[measure]} AS ${text(measure).replaceAll("'", '"')}`,
    'count(here) AS "rows"',
  ];
  return [`WITH ${tables.join(",\n")}`, `SELECT ${columns.join(", ")}`, ...joined].join("\n").concat(";\n");
}

/**
 * Keys with their place: the greatest value first.
 * @param {string} name @param {string} measure @param {import("./plan.js").PlanColumn} column
 */
function groups(name, measure, column) {
  const order = isText(column)
    ? `lower(strip_accents(${name})) NULLS LAST, ${name} NULLS LAST`
    : NUMBERS.includes(column.kind)
      ? `CAST(${name} AS HUGEINT) NULLS LAST`
      : `${name} NULLS LAST`;
  return `${name}s AS (
  SELECT ${name}, row_number() OVER (ORDER BY ${MEASURES[measure]} DESC NULLS LAST, ${order}) AS place
  FROM table_ GROUP BY ${name}
)`;
}

/**
 * Periods with their place, also those between without a row.
 * @param {string} name @param {string} day @param {string} per @param {import("./plan.js").Plan} plan
 */
function periods(name, day, per, plan) {
  const source = `FROM ${opening(plan.file)} ${where(plan)
    .map((line) => line.trim())
    .join(" ")}`.trim();
  return `${name}s AS (
  SELECT ${name}, row_number() OVER (ORDER BY ${name} NULLS LAST) AS place
  FROM (
    SELECT DISTINCT ${LABELS[per]} AS ${name}
    FROM (SELECT unnest(generate_series(min(${day}), max(${day}), INTERVAL 1 DAY)) AS day ${source})
    UNION SELECT ${name} FROM table_ WHERE ${name} IS NULL
  )
)`;
}
