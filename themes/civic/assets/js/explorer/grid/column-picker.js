import { titleOf } from "./header.js";
import { button, dialog, made } from "./making.js";

/**
 * The choice of columns and of their order.
 *
 * @typedef {import("./given.js").Given} Given
 * @typedef {{name: string, isShown: boolean}} Choice
 */

/**
 * All columns, those that are shown first and in their order.
 * @param {string[]} all @param {string[] | null} shown @returns {Choice[]}
 */
export function choices(all, shown) {
  const first = shown?.filter((name) => all.includes(name)) ?? all;
  return [
    ...first.map((name) => ({ name, isShown: true })),
    ...all.filter((name) => !first.includes(name)).map((name) => ({ name, isShown: false })),
  ];
}

/** What is chosen; null when it is all columns in the order of the file. @param {Choice[]} chosen @param {string[]} all */
export function columnsFrom(chosen, all) {
  const names = chosen.filter((choice) => choice.isShown).map((choice) => choice.name);
  const isAll = names.length === all.length && names.every((name, at) => name === all[at]);
  return isAll ? null : names;
}

/** @param {Given} given */
export function openPicker({ say, store, outline }) {
  const all = outline.columns.map((column) => column.name);
  const columns = new Map(outline.columns.map((column) => [column.name, column]));
  const status = made("p", { role: "status", class: "visually-hidden" });
  const list = made("ol", { class: "grid-picker" });
  /** @param {HTMLElement} item @param {number} by @param {string} title */
  const move = (item, by, title) => {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    const pressed = /** @type {HTMLElement} */ (document.activeElement);
    if (by < 0) other.before(item);
    else other.after(item);
    pressed.focus();
    status.textContent = say("moved", { column: title, place: [...list.children].indexOf(item) + 1 });
  };
  for (const { name, isShown } of choices(all, store.state.columns)) {
    const title = titleOf(/** @type {import("./given.js").Described} */ (columns.get(name)));
    const box = made("input", { type: "checkbox" });
    box.value = name;
    box.checked = isShown;
    const item = made("li", {}, made("label", {}, box, made("bdi", {}, title)));
    item.append(
      button("↑", () => move(item, -1, title), { "aria-label": say("move-up", { column: title }) }),
      button("↓", () => move(item, 1, title), { "aria-label": say("move-down", { column: title }) }),
    );
    list.append(item);
  }
  const boxes = () => [...list.querySelectorAll("input")];
  const apply = (/** @type {Event} */ event) => {
    event.preventDefault();
    const columns = columnsFrom(
      boxes().map((box) => ({ name: box.value, isShown: box.checked })),
      all,
    );
    if (columns?.length === 0) return void (status.textContent = say("no-column"));
    opened.close();
    store.change({ columns });
  };
  const opened = dialog(
    say("columns"),
    say("close"),
    made(
      "form",
      { submit: apply },
      list,
      status,
      made(
        "div",
        { class: "filter-buttons" },
        made("button", { type: "submit", class: "button" }, say("show-columns")),
        button(say("all-columns"), () => (opened.close(), store.change({ columns: null }))),
      ),
    ),
  );
  document.body.append(opened);
  opened.showModal();
}
