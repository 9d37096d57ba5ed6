import { chartOf } from "../explorer/ask/chart.js";
import { headsOf } from "../explorer/ask/answer-table.js";
import { keyText } from "../explorer/ask/naming.js";
import { questionText } from "../explorer/ask/question.js";
import { othersText, textOf } from "../explorer/ask/series.js";
import { openSession } from "../explorer/data/session.js";
import { isNumeric, meaning, shown } from "../explorer/format.js";
import { sentence } from "../explorer/grid/filtering.js";
import { read } from "../explorer/state.js";
import { words } from "../explorer/words.js";
import { startMap } from "./embed-map.js";
import { tellHeight } from "./heights.js";
import { tableOf } from "./table.js";

/**
 * @typedef {import("../explorer/data/session.js").Outline} Outline
 * @typedef {import("../explorer/data/session.js").Session} Session
 * @typedef {import("../explorer/state.js").State} State
 */
const MOST_ROWS = 100;

/** A table, its map or an answer within a page of others, as the address says. The first rows are in the page already. */
export class CityEmbed extends HTMLElement {
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
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status}`);
    /** @type {Outline} */
    const outline = await answer.json();
    const state = read(
      new URLSearchParams(location.search),
      outline.columns.map(({ name }) => name),
    );
    const session = await openSession(outline, { url: url.href, workerUrl: this.dataset.worker ?? "" });
    const view = await session.view({ filters: state.filters, sort: state.ask ? [] : state.sort });
    if (!state.ask && state.view === "map" && this.dataset.map && outline.columns.some(({ role }) => role)) {
      return this.map(session, outline, state, view, url.href);
    }
    const parts = state.ask ? await this.answer(session, outline, state) : await this.rows(session, outline, state, view);
    this.querySelector("[data-first-rows]")?.remove();
    this.append(...parts);
    session.close();
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
    const say = /** @type {import("../explorer/words.js").Say} */ (this.say);
    const rows = document.createElement("details");
    rows.className = "explorer-part";
    const summary = document.createElement("summary");
    summary.textContent = say("map-table");
    rows.append(summary);
    const fill = () => this.rows(session, outline, state, view).then((parts) => rows.append(...parts));
    rows.addEventListener("toggle", () => fill().catch((error) => this.tell(error)), { once: true });
    window.addEventListener("pagehide", ({ persisted }) => persisted || session.close());
    const narrowed = document.createElement("p");
    narrowed.className = "muted";
    narrowed.textContent = this.narrowed(outline, state).join(" · ");
    narrowed.hidden = state.filters.length === 0;
    try {
      const store = await startMap(this, { session, outline, say, url, script: this.dataset.map ?? "" });
      store.addEventListener("change", () => this.follow());
    } catch (error) {
      this.tell(/** @type {Error} */ (error), "map-failed");
      rows.open = true;
    }
    this.querySelector("[data-first-rows]")?.remove();
    this.querySelector("city-map")?.before(narrowed);
    this.append(rows);
  }

  /** @param {Session} session @param {Outline} outline @param {State} state @returns {Promise<Element[]>} */
  async answer(session, outline, state) {
    const say = /** @type {import("../explorer/words.js").Say} */ (this.say);
    const question = /** @type {import("../explorer/engine/grouping.js").Question} */ (state.ask);
    const answer = await session.answer(question);
    const telling = { say, language: document.documentElement.lang || "en", columns: outline.columns };
    const chart = chartOf(answer, { ...telling, kind: state.chart });
    const figure = document.createElement("figure");
    figure.className = "chart-figure";
    if (chart) figure.append(chart);
    const rows = answer.rows.map((row) => [
      ...row.keys.map((key, at) => keyText(key, question.by[at], telling)),
      textOf(row, answer, telling),
    ]);
    if (answer.others && question.by.length === 1) {
      rows.push([othersText(answer, telling), textOf(answer.others, answer, telling)]);
    }
    const heads = headsOf(question, telling).slice(0, question.by.length + 1);
    const caption = [questionText(question, telling), ...this.narrowed(outline, state)].join(" · ");
    return [figure, tableOf({ caption, heads, rows, numbers: [question.by.length] })];
  }

  /**
   * @param {Session} session @param {Outline} outline @param {State} state @param {{rows: number}} view
   * @returns {Promise<Element[]>}
   */
  async rows(session, outline, state, { rows }) {
    const say = /** @type {import("../explorer/words.js").Say} */ (this.say);
    const language = document.documentElement.lang || "en";
    const named = new Map(outline.columns.map((column) => [column.name, column]));
    const columns = (state.columns ?? [...named.keys()])
      .flatMap((name) => named.get(name) ?? [])
      .filter(({ type }) => type !== "geometry");
    const { cells } = await session.rows(
      0,
      Math.min(rows, MOST_ROWS),
      columns.map(({ name }) => name),
    );
    const texts = (cells[0] ?? []).map((_, at) =>
      columns.map((column, place) => shownCell(cells[place][at], column, language)),
    );
    return [
      tableOf({
        caption: [say("embed-rows", { shown: texts.length, count: rows }), ...this.narrowed(outline, state)].join(" · "),
        heads: columns.map(({ name, title }) => title || name),
        rows: texts,
        numbers: columns.flatMap(({ type }, at) => (isNumeric(type) ? [at] : [])),
      }),
    ];
  }

  /** The filters in force, in words. @param {Outline} outline @param {State} state */
  narrowed(outline, { filters }) {
    const say = /** @type {import("../explorer/words.js").Say} */ (this.say);
    const language = document.documentElement.lang || "en";
    const named = new Map(outline.columns.map((column) => [column.name, column]));
    return filters.map((filter) => sentence(filter, named.get(filter.column), language, say));
  }

  /** @param {Error} error @param {string} [word]    what is said of it */
  tell(error, word = "failed") {
    const status = this.querySelector("[role=status]");
    if (status)
      status.textContent = /** @type {import("../explorer/words.js").Say} */ (this.say)(word, { reason: error.message });
  }
}

/** @param {string | null} raw @param {import("../explorer/data/session.js").OutlineColumn} column @param {string} language */
const shownCell = (raw, column, language) => (raw === null ? "" : meaning(raw, column) || shown(raw, column, language));
