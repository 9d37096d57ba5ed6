/**
 * Code that gets what a reader sees, to be copied: in Python, R, JavaScript, SQL for DuckDB, and a command line.
 *
 * @typedef {import("./plan.js").CodeFile} CodeFile
 * @typedef {import("./plan.js").PlanColumn} PlanColumn
 * @typedef {import("./plan.js").State} State
 * @typedef {"python" | "r" | "javascript" | "duckdb" | "curl"} Language
 */
import { duckdb } from "./duckdb.js";
import { javascript } from "./javascript.js";
import { planned } from "./plan.js";
import { python } from "./python.js";
import { shell } from "./quoting.js";
import { r } from "./r.js";

/** @type {Language[]} */
export const LANGUAGES = ["python", "r", "javascript", "duckdb", "curl"];
const WRITERS = { python, r, javascript, duckdb };

/**
 * The code, and whether it does all that the page does: a command line cannot filter, and no code is written for some
 * questions.
 * @param {Language} language @param {{file: CodeFile, columns: PlanColumn[], state: State}} view
 * @returns {{code: string, isWhole: boolean}}
 */
export function snippet(language, { file, columns, state }) {
  const plan = planned(file, columns, state);
  if (language === "curl") {
    const isWhole = !plan.conditions.length && !plan.sort.length && !plan.columns && !state.ask && plan.isWhole;
    return { code: `curl --fail --location --output ${shell(file.name)} ${shell(file.url)}\n`, isWhole };
  }
  return { code: WRITERS[language](plan), isWhole: plan.isWhole };
}
