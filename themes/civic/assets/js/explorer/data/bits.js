/** Numbers as Parquet packs them: so many bits each, runs of equal ones, and steps from one to the next. */

/** Bytes that must stand behind the last packed one, so that reading needs no care at the end. */
export const SPARE = 8;

/** @typedef {{view: DataView, at: number}} Reader where reading stands in some bytes */

const HIGH = 2 ** 32;

/**
 * A number of up to 53 bits, which starts at any bit.
 * @param {DataView} view
 * @param {number} bit
 * @param {number} width
 */
export function packedNumber(view, bit, width) {
  const at = Math.floor(bit / 8);
  const shift = bit & 7;
  const low = view.getUint32(at, true) >>> shift;
  const taken = 32 - shift;
  if (width <= taken) return width === 32 ? low : low & (2 ** width - 1);
  const rest = width - taken;
  return low + (view.getUint32(at + 4, true) & (2 ** rest - 1)) * 2 ** taken;
}

/**
 * A number of seven bits a byte, the low ones first.
 * @param {Reader} reader
 */
export function varint(reader) {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = reader.view.getUint8(reader.at);
    reader.at += 1;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
}

/**
 * A number with a sign, of up to 64 bits; not exact from 2^53 on.
 * @param {Reader} reader
 */
function signed(reader) {
  let low = 0;
  let high = 0;
  let shift = 0;
  for (;;) {
    const byte = reader.view.getUint8(reader.at);
    reader.at += 1;
    const seven = byte & 127;
    if (shift < 28) low += seven * 2 ** shift;
    else high += seven * 2 ** (shift - 28);
    shift += 7;
    if (byte < 128) break;
  }
  const half = (high * 2 ** 28 + (low - (low & 1))) / 2;
  return low & 1 ? -half - 1 : half;
}

/**
 * Runs of equal numbers and packed ones by turns. The bytes that are left over belong to the caller.
 * @param {Reader} reader
 * @param {number} width
 * @param {Uint8Array | Uint32Array} into
 */
export function readRuns(reader, width, into) {
  const { length } = into;
  let filled = 0;
  while (filled < length) {
    const header = varint(reader);
    if (header & 1) {
      const count = Math.min((header >>> 1) * 8, length - filled);
      for (let bit = reader.at * 8, end = bit + count * width; bit < end; bit += width, filled += 1) {
        into[filled] = packedNumber(reader.view, bit, width);
      }
      reader.at += (header >>> 1) * width;
    } else {
      const value = packedNumber(reader.view, reader.at * 8, width);
      reader.at += (width + 7) >>> 3;
      into.fill(value, filled, Math.min(filled + (header >>> 1), length));
      filled += header >>> 1;
    }
  }
}

/**
 * Steps from each number to the next (DELTA_BINARY_PACKED). False where a number or a step is beyond 2^53, which has to be read
 * by `readLargeSteps`.
 * @param {Reader} reader
 * @param {Float64Array} into
 * @param {boolean} isShort whether numbers are of 32 bits, and wrap there
 */
export function readSteps(reader, into, isShort) {
  const block = varint(reader);
  const portions = varint(reader);
  varint(reader);
  let value = signed(reader);
  if (!Number.isSafeInteger(value)) return false;
  let filled = 0;
  if (into.length) into[filled++] = value;
  while (filled < into.length) {
    const least = signed(reader);
    if (!Number.isSafeInteger(least)) return false;
    const widths = reader.at;
    reader.at += portions;
    for (let portion = 0; portion < portions && filled < into.length; portion += 1) {
      const width = reader.view.getUint8(widths + portion);
      if (width > 53) return false;
      const count = Math.min(block / portions, into.length - filled);
      for (let each = 0, bit = reader.at * 8; each < count; each += 1, bit += width) {
        value += least + (width ? packedNumber(reader.view, bit, width) : 0);
        if (isShort) value |= 0;
        else if (!(value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER)) return false;
        into[filled++] = value;
      }
      reader.at += (width * block) / portions / 8;
    }
  }
  return true;
}

/**
 * The same for numbers of any size.
 * @param {Reader} reader
 * @param {BigInt64Array} into
 */
export function readLargeSteps(reader, into) {
  const block = varint(reader);
  const portions = varint(reader);
  varint(reader);
  let value = largeSigned(reader);
  let filled = 0;
  if (into.length) into[filled++] = value;
  while (filled < into.length) {
    const least = largeSigned(reader);
    const widths = reader.at;
    reader.at += portions;
    for (let portion = 0; portion < portions && filled < into.length; portion += 1) {
      const width = reader.view.getUint8(widths + portion);
      const count = Math.min(block / portions, into.length - filled);
      for (let each = 0, bit = reader.at * 8; each < count; each += 1, bit += width) {
        value = BigInt.asIntN(64, value + least + largePacked(reader.view, bit, width));
        into[filled++] = value;
      }
      reader.at += (width * block) / portions / 8;
    }
  }
}

/** @param {DataView} view @param {number} bit @param {number} width */
function largePacked(view, bit, width) {
  if (width <= 53) return width ? BigInt(packedNumber(view, bit, width)) : 0n;
  return BigInt(packedNumber(view, bit, 32)) + BigInt(packedNumber(view, bit + 32, width - 32)) * BigInt(HIGH);
}

/** @param {Reader} reader */
function largeSigned(reader) {
  let value = 0n;
  for (let shift = 0n; ; shift += 7n) {
    const byte = reader.view.getUint8(reader.at);
    reader.at += 1;
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }
}
