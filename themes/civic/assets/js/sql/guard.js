/**
 * What a query may do, as SQLite asks while it prepares one: https://www.sqlite.org/c3ref/c_alter_table.html has the codes.
 *
 * @typedef {"write" | "attach" | "pragma" | "extension" | "transaction"} Refusal    why it may not, a word of the page
 */

const PRAGMA = 19;
const READ = 20;
const SELECT = 21;
const TRANSACTION = 22;
const ATTACH = 24;
const DETACH = 25;
const FUNCTION = 31;
const SAVEPOINT = 32;
const RECURSIVE = 33;

/** What asks of tables and functions, and changes nothing. */
const HARMLESS_PRAGMAS = new Set(["table_info", "table_xinfo", "table_list", "function_list", "collation_list"]);

/**
 * Why an action is refused; null where it is allowed.
 * @param {number} action @param {string} first @param {string} second    names that belong to the action
 * @returns {Refusal | null}
 */
export function refusal(action, first, second) {
  switch (action) {
    case READ:
    case SELECT:
    case RECURSIVE:
      return null;
    case FUNCTION:
      return second.toLowerCase() === "load_extension" ? "extension" : null;
    case PRAGMA:
      return HARMLESS_PRAGMAS.has(first.toLowerCase()) ? null : "pragma";
    case TRANSACTION:
    case SAVEPOINT:
      return "transaction";
    case ATTACH:
    case DETACH:
      return "attach";
    default:
      return "write";
  }
}

/** Whether an action reads a column. @param {number} action */
export function isReading(action) {
  return action === READ;
}
