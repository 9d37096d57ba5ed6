/** Small pieces of a page. Text is only ever set as text. */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name @param {Record<string, string | boolean>} attributes    true is there, false is not
 * @param {(string | Node)[]} inside @returns {HTMLElementTagNameMap[T]}
 */
export function make(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside);
  return made;
}

/** @param {string} text @param {() => void} act @param {Record<string, string | boolean>} [attributes] */
export function button(text, act, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

/**
 * A choice with its label. @param {string} text @param {string} hint    for those who do not see what stands around it
 * @param {HTMLSelectElement} select
 */
export function labelOf(text, hint, select) {
  const more = hint ? [" ", make("span", { class: "visually-hidden" }, hint)] : [];
  return make("label", { class: "ask-field" }, make("span", {}, text, ...more), select);
}

/**
 * Fill a choice, and choose what was chosen where it is still there.
 * @param {HTMLSelectElement} select @param {[string, string][]} options @param {string} [chosen]
 */
export function fill(select, options, chosen = select.value) {
  select.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
  select.value = options.some(([value]) => value === chosen) ? chosen : options[0]?.[0] ?? "";
}
