/** Reads YAML as events: where a list, a group or a text begins and ends. https://yaml.org/spec/1.1/, chapter 4 and 7 to 9. */

import { YamlError } from "./yaml-letters.js";
import { Scanner } from "./yaml-scanner.js";

/** @typedef {import("./yaml-letters.js").Mark} Mark */
/** @typedef {import("./yaml-letters.js").Token} Token */
/**
 * @typedef {object} Event
 * @property {"document" | "document-end" | "stream-end" | "alias" | "scalar" | "list" | "list-end" | "group" | "group-end"} type
 * @property {Mark} start
 * @property {Mark} end
 * @property {string} [value] of a text, or the name of an alias
 * @property {string} [style] of a text: "" for plain; of a list or group: "[" or "{" in brackets
 * @property {string | null} [anchor]
 * @property {string | null} [tag]
 */

/** @type {Record<string, string>} */
const HANDLES = { "!": "!", "!!": "tag:yaml.org,2002:" };

/** @param {string} problem @param {Mark} mark @param {string} [context] @param {Mark | null} [start] @returns {never} */
function refuse(problem, mark, context = "", start = null) {
  throw new YamlError(problem, mark, context, start);
}

/** @param {Mark} mark @returns {Event} */
const empty = (mark) => ({ type: "scalar", value: "", style: "", start: mark, end: mark, anchor: null, tag: null });

/**
 * The events of a text; throws YamlError where it is no YAML.
 * @param {string[]} letters
 * @returns {Generator<Event, void, void>}
 */
export function* eventsOf(letters) {
  const scanner = new Scanner(letters);
  let isFirst = true;
  for (;;) {
    let token = scanner.peek();
    while (!isFirst && token.type === "document-end") {
      scanner.take();
      token = scanner.peek();
    }
    if (token.type === "stream-end") {
      yield { type: "stream-end", start: token.start, end: token.end };
      return;
    }
    yield* documentOf(scanner, token, isFirst);
    isFirst = false;
  }
}

/** @param {Scanner} scanner @param {Token} token @param {boolean} mayBeBare @returns {Generator<Event, void, void>} */
function* documentOf(scanner, token, mayBeBare) {
  const start = token.start;
  const isBare = mayBeBare && token.type !== "directive" && token.type !== "document-start";
  let handles = HANDLES;
  if (!isBare) {
    handles = directives(scanner);
    token = scanner.peek();
    if (token.type !== "document-start") refuse("did not find expected <document start>", token.start);
    scanner.take();
  }
  yield { type: "document", start, end: start };
  const next = scanner.peek();
  if (!isBare && ["directive", "document-start", "document-end", "stream-end"].includes(next.type)) yield empty(next.start);
  else yield* node(scanner, handles, true, false);
  const after = scanner.peek();
  let last = after;
  while (last.type === "document-end") {
    scanner.take();
    last = scanner.peek();
  }
  yield { type: "document-end", start: after.start, end: after.end };
}

/** @param {Scanner} scanner @returns {Record<string, string>} */
function directives(scanner) {
  /** @type {Record<string, string>} */
  const handles = {};
  let hasVersion = false;
  for (let token = scanner.peek(); token.type === "directive"; token = scanner.peek()) {
    if (token.style === "YAML") {
      if (hasVersion) refuse("found duplicate %YAML directive", token.start);
      if (token.value !== "1.1" && token.value !== "1.2") refuse("found incompatible YAML document", token.start);
      hasVersion = true;
    } else {
      const handle = /** @type {string} */ (token.handle);
      if (handle in handles) refuse("found duplicate %TAG directive", token.start);
      handles[handle] = /** @type {string} */ (token.value);
    }
    scanner.take();
  }
  return { ...HANDLES, ...handles };
}

/**
 * @param {Scanner} scanner
 * @param {Record<string, string>} handles
 * @param {boolean} isBlock
 * @param {boolean} mayBeLevel whether a list may stand no deeper than its key
 * @returns {Generator<Event, void, void>}
 */
