/** A question as JavaScript: a table of its answer, by text keys of which "" stands for no value. */
import { MOMENTS } from "./plan.js";
import { read, passes } from "./javascript.js";
import { javascript as text } from "./quoting.js";

const LABELS = /** @type {Record<string, string>} */ ({
  year: "day.slice(0, 4)",
  month: "day.slice(0, 7)",
  day: "day.slice(0, 10)",
  quarter: "`${day.slice(0, 4)}-Q${Math.ceil(day.slice(5, 7) / 3)}`",
});
const WEEK = `function week(day) {
  const thursday = new Date(\`\${day.slice(0, 10)}T00:00:00Z\`);
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const year = thursday.getUTCFullYear();
  return \`\${year}-W\${String(Math.ceil(((thursday - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7)).padStart(2, "0")}\`;
}`;
const EVERY = `// The periods from the first to the last, then those without one.
function every(cells, label) {
  const days = cells.filter(Boolean).map((cell) => cell.slice(0, 10)).sort();
  const found = new Set();
  if (days.length) {
    const [day, last] = [new Date(days[0]), new Date(days.at(-1))];
    for (; day <= last; day.setUTCDate(day.getUTCDate() + 1)) found.add(label(day.toISOString()));
  }
  return [...found, ...(cells.includes("") ? [""] : [])];
}`;
const GROUPED = `function greatestFirst(a, b) {
  return (a.value === null) - (b.value === null) || (a.value > b.value ? -1 : a.value < b.value ? 1 : 0);
}
function grouped(rows, keyOf) {
  const found = new Map();
  for (const row of rows) {
    if (!found.has(keyOf(row))) found.set(keyOf(row), []);
    found.get(keyOf(row)).push(row);
  }
  return found;
}`;
const MEASURES = /** @type {Record<string, string>} */ ({
  count: "found.length",
  sum: "found.reduce((sum, value) => sum + value, 0)",
  mean: "found.reduce((sum, value) => sum + value, 0) / found.length",
  median: "(found[(found.length - 1) >> 1] + found[found.length >> 1]) / 2",
  min: "found[0]",
  max: "found.at(-1)",
});

/** @param {import("./plan.js").Ask} ask @returns {string[]} */
export function asked({ measure, of, by, top }) {
  const isOfNothing = measure === "count" || measure === "sum"; // has a value where there are no rows
  const isText = of && (MOMENTS.includes(of.kind) || measure === "count");
  const values = !of ? "() => 1" : measure === "count" ? `(row) => row[at(${text(of.name)})]` : `(row) => ${read(of)}`;
  const lines = [
    `const value = ${values};`,
    "function measured(rows) {",
    `  const found = rows.map(value).filter((each) => each !== ""${isText ? "" : " && !Number.isNaN(each)"});`,
  ];
  if (["median", "min", "max"].includes(measure)) lines.push("  found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));");
  lines.push(
    `  return { value: ${isOfNothing ? MEASURES[measure] : `found.length ? ${MEASURES[measure]} : null`}, rows: rows.length };`,
    "}",
  );
  if (!by.length) return [...lines, "const answer = [{ keys: [], ...measured(rows) }];", "console.log(answer);"];
  for (const per of new Set(by.map((each) => each.per).filter(Boolean)))
    lines.push(per === "week" ? WEEK : `const ${per} = (day) => ${LABELS[per]};`);
  if (by.some(({ per }) => per)) lines.push(EVERY);
  lines.push(GROUPED);
  const names = by.map((_, at) => (by.length > 1 ? ["first", "second"][at] : "group"));
  const cut = top ? by.findIndex(({ per }) => !per) : -1;
  by.forEach(({ column, per }, at) => {
    const [name, cell] = [names[at], `row[at(${text(column.name)})]`];
    lines.push(`const ${name} = (row) => ${per ? `${cell} && ${per}(${cell})` : cell};`);
    if (per) {
      lines.push(`const ${name}Keys = every(rows.map((row) => ${cell}), ${per});`);
      return;
    }
    lines.push(
      ...passes({ column, isDown: false }),
      `const ${name}Groups = [...grouped(rows, ${name})].map(([key, rows]) => ({ key, ...measured(rows) }));`,
      `${name}Groups.sort(greatestFirst);`,
      `const ${name}Keys = ${name}Groups.map(({ key }) => key)${at === cut ? `.slice(0, ${top})` : ""};`,
    );
    if (at === cut) lines.push(`const others = measured(rows.filter((row) => !${name}Keys.includes(${name}(row))));`);
  });
  lines.push(
    ...(by.length > 1
      ? [
          "const groups = grouped(rows, (row) => JSON.stringify([first(row), second(row)]));",
          "const all = firstKeys.flatMap((one) => secondKeys.map((other) => [one, other]));",
          "const pairs = all.filter((pair) => groups.has(JSON.stringify(pair)));",
          "const answer = pairs.map((keys) => ({ keys, ...measured(groups.get(JSON.stringify(keys))) }));",
        ]
      : [
          "const groups = grouped(rows, group);",
          "const answer = groupKeys.map((key) => ({ keys: [key], ...measured(groups.get(key) ?? []) }));",
        ]),
    "console.log(answer);",
    ...(cut >= 0 ? ["console.log(others);"] : []),
  );
  return lines;
}
