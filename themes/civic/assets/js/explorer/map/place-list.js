import { meaning, shown } from "../format.js";
import { isolated } from "./row-dialog.js";

/**
 * The places in view as buttons, so that whoever sees no map, or uses no mouse, comes to each.
 *
 * @typedef {import("./placed-rows.js").Described} Described
 * @typedef {import("./shapes.js").Shape} Shape
 * @typedef {{at: number, shape: Shape}} Feature
 * @typedef {import("../words.js").Say} Say
 */

export const MOST_PLACES = 50;
const LABEL_COLUMNS = 2;
const LONGEST = 60; // characters of a cell

export class PlaceList {
  turn = 0;

  /** @param {HTMLElement} list @param {Described[]} columns @param {(feature: Feature) => void} pick */
  constructor(list, columns, pick) {
    this.list = list;
    this.columns = columns.slice(0, LABEL_COLUMNS);
    this.pick = pick;
  }

  /**
   * Show these places. While their words come, the former stay.
   * @param {Feature[]} features @param {(at: number, names: string[]) => Promise<(string | null)[]>} textsOf @param {Say} say
   */
  async show(features, textsOf, say) {
    const turn = ++this.turn;
    const names = this.columns.map(({ name }) => name);
    const texts = await Promise.all(features.map(({ at }) => textsOf(at, names)));
    if (turn !== this.turn) return; // the map has moved on
    const focused = [...this.list.querySelectorAll("button")].findIndex((each) => each === document.activeElement);
    this.list.replaceChildren(...features.map((feature, at) => this.item(feature, this.label(texts[at], say))));
    const buttons = this.list.querySelectorAll("button");
    if (focused >= 0) buttons[Math.min(focused, buttons.length - 1)]?.focus();
  }

  /** @param {Feature} feature @param {string} label */
  item(feature, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(isolated(label));
    button.addEventListener("click", () => this.pick(feature));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  /** @param {(string | null)[]} texts @param {Say} say */
  label(texts, say) {
    const language = document.documentElement.lang || "en";
    const said = this.columns.map((column, at) => meaning(texts[at], column) || shown(texts[at], column, language));
    const short = said.filter(Boolean).map((text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text));
    return short.join(" · ") || say("map-no-value");
  }
}
