import { button, made } from "./making.js";
import { titleOf } from "./header.js";
import { cellText } from "./rows.js";

/**
 * The rows as a list of buttons, for narrow screens: the first columns of each, and all of them once it is opened.
 *
 * @typedef {import("./given.js").Described} Described
 */

const [FIRST, STEP] = [20, 50]; // rows: what follows the list stays within reach of a thumb
const SHOWN = 4; // columns

export class Cards {
  /** @type {Described[]} */
  columns = [];
  count = 0;
  limit = FIRST;
  list = made("ol", { class: "grid-cards" });

  /**
   * @param {import("./portions.js").Portions} portions @param {import("./given.js").Say} say
   * @param {(at: number) => void} open
   */
  constructor(portions, say, open) {
    this.portions = portions;
    this.say = say;
    this.open = open;
    this.more = button(say("more-rows"), () => this.add(), { class: "grid-more" });
    this.element = made("div", {}, this.list, this.more);
  }

  /** @param {Described[]} columns */
  setColumns(columns) {
    this.columns = columns.filter((column) => column.type !== "geometry").slice(0, SHOWN);
    this.reset(this.count);
  }

  /** @param {number} count */
  reset(count) {
    const hadFocus = this.list.contains(document.activeElement);
    this.count = count;
    this.limit = FIRST;
    this.list.replaceChildren();
    this.draw();
    if (hadFocus) this.buttonOf(0)?.focus();
  }

  /** Show more rows, and go on from the first of them. */
  add() {
    const first = this.list.children.length;
    this.limit += STEP;
    this.draw();
    /** @type {HTMLElement | null} */ (this.list.children[first]?.firstElementChild)?.focus();
  }

  /** @param {number} at    from 0 */
  buttonOf(at) {
    return /** @type {HTMLElement | undefined} */ (this.list.children[at]?.firstElementChild ?? undefined);
  }

  draw() {
    if (!this.element.clientWidth) return; // while a map stands in its place
    const end = Math.min(this.count, this.limit);
    for (let at = this.list.children.length; at < end; at++) {
      this.list.append(
        made(
          "li",
          { "data-waiting": true },
          button("…", () => this.open(at)),
        ),
      );
    }
    this.more.hidden = end >= this.count;
    for (const item of this.list.querySelectorAll("[data-waiting]")) this.fill(item);
    this.portions.want(
      Math.max(0, end - STEP),
      end,
      this.columns.map((column) => column.name),
    );
  }

  /** @param {Element} item */
  fill(item) {
    const at = [...this.list.children].indexOf(item);
    const values = this.columns.map((column) => this.portions.cell(at, column.name));
    if (values.includes(undefined)) return;
    const parts = this.columns.flatMap((column, index) => {
      const text = cellText(values[index] ?? null, column, this.say);
      return text ? [made("span", {}, made("small", {}, `${titleOf(column)} `), made("bdi", {}, text))] : [];
    });
    const number = made("small", { class: "muted" }, this.say("row-number", { row: (this.portions.place(at) ?? at) + 1 }));
    item.firstElementChild?.replaceChildren(number, ...parts);
    item.removeAttribute("data-waiting");
  }
}
