/** Entries of lists and maps: the first of each is the pattern that all others are made from. */

/** @type {WeakMap<Element, HTMLElement>} */
const patterns = new WeakMap();
/** @type {WeakMap<Element, number>} */
const numbers = new WeakMap();
const MOST_OPEN = 3;    // entries of one list
const REFERRING = ["id", "for", "list", "aria-describedby", "aria-labelledby", "data-id"];

/** Take the pattern of each list out of the page. The innermost are taken first. @param {Element} form */
export function takePatterns(form) {
  for (const entries of [...form.querySelectorAll("[data-entries]")].reverse()) {
    const pattern = /** @type {HTMLElement} */ (entries.querySelector(":scope > [data-entry]"));
    patterns.set(entries, pattern);
    pattern.remove();
  }
}

/** The list that a field is. @param {Element} field */
export const entriesOf = (field) => /** @type {HTMLElement} */ (
  [...field.querySelectorAll("[data-entries]")].find((each) => each.parentElement?.closest("[data-field]") === field));

/** Add an empty entry behind the others. @param {Element} entries */
export function addEntry(entries) {
  const pattern = /** @type {HTMLElement} */ (patterns.get(entries));
  const number = (numbers.get(entries) ?? 0) + 1;
  numbers.set(entries, number);
  const entry = copied(pattern);
  rename(entry, pattern.dataset.id ?? "", (pattern.dataset.id ?? "").replace(/-0$/, `-${number}`));
  entries.append(entry);
  return entry;
}

/** A copy that knows the patterns of the lists within. @param {HTMLElement} pattern */
function copied(pattern) {
  const copy = /** @type {HTMLElement} */ (pattern.cloneNode(true));
  const inner = [...copy.querySelectorAll("[data-entries]")];
  [...pattern.querySelectorAll("[data-entries]")].forEach((each, at) => {
    const within = patterns.get(each);
    if (within) patterns.set(inner[at], copied(within));
  });
  return copy;
}

/** Put another id in the place of a pattern's, wherever one is spoken of. @param {HTMLElement} entry @param {string} from @param {string} to */
function rename(entry, from, to) {
  const change = (/** @type {Element} */ element) => {
    for (const name of REFERRING) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.split(" ").map((id) => (isBelow(id, from) ? to + id.slice(from.length) : id)).join(" "));
    }
  };
  [entry, ...entry.querySelectorAll("*")].forEach(change);
  for (const list of entry.querySelectorAll("[data-entries]")) {
    const within = patterns.get(list);
    if (within) rename(within, from, to);
  }
}

/** @param {string} id @param {string} above */
const isBelow = (id, above) => id === above || id.startsWith(`${above}-`);

/**
 * Number the entries of a list, or call them by their names; what removes one is called by the words in it.
 * @param {Element} entries @param {(called: number | string) => string} legend
 */
export function nameEntries(entries, legend) {
  [...entries.children].forEach((entry, at) => nameEntry(entry, at + 1, legend));
}

/** @param {Element} entry @param {number} place    from 1 @param {(called: number | string) => string} legend */
export function nameEntry(entry, place, legend) {
  const number = legend(place);
  spoken(entry, "[data-legend]", nameOf(entry)?.value || number);
  spoken(entry, "[data-numbered]", number);
  spoken(entry, "[data-called]", wordsIn(entry) ? legend(wordsIn(entry)) : number);
}

/** Say something wherever an entry, and none within it, is spoken of. @param {Element} entry @param {string} where @param {string} text */
function spoken(entry, where, text) {
  for (const each of entry.querySelectorAll(where)) if (each.closest("[data-entry]") === entry) each.textContent = text;
}

/** What stands in an entry of one line: its name, or its value. @param {Element} entry */
export const wordsIn = (entry) => nameOf(entry)?.value
  || (entry.matches(".edit-line") && /** @type {HTMLInputElement | null} */ (entry.querySelector("[data-control]"))?.value) || "";

/** Where the name of an entry of a map is written; null in a list. @param {Element} entry */
export const nameOf = (entry) => /** @type {HTMLInputElement | null} */ (
  [...entry.querySelectorAll("[data-name]")].find((each) => each.closest("[data-entry]") === entry) ?? null);

/** Fold the entries of a long list, of which only their names are seen. @param {Element} field */
export function foldEntries(field) {
  const entries = [...entriesOf(field).children];
  for (const entry of entries) if (entry instanceof HTMLDetailsElement) entry.open = entries.length <= MOST_OPEN;
}
