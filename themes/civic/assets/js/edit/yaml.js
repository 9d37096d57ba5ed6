/**
 * YAML as a city writes it, read as the catalog's loader reads it: every value stays text and keeps its place, and what
 * surprises people is refused. The same limits, the same faults, the same words as load/yaml.py.
 *
 *   const { root, problems } = readYaml("title: Trees\n");
 *   root.entries.get("title").text   // "Trees"
 */

import { eventsOf } from "./yaml-events.js";
import { YamlError } from "./yaml-letters.js";
import { grouped, hex, SPACE, stripped } from "./rules-words.js";

/** @typedef {import("./yaml-events.js").Event} Event */
/** @typedef {import("./yaml-letters.js").Mark} Mark */
/**
 * One piece of text; null where nothing, `~` or `null` is written. Lines and columns count from 1, in characters.
 * @typedef {object} Scalar
 * @property {"scalar"} is
 * @property {string | null} text
 * @property {string} style "" for plain, else ' " | or >
 * @property {number} line
 * @property {number} column
 * @property {number} width
 * @property {number} start where it begins, in characters of the text
 * @property {number} end
 */
/**
 * @typedef {{is: "list", items: Value[], line: number, column: number, width: number, start: number, end: number, inFlow: boolean}} Items
 */
/**
 * @typedef {object} Group
 * @property {"group"} is
 * @property {Map<string, Value>} entries
 * @property {Map<string, Scalar>} keys where each key stands
 * @property {number} line
 * @property {number} column
 * @property {number} width
 * @property {number} start
 * @property {number} end
 * @property {boolean} inFlow
 */
/** @typedef {Scalar | Items | Group} Value */
/** @typedef {{line: number | null, column: number | null, width?: number}} Place */
/** @typedef {{code: string, line: number | null, column: number | null, width: number, says: string, fix: string}} Fault */
/** @typedef {{root: Group | null, letters: string[], lines: string[], problems: Fault[]}} Document */

export const MOST_BYTES = 1_000_000;
export const MOST_DEEP = 20;
export const MOST_VALUES = 50_000;
export const NULLS = new Set(["", "~", "null", "Null", "NULL"]);
// What XML 1.0 (2.2) cannot carry could be in no feed, and no keyboard types it.
export const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]/u;
const NOT_IN_YAML = /[\x80-\x84\x86-\x9f]/;
const CUT_BY_COMMENT = new RegExp(`^[ \\t]+#(?![${SPACE}]|$)`);
const LINE_BREAK = /\r\n|[\n\r\x85\u2028\u2029]/;
const NESTED = `groups and lists are nested more than ${MOST_DEEP} deep`;
const SYNTAX = "Often a quotation mark is missing, a colon stands in an unquoted text, or a line is indented differently.";

/** Ends the reading of a text; the problem is already noted. */
class Refused extends Error {}

/**
 * Read one file. No root comes back when nothing in it can be trusted; no text throws.
 * @param {string} text
 * @returns {Document}
 */
export function readYaml(text) {
  const bytes = new TextEncoder().encode(text).length;
  const bare = text.replace(/^\ufeff/, "");
  const lines = bare.split(LINE_BREAK);
  const builder = new Builder([...bare.replace(/^\ufeff/, "")], lines);   // the parser passes over one more
  if (bytes > MOST_BYTES) {
    const says = `the file has ${grouped(bytes)} bytes; metadata may have ${grouped(MOST_BYTES)}`;
    builder.note("yaml-size", { line: null, column: null }, says, "Move long texts and tables into files of their own.");
    return { root: null, letters: [], lines, problems: builder.problems };
  }
  const root = builder.build(bare);
  return { root, letters: builder.letters, lines, problems: builder.problems };
}

/**
 * The value that these keys and places lead to.
 * @param {Value | null | undefined} root
 * @param {(string | number)[]} path
 * @returns {Value | null}
 */
export function valueAt(root, path) {
  let found = root ?? null;
  for (const key of path) found = found && below(found, key);
  return found;
}

/**
 * Whether something is written there.
 * @param {Value | null | undefined} root
 * @param {...(string | number)} path
 * @returns {boolean}
 */
export function holds(root, ...path) {
  const value = valueAt(root, path);
  return value !== null && !(value.is === "scalar" && isNothing(value));
}

/** @param {Scalar} value @returns {boolean} */
export const isNothing = (value) => !stripped(value.text ?? "");

/**
 * Where a value stands; the nearest place above it when there is no such value.
 * @param {Value} root
 * @param {(string | number)[]} path
 * @returns {Value}
 */
