/** A plain table of texts. */

/** @param {string} name @param {readonly Node[]} inside */
function element(name, inside) {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
}

/** @param {string} name @param {string} text @param {boolean} isNumber @returns {HTMLElement} */
function cell(name, text, isNumber) {
  const made = document.createElement(name);
  made.textContent = text;
  made.dir = "auto";
  if (name === "th") made.setAttribute("scope", "col");
  if (isNumber) made.className = "num";
  return made;
}

/**
 * @param {{caption: string, heads: readonly string[], rows: readonly (readonly string[])[], numbers: readonly number[]}} given
 *   `numbers`: the columns that hold them
 */
export function tableOf({ caption, heads, rows, numbers }) {
  const line = (/** @type {string} */ name, /** @type {readonly string[]} */ texts) =>
    element(
      "tr",
      texts.map((text, at) => cell(name, text, numbers.includes(at))),
    );
  const title = document.createElement("caption");
  title.textContent = caption;
  const table = element("table", [
    title,
    element("thead", [line("th", heads)]),
    element(
      "tbody",
      rows.map((row) => line("td", row)),
    ),
  ]);
  table.className = "table first-rows";
  const region = element("div", [table]);
  region.className = "scroller";
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", caption);
  return region;
}
