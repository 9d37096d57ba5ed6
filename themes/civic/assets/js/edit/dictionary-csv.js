/**
 * Delimited text, read strictly and in pieces: RFC 4180 with any line end and four delimiters, as a build reads it.
 *
 *   const reader = new CsvReader();
 *   for (const piece of pieces) for (const row of reader.rows(piece)) ...
 *   for (const row of reader.end()) ...
 */

const DELIMITERS = [",", ";", "\t", "|"];

/** What is wrong with a file: a key of the page's words, with what is put into them. */
export class CsvFault extends Error {
  /** @param {string} word @param {Record<string, string | number>} [values] */
  constructor(word, values = {}) {
    super(word);
    this.word = word;
    this.values = values;
  }
}

/** Reads text that comes in pieces. */
export class CsvReader {
  constructor() {
    this.delimiter = "";
    this.field = "";
    /** @type {string[]} */
    this.fields = [];
    /** @type {"start" | "plain" | "quoted" | "closed"} */
    this.state = "start";
    this.count = 0;          // rows that are whole
    this.held = "";          // what has to be seen with what follows
  }

  /** The rows that end in this piece. @param {string} piece @returns {Generator<string[], void, void>} */
  *rows(piece) {
    let text = this.held + piece;
    this.held = "";
    if (!this.delimiter) {
      const end = text.search(/[\r\n]/);
      if (end < 0) {
        this.held = text;
        return;
      }
      this.delimiter = delimiterOf(text.slice(0, end));
    }
    if (text.endsWith("\r")) {
      this.held = "\r";
      text = text.slice(0, -1);
    }
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at];
      if (this.state === "quoted") {
        if (letter === '"') this.state = "closed";
        else this.field += letter;
      } else if (letter === '"' && this.state === "closed") {
        this.field += letter;
        this.state = "quoted";
      } else if (letter === '"' && this.state === "start") this.state = "quoted";
      else if (letter === this.delimiter) this.endField();
      else if (letter === "\n" || letter === "\r") {
        if (letter === "\r" && text[at + 1] === "\n") at += 1;
        yield this.endRow();
      } else if (this.state === "closed") throw new CsvFault("csv-quote", { row: this.count });
      else {
        this.state = "plain";
        this.field += letter;
      }
    }
  }

  /** The last row, where no line end follows it. @returns {Generator<string[], void, void>} */
  *end() {
    const held = this.held;
    this.held = "";
    if (!this.delimiter) this.delimiter = delimiterOf(held.split(/[\r\n]/)[0] ?? "");
    yield* this.rows(held.replace(/\r$/, "\n"));
    if (this.state === "quoted") throw new CsvFault("csv-quote", { row: this.count });
    if (this.fields.length || this.state !== "start") yield this.endRow();
  }

  endField() {
    this.fields.push(this.field);
    this.field = "";
    this.state = "start";
  }

  /** @returns {string[]} */
  endRow() {
    this.endField();
    const row = this.fields;
    this.fields = [];
    this.count += 1;
    return row;
  }
}

/** Whether a file's name is that of a table. @param {string} name */
export const isTableName = (name) => /\.(?:csv|tsv|xlsx?|ods|geojson|json|zip)$/i.test(name);

/** Whether a text is more like the rows of a table than like YAML. @param {string} text */
export function looksLikeRows(text) {
  const [first, second] = text.trim().split(/\r?\n/);
  return Boolean(second) && !/[:#]/.test(first) && /[^\s,;\t-][,;\t]/.test(first) && /[,;\t]/.test(second);
}

/** What stands between fields: a comma where there is one, else what there is most of. @param {string} line */
function delimiterOf(line) {
  if (line.includes(",")) return ",";
  const count = (/** @type {string} */ each) => line.split(each).length - 1;
  const best = DELIMITERS.reduce((most, each) => (count(each) > count(most) ? each : most), ",");
  return count(best) ? best : ",";
}
