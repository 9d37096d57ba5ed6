/**
 * How many digits after the point the values of an answer have: all of them as many, so that they can be compared at a glance.
 *
 * @typedef {import("./question.js").Question} Question
 * @typedef {{value: string | null}} Valued
 * @typedef {{question: Question, rows?: Valued[], total?: Valued, others?: Valued & {parts?: Valued[]}}} Answered
 */

const ENOUGH = 2; // digits after the point of a mean of 1 or more
const WORTH = 3; // digits of a mean below 1
const MOST = 20;

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

/** @param {Answered} answer */
function found({ question: { measure, by }, rows = [], total, others }) {
  const all = by.length ? [...rows, ...(others ? [others, ...(others.parts ?? [])] : [])] : [total];
  const raws = all.flatMap((each) => (each?.value ? [each.value] : []));
  const written = raws.reduce((most, raw) => Math.max(most, decimalsOf(raw)), 0);
  if (measure !== "mean" && measure !== "median") return Math.min(MOST, written);
  const sizes = raws.map((raw) => Math.abs(Number(raw))).filter(Boolean);
  const least = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const wanted = greatest >= 1 ? ENOUGH : WORTH + placesTo(greatest);
  // What is not nothing does not read as nothing.
  return Math.min(MOST, written, Math.max(wanted, placesTo(least) + 1));
}

/** The zeros between the point and the first digit. @param {number} size */
const placesTo = (size) => (size > 0 && size < 1 ? -Math.floor(Math.log10(size)) - 1 : 0);
