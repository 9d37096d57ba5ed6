/**
 * Reads YAML 1.1 as tokens, and finds fault where the loader of the catalog finds it, in the same words: its parser is libyaml,
 * whose errors readers of `cityfolio check` know. https://yaml.org/spec/1.1/, chapters 4 to 9.
 *
 * A text is a list of characters (code points), so that columns count as they do there. Its end reads as "\0".
 */

import { END, isBlank, isBreak, isGap, Letters } from "./yaml-letters.js";
import { block, plain, quoted } from "./yaml-scalars.js";
import { anchor, directive, tag } from "./yaml-tags.js";

/** @typedef {import("./yaml-letters.js").Mark} Mark */
/** @typedef {import("./yaml-letters.js").Token} Token */

const MOST_NESTED = 1000;
const LONGEST_KEY = 1024;

/** The tokens of a text, one after the other. */
export class Scanner extends Letters {
  /** @param {string[]} letters */
  constructor(letters) {
    super(letters);
    /** @type {Token[]} */
    this.tokens = [];
    this.taken = 0;
    this.indent = -1;
    /** @type {number[]} */
    this.indents = [];
    this.flow = 0;
    this.mayBeKey = true;
    /** @type {({isNeeded: boolean, number: number, mark: Mark} | null)[]} for each level of brackets what may be a key */
    this.keys = [null];
  }

  /** The next token, which stays. @returns {Token} */
  peek() {
    while (this.needsMore()) this.fetch();
    return this.tokens[0];
  }

  /** The next token. @returns {Token} */
  take() {
    const token = this.peek();
    this.tokens.shift();
    this.taken++;
    return token;
  }

  /** @returns {boolean} */
  needsMore() {
    if (!this.tokens.length) return true;
    this.forgetStaleKeys();
    return this.keys.some((key) => key !== null && key.number === this.taken);
  }

  /** @param {string} type @param {Mark} [start] @param {Partial<Token>} [more] */
  push(type, start = this.mark(), more = {}) {
    this.tokens.push({ type, start, end: this.mark(), ...more });
  }

  fetch() {
    this.skipToToken();
    this.forgetStaleKeys();
    this.unroll(this.column);
    const letter = this.see();
    const isAlone = isGap(this.see(1));
    if (letter === END) this.endStream();
    else if (this.column === 0 && letter === "%") this.directive();
    else if (this.column === 0 && this.isDivider("---")) this.divider("document-start");
    else if (this.column === 0 && this.isDivider("...")) this.divider("document-end");
    else if (letter === "[" || letter === "{") this.open(letter);
    else if (letter === "]" || letter === "}") this.close(letter);
    else if (letter === ",") this.comma();
    else if (letter === "-" && isAlone) this.dash();
    else if (letter === "?" && (isAlone || this.flow)) this.question();
    else if (letter === ":" && (isAlone || this.flow)) this.colon();
    else if (letter === "*" || letter === "&") this.addKey(() => anchor(this, letter));
    else if (letter === "!") this.addKey(() => tag(this));
    else if ((letter === "|" || letter === ">") && !this.flow) this.block(letter);
    else if (letter === "'" || letter === '"') this.addKey(() => quoted(this, letter));
    else if (this.startsPlain(letter)) this.addKey(() => plain(this));
    else this.refuse("found character that cannot start any token", "while scanning for the next token", this.mark());
  }

  /** @param {string} letter @returns {boolean} */
  startsPlain(letter) {
    if (letter === "-") return !isBlank(this.see(1));
    if (letter === "?" || letter === ":") return !this.flow && !isGap(this.see(1));
    return !(isGap(letter) || ",[]{}#&*!|>'\"%@`".includes(letter));
  }

  skipToToken() {
    for (;;) {
      if (this.column === 0 && this.see() === "\ufeff") this.skip();
      while (this.see() === " " || (this.see() === "\t" && (this.flow || !this.mayBeKey))) this.skip();
      this.skipComment();
      if (!isBreak(this.see())) return;
      this.skipBreak();
      if (!this.flow) this.mayBeKey = true;
    }
  }

