import { meaning, shown, unitBeside } from "../format.js";

/**
 * What the colors mean. Its marks are drawn in the same colors and shapes as those of the map, and its colors are those the map
 * takes.
 *
 * @typedef {import("./classes.js").Classes} Classes
 * @typedef {import("./placed-rows.js").Described} Described
 * @typedef {import("../words.js").Say} Say
 */

const LONGEST = 80; // characters

/**
 * The entries of a legend: the class's code, its words and its rows.
 * @param {Classes} classes @param {Described} column @param {Say} say
 */
export function legendEntries({ classes, others, empty }, column, say) {
  const language = document.documentElement.lang || "en";
  const value = (/** @type {string | undefined} */ raw) => {
    const means = meaning(raw ?? null, column);
    const text = shown(raw ?? null, column, language);
    return means ? say("map-code", { code: text, meaning: means }) : text;
  };
  const unit = (/** @type {string} */ text) =>
    (column.unit ? say("map-unit", { text, unit: unitBeside(text, column.unit) }) : text);
  const entries = classes.map((each, code) => {
    if (each.value !== undefined) return { code, text: value(each.value), rows: each.rows };
    const [low, high] = [value(each.low), value(each.high)];
    return { code, text: unit(low === high ? low : say("map-range", { low, high })), rows: each.rows };
  });
  if (others) entries.push({ code: 8, text: say("map-others"), rows: others });
  if (empty) entries.push({ code: 9, text: say("map-empty"), rows: empty });
  return entries;
}

/**
 * Draw a legend anew; none where nothing is colored.
 * @param {{legend: HTMLElement, legendTitle: HTMLElement}} into @param {{code: number, text: string, rows: number}[]} entries
 * @param {Described | undefined} column @param {(canvas: HTMLCanvasElement, code: number) => void} sample    draws a mark
 */
export function showLegend({ legend, legendTitle }, entries, column, sample) {
  const language = document.documentElement.lang || "en";
  legendTitle.hidden = entries.length === 0;
  legendTitle.textContent = column?.title || column?.name || "";
  legend.hidden = entries.length === 0;
  legend.replaceChildren(...entries.map(({ code, text, rows }) => {
    const item = document.createElement("li");
    const mark = document.createElement("canvas");
    mark.setAttribute("aria-hidden", "true");
    sample(mark, code);
    const words = document.createElement("bdi");
    words.textContent = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    const count = document.createElement("span");
    count.className = "muted";
    count.textContent = rows.toLocaleString(language);
    item.append(mark, words, count);
    return item;
  }));
}
