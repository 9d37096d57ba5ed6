/** Reads the bytes of an index: numbers and words as `coding.py` writes them. */
export class Reader {
  /** @param {Uint8Array} body */
  constructor(body) {
    this.body = body;
    this.at = 0;
  }

  /** A number in groups of seven bits, the lowest first. */
  varint() {
    let value = 0;
    let scale = 1;
    let byte;
    do {
      byte = this.body[this.at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    return value;
  }

  /** @param {number} count */
  bytes(count) {
    return this.body.subarray(this.at, (this.at += count));
  }

  /** Words that each share a beginning with the one before. @param {number} count */
  words(count) {
    const words = [];
    let word = "";
    for (let i = 0; i < count; i++) {
      word = word.slice(0, this.varint()) + text(this.bytes(this.varint()));
      words.push(word);
    }
    return words;
  }

  /** The JSON that a file opens with. */
  header() {
    return JSON.parse(text(this.bytes(this.varint())));
  }

  /** A column of `count` numbers, stored as their lowest bytes, then the next ones, and so on. @param {number} count @param {number} width */
  numbers(count, width) {
    const column = new Uint32Array(count);
    for (let step = 0; step < width; step++) {
      const plane = this.bytes(count);
      for (let i = 0; i < count; i++) column[i] += plane[i] * 256 ** step;
    }
    return column;
  }
}

const decoder = new TextDecoder();

/** @param {Uint8Array} bytes */
export const text = (bytes) => decoder.decode(bytes);

/** Undo RFC 1950. @param {Uint8Array} body @returns {Promise<Uint8Array>} */
export async function inflated(body) {
  const stream = new Blob([/** @type {BlobPart} */ (body)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
