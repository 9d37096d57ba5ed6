/** How high an embedded page is, as it tells the page around it. */

const WORD = "cityfolio-height";
const MOST = 20_000; // nothing that is to be read within another page is higher

/** @param {number} height */
export const heightMessage = (height) => ({ type: WORD, height: Math.ceil(height) });

/** The height that a message tells; null when it tells none. @param {unknown} message */
export function heightFrom(message) {
  if (typeof message !== "object" || message === null) return null;
  const { type, height } = /** @type {{type?: unknown, height?: unknown}} */ (message);
  return type === WORD && typeof height === "number" && height > 0 && height <= MOST ? height : null;
}

/**
 * Tell the page around this one how high it is, now and whenever that changes.
 * @param {Element} element    as high as the page is meant to be
 */
export function tellHeight(element) {
  if (parent === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(element.getBoundingClientRect().height);
    if (height !== told) parent.postMessage(heightMessage(height), "*"); // whoever shows it may know how high it is
    told = height;
  };
  new ResizeObserver(tell).observe(element);
  tell();
}
