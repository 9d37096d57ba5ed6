/** Ids as the catalog takes them, proposed from a title (`migrate/values/names.py`). */

const MOST_LETTERS = 100;
/** @type {Record<string, string>} */
const LETTERS = { "æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i" };

/** An id close to a title; "" for one without Latin letters or digits. @param {string} title */
export function slugOf(title) {
  const plain = title.toLowerCase().replace(/[æœøßđðþłı]/g, (letter) => LETTERS[letter]).normalize("NFKD");
  const ascii = plain.replace(/[^\x00-\x7f]/g, "");
  return ascii.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, MOST_LETTERS).replace(/^-+|-+$/g, "");
}

/** Whether a text can be an id. @param {string} text */
export const isId = (text) => text.length <= MOST_LETTERS && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);

/** The id that the address asks for; "" for none that could be one. */
export function askedId() {
  const id = new URLSearchParams(location.search).get("id") ?? "";
  return /^[a-z0-9-]{1,100}$/.test(id) ? id : "";
}
