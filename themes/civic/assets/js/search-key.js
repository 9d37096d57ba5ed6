/**
 * Whether "/" leads to the search box. People who speak to their device, or hit keys by accident, need to turn such keys off.
 */

const KEY = "search-key";
const OFF = "off";

/**
 * Whether the key is in use: yes, unless the reader turned it off on this device.
 * @returns {boolean}
 */
export function keyIsOn() {
  try {
    return localStorage.getItem(KEY) !== OFF;
  } catch {
    return true; // storage is refused, for instance in a private window or from a folder
  }
}

/**
 * Keep the reader's choice.
 * @param {boolean} isOn
 */
export function keepKey(isOn) {
  try {
    if (isOn) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, OFF);
  } catch {
    // The key then stays as it is.
  }
}

/**
 * Whether a key that was pressed leads to the search box.
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} event
 * @param {boolean} isTyping    whether it was pressed where words are written
 */
export function leadsToBox(event, isTyping) {
  return event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && keyIsOn();
}
