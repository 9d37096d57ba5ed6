/** One change made in a YAML text at its place, by cutting and putting in. What comes of it is for the caller to read again. */

import { entryLines, flowEntry, flowText, itemLines, keyText, LINE, valueLines } from "./fields-text.js";

/** @typedef {import("./fields-text.js").Plain} Plain */
/** @typedef {import("./yaml.js").Value} Value */
/** @typedef {import("./yaml.js").Group} Group */
/** @typedef {import("./yaml.js").Items} Items */
/** @typedef {import("./yaml.js").Scalar} Scalar */

/** One text while one value in it is changed. */
export class Splice {
  /** @param {string} text @param {string} lineBreak @param {Group} root */
  constructor(text, lineBreak, root) {
    this.text = text;
    this.lineBreak = lineBreak;
    this.root = root;
    // Places are told in characters; a text of JavaScript counts some of them twice.
    this.units = /[\ud800-\udfff]/.test(text) ? unitsOf(text) : null;
  }

  /**
   * The text with a value set, added or (null) removed; null where that cannot be done by a change of this place alone.
   * @param {(string | number)[]} path
   * @param {Plain | null} value
   * @param {string[]} [order]
   * @returns {string | null}
   */
  changed(path, value, order) {
    const step = path[path.length - 1];
    /** @type {Value[]} */
    const around = [this.root];
    for (const each of path.slice(0, -1)) {
      const inner = childOf(around[around.length - 1], each);
      if (!inner) return value === null ? this.text : null;
      around.push(inner);
    }
    const parent = around[around.length - 1];
    const isRoot = parent === this.root;
    if (parent.is === "scalar") return null;
    if (isRoot && parent.is === "group" && !parent.entries.size && !parent.inFlow) {
      return value === null ? this.text : this.appended(String(step), value);
    }
    if (value === null && !childOf(parent, step)) return this.text;
    const made = parent.is === "group" ? this.inGroup(parent, String(step), value, order) : this.inList(parent, Number(step), value);
    const outer = around.find((each) => each.is !== "scalar" && each.inFlow);
    return made !== null && outer && outer !== this.root && this.isCrowded(made, outer, value) ? null : made;
  }

  /**
   * The text with another name for a key, where it stands; null where no such key does.
   * @param {(string | number)[]} path
   * @param {string} name
   * @returns {string | null}
   */
  renamed(path, name) {
    /** @type {Value | null} */
    let parent = this.root;
    for (const each of path.slice(0, -1)) parent = parent && childOf(parent, each);
    const key = parent?.is === "group" ? parent.keys.get(String(path[path.length - 1])) : undefined;
    return key ? this.spliced(this.start(key), this.unit(key.end), keyText(name)) : null;
  }

  /**
   * @param {Group} parent
   * @param {string} key
   * @param {Plain | null} value
   * @param {string[]} [order]
   * @returns {string | null}
   */
  inGroup(parent, key, value, order) {
    const old = parent.entries.get(key);
    if (parent.inFlow) return this.inBraces(parent, key, value, order);
    if (old && value === null) return this.withoutKey(parent, key);
    const written = parent.keys.get(key);
    if (old && written) return this.replaced(old, this.colon(written), valueLines(key, /** @type {Plain} */ (value), parent.column - 1));
    return this.newKey(parent, key, /** @type {Plain} */ (value), order);
  }

  /** @param {Items} parent @param {number} number @param {Plain | null} value @returns {string | null} */
  inList(parent, number, value) {
    if (parent.inFlow) return this.inBrackets(parent, number, value);
    if (value === null) return this.withoutItem(parent, number);
    const indent = parent.column - 1;
    const lines = itemLines(value, indent);
    const item = parent.items[number];
    if (item) return this.replaced(item, this.dash(item), [lines[0].slice(indent + 1), ...lines.slice(1)]);
    return parent.items.length ? this.after(parent.items[parent.items.length - 1], lines) : null;
  }

  /** @param {number} letters @returns {number} */
  unit(letters) {
    return this.units ? this.units[letters] : letters;
  }

  /** @param {Value} place @returns {number} */
  start(place) {
    return this.unit(place.start);
  }

  /**
   * Where a value ends with its own last character, without the blank lines below it.
   * @param {Value} place
   * @returns {number}
   */
  end(place) {
    if (place.is === "group" && !place.inFlow) return this.end([...place.entries.values()].pop() ?? place.keys.values().next().value ?? place);
    if (place.is === "list" && !place.inFlow && place.items.length) return this.end(place.items[place.items.length - 1]);
    const [start, end] = [this.unit(place.start), this.unit(place.end)];
    if (place.is !== "scalar" || !/^[|>]$/.test(place.style)) return end;
    const written = this.text.slice(start, end);
    if (/^[|>][-0-9]*\+/.test(written)) return end - (/\r?\n$/.exec(written)?.[0].length ?? 0);
    return start + written.replace(/(?:\r?\n[ \t]*)+$/, "").length;
  }

