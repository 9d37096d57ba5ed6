import { completion } from "./completion.js";

/**
 * A list under the query of what could be written next. Ctrl+Space opens it, arrows move in it, Enter or a
 * click takes; while nothing in it is chosen, all keys are the text's own.
 *
 * @typedef {import("../explorer/words.js").Say} Say
 * @typedef {import("./completion.js").Completion} Completion
 * @typedef {import("./naming.js").Table} Table
 */

const LEAST_LETTERS = 2; // before the list opens by itself

export class Suggestions {
  /** @param {HTMLTextAreaElement} text @param {HTMLElement} list @param {HTMLElement} status @param {Say} say */
  constructor(text, list, status, say) {
    this.text = text;
    this.list = list;
    this.status = status;
    this.say = say;
    /** @type {Table[]} */
    this.tables = [];
    /** @type {Completion | null} */
    this.found = null;
    this.chosen = -1;
    text.addEventListener("keydown", (event) => this.pressed(event));
    text.addEventListener("input", () => this.typed());
    text.addEventListener("blur", () => this.close());
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps the focus
    list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) this.take([...list.children].indexOf(option));
    });
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const isAsked = event.key === " " && event.ctrlKey;
    if (isAsked) this.open(true);
    else if (this.list.hidden) return;
    else if (event.key === "ArrowDown") this.choose(this.chosen + 1);
    else if (event.key === "ArrowUp" && this.chosen >= 0) this.choose(this.chosen - 1);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && this.chosen >= 0) this.take(this.chosen);
    else if (event.key === "Escape") this.close();
    else {
      if (["ArrowLeft", "ArrowRight", "ArrowUp", "Home", "End", "Tab"].includes(event.key)) this.close();
      return;
    }
    event.preventDefault();
  }

  typed() {
    const found = this.look();
    if (found && found.to - found.from >= LEAST_LETTERS && found.items.length) this.open(false);
    else this.close();
  }

  look() {
    const { value, selectionStart, selectionEnd } = this.text;
    return selectionStart === selectionEnd ? completion(value, selectionStart, this.tables) : null;
  }

  /** @param {boolean} isAsked    then the first is chosen, and it is said when there is none */
  open(isAsked) {
    this.found = this.look();
    const items = this.found?.items ?? [];
    this.list.replaceChildren(...items.map(({ text, note }, at) => option(this.list.id, text, note, at)));
    this.list.hidden = !items.length;
    this.list.scrollTop = 0;
    this.status.textContent = items.length || isAsked ? this.say("suggestions", { count: items.length }) : "";
    this.choose(isAsked && items.length ? 0 : -1);
  }

  /** @param {number} place    -1 for none */
  choose(place) {
    const options = [...this.list.children];
    this.chosen = options.length ? Math.min(place, options.length - 1) : -1;
    options.forEach((each, at) => each.setAttribute("aria-selected", String(at === this.chosen)));
    const chosen = options[this.chosen];
    if (chosen) {
      this.text.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else this.text.removeAttribute("aria-activedescendant");
  }

  /** @param {number} place */
  take(place) {
    const item = this.found?.items[place];
    if (!this.found || !item) return;
    this.text.focus();
    insert(this.text, item.insert, this.found.from, this.found.to);
    this.close();
  }

  /** Put a name where the caret stands. @param {string} name */
  put(name) {
    const { selectionStart, selectionEnd, value } = this.text;
    const space = /[\w"]$/.test(value.slice(0, selectionStart)) ? " " : "";
    this.text.focus();
    insert(this.text, space + name, selectionStart, selectionEnd);
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = "";
    this.choose(-1);
  }
}

/**
 * Put words into a text so that the reader can take it back with Ctrl+Z.
 * @param {HTMLTextAreaElement} text @param {string} words @param {number} from @param {number} to
 */
export function insert(text, words, from, to) {
  text.setSelectionRange(from, to);
  // Nothing else keeps the history of a text; where it is gone, the text is set.
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, from, to, "end");
}

/** @param {string} list @param {string} text @param {string} note @param {number} at */
function option(list, text, note, at) {
  const element = document.createElement("li");
  element.id = `${list}-${at}`;
  element.setAttribute("role", "option");
  const name = document.createElement("code");
  name.textContent = text;
  const about = document.createElement("small");
  about.textContent = note;
  element.append(name, " ", about);
  return element;
}
