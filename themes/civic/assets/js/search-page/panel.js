import { aboutOf, apart, element, formsOf, linkTo, placed } from "./item.js";
import { corrected } from "./marking.js";
import { counted, filled } from "./saying.js";
import { walk } from "./walking.js";

const FIRST = 6; // results
const PAUSE_MS = 300; // before columns are looked for, too

/** The first results under the search box of a page, as links, while the reader types. */
export class Panel {
  /** @param {import("../search-box.js").SearchBox} box @param {import("./opened.js").Opened} index */
  constructor(box, index) {
    this.box = box;
    this.index = index;
    this.turn = 0;
    this.asked = "";
    this.list = element("ul");
    this.note = element("p");
    this.all = /** @type {HTMLAnchorElement} */ (element("a"));
    this.panel = element("div", this.note, this.list, this.all);
    this.panel.className = "panel";
    this.status = element("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.close();
    box.form.append(this.panel, this.status);
    box.input.addEventListener("input", () => this.update());
    box.input.addEventListener("focus", () => this.panel.hidden && !this.isClosed && this.update());
    box.addEventListener("keydown", (event) => event.key === "Escape" && this.leave(event));
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !box.contains(/** @type {Node} */ (relatedTarget))) this.close();
    });
    document.addEventListener("pointerdown", ({ target }) => box.contains(/** @type {Node} */ (target)) || this.close());
    walk(box, box.input, () => (this.panel.hidden ? [] : [...this.panel.querySelectorAll("a")]));
  }

  close() {
    this.panel.hidden = true;
    this.status.textContent = "";
  }

  /** The first Escape closes the panel, the next one empties the box. @param {KeyboardEvent} event */
  leave(event) {
    if (this.panel.hidden || event.isComposing) return;
    event.preventDefault();
    this.turn++;
    this.isClosed = true;
    this.close();
    this.box.input.focus();
    this.isClosed = false;
  }

  async update() {
    const turn = ++this.turn;
    const isWanted = () => turn === this.turn;
    const asked = this.box.input.value.trim();
    clearTimeout(this.adding);
    if (!asked) return this.close();
    const isTyping = Math.abs(asked.length - this.asked.length) < 2;
    this.asked = asked;
    if (isTyping) await this.index.rest();
    else this.index.goOn();
    if (!isWanted()) return;
    try {
      const answer = await this.index.search(asked, { limit: { dataset: FIRST }, facets: [], typing: isTyping, isWanted });
      if (!answer || !isWanted()) return;
      this.show(asked, answer);
      const left = Math.min(FIRST - answer.results.length, answer.total - answer.results.length);
      if (left > 0) this.adding = setTimeout(() => this.add(asked, left, isWanted), PAUSE_MS);
    } catch {
      if (isWanted()) this.close(); // with no connection nothing can be fetched: the form is still there
    }
  }

  /** Add columns below the datasets. @param {string} asked @param {number} left @param {() => boolean} isWanted */
  async add(asked, left, isWanted) {
    const options = { limit: { column: left }, facets: [], typing: true, isWanted };
    const answer = await this.index.search(asked, options).catch(() => null);
    if (answer && isWanted()) this.list.append(...answer.results.map((result) => this.item(result)));
  }

  /** @param {string} asked @param {import("../search/index.js").Answer} answer */
  show(asked, answer) {
    const { dataset: say } = this.box;
    const language = document.documentElement.lang;
    const count = counted(answer.total, say, language);
    this.list.replaceChildren(...answer.results.map((result) => this.item(result)));
    this.all.href = `${say.page}?${new URLSearchParams({ q: asked })}`;
    const all = answer.total > 1 ? filled(say.sayAll, { n: answer.total.toLocaleString(language) }) : count;
    this.all.textContent = answer.total ? all : say.sayNone ?? "";
    const isMeant = Object.keys(answer.meant).length > 0;
    this.note.hidden = !isMeant;
    this.note.replaceChildren(...(isMeant ? placed(say.sayMeant, { words: [apart(corrected(asked, answer.meant))] }) : []));
    this.panel.hidden = false;
    this.status.textContent = [answer.total ? count : say.sayNone, this.note.textContent].filter(Boolean).join(". ");
  }

  /** @param {import("./item.js").Result} result */
  item(result) {
    const forms = formsOf(result);
    const link = linkTo(result, this.box.dataset.root ?? "", forms);
    if (result.about) link.append(" ", element("small", ...aboutOf(result, this.box.dataset, forms)));
    return element("li", link);
  }
}