  /** @param {number} at @returns {number} */
  lineEnd(at) {
    const found = this.text.indexOf("\n", at);
    if (found < 0) return this.text.length;
    return found > at && this.text[found - 1] === "\r" ? found - 1 : found;
  }

  /** @param {number} at @returns {number} */
  lineStart(at) {
    return at ? this.text.lastIndexOf("\n", at - 1) + 1 : 0;
  }

  /** @param {number} start @param {number} end @param {string} middle @returns {string} */
  spliced(start, end, middle) {
    return this.text.slice(0, start) + middle + this.text.slice(end);
  }

  /** Where a key ends, its colon with it. @param {Scalar} key @returns {number} */
  colon(key) {
    return this.text.indexOf(":", this.unit(key.end)) + 1;
  }

  /** Where the dash of an item ends. @param {Value} item @returns {number} */
  dash(item) {
    return this.text.lastIndexOf("-", this.start(item) - 1) + 1;
  }

  /**
   * Another value after a key or a dash. A comment on the line stays.
   * @param {Value} old
   * @param {number} head
   * @param {string[]} lines
   * @returns {string}
   */
  replaced(old, head, [first, ...below]) {
    let [start, rest] = [this.start(old), this.end(old)];
    if (old.is === "scalar" && /^[|>]$/.test(old.style)) rest = start + (/^[|>][-+0-9]*/.exec(this.text.slice(start))?.[0].length ?? 0);
    else if (old.is !== "scalar" && !old.inFlow) start = rest = head;
    if (!first || old.start === old.end) start = head;
    if (old.start === old.end) rest = head;
    const kept = this.text.slice(rest, this.lineEnd(rest));
    const opens = this.text[start - 1] === " " ? first.replace(/^ /, "") : first;
    const end = this.lineEnd(Math.max(this.end(old), head));
    return this.spliced(start, end, [opens + kept, ...below].join(this.lineBreak));
  }

  /** @param {string} key @param {Plain} value @returns {string} */
  appended(key, value) {
    const lines = entryLines(key, value, 0).join(this.lineBreak);
    const between = !this.text || this.text.endsWith("\n") ? "" : this.lineBreak;
    return `${this.text}${between}${lines}${this.lineBreak}`;
  }

  /** @param {Group} parent @param {string} key @param {Plain} value @param {string[]} [order] @returns {string | null} */
  newKey(parent, key, value, order) {
    const lines = entryLines(key, value, parent.column - 1);
    const behind = keyBefore(parent, key, order);
    if (behind !== null) return this.after(/** @type {Value} */ (parent.entries.get(behind)), lines, parent.keys.get(behind));
    const [next] = parent.keys.values();
    const at = this.start(next);
    return this.spliced(at, at, [lines[0].slice(parent.column - 1), ...lines.slice(1), " ".repeat(parent.column - 1)].join(this.lineBreak));
  }

  /** Lines below what ends there. @param {Value} place @param {string[]} lines @param {Scalar} [key] @returns {string} */
  after(place, lines, key) {
    const end = this.lineEnd(Math.max(this.end(place), key ? this.colon(key) : 0));
    return this.spliced(end, end, this.lineBreak + lines.join(this.lineBreak));
  }

  /** @param {Group} parent @param {string} key @returns {string | null} */
  withoutKey(parent, key) {
    if (parent.entries.size === 1) return null;
    const written = /** @type {Scalar} */ (parent.keys.get(key));
    const value = /** @type {Value} */ (parent.entries.get(key));
    const start = this.start(written);
    const end = this.lineEnd(Math.max(this.end(value), this.colon(written)));
    if (!this.text.slice(this.lineStart(start), start).trim()) {
      const kept = this.commentsWithin(written, value).map((line) => " ".repeat(parent.column - 1) + line);
      return kept.length ? this.spliced(this.lineStart(start), end, kept.join(this.lineBreak)) : this.withoutLines(start, end);
    }
    // It stands behind a dash, which the next line takes over.
    const next = end + (/^\s*/.exec(this.text.slice(end))?.[0].length ?? 0);
    return this.spliced(start, next, "");
  }

  /**
   * Comments on lines of their own between the words of a list.
   * @param {Scalar} key
   * @param {Value} value
   * @returns {string[]}
   */
  commentsWithin(key, value) {
    if (value.is !== "list" || !value.items.every((item) => item.is === "scalar")) return [];
    const ends = [this.unit(key.end), ...value.items.map((item) => this.end(item))];
    const starts = [...value.items.map((item) => this.start(item)), this.end(value)];
    return ends.flatMap((end, at) => this.text.slice(end, starts[at]).split("\n").slice(1).map((line) => line.trim()))
      .filter((line) => line.startsWith("#"));
  }

