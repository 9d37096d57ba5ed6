import { button, made } from "./grid/making.js";

/** @typedef {"rows" | "map"} View */

/**
 * The choice between rows and map.
 * @param {import("./words.js").Say} say @param {(view: View) => void} choose
 */
export function viewChoice(say, choose) {
  const views = /** @type {View[]} */ (["rows", "map"]).map((view) => {
    return { view, button: button(say(`view-${view}`), () => choose(view)) };
  });
  const element = made("div", { class: "explorer-views", role: "group", "aria-label": say("views") });
  element.append(...views.map((each) => each.button));
  return { element, views };
}
