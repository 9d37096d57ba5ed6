import { askable } from "../explorer/ask/question.js";
import { openSession } from "../explorer/data/session.js";
import { ofPage, outlineAt } from "../explorer/outline.js";
import { read } from "../explorer/state.js";
import { troubleText } from "../explorer/troubles.js";
import { fetchedWords, words } from "../explorer/words.js";
import { answerParts } from "./answer-parts.js";
import { startMap } from "./embed-map.js";
import { tellHeight } from "./heights.js";
import { narrowedBy, rowParts } from "./row-parts.js";

/**
 * @typedef {import("../explorer/data/session.js").Outline} Outline
 * @typedef {import("../explorer/data/session.js").Session} Session
 * @typedef {import("../explorer/state.js").State} State
 * @typedef {import("../explorer/words.js").Say} Say
 */

/** A table, its map or an answer within a page of others, as the address says. The first rows are in the page already. */
export class CityEmbed extends HTMLElement {
  /** @type {Say} */
  say = (key) => key;

  connectedCallback() {
    tellHeight(document.querySelector("[data-embed]") ?? document.body);
    this.say = words(this);
    const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-embed-source]"));
    this.source = link?.href ?? "";
    this.follow();
    if (location.search.length > 1) this.open().catch((error) => this.tell(error));
  }

  async open() {
    const url = new URL(this.dataset.outline ?? "", document.baseURI);
    const outlined = outlineAt(url);
    outlined.catch(() => {}); // told below, once there are words for it
    this.say = await fetchedWords(this);
    const outline = await outlined;
    const state = read(
      new URLSearchParams(location.search),
      outline.columns.map(({ name }) => name),
    );
    const { worker, where, calendars } = this.dataset;
    const places = { workerUrl: ofPage(worker), where: ofPage(where), calendars: ofPage(calendars) };
    const session = await openSession(outline, { url: url.href, ...places });
    const question = askable(state.ask, outline.columns);
    const view = await session.view({ filters: state.filters, sort: question ? [] : state.sort });
    if (!question && state.view === "map" && this.dataset.map && outline.columns.some(({ role }) => role)) {
      return this.map(session, outline, state, view, url.href);
    }
    const parts = question ? await this.answer(session, outline, state, question)
      : await rowParts(session, outline, state, { ...this.telling, ...view });
    this.querySelector("[data-first-rows]")?.remove();
    this.append(...parts);
    session.close();
  }

  get telling() {
    return { say: this.say, language: document.documentElement.lang || "en" };
  }

  /** The link back leads to what is seen. */
  follow() {
    const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-embed-source]"));
    if (link && this.source) link.href = this.source + location.search;
  }

  /**
   * The map, and below it the rows as a table once somebody opens it.
   * @param {Session} session @param {Outline} outline @param {State} state @param {{rows: number}} view @param {string} url
   */
  async map(session, outline, state, view, url) {
    const { say } = this;
    const rows = document.createElement("details");
    rows.className = "explorer-part";
    const summary = document.createElement("summary");
    summary.textContent = say("map-table");
    rows.append(summary);
    const fill = () => rowParts(session, outline, state, { ...this.telling, ...view }).then((parts) => rows.append(...parts));
    rows.addEventListener("toggle", () => fill().catch((error) => this.tell(error)), { once: true });
    window.addEventListener("pagehide", ({ persisted }) => persisted || session.close());
    const narrowed = document.createElement("p");
    narrowed.className = "muted";
    narrowed.textContent = narrowedBy(outline, state, this.telling).join(" · ");
    narrowed.hidden = state.filters.length === 0;
    try {
      const store = await startMap(this, { session, outline, say, url, script: this.dataset.map ?? "" });
      store.addEventListener("change", () => this.follow());
    } catch (error) {
      this.tell(error, "map-failed");
      rows.open = true;
    }
    this.querySelector("[data-first-rows]")?.remove();
    this.querySelector("city-map")?.before(narrowed);
    this.append(rows);
  }

  /**
   * @param {Session} session @param {Outline} outline @param {State} state
   * @param {import("../explorer/engine/grouping.js").Question} question
   */
  async answer(session, outline, state, question) {
    const answer = await session.answer(question);
    const narrowed = narrowedBy(outline, state, this.telling);
    return answerParts(answer, { ...this.telling, columns: outline.columns }, { kind: state.chart, narrowed });
  }

  /** @param {unknown} error @param {string} [word]    what is said of it */
  tell(error, word = "failed") {
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = troubleText(error, this.say, word);
  }
}