  /** A key stands on one line and is short. */
  forgetStaleKeys() {
    this.keys.forEach((key, level) => {
      if (key && (key.mark.line < this.line || key.mark.index + LONGEST_KEY < this.at)) this.forgetKey(level);
    });
  }

  /** @param {number} [level] */
  forgetKey(level = this.keys.length - 1) {
    const key = this.keys[level];
    if (key?.isNeeded) this.refuse("could not find expected ':'", "while scanning a simple key", key.mark);
    this.keys[level] = null;
  }

  saveKey() {
    const isNeeded = !this.flow && this.indent === this.column;
    if (!this.mayBeKey) return;
    this.forgetKey();
    this.keys[this.keys.length - 1] = { isNeeded, number: this.taken + this.tokens.length, mark: this.mark() };
  }

  /** @param {number} column @param {number | null} number @param {string} type @param {Mark} mark */
  roll(column, number, type, mark) {
    if (this.flow || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    const token = { type, start: mark, end: mark };
    if (number === null) this.tokens.push(token);
    else this.tokens.splice(number - this.taken, 0, token);
  }

  /** @param {number} column */
  unroll(column) {
    if (this.flow) return;
    while (this.indent > column) {
      this.push("block-end");
      this.indent = /** @type {number} */ (this.indents.pop());
    }
  }

  endStream() {
    if (this.column !== 0) {
      this.column = 0;
      this.line++;
    }
    this.unroll(-1);
    this.forgetKey();
    this.mayBeKey = false;
    this.push("stream-end");
  }

  /** @param {string} type */
  divider(type) {
    this.unroll(-1);
    this.forgetKey();
    this.mayBeKey = false;
    const start = this.mark();
    for (let count = 0; count < 3; count++) this.skip();
    this.push(type, start);
  }

  directive() {
    this.unroll(-1);
    this.forgetKey();
    this.mayBeKey = false;
    this.tokens.push(directive(this));
  }

  /** @param {string} sign */
  block(sign) {
    this.forgetKey();
    this.mayBeKey = true;
    this.tokens.push(block(this, sign));
  }

  /** Add what may be a key, or begin one, and what no key can follow at once. @param {() => Token} read */
  addKey(read) {
    this.saveKey();
    this.mayBeKey = false;
    this.tokens.push(read());
  }

  /** @param {string} sign */
  open(sign) {
    this.saveKey();
    this.keys.push(null);
    this.flow++;
    if (this.flow + this.indents.length > MOST_NESTED) this.refuse("exceeded maximum nesting depth", "while increasing flow level", this.mark());
    this.mayBeKey = true;
    this.sign(sign);
  }

  /** @param {string} sign */
  close(sign) {
    this.forgetKey();
    if (this.flow) {
      this.flow--;
      this.keys.pop();
    }
    this.mayBeKey = false;
    this.sign(sign);
  }

  comma() {
    this.forgetKey();
    this.mayBeKey = true;
    this.sign(",");
  }

  /** @param {string} type */
  sign(type) {
    const start = this.mark();
    this.skip();
    this.push(type, start);
  }

  dash() {
    if (!this.flow) {
      if (!this.mayBeKey) this.refuse("block sequence entries are not allowed in this context");
      this.roll(this.column, null, "block-list", this.mark());
    }
    this.forgetKey();
    this.mayBeKey = true;
    this.sign("-");
  }

  question() {
    if (!this.flow) {
      if (!this.mayBeKey) this.refuse("mapping keys are not allowed in this context");
      this.roll(this.column, null, "block-group", this.mark());
    }
    this.forgetKey();
    this.mayBeKey = !this.flow;
    this.sign("key");
  }

  colon() {
    const key = this.keys[this.keys.length - 1];
    if (key) {
      this.tokens.splice(key.number - this.taken, 0, { type: "key", start: key.mark, end: key.mark });
      this.roll(key.mark.column, key.number, "block-group", key.mark);
      this.keys[this.keys.length - 1] = null;
      this.mayBeKey = false;
    } else {
      if (!this.flow) {
        if (!this.mayBeKey) this.refuse("mapping values are not allowed in this context");
        this.roll(this.column, null, "block-group", this.mark());
      }
      this.mayBeKey = !this.flow;
    }
    this.sign("value");
  }
}
