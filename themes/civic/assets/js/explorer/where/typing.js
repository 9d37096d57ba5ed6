/**
 * From what a condition is made of to what it gives for each row. What does not fit together is found before any row is read:
 * columns that are not there, values of another kind.
 *
 * @typedef {import("../engine/columns.js").Column} Column
 * @typedef {import("../engine/columns.js").Kind} ColumnKind
 * @typedef {import("./parsing.js").Node} Node
 * @typedef {"number" | "text" | "condition" | "date" | "moment" | "time" | "shape"} Kind
 * @typedef {{column: (name: string) => Column, zone: import("./moments.js").Zone | null, holidays: readonly number[]}} Around
 * @typedef {(around: Around) => any} Made    any: Truth, Quotient, Texts, Days, Moments or a Time, as the kind says
 * @typedef {{kind: Kind, made: Made}} Typed
 * @typedef {(name: string) => ColumnKind | undefined} KindOf    of a column
 */
import { daysOf, timeOf } from "../engine/calendar.js";
import { isFilled } from "../engine/cells.js";
import { FUNCTIONS } from "./functions.js";
import { between, moment, momentsOf } from "./moments.js";
import { always, both, decimal, numbersInOrder, numbersOf, reckon } from "./numbers.js";
import { fixedText, joined, not, sameText, textsOf, truth } from "./texts.js";
import { fail } from "./words.js";

/** @type {Record<string, Kind>} */
const KINDS = {
  text: "text", boolean: "condition", integer: "number", number: "number", year: "number", date: "date", datetime: "moment",
  time: "time", geometry: "shape",
};
const DATED = ["date", "moment"];

/** @type {Record<string, (order: number) => boolean>} */
const HOLDS = {
  "==": (order) => order === 0, "!=": (order) => order !== 0, "<": (order) => order < 0, "<=": (order) => order <= 0,
  ">": (order) => order > 0, ">=": (order) => order >= 0,
};

/** @param {Node} node @param {KindOf} kindOf @returns {Typed} */
export function typed(node, kindOf) {
  const of = (/** @type {Node} */ part) => typed(part, kindOf);
  const { is, name, parts, isNegated } = node;
  switch (is) {
    case "value": return ofValue(node);
    case "column": return ofColumn(node, kindOf(name));
    case "call": return called(node, kindOf);
    case "reckon": {
      const [left, right] = parts.map((part) => as("number", of(part), part));
      if (name === "/" && isZero(parts[1])) fail(parts[1].said);
      return { kind: "number", made: (around) => reckon(name, left(around), right(around)) };
    }
    case "compare": return condition(compared(node, name, [parts[0], parts[1]], kindOf));
    case "in": {
      const [item, ...options] = parts;
      const each = options.map((option) => compared(node, "==", [item, option], kindOf));
      const one = (/** @type {Around} */ around) => joined("or", each.map((made) => made(around)));
      return condition(isNegated ? (around) => not(one(around)) : one);
    }
    case "null": return condition(missing(of(parts[0]), isNegated));
    default: {
      const each = parts.map((part) => as("condition", of(part), part));
      return condition(is === "not" ? (around) => not(each[0](around)) : (around) => joined(is, each.map((made) => made(around))));
    }
  }
}

/** @param {Made} made @returns {Typed} */
const condition = (made) => ({ kind: "condition", made });

/** What gives values of a kind; a fault where it gives others. @param {Kind} kind @param {Typed} found @param {Node} node */
export function as(kind, found, node) {
  return found.kind === kind ? found.made : fail(node.said);
}

const isZero = (/** @type {Node} */ { value }) => typeof value === "object" && value?.digits === 0n;

/** @param {Node} node @returns {Typed} */
function ofValue({ value, said }) {
  if (value === null) return fail(said);
  if (typeof value === "boolean") return condition(() => () => Number(value));
  if (typeof value === "string") return { kind: "text", made: () => fixedText(value) };
  return { kind: "number", made: () => decimal(value) };
}

/** @param {Node} node @param {ColumnKind | undefined} column @returns {Typed} */
function ofColumn({ name, said }, column) {
  const kind = column && KINDS[column];
  if (!kind) return fail(said);
  return { kind, made: ({ column: named, zone }) => heldBy(named(name), kind, zone) };
}

