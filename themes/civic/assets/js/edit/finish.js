/** The ways out of a form: the code host, a file, the clipboard. Nothing is sent by the page itself. */

const ANY_ID = /CITYFOLIO-ID/g;
const ANY_TEXT = "CITYFOLIO-TEXT";
const LONGEST_ADDRESS = 6_000;     // characters; servers refuse longer ones

/** Put an id into an address or a path. @param {string} template @param {string} id */
export const withId = (template, id) => template.replace(ANY_ID, () => id);

/**
 * Where a new file is begun at the code host, and whether the text is in it.
 * @param {string} template @param {string} id @param {string} text @returns {{href: string, isFilled: boolean}}
 */
export function newFileAddress(template, id, text) {
  const base = withId(template, id);
  const href = base.replace(ANY_TEXT, () => encodeURIComponent(text));
  if (base.includes(ANY_TEXT) && href.length < LONGEST_ADDRESS) return { href, isFilled: true };
  return { href: base.replace(ANY_TEXT, ""), isFilled: false };
}

/** Save a text as a file. @param {string} text @param {string} name */
export function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Copy a text. Whether the browser let us. @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Mark all of a text, to be copied by hand. @param {Node} element */
export function mark(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
