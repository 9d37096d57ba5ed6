import { Filters } from "./filters.js";
import { apart, element, item, placed, whyOf } from "./item.js";
import { corrected } from "./marking.js";
import { counted, filled } from "./saying.js";

/**
 * What the page of results shows: the places that its template has, filled with an answer.
 *
 * @typedef {import("../search/index.js").Answer} Answer
 * @typedef {import("../search/index.js").Result} Result
 * @typedef {(name: string) => string} LeadsTo    the address with one filter more or less: "topic/streets"
 */
export class Shown {
  /** @type {Record<string, string[]>} filters that hold, those that were typed among them */
  inForce = {};
  asked = "";
  /** @type {LeadsTo} */
  leadsTo = () => "";

  /** @param {HTMLElement} page @param {string} root    leads to the top of the site */
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.say = page.dataset;
    this.language = document.documentElement.lang;
    this.title = document.title;
    this.groups = /** @type {HTMLElement[]} */ ([...page.querySelectorAll("[data-kind]")]);
    this.filters = new Filters(/** @type {HTMLDetailsElement} */ (this.find(".filters")), this.language);
  }

  /** A part of the page, which the template promises. @param {string} selector */
  find(selector) {
    return /** @type {HTMLElement} */ (this.page.querySelector(selector));
  }

  get kinds() {
    return this.groups.map(({ dataset }) => dataset.kind ?? "");
  }

  /** The results, in their order. @returns {HTMLElement[]} */
  get links() {
    const links = [...this.page.querySelectorAll(".results h3 a")].map((link) => /** @type {HTMLElement} */ (link));
    return links.filter((link) => link.getClientRects().length);
  }

  /** How many results of a kind stand on the page. @param {string} kind */
  countOf(kind) {
    return this.find(`[data-kind="${kind}"] ul`).children.length;
  }

  /** @param {string} kind @param {number} at */
  linkOf(kind, at) {
    return this.find(`[data-kind="${kind}"] ul`).children[at]?.querySelector("a");
  }

  /** Nothing is asked: show how to. @param {LeadsTo} leadsTo */
  start(leadsTo) {
    this.inForce = {};
    this.leadsTo = leadsTo;
    this.asked = "";
    document.title = this.title;
    this.tell("");
    this.clear();
    this.count(this.filters.whole);
  }

  /** Take all results away, and show the ways that need no search. */
  clear() {
    const parts = ["[data-none]", "[data-sort]", "[data-meant]"].map((name) => this.find(name));
    for (const part of [...this.groups, ...parts]) part.hidden = true;
    this.find("[data-start]").hidden = false;
  }

  /** An answer is long in coming. */
  wait() {
    this.tell(this.say.saySearching ?? "");
  }

  /** The search failed. @param {boolean} isStanding    whether what is shown is of the question that was asked */
  fail(isStanding) {
    if (!isStanding) this.clear();
    this.filters.isCounted = false;
    this.tell(this.say.sayFailed ?? "", true);
  }

  /**
   * The first look at an answer: the datasets.
   * @param {Answer} answer @param {import("./state.js").State} state @param {LeadsTo} leadsTo
   */
  draw(answer, { asked, sort }, leadsTo) {
    this.inForce = Object.fromEntries(Object.entries(answer.filters).map(([facet, ids]) => [facet, [...new Set(ids)]]));
    this.leadsTo = leadsTo;
    this.asked = asked.trim();
    document.title = this.asked ? `${this.asked} - ${this.title}` : this.title;
    this.tell(counted(answer.total, this.say, this.language));
    for (const group of this.groups) {
      if (group.dataset.kind === "dataset") this.group("dataset", answer);
      else group.hidden = true;
    }
    this.note(answer, asked);
    this.find("[data-start]").hidden = true;
    this.find("[data-none]").hidden = answer.total > 0;
    this.find("[data-near]").hidden = true;
    this.find("[data-unfiltered]").parentElement?.toggleAttribute("hidden", true);
    this.find("[data-sort]").hidden = answer.total < 2;
    /** @type {HTMLSelectElement} */ (this.find("select")).value = sort;
    this.filters.lead(this.inForce, leadsTo);
    this.choose();
  }

  /** The rest of an answer: what is no dataset, and of datasets in which columns words were found. @param {Answer} answer */
  complete(answer) {
    const rows = this.find('[data-kind="dataset"] ul').children;
    answer.results.filter(({ kind }) => kind === "dataset").forEach((result, at) => {
      const old = rows[at]?.querySelector(".why");
      const why = whyOf(result, answer, this.say);
      if (old && why && rows[at].querySelector("a")?.textContent === result.title) old.replaceWith(why);
    });
    for (const kind of this.kinds) if (kind !== "dataset") this.group(kind, answer);
  }

  /** Say which words were taken for others, and which are nowhere. @param {Answer} answer @param {string} asked */
  note({ meant, unknown }, asked) {
    const words = (/** @type {string} */ text) => ({ words: [apart(text)] });
    const notes = [
      Object.keys(meant).length ? placed(this.say.sayMeant, words(corrected(asked, meant))) : [],
      unknown.length ? placed(this.say.sayUnknown, words(unknown.join(", "))) : [],
    ].filter(({ length }) => length);
    this.find("[data-meant]").replaceChildren(...notes.flatMap((note, at) => (at ? [". ", ...note] : note)));
    this.find("[data-meant]").hidden = !notes.length;
  }

  /** @param {string} kind @param {Answer} answer */
  group(kind, answer) {
    const group = this.find(`[data-kind="${kind}"]`);
    const total = answer.totals[kind] ?? 0;
    const results = answer.results.filter((result) => result.kind === kind);
    group.hidden = !total;
    put(group.querySelector("h2 span"), total.toLocaleString(this.language));
    group.querySelector("ul")?.replaceChildren(...this.items(results, answer));
    group.querySelector("button")?.toggleAttribute("hidden", results.length >= total);
  }

  /** @param {Result[]} results @param {Answer} answer */
  items(results, answer) {
    return results.map((result) => item(result, answer, this.root, this.say));
  }

  /** @param {Record<string, import("../search/index.js").Count[]>} facets */
  count(facets) {
    this.filters.show(facets, this.inForce);
    this.filters.lead(this.inForce, this.leadsTo);
    this.choose();
  }

  /** Show the filters in force, each with a way to take it away. */
  choose() {
    const chosen = Object.entries(this.inForce).flatMap(([facet, ids]) => ids.map((id) => this.chip(facet, id)));
    this.find(".chosen").replaceChildren(...chosen);
    this.find(".chosen").hidden = !chosen.length;
    const titles = chosen.map(({ textContent }) => textContent).join(", ");
    const printed = [
      this.asked ? placed(this.say.sayAsked, { words: [apart(this.asked)] }) : [],
      titles ? placed(this.say.sayFilters, { titles: [apart(titles)] }) : [],
    ];
    this.find("[data-asked]").replaceChildren(...printed.flatMap((part) => (part.length ? [...part, " "] : [])));
  }

  /** @param {string} facet @param {string} id */
  chip(facet, id) {
    const title = this.filters.title(facet, id);
    const button = /** @type {HTMLButtonElement} */ (element("button", apart(title)));
    button.type = "button";
    button.setAttribute("aria-label", filled(this.say.sayWithout, { title }));
    button.dataset.filter = `${facet}/${id}`;
    return button;
  }

  /** @param {string} address    without filters @param {number} total    found there @param {Answer | null} near */
  offer(address, total, near) {
    const link = /** @type {HTMLAnchorElement} */ (this.find("[data-unfiltered]"));
    link.href = address;
    link.parentElement?.toggleAttribute("hidden", !total);
    put(link.nextElementSibling, counted(total, this.say, this.language));
    this.find("[data-near]").hidden = !near?.results.length;
    if (near) this.find("[data-near] ul").replaceChildren(...this.items(near.results, near));
  }

  /**
   * Say how much was found, also to those who only hear it.
   * @param {string} text @param {boolean} [isFailure]    which can be tried again
   */
  tell(text, isFailure = false) {
    const status = this.find("[role=status]");
    if (status.textContent !== text) status.textContent = text;
    this.find("[data-again]").hidden = !isFailure;
  }
}

/** @param {Element | null} element @param {string} text */
function put(element, text) {
  if (element) element.textContent = text;
}