export function placeAt(root, path) {
  let found = root;
  for (const key of path) {
    const next = below(found, key);
    if (next === null) break;
    found = next;
  }
  return found;
}

/**
 * Where the last of these keys stands.
 * @param {Value} root
 * @param {(string | number)[]} path
 * @returns {Value}
 */
export function keyAt(root, path) {
  let found = root;
  for (const key of path.slice(0, -1)) found = below(found, key) ?? found;
  const key = path[path.length - 1];
  return (found.is === "group" && found.keys.get(String(key))) || placeAt(root, path);
}

/** @param {Value} value @param {string | number} key @returns {Value | null} */
function below(value, key) {
  if (value.is === "group") return value.entries.get(String(key)) ?? null;
  if (value.is === "list" && typeof key === "number" && key < value.items.length) return value.items[key];
  // A single value stands for a list of one.
  return key === 0 ? value : null;
}

/** Builds values from the events of one text and notes what is wrong on the way. */
class Builder {
  /** @param {string[]} letters @param {string[]} lines */
  constructor(letters, lines) {
    this.letters = letters;
    this.lines = lines;
    /** @type {Fault[]} */
    this.problems = [];
    this.values = 0;
    /** @type {Generator<Event, void, void>} */
    this.events = eventsOf(letters);
  }

  /** @param {string} text @returns {Group | null} */
  build(text) {
    try {
      this.refuseSigns(text);
      return this.document();
    } catch (error) {
      if (error instanceof YamlError) this.syntax(error);
      else if (!(error instanceof Refused)) throw error;
      return null;
    }
  }

  /** @param {string} text */
  refuseSigns(text) {
    const found = FORBIDDEN.exec(text);
    if (found) {
      const before = text.slice(0, found.index);
      const place = { line: before.split("\n").length, column: [...before.slice(before.lastIndexOf("\n") + 1)].length + 1 };
      this.note("text-encoding", place, `the control character U+${hex(found[0])} cannot be in a text`, "Delete it.");
      throw new Refused();
    }
    const other = NOT_IN_YAML.exec(text);
    if (other) {
      this.note("yaml-syntax", { line: 1, column: 1 }, `the character U+${hex(other[0])} cannot be in YAML`);
      throw new Refused();
    }
  }

  /** @returns {Event} */
  next() {
    return /** @type {Event} */ (this.events.next().value);
  }

  /** @returns {Group | null} */
  document() {
    const event = this.next();
    if (event.type === "stream-end") return noGroup();
    const root = this.value(this.next(), 0);
    this.next();
    const after = this.next();
    if (after.type !== "stream-end") {
      this.noteAt("yaml-documents", after.start, "a second document starts here",
        "Keep one document in a file, and delete the line ---.");
    }
    if (root.is === "scalar" && root.text === null) return noGroup();
    if (root.is === "group") return root;
    this.note("value-kind", root, "the file should hold keys and values, such as `title: Trees`");
    return null;
  }

  /** @param {Event} event @param {number} depth @returns {Value} */
  value(event, depth) {
    this.values++;
    const { start, end } = event;
    const place = { line: start.line + 1, column: start.column + 1, width: 1, start: start.index, end: end.index };
    if (event.type === "alias") {
      this.noteAt("yaml-alias", start, `the alias *${event.value} stands for a value elsewhere`, "Write the value here.");
      return { is: "scalar", text: null, style: "", ...place };
    }
    this.refuseMarks(event, depth);
    if (event.type === "scalar") return this.scalar(event, place);
    const inFlow = event.style !== "";
    if (event.type === "list") {
      /** @type {Items} */
      const list = { is: "list", items: [], inFlow, ...place };
      let item = this.next();
      for (; item.type !== "list-end"; item = this.next()) list.items.push(this.value(item, depth + 1));
      list.end = inFlow ? item.end.index : list.items[list.items.length - 1]?.end ?? item.end.index;
      return list;
    }
    return this.group({ is: "group", entries: new Map(), keys: new Map(), inFlow, ...place }, depth + 1);
  }

