/** Parts of a file: which of them to ask for together. */

/**
 * Bytes from `start` up to but not including `end`.
 * @typedef {{start: number, end: number}} Range
 */

/** Bytes that are cheaper to fetch along than to ask twice: at 10 Mbit/s they take as long as an answer of a near host. */
const GAP = 32 * 1024;
/** The most that is asked for in one go, so that what comes can be worked on and the rest be dropped. */
const MOST = 2 * 1024 * 1024;

/**
 * The ranges that cover all of some others, in order: neighbors are fetched together.
 * @param {readonly Range[]} ranges
 * @param {number} [gap]
 * @param {number} [most]
 * @returns {Range[]}
 */
export function together(ranges, gap = GAP, most = MOST) {
  /** @type {Range[]} */
  const found = [];
  for (const { start, end } of [...ranges].sort((one, other) => one.start - other.start || one.end - other.end)) {
    const last = found[found.length - 1];
    if (last && (end <= last.end || (start <= last.end + gap && end - last.start <= most))) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}

/**
 * Do something for each of some things, a few of them at a time; stops at the first failure.
 * @template Thing
 * @param {readonly Thing[]} things
 * @param {number} atOnce
 * @param {(thing: Thing) => Promise<void>} work
 * @returns {Promise<void>}
 */
export async function each(things, atOnce, work) {
  let next = 0;
  const walk = async () => {
    while (next < things.length) {
      next += 1;
      try {
        await work(things[next - 1]);
      } catch (error) {
        next = things.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, walk));
}
