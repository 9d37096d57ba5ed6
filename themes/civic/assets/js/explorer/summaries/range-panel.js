import { make } from "../ask/elements.js";
import { shown } from "../format.js";
import { barsPath, binsIn, rangeFilter, ranged, spreadText } from "./choosing.js";

/**
 * A histogram whose range filters: two sliders for keys, and dragging over the bars.
 *
 * @typedef {import("./choosing.js").Summary} Summary
 * @typedef {import("./choosing.js").Filter} Filter
 * @typedef {import("./panel.js").Given} Given
 */

const SPACE = "http://www.w3.org/2000/svg";
const PAUSE = 250; // milliseconds without another key before the range is taken

/** @param {string} name @param {Record<string, string>} [attributes] */
function draw(name, attributes = {}) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export class RangePanel {
  /** @param {Given} given @param {import("./choosing.js").Bin[]} bins    over the whole file: they stay */
  constructor(given, bins) {
    this.given = given;
    this.bins = bins;
    /** @type {[number, number]} */
    this.range = [0, bins.length - 1];
    const { say, title } = given;
    this.all = draw("path", { class: "all", d: barsPath(bins.map(({ all }) => all), this.most) });
    this.some = draw("path", { class: "some" });
    this.ground = draw("rect", { class: "chosen", y: "0", height: "32" });
    const box = { class: "spread", viewBox: `0 0 ${bins.length * 10} 32`, preserveAspectRatio: "none", role: "img" };
    this.svg = /** @type {SVGSVGElement} */ (draw("svg", box));
    this.svg.append(this.ground, this.all, this.some);
    this.ends = ["from", "to"].map((end) => this.end(say(`summary-${end}`), say(`summary-${end}-of`, { column: title })));
    this.element = make("div", { class: "summary-range" }, this.svg, ...this.ends.map(({ label }) => label));
    this.listen();
  }

  /** A slider with its label and what it says. @param {string} word @param {string} name */
  end(word, name) {
    const slider = make("input", { type: "range", min: "0", max: String(this.bins.length - 1), step: "1", "aria-label": name });
    const text = make("bdi", {});
    return { slider, text, label: make("label", {}, make("span", {}, word, " ", text), slider) };
  }

  listen() {
    const [from, to] = this.ends.map(({ slider }) => slider);
    const taken = () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.take(), PAUSE);
    };
    from.addEventListener("input", () => this.mark([Math.min(Number(from.value), this.range[1]), this.range[1]]));
    to.addEventListener("input", () => this.mark([this.range[0], Math.max(Number(to.value), this.range[0])]));
    for (const slider of [from, to]) slider.addEventListener("change", taken);
    this.svg.addEventListener("pointerdown", (event) => this.press(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    this.svg.addEventListener("pointerup", () => this.release());
    this.svg.addEventListener("pointercancel", () => this.release(false));
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button) return;
    event.preventDefault(); // no text is selected on the way
    this.svg.setPointerCapture(event.pointerId);
    this.before = this.range;
    this.pressed = this.binAt(event);
    this.mark([this.pressed, this.pressed]);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (this.pressed === undefined) return;
    const at = this.binAt(event);
    this.mark([Math.min(at, this.pressed), Math.max(at, this.pressed)]);
  }

  /** @param {boolean} isMeant */
  release(isMeant = true) {
    if (this.pressed === undefined) return;
    this.pressed = undefined;
    const [before, after] = [this.before ?? this.range, this.range];
    // The only bar that is chosen, pressed again, is let go.
    if (isMeant && before.join() === after.join()) this.mark([0, this.bins.length - 1]);
    if (isMeant) this.take();
    else this.mark(before);
  }

  /** @param {PointerEvent} event */
  binAt({ clientX }) {
    const { left, width } = this.svg.getBoundingClientRect();
    return Math.max(0, Math.min(this.bins.length - 1, Math.floor(((clientX - left) / width) * this.bins.length)));
  }

  /** Show a range, before it is taken. @param {[number, number]} range */
  mark(range) {
    this.range = range;
    const { column, language } = this.given;
    const [first, last] = range;
    const isAll = first === 0 && last === this.bins.length - 1;
    this.ground.setAttribute("x", String(first * 10));
    this.ground.setAttribute("width", isAll ? "0" : String((last - first + 1) * 10));
    const texts = [this.bins[first].low, this.bins[last].high].map((raw) => shown(raw, column, language));
    for (const [at, { slider, text }] of this.ends.entries()) {
      slider.value = String(range[at]);
      slider.setAttribute("aria-valuetext", texts[at]);
      text.textContent = texts[at];
    }
  }

  /** Make the range that is shown a filter. */
  take() {
    clearTimeout(this.waiting);
    const { store, column } = this.given;
    store.change({ filters: ranged(store.state.filters, column.name, this.bins, this.range) });
  }

  /** @param {readonly Filter[]} filters */
  follow(filters) {
    clearTimeout(this.waiting);
    const { column } = this.given;
    if (this.pressed === undefined) this.mark(binsIn(rangeFilter(filters, column.name), this.bins, column.type));
  }

  /** @param {Summary} summary */
  show({ bins = [] }) {
    const { say, column, language, title } = this.given;
    this.some.setAttribute("d", barsPath(bins.map(({ rows }) => rows), this.most));
    this.svg.setAttribute("aria-label", spreadText(bins, title, say, (raw) => shown(raw, column, language)));
  }

  get most() {
    return Math.max(...this.bins.map(({ all }) => all));
  }
}
