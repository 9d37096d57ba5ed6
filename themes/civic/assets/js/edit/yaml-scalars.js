/** Texts in YAML: plain, between quotation marks, and as blocks. https://yaml.org/spec/1.1/, chapters 5 and 9. */

import { END, isBlank, isBreak, isEnd, isGap } from "./yaml-letters.js";

/** @typedef {import("./yaml-letters.js").Mark} Mark */
/** @typedef {import("./yaml-letters.js").Token} Token */
/** @typedef {import("./yaml-scanner.js").Scanner} Scanner */

const HEX = /^[0-9A-Fa-f]$/;
/** @type {Record<string, string>} */
const ESCAPES = {
  0: "\0", a: "\x07", b: "\b", t: "\t", "\t": "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b", " ": " ", '"': '"',
  "/": "/", "\\": "\\", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029",
};
/** @type {Record<string, number>} */
const CODES = { x: 2, u: 4, U: 8 };

/** Spaces and line breaks inside a text, on their way to being folded (YAML 1.1, 4.2.6). */
class Folded {
  text = "";
  blanks = "";
  first = "";
  more = "";
  isBroken = false;

  /** @param {string} lineBreak */
  break(lineBreak) {
    if (this.isBroken) this.more += lineBreak;
    else {
      this.blanks = "";
      this.first = lineBreak;
      this.isBroken = true;
    }
  }

  /** Put what was gathered before the next letter. */
  join() {
    if (!this.isBroken) this.text += this.blanks;
    else if (this.first.startsWith("\n")) this.text += this.more || " ";
    else this.text += this.first + this.more;
    this.blanks = this.first = this.more = "";
    this.isBroken = false;
  }
}

/** @param {Scanner} scanner @param {string} sign @returns {Token} */
export function block(scanner, sign) {
  const start = scanner.mark();
  const context = "while scanning a block scalar";
  scanner.skip();
  const { chomping, increment } = blockHeader(scanner, context, start);
  scanner.skipBlanks();
  scanner.skipComment();
  if (!isEnd(scanner.see())) scanner.refuse("did not find expected comment or line break", context, start);
  scanner.skipBreak();
  let indent = increment ? Math.max(scanner.indent, 0) + increment : 0;
  let found = blockBreaks(scanner, indent, start);
  indent = found.indent;
  let [text, first, startedBlank] = ["", "", false];
  while (scanner.column === indent && scanner.see() !== END) {
    const startsBlank = isBlank(scanner.see());
    if (sign === ">" && first.startsWith("\n") && !startedBlank && !startsBlank) text += found.breaks ? "" : " ";
    else text += first;
    text += found.breaks;
    startedBlank = startsBlank;
    while (!isEnd(scanner.see())) text += scanner.skip();
    first = scanner.skipBreak();
    found = blockBreaks(scanner, indent, start);
  }
  if (chomping !== "-") text += first;
  if (chomping === "+") text += found.breaks;
  return { type: "scalar", start, end: found.end, value: text, style: sign };
}

/** @param {Scanner} scanner @param {string} context @param {Mark} start @returns {{chomping: string, increment: number}} */
function blockHeader(scanner, context, start) {
  let [chomping, increment] = ["", 0];
  const chomp = () => {
    if (scanner.see() === "+" || scanner.see() === "-") chomping = scanner.skip();
  };
  const widen = () => {
    if (!/^[0-9]$/.test(scanner.see())) return;
    if (scanner.see() === "0") scanner.refuse("found an indentation indicator equal to 0", context, start);
    increment = Number(scanner.skip());
  };
  chomp();
  widen();
  if (!chomping) chomp();
  return { chomping, increment };
}

/**
 * @param {Scanner} scanner
 * @param {number} indent 0 where it is to be found
 * @param {Mark} start
 * @returns {{indent: number, breaks: string, end: Mark}}
 */
function blockBreaks(scanner, indent, start) {
  let [most, breaks, end] = [0, "", scanner.mark()];
  for (;;) {
    while ((!indent || scanner.column < indent) && scanner.see() === " ") scanner.skip();
    most = Math.max(most, scanner.column);
    if ((!indent || scanner.column < indent) && scanner.see() === "\t") {
      scanner.refuse("found a tab character where an indentation space is expected", "while scanning a block scalar", start);
    }
    if (!isBreak(scanner.see())) break;
    breaks += scanner.skipBreak();
    end = scanner.mark();
  }
  return { indent: indent || Math.max(most, scanner.indent + 1, 1), breaks, end };
}

