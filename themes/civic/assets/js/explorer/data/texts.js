/** The distinct texts of a column, each with its place; the empty text has the place 0. */

export const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** What a string costs beside its letters, with its place in the list and in the map. */
const EACH = 56;

export class Texts {
  constructor() {
    /** @type {string[]} */
    this.values = [""];
    /** @type {Map<string, number> | null} */
    this.places = new Map([["", 0]]);
    this.bytes = 0;
    /** @type {string[]} */
    this.settled = [];
  }

  /** The texts so far, in a list that will not grow: others keep what they worked out of a list. */
  list() {
    if (this.settled.length !== this.values.length) this.settled = this.values.slice();
    return this.settled;
  }

  /** No more are to come: the list is settled, and the map of them is given up. */
  close() {
    this.settled = this.values;
    this.places = null;
  }

  /** The place of a text. @param {string} text */
  place(text) {
    // One who was slower than another may come late. What it has is known, but for the map.
    this.places ??= new Map(this.values.map((value, at) => [value, at]));
    let place = this.places.get(text);
    if (place === undefined) {
      place = this.values.length;
      this.values.push(text);
      this.places.set(text, place);
      this.bytes += EACH + text.length;
    }
    return place;
  }
}

/**
 * The places of texts that are stored one behind the other, each behind its length.
 * @param {Uint8Array} bytes from the first length on; what follows the last text does no harm
 * @param {number} count
 * @param {Texts} texts
 * @param {(bytes: Uint8Array) => string} [read] how a text is read, where it is not plain
 * @returns {Uint32Array}
 */
export function placesOf(bytes, count, texts, read) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = new Uint32Array(count);
  // Nearly all texts are of ASCII alone. They are read in one go, and cut: letters stand where their bytes stood.
  const all = read ? "" : UTF8.decode(bytes);
  const slow = read ?? ((/** @type {Uint8Array} */ part) => UTF8.decode(part));
  const isPlain = all.length === bytes.length;
  for (let each = 0, at = 0; each < count; each += 1) {
    const start = at + 4;
    at = start + view.getUint32(at, true);
    if (at > bytes.length) throw new RangeError("A text ends behind the page that it is in.");
    places[each] = texts.place(isPlain ? all.slice(start, at) : slow(bytes.subarray(start, at)));
  }
  return places;
}
