/**
 * Lets the arrow keys lead from the search box through its results and back, and Escape back at once.
 * @param {HTMLElement} within    holds the box and the results
 * @param {HTMLInputElement} input
 * @param {() => HTMLElement[]} links    the results as they are now
 */
export function walk(within, input, links) {
  within.addEventListener("keydown", (event) => {
    const stops = [input, ...links()];
    const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
    // While letters are composed, as in Japanese, the keys belong to that.
    if (at < 0 || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 };
    const to = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (to === undefined || (event.key === "Escape" && !at)) return;
    const stop = stops.at(to % stops.length);
    if (!stop || stops.length < 2) return;
    event.preventDefault();
    stop.focus();
  });
}