function* node(scanner, handles, isBlock, mayBeLevel) {
  let token = scanner.peek();
  if (token.type === "alias") {
    scanner.take();
    yield { type: "alias", start: token.start, end: token.end, value: token.value };
    return;
  }
  const { anchor, tag, start, end } = properties(scanner, handles);
  token = scanner.peek();
  const marks = { start: start ?? token.start, end: token.end, anchor, tag };
  if (mayBeLevel && token.type === "-") {
    yield { type: "list", style: "", ...marks };
    yield* levelList(scanner, handles);
  } else if (token.type === "scalar") {
    scanner.take();
    yield { type: "scalar", value: token.value, style: token.style, ...marks };
  } else if (token.type === "[") {
    yield { type: "list", style: "[", ...marks };
    yield* flowList(scanner, handles);
  } else if (token.type === "{") {
    yield { type: "group", style: "{", ...marks };
    yield* flowGroup(scanner, handles);
  } else if (isBlock && token.type === "block-list") {
    yield { type: "list", style: "", ...marks };
    yield* blockList(scanner, handles);
  } else if (isBlock && token.type === "block-group") {
    yield { type: "group", style: "", ...marks };
    yield* blockGroup(scanner, handles);
  } else if (start && end) yield { ...empty(start), end, anchor, tag };
  else {
    refuse("did not find expected node content", token.start,
      isBlock ? "while parsing a block node" : "while parsing a flow node", token.start);
  }
}

/**
 * @param {Scanner} scanner
 * @param {Record<string, string>} handles
 * @returns {{anchor: string | null, tag: string | null, start: Mark | null, end: Mark | null}}
 */
function properties(scanner, handles) {
  /** @type {Record<string, Token>} */
  const found = {};
  /** @type {Token[]} */
  const read = [];
  for (let token = scanner.peek(); (token.type === "anchor" || token.type === "tag") && !found[token.type]; token = scanner.peek()) {
    found[token.type] = token;
    read.push(scanner.take());
  }
  const start = read.length ? read[0].start : null;
  let tag = null;
  if (found.tag) {
    const { handle, value } = found.tag;
    if (handle && !(handle in handles)) refuse("found undefined tag handle", found.tag.start, "while parsing a node", start);
    tag = (handle ? handles[handle] : "") + value;
  }
  return { anchor: found.anchor?.value ?? null, tag, start, end: read.length ? read[read.length - 1].end : null };
}

/** @param {Scanner} scanner @param {Record<string, string>} handles @returns {Generator<Event, void, void>} */
function* blockList(scanner, handles) {
  const { start } = scanner.take();
  let token = scanner.peek();
  for (; token.type === "-"; token = scanner.peek()) {
    scanner.take();
    if (["-", "block-end"].includes(scanner.peek().type)) yield empty(token.end);
    else yield* node(scanner, handles, true, false);
  }
  if (token.type !== "block-end") {
    refuse("did not find expected '-' indicator", token.start, "while parsing a block collection", start);
  }
  scanner.take();
  yield { type: "list-end", start: token.start, end: token.end };
}

/** @param {Scanner} scanner @param {Record<string, string>} handles @returns {Generator<Event, void, void>} */
function* levelList(scanner, handles) {
  let token = scanner.peek();
  for (; token.type === "-"; token = scanner.peek()) {
    scanner.take();
    if (["-", "key", "value", "block-end"].includes(scanner.peek().type)) yield empty(token.end);
    else yield* node(scanner, handles, true, false);
  }
  yield { type: "list-end", start: token.start, end: token.start };
}

