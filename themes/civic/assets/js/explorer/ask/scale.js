/** Round numbers for an axis, and where a value stands on it. */

/** @typedef {{low: number, high: number, ticks: number[]}} Scale */

const NICE = [1, 2, 5, 10];

/**
 * An axis that holds both ends, with round numbers on it.
 * @param {number} low @param {number} high @param {number} [wanted]    about how many steps
 * @returns {Scale}
 */
export function scale(low, high, wanted = 5) {
  const [from, to] = low < high ? [low, high] : [Math.min(0, low), Math.max(low, 0) || (low < 0 ? 0 : 1)];
  const step = niceStep((to - from) / wanted);
  if (!Number.isFinite(step)) return { low: from, high: to, ticks: [from, to] };
  const [first, last] = [Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => rounded((first + at) * step, step));
  return { low: ticks[0], high: ticks[ticks.length - 1], ticks };
}

/**
 * An axis for values: from zero, unless `isFree` and all the values are far from it.
 * @param {number[]} values @param {{isFree?: boolean, wanted?: number}} [how]
 */
export function scaleOf(values, { isFree = false, wanted = 5 } = {}) {
  const met = values.filter(Number.isFinite);
  const least = met.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = met.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!met.length) return scale(0, 1, wanted);
  const isFar = isFree && least < greatest && (least > 0.8 * greatest || greatest < 0.8 * least);
  return isFar ? scale(least, greatest, wanted) : scale(Math.min(0, least), Math.max(0, greatest), wanted);
}

/** Where a value stands, as a share of the axis. @param {Scale} axis @param {number} value */
export const shareOf = ({ low, high }, value) => (value - low) / (high - low);

/** The smallest of 1, 2, 5 times a power of ten that is not less than a size. @param {number} size */
function niceStep(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return (NICE.find((nice) => nice * power >= size * (1 - 1e-9)) ?? 10) * power;
}

/** A multiple of a step without the dust of binary fractions. @param {number} value @param {number} step */
function rounded(value, step) {
  const digits = Math.max(0, Math.min(100, -Math.floor(Math.log10(step))));
  return (digits ? Number(value.toFixed(digits)) : value) || 0;
}

/** @type {Record<string, number[]>} in how many periods a reader looks for the next label */
const STRIDES = {
  day: [1, 2, 7, 14, 28, 91, 182, 364],
  week: [1, 2, 4, 13, 26, 52, 104],
  month: [1, 2, 3, 6, 12, 24, 60, 120],
  quarter: [1, 2, 4, 8, 20, 40],
  year: [1, 2, 5, 10, 20, 50],
};

/**
 * Which of many periods side by side get a label: as many as there is room for, on round ones where that is possible.
 * @param {string[]} keys    of periods, in order @param {string} per @param {number} room
 * @returns {number[]} their places
 */
export function labelled(keys, per, room) {
  const most = Math.max(1, room);
  const strides = STRIDES[per] ?? [1, 2, 5, 10, 20, 50];
  const stride = strides.find((each) => keys.length / each <= most) ?? Math.ceil(keys.length / most);
  const start = Math.max(0, keys.findIndex((key) => isRound(key, per, stride)));
  return keys.map((_, at) => at).filter((at) => at >= start % stride && (at - start) % stride === 0);
}

/** @param {string} key @param {string} per @param {number} stride */
function isRound(key, per, stride) {
  if (per === "year") return Number(key) % stride === 0;
  const within = Number(/\d+$/.exec(key)?.[0]) - 1;
  if (per === "month") return within % Math.min(stride, 12) === 0;
  return per !== "quarter" || within % Math.min(stride, 4) === 0;
}
