import { sentence } from "./filtering.js";
import { button, made } from "./making.js";
import { spoken } from "./texts.js";

/**
 * The filters in force, each with a button that takes it away.
 * @param {HTMLElement} element @param {import("./given.js").Given} given
 * @param {Map<string, import("./given.js").Described>} columns @param {() => void} gone    told when one is taken away
 */
export function showChosen(element, { store, say }, columns, gone) {
  const { filters } = store.state;
  const change = (/** @type {import("./given.js").Filter[]} */ left) => (store.change({ filters: left, row: null }), gone());
  const items = filters.map((filter) => {
    const words = sentence(filter, columns.get(filter.column), document.documentElement.lang, say);
    const remove = button("×", () => change(store.state.filters.filter((each) => each !== filter)), {
      "aria-label": say("remove-filter", { filter: spoken(words) }),
    });
    return made("li", {}, made("span", {}, words), remove);
  });
  if (items.length > 1)
    items.push(
      made(
        "li",
        {},
        button(say("remove-filters"), () => change([])),
      ),
    );
  element.replaceChildren(...items);
  element.hidden = !items.length;
}