  /** @param {Event} event @param {number} depth */
  refuseMarks(event, depth) {
    if (event.anchor !== null && event.anchor !== undefined) {
      this.noteAt("yaml-alias", event.start, `the anchor &${event.anchor} names a value for use elsewhere`, "Delete it.");
    }
    if (event.tag !== null && event.tag !== undefined) {
      const tag = event.tag.replaceAll("tag:yaml.org,2002:", "!!");
      this.noteAt("yaml-tag", event.start, `the tag ${tag} gives a value a type`, "Delete it; types come from the key.");
    }
    if (depth > MOST_DEEP) {
      this.noteAt("yaml-depth", event.start, NESTED, "Make it flatter.");
      throw new Refused();
    }
    if (this.values > MOST_VALUES) {
      this.noteAt("yaml-size", event.start, `the file holds more than ${grouped(MOST_VALUES)} values`, "Divide it.");
      throw new Refused();
    }
  }

  /** @param {Group} group @param {number} depth @returns {Group} */
  group(group, depth) {
    for (let event = this.next(); ; event = this.next()) {
      if (event.type === "group-end") {
        if (group.inFlow) group.end = event.end.index;
        return group;
      }
      const key = this.value(event, depth);
      const value = this.value(this.next(), depth);
      group.end = Math.max(group.end, value.end);
      if (key.is !== "scalar" || key.text === null) this.note("value-kind", key, "a key should be a plain word");
      else if (key.text === "<<" && this.letters[key.start] === "<" && this.letters[key.start + 1] === "<") {
        this.note("yaml-merge", key, "the merge key << copies another group", "Write the keys here.");
      } else if (group.entries.has(key.text)) {
        const first = group.keys.get(key.text)?.line;
        this.note("yaml-duplicate-key", key, `the key "${key.text}" stands on line ${first} already`, "Keep one of the two.");
      } else {
        group.entries.set(key.text, value);
        group.keys.set(key.text, key);
      }
    }
  }

  /**
   * @param {Event} event
   * @param {{line: number, column: number, width: number, start: number, end: number}} place
   * @returns {Scalar}
   */
  scalar(event, place) {
    const { end } = event;
    const value = event.value ?? "";
    const reach = end.line + 1 === place.line ? end.column : this.lineLength(place.line);
    const width = Math.max(1, reach - place.column + 1);
    /** @type {Scalar} */
    const scalar = { is: "scalar", text: value, style: event.style ?? "", ...place, width };
    if (event.style) {
      const found = FORBIDDEN.exec(value);
      if (!found) return scalar;
      this.note("text-encoding", scalar, `the control character U+${hex(found[0])} cannot be in a text`, "Delete it.");
      return { ...scalar, text: value.replace(new RegExp(FORBIDDEN.source, "gu"), "") };
    }
    const line = this.lines[end.line] ?? "";
    const cut = line.includes("#") ? CUT_BY_COMMENT.exec([...line].slice(end.column).join("")) : null;
    if (cut && value) {
      this.note("yaml-comment", { line: end.line + 1, column: end.column + cut[0].length },
        `a # after a space begins a comment, so this value is only "${value}"`,
        "Put the whole value in quotation marks, or a space after the #.");
    }
    return NULLS.has(value) ? { ...scalar, text: null } : scalar;
  }

  /** @param {number} line @returns {number} */
  lineLength(line) {
    return [...(this.lines[line - 1] ?? "")].length;
  }

  /** @param {YamlError} error */
  syntax(error) {
    if (error.context === "while scanning a quoted scalar" && error.contextMark) {
      // The parser stops where the file ends; the fault is where the text begins.
      this.noteAt("yaml-syntax", error.contextMark, "the quotation mark that opens this text is never closed",
        "Close it, or write each mark inside the text twice.");
      return;
    }
    const place = { line: error.mark.line + 1, column: error.mark.column + 1 };
    const before = [...(this.lines[error.mark.line] ?? "")].slice(0, place.column);
    if (before.includes("\t")) this.note("yaml-syntax", place, "a tab cannot indent YAML", "Use spaces.");
    else if (error.problem.includes("nesting depth")) this.note("yaml-depth", place, NESTED, "Make it flatter.");
    else this.note("yaml-syntax", place, `the parser stopped here: ${error.problem}`, SYNTAX);
  }

  /** @param {string} code @param {Mark} mark @param {string} says @param {string} fix */
  noteAt(code, mark, says, fix) {
    this.note(code, { line: mark.line + 1, column: mark.column + 1 }, says, fix);
  }

  /** @param {string} code @param {Place} place @param {string} says @param {string} [fix] */
  note(code, place, says, fix = "") {
    this.problems.push({ code, line: place.line, column: place.column, width: place.width ?? 1, says, fix });
  }
}

/** @returns {Group} */
const noGroup = () => (
  { is: "group", entries: new Map(), keys: new Map(), line: 1, column: 1, width: 1, start: 0, end: 0, inFlow: false });