/** @param {Scanner} scanner @param {string} quote @returns {Token} */
export function quoted(scanner, quote) {
  const start = scanner.mark();
  const context = "while scanning a quoted scalar";
  const folded = new Folded();
  scanner.skip();
  for (;;) {
    if (scanner.column === 0 && (scanner.isDivider("---") || scanner.isDivider("..."))) {
      scanner.refuse("found unexpected document indicator", context, start);
    }
    if (scanner.see() === END) scanner.refuse("found unexpected end of stream", context, start);
    while (!isGap(scanner.see()) && quotedLetter(scanner, quote, folded, start));
    if (scanner.see() === quote) break;
    gaps(scanner, folded, null);
    folded.join();
  }
  scanner.skip();
  return { type: "scalar", start, end: scanner.mark(), value: folded.text, style: quote };
}

/**
 * Read one letter between quotation marks; false where they end, or an escaped line break was read.
 * @param {Scanner} scanner
 * @param {string} quote
 * @param {Folded} folded
 * @param {Mark} start
 * @returns {boolean}
 */
function quotedLetter(scanner, quote, folded, start) {
  const [letter, next] = [scanner.see(), scanner.see(1)];
  if (quote === "'" && letter === "'" && next === "'") {
    scanner.skip();
    folded.text += scanner.skip();
  } else if (letter === quote) return false;
  else if (quote === '"' && letter === "\\" && isBreak(next)) {
    scanner.skip();
    scanner.skipBreak();
    folded.isBroken = true;
    folded.first = "";
    return false;
  } else if (quote === '"' && letter === "\\") folded.text += escape(scanner, start);
  else folded.text += scanner.skip();
  return true;
}

/** @param {Scanner} scanner @param {Mark} start @returns {string} */
function escape(scanner, start) {
  const context = "while parsing a quoted scalar";
  const name = scanner.see(1);
  const length = CODES[name];
  if (length === undefined) {
    if (!(name in ESCAPES)) scanner.refuse("found unknown escape character", context, start);
    scanner.skip();
    scanner.skip();
    return ESCAPES[name];
  }
  scanner.skip();
  scanner.skip();
  let digits = "";
  for (let count = 0; count < length; count++) {
    if (!HEX.test(scanner.see(count))) scanner.refuse("did not find expected hexdecimal number", context, start);
    digits += scanner.see(count);
  }
  const value = parseInt(digits, 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    scanner.refuse("found invalid Unicode character escape code", context, start);
  }
  for (let count = 0; count < length; count++) scanner.skip();
  return String.fromCodePoint(value);
}

/**
 * Read spaces and line breaks.
 * @param {Scanner} scanner
 * @param {Folded} folded
 * @param {Mark | null} plain where a plain text began
 */
function gaps(scanner, folded, plain) {
  while (isBlank(scanner.see()) || isBreak(scanner.see())) {
    if (isBreak(scanner.see())) folded.break(scanner.skipBreak());
    else {
      if (plain && folded.isBroken && scanner.column < scanner.indent + 1 && scanner.see() === "\t") {
        scanner.refuse("found a tab character that violates indentation", "while scanning a plain scalar", plain);
      }
      const blank = scanner.skip();
      if (!folded.isBroken) folded.blanks += blank;
    }
  }
}

/** @param {Scanner} scanner @returns {Token} */
export function plain(scanner) {
  const start = scanner.mark();
  let end = start;
  const folded = new Folded();
  for (;;) {
    if (scanner.column === 0 && (scanner.isDivider("---") || scanner.isDivider("..."))) break;
    if (scanner.see() === "#") break;
    while (!isGap(scanner.see())) {
      const letter = scanner.see();
      if (scanner.flow && letter === ":" && ",?[]{}".includes(scanner.see(1))) {
        scanner.refuse("found unexpected ':'", "while scanning a plain scalar", start);
      }
      if ((letter === ":" && isGap(scanner.see(1))) || (scanner.flow && ",[]{}".includes(letter))) break;
      folded.join();
      folded.text += scanner.skip();
      end = scanner.mark();
    }
    if (!isBlank(scanner.see()) && !isBreak(scanner.see())) break;
    gaps(scanner, folded, start);
    if (!scanner.flow && scanner.column < scanner.indent + 1) break;
  }
  // On the line below a text of several lines a key may begin.
  if (folded.isBroken) scanner.mayBeKey = true;
  return { type: "scalar", start, end, value: folded.text, style: "" };
}
