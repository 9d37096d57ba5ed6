import { meaning, shown } from "../format.js";

/**
 * A row that was picked on the map, with all its cells as text.
 *
 * @typedef {import("./placed-rows.js").Described} Described
 * @typedef {import("../words.js").Say} Say
 */

const LONGEST = 2_000; // characters of a cell; the table has them all

/** @param {Say} say */
export function rowDialog(say) {
  const dialog = document.createElement("dialog");
  dialog.className = "map-row";
  const heading = document.createElement("h2");
  heading.id = "map-row-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  const cells = document.createElement("dl");
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.textContent = say("map-close");
  form.append(close);
  dialog.append(heading, cells, form);
  return dialog;
}

/**
 * Open the dialog with a row.
 * @param {HTMLDialogElement} dialog @param {{title: string, columns: Described[], texts: (string | null)[], say: Say}} row
 */
export function openRow(dialog, { title, columns, texts, say }) {
  const [heading, cells] = /** @type {[HTMLElement, HTMLElement]} */ (/** @type {unknown} */ ([...dialog.children]));
  heading.textContent = title;
  const language = document.documentElement.lang || "en";
  cells.replaceChildren(...columns.flatMap((column, at) => {
    const name = document.createElement("dt");
    name.append(isolated(column.title || column.name));
    const value = document.createElement("dd");
    const raw = texts[at] ?? null;
    const means = meaning(raw, column);
    const text = raw === null || raw === "" ? say("map-no-value") : shown(raw, column, language);
    value.append(isolated(means ? say("map-code", { code: text, meaning: means }) : text));
    return [name, value];
  }));
  if (!dialog.open) dialog.showModal();
}

/** A text that cannot change the direction of what is around it. @param {string} text */
export function isolated(text) {
  const element = document.createElement("bdi");
  element.textContent = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return element;
}
