/**
 * A result as a file. Whole numbers keep every digit.
 *
 * @typedef {import("./database.js").Cell} Cell
 */

/** A cell as text; "" for no value. @param {Cell | undefined} cell */
export function textOf(cell) {
  return cell === null || cell === undefined ? "" : String(cell);
}

/** RFC 4180. @param {readonly string[]} names @param {readonly Cell[][]} rows */
export function csvOf(names, rows) {
  return [names, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** @param {Cell} cell */
function field(cell) {
  const text = textOf(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A list of records; of names that occur twice, the later ones are told apart.
 * @param {readonly string[]} names @param {readonly Cell[][]} rows
 */
export function jsonOf(names, rows) {
  const keys = told(names).map((name) => JSON.stringify(name));
  const records = rows.map((row) => `{${row.map((cell, at) => `${keys[at]}:${value(cell)}`).join(",")}}`);
  return `[${records.join(",\n")}]\n`;
}

/** @param {Cell} cell */
function value(cell) {
  return typeof cell === "bigint" ? String(cell) : JSON.stringify(cell);
}

/** @param {readonly string[]} names */
function told(names) {
  const taken = new Set();
  return names.map((name) => {
    let free = name;
    for (let more = 2; taken.has(free); more += 1) free = `${name}_${more}`;
    taken.add(free);
    return free;
  });
}
