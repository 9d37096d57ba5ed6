import { drawn, svgOf } from "../explorer/ask/chart.js";
import { make } from "../explorer/ask/elements.js";
import { drawable } from "./charting.js";
import { csvOf, jsonOf } from "./exporting.js";
import { faultText, hintText, placeOf } from "./faults.js";
import { tableOf } from "./result.js";

/**
 * What came of a query, where the page has places for it: a table, a chart, files; or what is wrong.
 *
 * @typedef {import("./asking.js").Result} Result
 * @typedef {import("./session.js").Failure} Failure
 * @typedef {import("../explorer/words.js").Say} Say
 * @typedef {(name: string) => HTMLElement} Piece    a part of the page, by its name
 */

const MEGABYTE = 1e6;
const KEPT_MILLISECONDS = 60_000;

export class Outcome {
  /** @param {Piece} piece @param {Say} say @param {Say} sayOfCharts */
  constructor(piece, say, sayOfCharts) {
    this.piece = piece;
    this.say = say;
    this.sayOfCharts = sayOfCharts;
    this.name = "";
    this.place = 0;
    /** @type {Result | null} */
    this.result = null;
    piece("csv").addEventListener("click", () => this.save("csv", "text/csv", csvOf));
    piece("json").addEventListener("click", () => this.save("json", "application/json", jsonOf));
  }

  /** Say how far a query is. @param {import("./worker.js").Told} told */
  follow({ state, read }) {
    if (state) this.tell(this.say(`state-${state}`));
    if (read) this.tell(this.say("reading", { read: size(read.bytes), of: size(read.of) }));
  }

  /** @param {Result} result @param {string} name    of its files */
  show(result, name) {
    const { say, piece } = this;
    const caption = say("result-rows", { count: result.rows.length });
    const notes = result.seen.map(({ title, rows, of }) => say("seen", { title, rows, of }));
    if (result.isCut) notes.unshift(say("cut", { count: result.rows.length }));
    this.tell([caption, ...notes].join(" "));
    this.result = result;
    this.name = name;
    piece("rows").replaceChildren(...tableOf(result, caption, say));
    piece("result").hidden = false;
    piece("chart").replaceChildren(...this.chart(result));
  }

  /** @param {Result} result @returns {Element[]} */
  chart(result) {
    const found = drawable(result);
    if (!found) return [];
    const { answer, columns } = found;
    const width = this.piece("rows").clientWidth;
    const drawing = drawn(answer, { say: this.sayOfCharts, language: document.documentElement.lang, columns, width });
    if (!drawing) return [];
    const [by, of] = columns.map(({ name }) => name);
    const title = this.say("chart", { of: of ?? "", by: by ?? "" });
    const chart = svgOf(drawing);
    chart.setAttribute("aria-label", title);
    return [make("figcaption", {}, title), chart, ...drawing.notes.map((note) => make("p", { class: "muted" }, note))];
  }

  /** @param {unknown} error @param {string} sql @param {readonly {called: string}[]} [tables]    that can be asked */
  fail(error, sql, tables = []) {
    const { kind = "fetch", message = "", what = "", offset = -1, bytes = 0 } = /** @type {Partial<Failure>} */ (error);
    const place = placeOf(sql, offset);
    this.place = place?.index ?? 0;
    this.tell("");
    this.piece("fault").hidden = false;
    const fault = { kind, message, what, offset, bytes };
    const texts = [faultText(fault, sql, this.say), hintText(fault, tables, this.say)];
    this.piece("fault-text").textContent = texts.filter(Boolean).join(" ");
    this.piece("to-place").hidden = !place;
    if (sql && kind !== "stopped") this.piece("sql").setAttribute("aria-invalid", "true");
  }

  clear() {
    this.tell("");
    this.piece("fault-text").textContent = "";
    this.piece("sql").removeAttribute("aria-invalid");
    for (const name of ["fault", "to-place", "result"]) this.piece(name).hidden = true;
  }

  /** @param {string} ending @param {string} type @param {(names: string[], rows: Result["rows"]) => string} write */
  save(ending, type, write) {
    if (!this.result) return;
    const url = URL.createObjectURL(new Blob([write(this.result.names, this.result.rows)], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${this.name}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), KEPT_MILLISECONDS);
  }

  /** @param {string} text */
  tell(text) {
    this.piece("status").textContent = text;
  }
}

/** Megabytes, in the page's language. @param {number} bytes */
function size(bytes) {
  return (bytes / MEGABYTE).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
}
