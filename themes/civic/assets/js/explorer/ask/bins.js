/** The ends of a bin, which its key names as "0/9". Both are in it. */

/** @param {string} key @returns {{low: string, high: string} | undefined} */
export function binOf(key) {
  const [low, high, ...more] = key.split("/");
  return low && high && !more.length ? { low, high } : undefined;
}
