import { element } from "./item.js";

const FIRST = 8; // values of a filter that are not folded away

/**
 * The filters beside the results: links that are in the page already, with the counts that results give them.
 *
 * @typedef {import("../search/index.js").Count} Count
 */
export class Filters {
  /** @param {HTMLDetailsElement} within @param {string} language */
  constructor(within, language) {
    this.within = within;
    this.language = language;
    this.sections = [...within.querySelectorAll("section")];
    /** @type {Map<string, HTMLLIElement>} by "topic/streets" */
    this.items = new Map();
    for (const item of within.querySelectorAll("li")) this.items.set(item.querySelector("a")?.dataset.filter ?? "", item);
    const whole = this.sections.map((section) => [section.dataset.dimension, [...section.querySelectorAll("li")].map(countOf)]);
    /** @type {Record<string, Count[]>} what everything together has, for when nothing is asked */
    this.whole = Object.fromEntries(whole);
  }

  get facets() {
    return this.sections.map((section) => section.dataset.dimension ?? "");
  }

  /** Whether a reader sees them: on a narrow screen they are folded away until asked for. */
  get areSeen() {
    const summary = this.within.querySelector("summary");
    return this.within.open || !summary?.getClientRects().length;
  }

  /** What a value is called. @param {string} facet @param {string} id */
  title(facet, id) {
    return this.items.get(`${facet}/${id}`)?.querySelector("a")?.textContent ?? id;
  }

  /** Show how much each value has. @param {Record<string, Count[]>} counts @param {Record<string, string[]>} inForce */
  show(counts, inForce) {
    this.isCounted = true;
    for (const section of this.sections) {
      const facet = section.dataset.dimension ?? "";
      const chosen = inForce[facet] ?? [];
      const found = counts[facet] ?? [];
      const gone = chosen.filter((id) => !found.some((each) => each.id === id));
      const shown = [...found, ...gone.map((id) => ({ id, title: this.title(facet, id), count: 0 }))];
      // To tell what is published from what is published says nothing.
      section.hidden = !shown.length || (facet === "status" && shown.length < 2 && !chosen.length);
      this.place(section, shown.map((value) => this.item(facet, value)));
    }
  }

  /** Whether the counts are those of what is shown; wrong ones are not shown. @param {boolean} isCounted */
  set isCounted(isCounted) {
    this.within.toggleAttribute("data-uncounted", !isCounted);
  }

  /**
   * Mark what is chosen, and lead each link to its address.
   * @param {Record<string, string[]>} inForce @param {(name: string) => string} leadsTo
   */
  lead(inForce, leadsTo) {
    for (const [name, item] of this.items) {
      const slash = name.indexOf("/");
      const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
      link.href = leadsTo(name);
      if (inForce[name.slice(0, slash)]?.includes(name.slice(slash + 1))) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** @param {string} facet @param {Count} value */
  item(facet, { id, title, count }) {
    const name = `${facet}/${id}`;
    let item = this.items.get(name);
    if (!item) {
      const link = element("a", title);
      link.dataset.filter = name;
      item = /** @type {HTMLLIElement} */ (element("li", link, " ", element("span")));
      this.items.set(name, item);
    }
    const number = item.lastElementChild;
    if (number) number.textContent = count.toLocaleString(this.language);
    return item;
  }

  /**
   * Put the first values in the open list and the others in the folded one.
   * @param {HTMLElement} section @param {HTMLElement[]} items
   */
  place(section, items) {
    const [open, folded] = section.querySelectorAll("ul");
    const { activeElement } = document;
    const first = folded && items.length > FIRST + 1 ? FIRST : items.length;
    fill(open, items.slice(0, first));
    if (!folded) return;
    fill(folded, items.slice(first));
    folded.parentElement?.toggleAttribute("hidden", items.length <= first);
    if (activeElement instanceof HTMLElement && section.contains(activeElement)) activeElement.focus();
  }
}

/** Put elements into a list, which is left alone if it holds just these. @param {Element} list @param {HTMLElement[]} items */
function fill(list, items) {
  const isSame = items.length === list.children.length && items.every((item, at) => item === list.children[at]);
  if (!isSame) list.replaceChildren(...items);
}

/** @param {Element} item @returns {Count} */
function countOf(item) {
  const link = item.querySelector("a");
  const id = link?.dataset.filter?.replace(/^[^/]*\//, "") ?? "";
  return { id, title: link?.textContent ?? "", count: Number(item.lastElementChild?.textContent?.replace(/\D/g, "")) };
}
