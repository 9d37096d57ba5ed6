import { shapeFrom } from "./shapes.js";

/**
 * Vector tiles, decoded. Format: Mapbox Vector Tile Specification 2.1, in Protocol Buffers.
 *
 * @typedef {import("./shapes.js").Shape} Shape
 * @typedef {{shape: Shape, properties: Map<string, string>}} TileFeature    properties as texts, as cells of a table are
 */

/** @type {import("./shapes.js").Form[]} */
const FORMS = ["point", "point", "line", "area"];
const MOVE = 1;
const CLOSE = 7;

/** Reads one message of Protocol Buffers, field by field. */
class Message {
  /** @param {Uint8Array} bytes @param {number} [start] @param {number} [end] */
  constructor(bytes, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte() {
    if (this.at >= this.end) throw new RangeError("a tile ends too early");
    return this.bytes[this.at++];
  }

  /** A whole number below 2^53. */
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** A whole number of up to 64 bits, exactly. */
  whole() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }

  /** A step of the pen, which is written in the zigzag form. */
  step() {
    const value = this.number();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  /** The message that stands here. */
  inner() {
    const length = this.number();
    const start = this.at;
    this.at += length;
    if (this.at > this.end) throw new RangeError("a tile ends too early");
    return new Message(this.bytes, start, this.at);
  }

  text() {
    const { at, end } = this.inner();
    return new TextDecoder().decode(this.bytes.subarray(at, end));
  }

  /** All numbers that are left. */
  numbers() {
    const found = [];
    while (this.at < this.end) found.push(this.number());
    return found;
  }

  /** Hand every field to a function, which reads it or not. @param {(field: number, message: Message) => void} take */
  fields(take) {
    while (this.at < this.end) {
      const tag = this.number();
      const before = this.at;
      take(Math.floor(tag / 8), this);
      if (this.at === before) this.skip(tag % 8);
    }
    return this;
  }

  /** @param {number} wire */
  skip(wire) {
    if (wire === 0) this.number();
    else if (wire === 2) this.inner();
    else this.at += wire === 1 ? 8 : 4;
  }
}

/**
 * The features of a tile, in the square of mercator.js.
 * @param {Uint8Array} bytes @param {{z: number, x: number, y: number}} tile @returns {TileFeature[]}
 */
export function featuresOf(bytes, tile) {
  /** @type {TileFeature[]} */
  const found = [];
  new Message(bytes).fields((field, message) => {
    if (field === 3) found.push(...layerFeatures(message.inner(), tile));
  });
  return found;
}

/** @param {Message} layer @param {{z: number, x: number, y: number}} tile */
function layerFeatures(layer, tile) {
  /** @type {Message[]} */
  const features = [];
  /** @type {string[]} */
  const keys = [];
  /** @type {string[]} */
  const values = [];
  let extent = 4096;
  layer.fields((field, message) => {
    if (field === 2) features.push(message.inner());
    else if (field === 3) keys.push(message.text());
    else if (field === 4) values.push(valueOf(message.inner()));
    else if (field === 5) extent = message.number();
  });
  const size = 1 / 2 ** tile.z;
  const place = { left: tile.x * size, top: tile.y * size, step: size / extent };
  return features.map((message) => feature(message, keys, values, place)).filter((each) => each !== null);
}

/** @param {Message} value */
function valueOf(value) {
  let text = "";
  value.fields((field, message) => {
    if (field === 1) text = message.text();
    else if (field === 2) text = String(message.view.getFloat32((message.at += 4) - 4, true));
    else if (field === 3) text = String(message.view.getFloat64((message.at += 8) - 8, true));
    else if (field === 4) text = String(BigInt.asIntN(64, message.whole()));
    else if (field === 5) text = String(message.whole());
    else if (field === 6) text = zigzag(message.whole());
    else if (field === 7) text = message.number() ? "true" : "false";
  });
  return text;
}

/** @param {bigint} value */
const zigzag = (value) => String(value & 1n ? -((value + 1n) >> 1n) : value >> 1n);

/**
 * @param {Message} message @param {string[]} keys @param {string[]} values @param {{left: number, top: number, step: number}}
 *     place
 * @returns {TileFeature | null}
 */
function feature(message, keys, values, place) {
  const properties = new Map();
  let form = 0;
  /** @type {Float64Array[]} */
  let lines = [];
  message.fields((field, inner) => {
    if (field === 2) {
      const tags = inner.inner().numbers();
      for (let at = 0; at + 1 < tags.length; at += 2) properties.set(keys[tags[at]], values[tags[at + 1]]);
    } else if (field === 3) form = inner.number();
    else if (field === 4) lines = linesOf(inner.inner(), place);
  });
  const shape = shapeFrom(FORMS[form] ?? "point", lines);
  return shape && { shape, properties };
}

/** Follow the pen. @param {Message} pen @param {{left: number, top: number, step: number}} place */
function linesOf(pen, { left, top, step }) {
  /** @type {number[][]} */
  const lines = [];
  let x = 0;
  let y = 0;
  while (pen.at < pen.end) {
    const command = pen.number();
    const kind = command & 7;
    if (kind === CLOSE) {
      const line = lines[lines.length - 1];
      if (line) line.push(line[0], line[1]);
      continue;
    }
    for (let times = command >>> 3; times > 0; times -= 1) {
      x += pen.step();
      y += pen.step();
      if (kind === MOVE || !lines.length) lines.push([]);
      lines[lines.length - 1].push(left + x * step, top + y * step);
    }
  }
  return lines.map((line) => Float64Array.from(line));
}
