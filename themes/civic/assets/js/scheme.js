/** The reader's choice of colors, kept on their device. */

const KEY = "scheme";
const SCHEMES = ["light", "dark"];

/**
 * The choice that was kept: "light", "dark", or "" to follow the device.
 * @returns {string}
 */
export function keptScheme() {
  try {
    const kept = localStorage.getItem(KEY) ?? "";
    return SCHEMES.includes(kept) ? kept : "";
  } catch {
    return ""; // storage is refused, for instance in a private window or from a folder
  }
}

/**
 * Put the kept choice on the page.
 * @param {HTMLElement} root
 */
export function applyScheme(root) {
  const scheme = keptScheme();
  if (scheme) root.dataset.scheme = scheme;
  else delete root.dataset.scheme;
}

/**
 * Keep a choice; "" forgets it.
 * @param {string} scheme
 */
export function keepScheme(scheme) {
  try {
    if (scheme) localStorage.setItem(KEY, scheme);
    else localStorage.removeItem(KEY);
  } catch {
    // The choice then holds for this page alone.
  }
}
