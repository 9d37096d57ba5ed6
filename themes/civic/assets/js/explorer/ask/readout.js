import { button, make } from "./elements.js";

/**
 * Reads a chart aloud, value by value: under the pointer, or with a slider that keys move. Leads to the rows of a value.
 *
 * @typedef {import("./frame.js").Reading} Reading
 * @typedef {string | null} Key
 */
export class Readout {
  /** @param {import("../words.js").Say} say @param {(keys: Key[]) => void} open */
  constructor(say, open) {
    this.slider = make("input", { type: "range", min: "0", step: "1", "aria-label": say("chart-read") });
    this.text = make("p", { class: "readout-text" });
    this.see = button(say("ask-see"), () => open(keysOf(this.readings[this.place])), { class: "plain-button" });
    this.hint = say("chart-hint");
    this.element = make("div", { class: "readout" }, this.slider, this.text, this.see);
    this.slider.addEventListener("input", () => this.show(Number(this.slider.value)));
    this.slider.addEventListener("focus", () => this.show(Number(this.slider.value)));
    /** @type {Reading[]} */
    this.readings = [];
    this.place = -1;
  }

  /** Read another chart. @param {SVGSVGElement} svg @param {Reading[]} readings */
  read(svg, readings) {
    const before = this.readings;
    const isSame = readings.length === before.length && readings.every(({ text }, at) => text === before[at].text);
    this.svg = svg;
    this.readings = readings;
    this.slider.max = String(Math.max(0, readings.length - 1));
    this.element.hidden = !readings.length;
    for (const kind of ["pointermove", "click"]) svg.addEventListener(kind, (event) => this.find(event));
    this.show(isSame ? this.place : -1);
  }

  /** @param {Event} event */
  find({ target }) {
    const place = target instanceof Element ? target.closest("[data-place]")?.getAttribute("data-place") : null;
    if (place) this.show(Number(place));
  }

  /** @param {number} place    -1 is none */
  show(place) {
    this.place = place;
    const reading = this.readings[place];
    for (const old of this.svg?.querySelectorAll("[data-current]") ?? []) old.removeAttribute("data-current");
    this.svg?.querySelector(`[data-place="${place}"]`)?.setAttribute("data-current", "");
    this.slider.value = String(Math.max(0, place));
    this.slider.setAttribute("aria-valuetext", reading?.text ?? this.readings[Number(this.slider.value)]?.text ?? "");
    this.text.textContent = reading?.text ?? this.hint;
    const isFocused = document.activeElement === this.see;
    this.see.hidden = !reading?.rows.length;
    if (this.see.hidden && isFocused) this.slider.focus();
  }
}

/** The keys of what is read: those of a group, or the first one that groups share. @param {Reading} reading @returns {Key[]} */
const keysOf = ({ rows }) => (rows.length === 1 ? rows[0].keys : rows[0].keys.slice(0, 1));
