/** How texts are compared: without case and accents first, then by code points, as any other language can do it, too. */

const ACCENTS = /\p{M}/gu;
const PLAIN = /^[\x00-\x40\x5b-\x60\x7b-\x7f]*$/; // nothing to change
const ASCII = /^[\x00-\x7f]*$/;
const HAS_SURROGATES = /[\ud800-\udfff]/;

/** A text in lower case and without accents. @param {string} text */
export function folded(text) {
  if (ASCII.test(text)) return PLAIN.test(text) ? text : text.toLowerCase();
  return text.normalize("NFKD").replace(ACCENTS, "").toLowerCase();
}

/** @type {WeakMap<readonly string[], string[]>} */
const foldedTexts = new WeakMap();

/** Longer lists are folded anew each time: it takes a tenth of a second, and keeping them would take up the room of a column. */
const MOST_KEPT = 100_000;

/** The values of a column, folded; done once for each list. @param {readonly string[]} values */
export function foldedValues(values) {
  if (values.length > MOST_KEPT) return values.map(folded);
  let texts = foldedTexts.get(values);
  if (!texts) foldedTexts.set(values, (texts = values.map(folded)));
  return texts;
}

/** By code points; JavaScript's own order differs beyond U+FFFF. @param {string} one @param {string} other */
export function byCodePoints(one, other) {
  if (one === other) return 0;
  const shared = Math.min(one.length, other.length);
  let at = 0;
  while (at < shared && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  if (at === shared) return one.length - other.length;
  if (at && isHigh(one.charCodeAt(at - 1)) && one.codePointAt(at - 1) !== other.codePointAt(at - 1)) at--;
  return /** @type {number} */ (one.codePointAt(at)) - /** @type {number} */ (other.codePointAt(at));
}

/** Whether a unit is the first of a pair. @param {number} unit */
function isHigh(unit) {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** The order of texts: folded, then as they are. @param {string} one @param {string} other */
export function byText(one, other) {
  return byCodePoints(folded(one), folded(other)) || byCodePoints(one, other);
}

/** @type {WeakMap<readonly string[], Uint32Array>} */
const textRanks = new WeakMap();

/** The place of each value in the order of texts; done once for each list. @param {readonly string[]} values */
export function ranks(values) {
  let places = textRanks.get(values);
  if (!places) textRanks.set(values, (places = ranked(values)));
  return places;
}

/** @param {readonly string[]} values */
function ranked(values) {
  const texts = foldedValues(values);
  const hasPairs = texts.some((text) => HAS_SURROGATES.test(text)) || values.some((text) => HAS_SURROGATES.test(text));
  const compare = hasPairs ? byCodePoints : byUnits;
  const order = Uint32Array.from(values, (_, at) => at);
  order.sort((a, b) => compare(texts[a], texts[b]) || compare(values[a], values[b]));
  const places = new Uint32Array(values.length);
  order.forEach((value, place) => {
    places[value] = place;
  });
  return places;
}

/** @param {string} one @param {string} other */
function byUnits(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