  /** @param {Items} parent @param {number} number @returns {string | null} */
  withoutItem(parent, number) {
    const item = parent.items[number];
    const start = this.dash(item) - 1;
    if (parent.items.length === 1 || this.text.slice(this.lineStart(start), start).trim()) return null;
    return this.withoutLines(start, this.lineEnd(Math.max(this.end(item), start)));
  }

  /** @param {number} start @param {number} end @returns {string} */
  withoutLines(start, end) {
    return this.text.slice(0, this.lineStart(start)) + this.text.slice(end).replace(/^\r?\n/, "");
  }

  /**
   * @param {Group} parent
   * @param {string} key
   * @param {Plain | null} value
   * @param {string[]} [order]
   * @returns {string | null}
   */
  inBraces(parent, key, value, order) {
    const old = parent.entries.get(key);
    const names = [...parent.keys.keys()];
    if (old) {
      if (value === null) {
        return this.withoutPart(names.map((name) => this.start(/** @type {Scalar} */ (parent.keys.get(name)))),
          [...parent.entries.values()].map((each) => this.end(each)), names.indexOf(key));
      }
      const before = this.end(old) > this.start(old) || this.text[this.start(old) - 1] === " " ? "" : " ";
      return this.spliced(this.start(old), this.end(old), before + flowEntry(key, value).slice(flowEntry(key, "x").length - 1));
    }
    if (!names.length || value === null) return null;
    const behind = keyBefore(parent, key, order);
    if (behind === null) {
      const at = this.start(/** @type {Scalar} */ (parent.keys.get(names[0])));
      return this.spliced(at, at, `${flowEntry(key, value)}, `);
    }
    const at = this.end(/** @type {Value} */ (parent.entries.get(behind)));
    return this.spliced(at, at, `, ${flowEntry(key, value)}`);
  }

  /** @param {Items} parent @param {number} number @param {Plain | null} value @returns {string | null} */
  inBrackets(parent, number, value) {
    const { items } = parent;
    if (value === null) return this.withoutPart(items.map((each) => this.start(each)), items.map((each) => this.end(each)), number);
    if (number < items.length) return this.spliced(this.start(items[number]), this.end(items[number]), flowText(value));
    if (!items.length) return null;
    const at = this.end(items[items.length - 1]);
    return this.spliced(at, at, `, ${flowText(value)}`);
  }

  /**
   * The text without one of the parts that commas divide.
   * @param {number[]} starts
   * @param {number[]} ends
   * @param {number} number
   * @returns {string | null}
   */
  withoutPart(starts, ends, number) {
    if (starts.length === 1) return null;
    const before = number ? this.text.slice(ends[number - 1], starts[number]) : "\n";
    const behind = number + 1 < starts.length ? this.text.slice(ends[number], starts[number + 1]) : "\n";
    if (!before.includes("\n")) return this.spliced(ends[number - 1], ends[number], "");
    return behind.includes("\n") ? null : this.spliced(starts[number], starts[number + 1], "");
  }

  /**
   * Whether a group in braces has outgrown its line, so that it is better written below its key.
   * @param {string} made
   * @param {Value} outer
   * @param {Plain | null} value
   * @returns {boolean}
   */
  isCrowded(made, outer, value) {
    const start = this.start(outer);
    if (this.text.slice(start, this.end(outer)).includes("\n")) return false;
    const line = this.text.slice(this.lineStart(start), this.lineEnd(start));
    const isLong = value !== null && typeof value !== "string" && flowText(value).length > LINE;
    return isLong || (line.length <= LINE && (made.slice(this.lineStart(start)).split(/\r?\n/, 1)[0].length > LINE))
      || (typeof value === "string" && value.includes("\n"));
  }
}

/**
 * The key that a new one follows; null where it comes first.
 * @param {Group} parent
 * @param {string} key
 * @param {string[]} [order]
 * @returns {string | null}
 */
function keyBefore(parent, key, order) {
  const names = [...parent.keys.keys()];
  const at = order?.indexOf(key) ?? -1;
  if (!order || at < 0) return names[names.length - 1] ?? null;
  return order.slice(0, at).reverse().find((name) => names.includes(name)) ?? null;
}

/** @param {Value} value @param {string | number} step @returns {Value | null} */
function childOf(value, step) {
  if (value.is === "group") return value.entries.get(String(step)) ?? null;
  return value.is === "list" && typeof step === "number" ? value.items[step] ?? null : null;
}

/** Where each character begins, in units of JavaScript. @param {string} text @returns {Uint32Array} */
function unitsOf(text) {
  const letters = [...text];
  const units = new Uint32Array(letters.length + 1);
  letters.forEach((letter, at) => { units[at + 1] = units[at] + letter.length; });
  return units;
}
