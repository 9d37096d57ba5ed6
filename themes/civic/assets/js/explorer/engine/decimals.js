/**
 * Decimal numbers exactly: whole digits times a power of ten. A double would change some digits, and a sum of many even more.
 */

const WRITTEN = /^([+-]?)(?=[0-9.]*[0-9])([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?$/;
export const EXACT_POWERS = 22; // 10^22 is the greatest power of ten that is a double

/** @param {number} exponent */
export const power = (exponent) => 10n ** BigInt(exponent);

/**
 * The digits of a number as it is written; null when the text is none.
 * @param {string} text @returns {{digits: bigint, scale: number} | null}
 */
export function parsed(text) {
  const found = WRITTEN.exec(text.trim());
  if (!found) return null;
  const [, sign, whole, part = "", exponent = "0"] = found;
  const scale = part.length - Number(exponent);
  const digits = BigInt(`${whole}${part}`) * (sign === "-" ? -1n : 1n);
  return scale < 0 ? { digits: digits * power(-scale), scale: 0 } : shortened(digits, scale);
}

/** Without zeros at the end. @param {bigint} digits @param {number} scale */
function shortened(digits, scale) {
  while (scale && digits % 10n === 0n) {
    digits /= 10n;
    scale--;
  }
  return { digits, scale };
}

/**
 * The digits of a number at a scale: the least not below it, or the greatest not above.
 * @param {{digits: bigint, scale: number}} number @param {number} scale @param {"up" | "down"} way
 */
export function digitsAt({ digits, scale: own }, scale, way) {
  if (own <= scale) return digits * power(scale - own);
  const unit = power(own - scale);
  const whole = floorDivided(digits, unit);
  return way === "up" && whole * unit < digits ? whole + 1n : whole;
}

/** The greatest whole number not above a quotient; the divisor is positive. @param {bigint} number @param {bigint} by */
export function floorDivided(number, by) {
  const whole = number / by;
  return number % by < 0n ? whole - 1n : whole;
}

/** The double nearest to digits times 10^-scale. @param {bigint | number} digits @param {number} scale */
export function nearest(digits, scale) {
  const number = Number(digits);
  // A quotient of two doubles that are exact is rounded once, and rightly (IEEE 754).
  if (Number.isSafeInteger(number) && scale <= EXACT_POWERS) return number / 10 ** scale || 0;
  return Number(`${digits}e-${scale}`);
}

/** Digits times 10^-scale as text, without zeros at the end. @param {bigint} digits @param {number} scale */
export function decimalText(digits, scale) {
  const short = shortened(digits, scale);
  const sign = short.digits < 0n ? "-" : "";
  const text = `${short.digits < 0n ? -short.digits : short.digits}`.padStart(short.scale + 1, "0");
  const point = text.length - short.scale;
  return short.scale ? `${sign}${text.slice(0, point)}.${text.slice(point)}` : sign + text;
}

/** The shortest decimal that names a double, never with an exponent. @param {number} number */
export function plain(number) {
  const text = `${number}`;
  if (!text.includes("e")) return text;
  const found = parsed(text);
  return found ? decimalText(found.digits, found.scale) : text;
}

const KEPT_BITS = 64; // more than the 53 of a double, so that what follows them can only break a tie

/**
 * The double nearest to a quotient of whole numbers, as Python divides them. The quotient is taken to 64 bits or more, a rest
 * is remembered in the last one ("sticky bit"), and `Number` rounds that to 53 bits once.
 * @param {bigint} number @param {bigint} by    positive
 */
export function quotient(number, by) {
  const size = number < 0n ? -number : number;
  const shift = Math.max(0, KEPT_BITS + bits(by) - bits(size));
  const shifted = size << BigInt(shift);
  const whole = shifted / by;
  const sticky = shifted % by ? whole | 1n : whole;
  const half = Math.min(shift, 1000); // in two steps, since 2^-shift alone may be below the least double
  const result = (Number(sticky) / 2 ** half) / 2 ** (shift - half);
  return number < 0n ? -result : result;
}

/** @param {bigint} size    not negative */
function bits(size) {
  return size.toString(16).length * 4;
}
