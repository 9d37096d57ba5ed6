/** The characters of a text, read one after the other, and where the reader stands. */

/** @typedef {{index: number, line: number, column: number}} Mark a place; lines and columns count from 0 */
/**
 * @typedef {object} Token
 * @property {string} type
 * @property {Mark} start
 * @property {Mark} end
 * @property {string} [value] of a scalar, an anchor, an alias or a tag
 * @property {string} [style] of a scalar: "" for plain, else its sign
 * @property {string} [handle] of a tag
 */


/** What is no YAML: where, and why. */
export class YamlError extends Error {
  /**
   * @param {string} problem
   * @param {Mark} mark
   * @param {string} [context]
   * @param {Mark | null} [contextMark]
   */
  constructor(problem, mark, context = "", contextMark = null) {
    super(problem);
    this.problem = problem;
    this.mark = mark;
    this.context = context;
    this.contextMark = contextMark;
  }
}

export const END = "\0";
const BREAKS = new Set(["\r", "\n", "\x85", "\u2028", "\u2029"]);

/** @param {string} letter */
export const isBreak = (letter) => BREAKS.has(letter);
/** @param {string} letter */
export const isBlank = (letter) => letter === " " || letter === "\t";
/** @param {string} letter */
export const isEnd = (letter) => letter === END || isBreak(letter);
/** @param {string} letter */
export const isGap = (letter) => isBlank(letter) || isEnd(letter);

/** Reads a text, as a list of its characters (code points). Its end reads as "\0". */
export class Letters {
  /** @param {string[]} letters */
  constructor(letters) {
    this.letters = letters;
    this.at = 0;
    this.line = 0;
    this.column = 0;
  }

  /** @returns {Mark} */
  mark() {
    return { index: this.at, line: this.line, column: this.column };
  }

  /** @param {number} [ahead] @returns {string} */
  see(ahead = 0) {
    return this.letters[this.at + ahead] ?? END;
  }

  /** @returns {string} */
  skip() {
    this.column++;
    return this.letters[this.at++];
  }

  /** Read a line break; YAML 1.1 has four kinds, of which three are one. @returns {string} */
  skipBreak() {
    const letter = this.see();
    if (!isBreak(letter)) return "";
    this.at += letter === "\r" && this.see(1) === "\n" ? 2 : 1;
    this.line++;
    this.column = 0;
    return letter === "\u2028" || letter === "\u2029" ? letter : "\n";
  }

  skipBlanks() {
    while (isBlank(this.see())) this.skip();
  }

  skipComment() {
    if (this.see() === "#") while (!isEnd(this.see())) this.skip();
  }

  /** @param {string} problem @param {string} [context] @param {Mark | null} [start] @returns {never} */
  refuse(problem, context = "", start = null) {
    throw new YamlError(problem, this.mark(), context, start);
  }

  /** @param {string} sign @returns {boolean} */
  isDivider(sign) {
    return this.see() === sign[0] && this.see(1) === sign[0] && this.see(2) === sign[0] && isGap(this.see(3));
  }
}
