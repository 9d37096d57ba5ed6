/**
 * An element with attributes, listeners and what is inside. Text is only ever set as text.
 *
 * @typedef {string | number | boolean | undefined | ((event: any) => void)} Setting    any: each event has a type of its own
 */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, Setting>} [settings]    functions listen to the event of that name; false and undefined are left out
 * @param {(Node | string)[]} inside
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function made(name, settings = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(settings)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== false && value !== undefined) element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...inside);
  return element;
}

/**
 * A button with words.
 * @param {string} text @param {(event: MouseEvent) => void} click @param {Record<string, Setting>} [settings]
 */
export const button = (text, click, settings = {}) => made("button", { type: "button", ...settings, click }, text);

/**
 * A dialog that closes by Escape, by its button and by a click beside it, and takes itself away.
 * @param {string} title @param {string} close    the word on its button @param {(Node | string)[]} inside
 */
export function dialog(title, close, ...inside) {
  const heading = made("h2", { tabindex: -1 }, made("bdi", {}, title));
  const shut = button("×", () => element.close(), { class: "grid-shut", "aria-label": close });
  const element = made(
    "dialog",
    { class: "grid-dialog", "aria-label": title },
    made("div", { class: "grid-dialog-head" }, heading, shut),
    ...inside,
  );
  element.addEventListener("pointerdown", (event) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const isInside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (event.target === element && !isInside) element.close();
  });
  element.addEventListener("keydown", (event) => event.stopPropagation()); // the grid has keys of its own
  element.addEventListener("close", () => element.remove());
  return element;
}