/** @param {Column} column @param {Kind} kind @param {import("./moments.js").Zone | null} zone */
function heldBy(column, kind, zone) {
  const { numbers = new Float64Array() } = column;
  const has = (/** @type {number} */ row) => isFilled(column, row);
  switch (kind) {
    case "number": return numbersOf(column);
    case "text": return textsOf(column);
    case "condition": return truth(has, (row) => column.values?.[column.codes?.[row] ?? 0] === "true");
    case "moment": return momentsOf(column, zone);
    case "date": return { has, day: (/** @type {number} */ row) => numbers[row] };
    default: return { has, time: (/** @type {number} */ row) => Math.round(numbers[row] * 1000) };
  }
}

/** A text beside values of a kind, such as a date. @param {Node} node @param {Kind} kind @returns {Typed} */
export function fitted({ value, said }, kind) {
  const text = String(value);
  const [days, time] = [daysOf(text), timeOf(text)];
  if (kind === "time") return Number.isNaN(time) ? fail(said) : { kind, made: () => ({ has: always, time: () => time }) };
  if (!Number.isNaN(days)) return { kind: "date", made: () => ({ has: always, day: () => days }) };
  if (kind === "date" || !moment(text, null)) return fail(said);
  return { kind: "moment", made: ({ zone }) => moment(text, zone) };
}

const isText = (/** @type {Node} */ { value }) => typeof value === "string";

/**
 * What two sides are to each other.
 * @param {Node} node @param {string} sign @param {[Node, Node]} sides @param {KindOf} kindOf @returns {Made}
 */
function compared(node, sign, sides, kindOf) {
  let [left, right] = sides.map((side) => typed(side, kindOf));
  const canFit = (/** @type {Kind} */ kind) => kind === "time" || DATED.includes(kind);
  if (isText(sides[0]) && canFit(right.kind)) left = fitted(sides[0], right.kind);
  else if (isText(sides[1]) && canFit(left.kind)) right = fitted(sides[1], left.kind);
  const areDated = DATED.includes(left.kind) && DATED.includes(right.kind);
  const isOrdered = areDated || left.kind === "number" || left.kind === "time";
  const isEqual = sign === "==" || sign === "!=";
  if ((left.kind !== right.kind && !areDated) || left.kind === "shape" || !(isOrdered || isEqual)) return fail(node.said);
  const made = (/** @type {Around} */ around) => [left.made(around), right.made(around)];
  const holds = HOLDS[sign];
  switch (left.kind) {
    case "text": return (around) => {
      const [a, b] = made(around);
      return sign === "==" ? sameText(a, b) : not(sameText(a, b));
    };
    case "condition": return (around) => {
      const [a, b] = made(around);
      return truth((row) => a(row) >= 0 && b(row) >= 0, (row) => holds(a(row) - b(row)));
    };
    default: {
      const order = areDated ? inTime(left.kind === right.kind && left.kind === "moment")
        : left.kind === "number" ? numbersInOrder : inDay;
      return (around) => {
        const [a, b] = made(around);
        const ordered = order(a, b);
        return truth(both(a.has, b.has), (row) => holds(ordered(row)));
      };
    }
  }
}

/** Moments beside days stand as the days that they are. @param {boolean} areMoments */
const inTime = (areMoments) => (/** @type {any} */ a, /** @type {any} */ b) => {
  const since = areMoments && between(b, a);
  return since ? (/** @type {number} */ row) => Number(since(row)) : (/** @type {number} */ row) => a.day(row) - b.day(row);
};

/** @param {any} a @param {any} b */
const inDay = (a, b) => (/** @type {number} */ row) => a.time(row) - b.time(row);

/** @param {Typed} item @param {boolean} isNegated @returns {Made} */
function missing({ kind, made }, isNegated) {
  return (around) => {
    const found = made(around);
    const isThere = kind === "condition" ? (/** @type {number} */ row) => found(row) >= 0 : found.has;
    return (/** @type {number} */ row) => Number(isThere(row) === isNegated);
  };
}

/** @param {Node} node @param {KindOf} kindOf @returns {Typed} */
function called({ name, parts, said }, kindOf) {
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!known || parts.length !== known.takes.length) return fail(said);
  const given = parts.map((part, at) => {
    const kinds = known.takes[at];
    if (isText(part) && !kinds.includes("text")) return fitted(part, kinds[kinds.length - 1]).made;
    const found = typed(part, kindOf);
    return kinds.includes(found.kind) ? found.made : fail(part.said);
  });
  if (known.isOfText && !isText(parts[1])) fail(parts[1].said);
  return { kind: known.gives, made: (around) => known.made(around.holidays, ...given.map((made) => made(around))) };
}
