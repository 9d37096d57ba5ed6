/**
 * The colors that the style sheet gives the map, as a canvas can use them. They follow the scheme, the city's accent and forced
 * colors.
 *
 * @typedef {import("./drawing.js").Palette} Palette
 */

const WORDS = 10; // classes of words: eight, others, empty
const STEPS = 5; // of numbers

/** Elements that have each color, from which it is read. */
export class Probes {
  /** @param {HTMLElement} element    that they are put into */
  constructor(element) {
    this.list = document.createElement("span");
    this.list.className = "map-colors";
    this.list.setAttribute("aria-hidden", "true");
    const one = (/** @type {string} */ name) => {
      const probe = document.createElement("i");
      probe.dataset.color = name;
      this.list.append(probe);
      return probe;
    };
    this.words = Array.from({ length: WORDS }, (_, at) => one(`word-${at + 1}`));
    this.steps = Array.from({ length: STEPS }, (_, at) => one(`step-${at + 1}`));
    this.others = ["surface", "text", "muted", "border"].map(one);
    element.append(this.list);
  }

  /** @param {boolean} isNumeric @param {boolean} isColored @returns {Palette} */
  palette(isNumeric, isColored) {
    const [surface, text, muted, border] = this.others.map(colorOf);
    const words = this.words.map(colorOf);
    const steps = this.steps.map(colorOf);
    const classes = !isColored ? [steps[3]] : isNumeric ? [...steps, ...words.slice(STEPS)] : words;
    return { classes, surface, text, muted, border };
  }
}

/** @param {Element} element */
const colorOf = (element) => getComputedStyle(element).color;

/** Call a function whenever colors may have changed. @param {() => void} changed @returns {() => void} which stops it */
export function onColors(changed) {
  const asked = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"];
  const queries = asked.map((each) => matchMedia(each));
  for (const query of queries) query.addEventListener("change", changed);
  const scheme = new MutationObserver(changed);
  scheme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-scheme"] });
  return () => {
    for (const query of queries) query.removeEventListener("change", changed);
    scheme.disconnect();
  };
}
