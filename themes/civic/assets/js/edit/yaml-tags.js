/** What stands before a value or a document: anchors, aliases, tags and directives. None of them may be in a catalog. */

import { isBlank, isEnd, isGap } from "./yaml-letters.js";

/** @typedef {import("./yaml-letters.js").Mark} Mark */
/** @typedef {import("./yaml-letters.js").Token} Token */
/** @typedef {import("./yaml-scanner.js").Scanner} Scanner */

const ALPHA = /^[0-9A-Za-z_-]$/;
const HEX = /^[0-9A-Fa-f]$/;
const IN_TAG = /^[0-9A-Za-z_;/?:@&=+$.!~*'()%-]$/;
const IN_TAG_AND_FLOW = /^[,[\]]$/;

/** @param {Scanner} scanner @param {string} sign @returns {Token} */
export function anchor(scanner, sign) {
  const start = scanner.mark();
  scanner.skip();
  let value = "";
  while (ALPHA.test(scanner.see())) value += scanner.skip();
  if (!value || !(isGap(scanner.see()) || "?:,]}%@`".includes(scanner.see()))) {
    scanner.refuse("did not find expected alphabetic or numeric character",
      sign === "&" ? "while scanning an anchor" : "while scanning an alias", start);
  }
  return { type: sign === "&" ? "anchor" : "alias", start, end: scanner.mark(), value };
}

/** @param {Scanner} scanner @returns {Token} */
export function directive(scanner) {
  const start = scanner.mark();
  const context = "while scanning a directive";
  scanner.skip();
  let name = "";
  while (ALPHA.test(scanner.see())) name += scanner.skip();
  if (!name) scanner.refuse("could not find expected directive name", context, start);
  if (!isGap(scanner.see())) scanner.refuse("found unexpected non-alphabetical character", context, start);
  const more = name === "YAML" ? version(scanner, start) : name === "TAG" ? tagDirective(scanner, start) : null;
  if (!more) scanner.refuse("found unknown directive name", context, start);
  const end = scanner.mark();
  scanner.skipBlanks();
  scanner.skipComment();
  if (!isEnd(scanner.see())) scanner.refuse("did not find expected comment or line break", context, start);
  scanner.skipBreak();
  return { type: "directive", start, end, ...more };
}

/** @param {Scanner} scanner @param {Mark} start @returns {Partial<Token>} */
function version(scanner, start) {
  const context = "while scanning a %YAML directive";
  scanner.skipBlanks();
  const major = versionNumber(scanner, context, start);
  if (scanner.see() !== ".") scanner.refuse("did not find expected digit or '.' character", context, start);
  scanner.skip();
  return { value: `${major}.${versionNumber(scanner, context, start)}`, style: "YAML" };
}

/** @param {Scanner} scanner @param {string} context @param {Mark} start @returns {number} */
function versionNumber(scanner, context, start) {
  let digits = "";
  while (/^[0-9]$/.test(scanner.see())) {
    if (digits.length === 9) scanner.refuse("found extremely long version number", context, start);
    digits += scanner.skip();
  }
  if (!digits) scanner.refuse("did not find expected version number", context, start);
  return Number(digits);
}

/** @param {Scanner} scanner @param {Mark} start @returns {Partial<Token>} */
function tagDirective(scanner, start) {
  const context = "while scanning a %TAG directive";
  scanner.skipBlanks();
  const handle = tagHandle(scanner, true, start);
  if (!isBlank(scanner.see())) scanner.refuse("did not find expected whitespace", context, start);
  scanner.skipBlanks();
  const value = tagPart(scanner, true, true, "", start);
  if (!isGap(scanner.see())) scanner.refuse("did not find expected whitespace or line break", context, start);
  return { handle, value, style: "TAG" };
}

/** @param {Scanner} scanner @returns {Token} */
export function tag(scanner) {
  const start = scanner.mark();
  const context = "while scanning a tag";
  let [handle, value] = ["", ""];
  if (scanner.see(1) === "<") {
    scanner.skip();
    scanner.skip();
    value = tagPart(scanner, true, false, "", start);
    if (scanner.see() !== ">") scanner.refuse("did not find the expected '>'", context, start);
    scanner.skip();
  } else {
    handle = tagHandle(scanner, false, start);
    if (handle.length > 1 && handle.endsWith("!")) value = tagPart(scanner, false, false, "", start);
    else {
      value = tagPart(scanner, false, false, handle, start);
      [handle, value] = value ? ["!", value] : ["", "!"];
    }
  }
  if (!isGap(scanner.see()) && !(scanner.flow && scanner.see() === ",")) {
    scanner.refuse("did not find expected whitespace or line break", context, start);
  }
  return { type: "tag", start, end: scanner.mark(), handle, value };
}

/** @param {Scanner} scanner @param {boolean} isDirective @param {Mark} start @returns {string} */
function tagHandle(scanner, isDirective, start) {
  if (scanner.see() !== "!") {
    scanner.refuse("did not find expected '!'", isDirective ? "while scanning a tag directive" : "while scanning a tag", start);
  }
  let handle = scanner.skip();
  while (ALPHA.test(scanner.see())) handle += scanner.skip();
  if (scanner.see() === "!") handle += scanner.skip();
  else if (isDirective && handle !== "!") scanner.refuse("did not find expected '!'", "while parsing a tag directive", start);
  return handle;
}

/**
 * @param {Scanner} scanner
 * @param {boolean} isWhole
 * @param {boolean} isDirective
 * @param {string} head
 * @param {Mark} start
 * @returns {string}
 */
function tagPart(scanner, isWhole, isDirective, head, start) {
  const context = isDirective ? "while parsing a %TAG directive" : "while parsing a tag";
  let part = head.slice(1);
  let length = head.length;
  while (IN_TAG.test(scanner.see()) || (isWhole && IN_TAG_AND_FLOW.test(scanner.see()))) {
    part += scanner.see() === "%" ? escapedOctets(scanner, context, start) : scanner.skip();
    length++;
  }
  if (!length) scanner.refuse("did not find expected tag URI", context, start);
  return part;
}

/** @param {Scanner} scanner @param {string} context @param {Mark} start @returns {string} */
function escapedOctets(scanner, context, start) {
  /** @type {number[]} */
  const octets = [];
  let width = 0;
  do {
    if (!(scanner.see() === "%" && HEX.test(scanner.see(1)) && HEX.test(scanner.see(2)))) {
      scanner.refuse("did not find URI escaped octet", context, start);
    }
    const octet = parseInt(scanner.see(1) + scanner.see(2), 16);
    if (!width) {
      width = octet < 0x80 ? 1 : (octet & 0xe0) === 0xc0 ? 2 : (octet & 0xf0) === 0xe0 ? 3 : (octet & 0xf8) === 0xf0 ? 4 : 0;
      if (!width) scanner.refuse("found an incorrect leading UTF-8 octet", context, start);
    } else if ((octet & 0xc0) !== 0x80) scanner.refuse("found an incorrect trailing UTF-8 octet", context, start);
    octets.push(octet);
    for (let count = 0; count < 3; count++) scanner.skip();
  } while (--width);
  return new TextDecoder().decode(new Uint8Array(octets));
}