/** @param {Scanner} scanner @param {Record<string, string>} handles @returns {Generator<Event, void, void>} */
function* blockGroup(scanner, handles) {
  const { start } = scanner.take();
  for (;;) {
    const token = scanner.peek();
    if (token.type === "block-end") {
      scanner.take();
      yield { type: "group-end", start: token.start, end: token.end };
      return;
    }
    // A value without a key is refused, as the parser of the catalog refuses it.
    if (token.type !== "key") refuse("did not find expected key", token.start, "while parsing a block mapping", start);
    yield* afterSign(scanner, handles);
    const value = scanner.peek();
    if (value.type === "value") yield* afterSign(scanner, handles);
    else yield empty(value.start);
  }
}

/** @param {Scanner} scanner @param {Record<string, string>} handles @returns {Generator<Event, void, void>} */
function* afterSign(scanner, handles) {
  const sign = scanner.take();
  if (["key", "value", "block-end"].includes(scanner.peek().type)) yield empty(sign.end);
  else yield* node(scanner, handles, true, true);
}

/** @param {Scanner} scanner @param {Record<string, string>} handles @returns {Generator<Event, void, void>} */
function* flowList(scanner, handles) {
  const { start } = scanner.take();
  for (let isFirst = true; ; isFirst = false) {
    let token = scanner.peek();
    if (token.type !== "]" && !isFirst) {
      if (token.type !== ",") refuse("did not find expected ',' or ']'", token.start, "while parsing a flow sequence", start);
      scanner.take();
      token = scanner.peek();
    }
    if (token.type === "]") {
      scanner.take();
      yield { type: "list-end", start: token.start, end: token.end };
      return;
    }
    if (token.type === "key") yield* pairInList(scanner, handles);
    else yield* node(scanner, handles, false, false);
  }
}

/**
 * A key and its value in brackets, without braces.
 * @param {Scanner} scanner
 * @param {Record<string, string>} handles
 * @returns {Generator<Event, void, void>}
 */
function* pairInList(scanner, handles) {
  const key = scanner.take();
  yield { type: "group", style: "{", start: key.start, end: key.end, anchor: null, tag: null };
  const token = scanner.peek();
  if (["value", ",", "]"].includes(token.type)) yield empty(token.start);
  else yield* node(scanner, handles, false, false);
  let value = scanner.peek();
  let isRead = false;
  if (value.type === "value") {
    scanner.take();
    value = scanner.peek();
    if (value.type !== "," && value.type !== "]") {
      yield* node(scanner, handles, false, false);
      isRead = true;
    }
  }
  if (!isRead) yield empty(value.start);
  const end = scanner.peek().start;
  yield { type: "group-end", start: end, end };
}

/** @param {Scanner} scanner @param {Record<string, string>} handles @returns {Generator<Event, void, void>} */
function* flowGroup(scanner, handles) {
  const { start } = scanner.take();
  for (let isFirst = true; ; isFirst = false) {
    let token = scanner.peek();
    if (token.type !== "}" && !isFirst) {
      if (token.type !== ",") refuse("did not find expected ',' or '}'", token.start, "while parsing a flow mapping", start);
      scanner.take();
      token = scanner.peek();
    }
    if (token.type === "}") {
      scanner.take();
      yield { type: "group-end", start: token.start, end: token.end };
      return;
    }
    yield* pairInGroup(scanner, handles, token);
  }
}

/**
 * @param {Scanner} scanner
 * @param {Record<string, string>} handles
 * @param {Token} token
 * @returns {Generator<Event, void, void>}
 */
function* pairInGroup(scanner, handles, token) {
  if (token.type !== "key") {
    yield* node(scanner, handles, false, false);
    yield empty(scanner.peek().start);
    return;
  }
  scanner.take();
  token = scanner.peek();
  if (["value", ",", "}"].includes(token.type)) yield empty(token.start);
  else yield* node(scanner, handles, false, false);
  token = scanner.peek();
  if (token.type === "value") {
    scanner.take();
    token = scanner.peek();
    if (token.type !== "," && token.type !== "}") {
      yield* node(scanner, handles, false, false);
      return;
    }
  }
  yield empty(token.start);
}
