/** What the page of a dataset will say at its top, drawn from the form. Everything a reader wrote is put in as text. */

/** @typedef {import("./form-changes.js").Plain} Plain */
/** @typedef {import("../explorer/words.js").Say} Say */

const MOST_COLUMNS = 40;

/**
 * @param {HTMLElement} place @param {Map<string, Plain>} values @param {Say} say
 * @param {(frequency: string) => string} wordOf    how often, as the page says it
 */
export function preview(place, values, say, wordOf) {
  const title = textOf(values, "title");
  place.replaceChildren(
    said("p", title || say("untitled"), "edit-title"),
    ...lines(textOf(values, "summary"), "muted"),
    said("p", freshness(values, say, wordOf)),
    ...(textOf(values, "each_row_is") ? [said("p", say("row-is", { what: textOf(values, "each_row_is") }))] : []),
    ...lines(textOf(values, "description")),
    ...limits(values, say),
    ...dictionary(values.get("columns"), say),
  );
}

/** @param {Map<string, Plain>} values @param {string} key */
function textOf(values, key) {
  const value = values.get(key);
  return typeof value === "string" ? value : "";
}

/** @param {string} tag @param {string} text @param {string} [style] */
function said(tag, text, style = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (style) element.className = style;
  return element;
}

/** Paragraphs of a text. @param {string} text @param {string} [style] */
const lines = (text, style) => text.split(/\n\s*\n/).filter((part) => part.trim()).map((part) => said("p", withoutMarks(part), style));

/** Markdown as it reads, without the signs for headings, emphasis, code and links. @param {string} text */
export function withoutMarks(text) {
  return text.replace(/^ {0,3}(?:#{1,6}|>)[ \t]+/gm, "").replace(/^(\s*)[*+-][ \t]+/gm, "$1• ")
    .replace(/!?\[([^\]\n]*)\]\([^)\s]*(?:[ \t]+"[^"]*")?\)/g, "$1").replace(/<(https?:[^>\s]*)>/g, "$1")
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, "$2").replace(/(^|[^\w*\\])([*_])(?=\S)([^*_\n]*[^\s*_\\])\2(?!\w)/gm, "$1$3")
    .replace(/`+([^`\n]+)`+/g, "$1").replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

/** @param {Map<string, Plain>} values @param {Say} say @param {(frequency: string) => string} wordOf */
function freshness(values, say, wordOf) {
  const [day, frequency] = [textOf(values, "modified"), textOf(values, "frequency")];
  const parts = [day ? say("updated", { day: longDay(day) }) : say("undated")];
  if (frequency) parts.push(say("renewed", { frequency: wordOf(frequency) }));
  return parts.join(", ");
}

/** A day as the page writes it; as it stands where it is none. @param {string} text */
function longDay(text) {
  const found = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (!found || Number.isNaN(found.valueOf()) || found.toISOString().slice(0, 10) !== text) return text;
  return found.toLocaleDateString(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang,
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

/** @param {Map<string, Plain>} values @param {Say} say */
function limits(values, say) {
  const text = textOf(values, "known_limits");
  if (!text) return [];
  const box = document.createElement("div");
  box.className = "note";
  box.append(said("p", say("limits"), "edit-strong"), ...lines(text));
  return [box];
}

/** @param {Plain | undefined} columns @param {Say} say */
function dictionary(columns, say) {
  if (!(columns instanceof Map) || !columns.size) return [];
  const list = document.createElement("dl");
  for (const [name, column] of [...columns].slice(0, MOST_COLUMNS)) {
    const keys = column instanceof Map ? column : new Map();
    const term = document.createElement("dt");
    term.append(said("code", name));
    const what = [textOf(keys, "title"), [textOf(keys, "type"), textOf(keys, "unit")].filter(Boolean).join(", ")];
    list.append(term, said("dd", what.filter(Boolean).join(" · ")));
  }
  return [said("p", say("dictionary"), "edit-strong"), list];
}
