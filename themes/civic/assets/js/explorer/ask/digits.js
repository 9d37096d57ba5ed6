/**
 * How many digits after the point the values of an answer have: all of them as many, so that they can be compared at a glance.
 *
 * @typedef {import("./question.js").Question} Question
 * @typedef {{value: string | null}} Valued
 * @typedef {{question: Question, rows?: Valued[], total?: Valued, others?: Valued & {parts?: Valued[]}}} Answered
 */

const WORTH = 3; // digits of a computed value
const FEW = 2; // digits after the point, of values from 1 on
const MOST = 20;
const COMPUTED = ["sum", "mean", "median"]; // all others stand in the data

/** The digits after the point that a number is written with. @param {string} raw */
export const decimalsOf = (raw) => /\.(\d+)$/.exec(raw)?.[1].length ?? 0;

/** @type {WeakMap<Answered, number>} */
const known = new WeakMap();

/** @param {Answered} answer */
export function digitsOf(answer) {
  let digits = known.get(answer);
  if (digits === undefined) known.set(answer, digits = found(answer));
  return digits;
}

/** The same rule as that of figures.py, which writes answers into pages. @param {Answered} answer */
function found({ question: { measure, by }, rows = [], total, others }) {
  const all = by.length ? [...rows, ...(others ? [others, ...(others.parts ?? [])] : [])] : [total];
  const raws = all.flatMap((each) => (each?.value ? [each.value] : []));
  const written = Math.min(MOST, raws.reduce((most, raw) => Math.max(most, decimalsOf(raw)), 0));
  if (!COMPUTED.includes(measure) || (measure === "median" && written <= FEW)) return written;
  const sizes = raws.map((raw) => Math.abs(Number(raw))).filter(Boolean);
  const least = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const leastWhole = sizes.reduce((a, b) => (b < 1 ? a : Math.min(a, b)), Infinity);
  const wanted = greatest >= 1 ? Math.min(FEW, Math.max(0, WORTH - 1 - powerOf(leastWhole))) : WORTH - 1 - powerOf(greatest);
  // What is not nothing does not read as nothing.
  return sizes.length ? Math.min(written, Math.max(wanted, -powerOf(least))) : 0;
}

/** The power of ten that the first digit of a number stands for. @param {number} size */
const powerOf = (size) => Number(size.toExponential().split("e")[1]);
