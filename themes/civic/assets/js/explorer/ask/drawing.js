/**
 * A drawing before it is drawn: names, attributes and what is inside, as plain values. It becomes elements of a page or the
 * text of a file.
 *
 * @typedef {{name: string, attributes: Record<string, string | number>, inside: (Mark | string)[]}} Mark
 */

export const TEXT = 14; // pixels
const NARROW = 8;
const WIDE = 14.5;
const LONGEST = 200; // characters of a label that are looked at
const WIDE_LETTERS = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\u{1f300}-\u{3fffd}]/u;
/** What a pointer does not find. */
export const QUIET = { "pointer-events": "none" };

/**
 * @param {string} name @param {Record<string, string | number>} attributes @param {(Mark | string)[]} inside @returns {Mark}
 */
export const mark = (name, attributes, ...inside) => ({ name, attributes, inside });

/** A place as short as can be seen. @param {number} value */
export const at = (value) => Math.round(value * 10) / 10;

/** About how wide a text is. @param {string} text */
export function widthOf(text) {
  let width = 0;
  for (const letter of text) width += WIDE_LETTERS.test(letter) ? WIDE : NARROW;
  return width;
}

/** A text that fits, cut where it must be. @param {string} text @param {number} width */
export function fitting(text, width) {
  const letters = [...text.slice(0, LONGEST).replace(/\s+/g, " ")];
  if (text.length <= LONGEST && widthOf(letters.join("")) <= width) return letters.join("");
  let [used, count] = [WIDE, 0];
  for (const letter of letters) {
    used += widthOf(letter);
    if (used > width) break;
    count += 1;
  }
  return `${letters.slice(0, Math.max(1, count)).join("").trimEnd()}…`;
}

/**
 * Words in a drawing.
 * @param {string} words @param {number} x @param {number} y
 * @param {{anchor?: "start" | "middle" | "end", room?: number, isMuted?: boolean}} [how]
 */
export function label(words, x, y, { anchor = "start", room = Infinity, isMuted = false } = {}) {
  const shown = fitting(words, room);
  const attributes = { x: at(x), y: at(y), "text-anchor": anchor, ...(isMuted ? { class: "muted" } : {}) };
  return mark("text", attributes, shown, ...(shown === words ? [] : [mark("title", {}, words.slice(0, LONGEST))]));
}

/** The ground of a value, which a pointer finds. @param {number} place @param {number[]} box    x, y, width, height */
export const ground = (place, [x, y, width, height]) =>
  mark("rect", { class: "ground", "data-place": place, x: at(x), y: at(y), width: at(width), height: at(height) });

/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
// What XML 1.0 has no way to write, be it escaped or not.
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** @param {string | number} text */
const escaped = (text) => String(text).replace(UNWRITABLE, "\ufffd").replace(/[&<>"]/g, (letter) => ESCAPED[letter]);

/** A drawing as text. @param {Mark | string} drawing @returns {string} */
export function markup(drawing) {
  if (typeof drawing === "string") return escaped(drawing);
  const { name, attributes, inside } = drawing;
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`).join("");
  return inside.length ? `<${name}${written}>${inside.map(markup).join("")}</${name}>` : `<${name}${written}/>`;
}
