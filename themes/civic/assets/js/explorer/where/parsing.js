/**
 * From the text of a condition to what it is made of. Each function is a rule of the grammar:
 *
 *     or    = and { "or" and }          and = not { "and" not }          not = "not" not | test
 *     test  = sum [ comparison sum | ["not"] "in" "(" value { "," value } ")" | "is" ["not"] "null" ]
 *     sum   = product { ("+" | "-") product }          product = sign { ("*" | "/") sign }
 *     sign  = "-" sign | value | column | function "(" or { "," or } ")" | "(" or ")"
 *
 * @typedef {{digits: bigint, scale: number}} Decimal
 * @typedef {object} Node
 * @property {"value" | "column" | "call" | "reckon" | "compare" | "in" | "null" | "not" | "and" | "or"} is
 * @property {string} name          of a column or function; the sign of what is compared or reckoned
 * @property {Decimal | string | boolean | null} value
 * @property {Node[]} parts
 * @property {boolean} isNegated    of "in" and "null"
 * @property {string} said          the text of it
 */
import { parsed as decimalOf } from "../engine/decimals.js";
import { fail, KEYWORDS, wordsOf } from "./words.js";

const MOST_DEPTH = 40;
const COMPARING = ["==", "!=", "<", "<=", ">", ">="];
const CONSTANTS = new Map([["true", true], ["false", false], ["null", null]]);

/** @param {string} text @returns {Node} */
export function parsed(text) {
  const words = wordsOf(text);
  let next = 0;
  let depth = 0;

  const wrong = (at = words[next].at) => fail(text.slice(at));
  const isNext = (/** @type {string[]} */ ...signs) =>
    (words[next].kind === "sign" || words[next].kind === "name") && signs.includes(words[next].text);
  const met = (/** @type {string[]} */ ...signs) => (isNext(...signs) ? words[next++].text : "");
  const expect = (/** @type {string} */ sign) => void (met(sign) || wrong());

  /** @param {Node["is"]} is @param {number} at @param {Partial<Node>} more @returns {Node} */
  const node = (is, at, more) =>
    ({ is, name: "", value: null, parts: [], isNegated: false, ...more, said: text.slice(at, words[next - 1].end) });

  /** @param {() => Node} rule */
  function deeper(rule) {
    depth += 1;
    if (depth > MOST_DEPTH) wrong();
    const found = rule();
    depth -= 1;
    return found;
  }

  /** @param {() => Node} rule @returns {Node[]} */
  function listed(rule) {
    const found = [rule()];
    while (met(",")) found.push(rule());
    expect(")");
    return found;
  }

  /** @param {"and" | "or"} word @param {() => Node} part */
  function joined(word, part) {
    const { at } = words[next];
    const parts = [part()];
    while (met(word)) parts.push(part());
    return parts.length > 1 ? node(word, at, { parts }) : parts[0];
  }

  const either = () => joined("or", all);
  const all = () => joined("and", negated);

  /** @returns {Node} */
  function negated() {
    const { at } = words[next];
    return met("not") ? node("not", at, { parts: [deeper(negated)] }) : test();
  }

  function test() {
    const { at } = words[next];
    const left = sum();
    const name = met(...COMPARING);
    if (name) {
      const parts = [left, sum()];
      if (isNext(...COMPARING)) wrong();
      return node("compare", at, { name, parts });
    }
    if (met("is")) {
      const isNegated = Boolean(met("not"));
      expect("null");
      return node("null", at, { parts: [left], isNegated });
    }
    const isNegated = isNext("not") && words[next + 1].text === "in";
    if (isNegated) next += 1;
    if (!met("in")) return left;
    expect("(");
    return node("in", at, { parts: [left, ...listed(option)], isNegated });
  }

  function option() {
    const { at } = words[next];
    const found = sign();
    return found.is === "value" ? found : wrong(at);
  }

  const sum = () => reckoned(["+", "-"], product);
  const product = () => reckoned(["*", "/"], sign);

  /** @param {string[]} signs @param {() => Node} part @returns {Node} */
  function reckoned(signs, part) {
    const { at } = words[next];
    let left = part();
    for (let name = met(...signs); name; name = met(...signs)) left = node("reckon", at, { name, parts: [left, part()] });
    return left;
  }

  /** @returns {Node} */
  function sign() {
    const { at } = words[next];
    if (!met("-")) return value();
    const inner = deeper(sign);
    const number = inner.is === "value" && typeof inner.value === "object" ? inner.value : null;
    if (number) return node("value", at, { value: { ...number, digits: -number.digits } });
    return node("reckon", at, { name: "-", parts: [node("value", at, { value: { digits: 0n, scale: 0 } }), inner] });
  }

  /** @returns {Node} */
  function value() {
    const word = words[next];
    const { kind, text: name, at } = word;
    if (kind === "end") wrong();
    next += 1;
    if (kind === "number") return node("value", at, { value: decimalOf(name) });
    if (kind === "text") return node("value", at, { value: name });
    if (kind === "column") return node("column", at, { name });
    if (name === "(") {
      const inner = deeper(either);
      expect(")");
      return inner;
    }
    const constant = CONSTANTS.get(name);
    if (kind === "name" && constant !== undefined) return node("value", at, { value: constant });
    if (kind !== "name" || KEYWORDS.includes(name)) wrong(at);
    if (!met("(")) return node("column", at, { name });
    return node("call", at, { name, parts: met(")") ? [] : listed(() => deeper(either)) });
  }

  const whole = either();
  return words[next].kind === "end" ? whole : wrong();
}

/** The columns that are read, each once. @param {Node} node @returns {string[]} */
export const namesIn = (node) => [...new Set(node.is === "column" ? [node.name] : node.parts.flatMap(namesIn))];
