import { write } from "../state.js";
import { troubleText } from "../troubles.js";
import { dated } from "./citing.js";
import { copyButton } from "./copying.js";
import { fileOf, formatsOf, nameOf, save } from "./downloading.js";
import { framed } from "./framing.js";
import { kindOf } from "./kinds.js";
import { LANGUAGES, snippet } from "./snippets.js";

/**
 * @typedef {import("../explorer.js").Bench} Bench
 * @typedef {import("./plan.js").CodeFile} CodeFile
 */

/** What is seen, to be taken along. Code, frame and citation are in the page already; here they come to say what is seen. */
export class CityTake extends HTMLElement {
  /** The code of the frame as the page was built. @type {string | undefined} */
  frame;

  /** @param {Bench} bench */
  start({ session, outline, store, say }) {
    this.bench = { session, outline, store, say };
    this.status = document.createElement("p");
    this.status.setAttribute("role", "status");
    this.status.className = "muted";
    this.append(this.downloads(), this.link(), this.status);
    const page = document.querySelector("section[data-take]");
    if (page) {
      page.querySelector("h2")?.classList.add("visually-hidden"); // it is said above already
      this.append(page);
    }
    this.note = document.createElement("p");
    this.note.className = "note";
    this.querySelector("[data-take-code] h3")?.after(this.note);
    for (const text of this.copied()) (text.closest(".take-text") ?? text).after(this.copyingOf(text));
    this.cite();
    store.addEventListener("change", () => this.show());
    this.show();
  }

  /** The texts that can be copied. @returns {HTMLElement[]} */
  copied() {
    return [...this.querySelectorAll("[data-copy]")].map((each) => /** @type {HTMLElement} */ (each));
  }

  /** @param {string} kind @returns {HTMLElement | null} */
  textOf(kind) {
    return this.querySelector(`[data-copy="${kind}"]`);
  }

  /** @param {HTMLElement} text */
  copyingOf(text) {
    const { say } = /** @type {Bench} */ (this.bench);
    const name = text.closest(".take-text")?.getAttribute("aria-label") ?? say(`take-${text.dataset.copy}`);
    const tell = (/** @type {boolean} */ isDone) => this.tell(say(isDone ? "take-copied" : "take-marked"));
    return copyButton({ text: say("take-copy"), hint: name, source: text, tell });
  }

  downloads() {
    const { outline, say } = /** @type {Bench} */ (this.bench);
    const group = document.createElement("div");
    group.className = "take-files";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", say("take-what-is-seen"));
    for (const format of formatsOf(outline.columns)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = say(`take-${format}`);
      button.addEventListener("click", () => this.download(format));
      group.append(button);
    }
    return group;
  }

  /** The address of what is seen. */
  link() {
    const { say } = /** @type {Bench} */ (this.bench);
    const line = document.createElement("p");
    const address = document.createElement("code");
    address.dataset.copy = "link";
    line.append(`${say("take-link")} `, address);
    return line;
  }

  /** @param {import("./downloading.js").Format} format */
  async download(format) {
    const bench = /** @type {Bench} */ (this.bench);
    this.tell(bench.say("take-making"));
    try {
      save(await fileOf(format, bench), nameOf(bench.outline, format));
      this.tell(bench.say("take-made"));
    } catch (error) {
      this.tell(troubleText(error, bench.say, "take-failed"));
    }
  }

  /** The day of access in each citation. */
  cite() {
    const place = this.textOf("apa")?.dataset.date ?? "";
    for (const kind of ["apa", "bibtex", "csl"]) {
      const text = this.textOf(kind);
      const on = { place, day: new Date(), language: document.documentElement.lang || "en" };
      if (text) text.textContent = dated(kind, text.textContent ?? "", on);
    }
  }

  /** What the address speaks of: in the code, in the frame, in the link. */
  show() {
    const { outline, store, say } = /** @type {Bench} */ (this.bench);
    const { state } = store;
    const query = write(state);
    const link = this.textOf("link");
    if (link) link.textContent = `${location.origin}${location.pathname}${query && `?${query}`}`;
    const frame = this.textOf("frame");
    this.frame ??= frame?.textContent ?? "";
    if (frame) frame.textContent = framed(this.frame, query);
    const { code } = /** @type {{code?: CodeFile}} */ (outline);
    if (!code) return;
    const file = { ...code, url: new URL(code.url, location.href).href };
    const columns = outline.columns.map((column) => ({ ...column, kind: kindOf(column.type) }));
    const made = LANGUAGES.map((language) => ({ language, ...snippet(language, { file, columns, state }) }));
    for (const { language, code: text } of made) this.textOf(language)?.replaceChildren(text);
    const { isWhole } = made[0];
    if (this.note) this.note.textContent = say(isWhole ? "take-curl" : "take-part");
    if (this.note) this.note.hidden = isWhole && made.every((each) => each.isWhole);
  }

  /** @param {string} text */
  tell(text) {
    if (this.status) this.status.textContent = text;
  }
}
