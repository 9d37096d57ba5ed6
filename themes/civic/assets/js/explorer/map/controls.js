/**
 * What stands around the map: made once, by the element, with the page's words.
 *
 * @typedef {import("./placed-rows.js").Described} Described
 * @typedef {import("../words.js").Say} Say
 * @typedef {ReturnType<typeof controls>} Controls
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name @param {Record<string, string | boolean>} [given]    its properties @param {(Node | string)[]} parts
 * @returns {HTMLElementTagNameMap[K]}
 */
function made(name, given = {}, ...parts) {
  const element = document.createElement(name);
  Object.assign(element, given);
  element.append(...parts);
  return element;
}

/**
 * @param {Say} say @param {Described[]} colors    columns that the map can be colored by
 * @param {boolean} [isAlone]    whether there is no grid beside the map to lead to, or to filter
 */
export function controls(say, colors, isAlone = false) {
  const button = (/** @type {string} */ word, sign = "") => {
    const text = say(word);
    const element = made("button", { type: "button", textContent: sign || text });
    if (sign) element.setAttribute("aria-label", text);
    if (sign) element.title = text;
    return element;
  };
  const color = made("select", {}, made("option", { value: "", textContent: say("map-one-color") }),
    ...colors.map(({ name, title }) => made("option", { value: name, textContent: title || name })));
  const only = made("input", { type: "checkbox" });
  const [nearer, farther] = [button("map-nearer", "+"), button("map-farther", "−")];
  const [all, table] = [button("map-all"), button("map-table")];
  const frame = made("div", { className: "map-frame" });
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", say("map-label"));
  const legend = made("ul", { className: "map-legend" });
  const legendTitle = made("p", { className: "map-title", id: "map-legend-title" });
  const note = made("p", { className: "muted" });
  const list = made("ul", { className: "map-list" });
  const listTitle = made("summary", { className: "map-title", id: "map-list-title", textContent: say("map-places") });
  const places = made("details", {}, listTitle, list);
  // No headings: the page's own may have any level here.
  legend.setAttribute("aria-labelledby", legendTitle.id);
  list.setAttribute("aria-labelledby", listTitle.id);
  const status = made("p", { className: "muted map-status" });
  status.setAttribute("role", "status");
  const fingers = made("p", { className: "muted map-fingers", textContent: say("map-two-fingers") });
  // The status says the same.
  const none = made("p", { className: "map-none", textContent: say("map-none"), hidden: true });
  none.setAttribute("aria-hidden", "true");
  const credit = made("p", { className: "muted map-credit", hidden: true });
  const side = made("div", { className: "map-side" },
    made("div", {}, legendTitle, legend, note), places);
  const bar = made("div", { className: "map-bar" },
    made("label", {}, say("map-color"), " ", color),
    ...(isAlone ? [nearer, farther, all] : [made("label", {}, only, " ", say("map-only")), nearer, farther, all, table]));
  const stage = made("div", { className: "map-stage" }, frame, none, fingers, credit);
  const body = made("div", { className: "map-body" }, stage, side);
  return {
    bar, body, frame, color, only, nearer, farther, all, table, legend, legendTitle, note, places, list, listTitle, status,
    none, credit,
  };
}
