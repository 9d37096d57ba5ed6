import { words } from "../explorer/words.js";
import { askedFrom, queryFor } from "./address.js";
import { choiceIn, choose, datasetsAt, dictionaries, filesOf, offer } from "./catalog.js";
import { example } from "./completion.js";
import { tablesOf } from "./naming.js";
import { Outcome } from "./outcome.js";
import { SqlSession } from "./session.js";
import { Suggestions } from "./suggestions.js";

/**
 * Queries in SQL, answered in the browser.
 *
 * @typedef {import("./catalog.js").Listed} Listed
 * @typedef {import("./naming.js").Table} Table
 */
export class SqlConsole extends HTMLElement {
  /** @type {Listed[]} */
  datasets = [];
  /** The tables of the chosen dataset, the chosen one first. @type {Table[]} */
  tables = [];
  session = /** @type {SqlSession | null} */ (null);
  opened = ""; // the dataset whose tables are at hand
  turn = 0; // what was asked for last
  select = document.createElement("select");
  text = document.createElement("textarea");
  /** @param {string} name @returns {HTMLElement} */
  piece = (name) => /** @type {HTMLElement} */ (this.querySelector(`[data-piece="${name}"]`));

  connectedCallback() {
    this.say = words(this);
    this.select = /** @type {HTMLSelectElement} */ (this.piece("table"));
    this.text = /** @type {HTMLTextAreaElement} */ (this.piece("sql"));
    this.suggestions = new Suggestions(this.text, this.piece("suggestions"), this.piece("hint"), this.say);
    this.outcome = new Outcome(this.piece, this.say, words(this.piece("chart-words")));
    this.piece("run").addEventListener("click", () => this.ask());
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.preventDefault(), this.ask();
    });
    this.piece("stop").addEventListener("click", () => this.session?.stop());
    this.piece("to-place").addEventListener("click", () => this.toPlace());
    this.select.addEventListener("change", () => this.mind(this.chosen()));
    addEventListener("popstate", () => this.mind(this.restore()));
    this.mind(this.start());
  }

  /** Say what went wrong on the way. @param {Promise<void>} work */
  mind(work) {
    work.catch((error) => this.outcome?.fail(error, ""));
  }

  async start() {
    this.datasets = await datasetsAt(this.address("tables"));
    offer(this.select, this.datasets);
    this.piece("empty").hidden = this.datasets.length > 0;
    if (this.datasets.length) await this.restore();
  }

  /** Show what the address asks for, and its answer. */
  async restore() {
    const turn = this.leave();
    const { dataset, file, sql } = askedFrom(location.search);
    choose(this.select, dataset, file);
    await this.open();
    if (turn !== this.turn) return;
    this.text.value = sql || example(this.tables);
    this.piece("ask").hidden = false; // not before: what a reader writes would be lost
    if (sql) await this.run();
  }

  /** A reader chose another table: a query of their own stays. */
  async chosen() {
    const turn = this.leave();
    const isOwn = this.text.value.trim() && this.text.value !== example(this.tables);
    await this.open();
    if (turn !== this.turn) return;
    if (!isOwn) this.text.value = example(this.tables);
    this.remember(isOwn ? this.text.value : "");
  }

  /** Another query or another table is seen from here on: stop what runs, and take its answer away. */
  leave() {
    if (this.session?.isBusy) this.session.stop();
    this.outcome?.clear();
    this.rest();
    return ++this.turn;
  }

  /** Nothing runs. */
  rest() {
    if (document.activeElement === this.piece("stop")) this.piece("run").focus();
    this.piece("stop").hidden = true;
  }

  /** Have the tables of the chosen dataset at hand. */
  async open() {
    const { id, name } = choiceIn(this.select);
    const dataset = this.datasets.find((each) => each.id === id);
    if (!dataset || !this.suggestions || !this.say) return;
    if (this.opened !== id) {
      const files = await filesOf(dataset, this.address("tables"));
      if (id !== choiceIn(this.select).id) return; // another was chosen meanwhile
      this.session?.stop();
      this.session = new SqlSession({ worker: this.address("worker"), wasm: this.address("wasm"), files });
      this.tables = tablesOf(files);
      this.opened = id;
    }
    this.tables.sort((one, other) => Number(other.name === name) - Number(one.name === name));
    this.suggestions.tables = this.tables;
    this.piece("columns").replaceChildren(...dictionaries(this.tables, name, this.say, (word) => this.suggestions?.put(word)));
  }

  ask() {
    this.suggestions?.close();
    this.remember(this.text.value);
    this.mind(this.run());
  }

  /** @param {string} sql */
  remember(sql) {
    const { id, name } = choiceIn(this.select);
    const query = queryFor({ dataset: id, file: name, sql });
    if (query !== location.search) history.pushState(null, "", location.pathname + query);
  }

  async run() {
    const { session, outcome, text: { value: sql } } = this;
    if (!session || !outcome) return;
    const turn = ++this.turn;
    outcome.clear();
    this.piece("stop").hidden = false;
    try {
      const result = await session.answer(sql, (told) => outcome.follow(told));
      if (turn === this.turn) outcome.show(result, `${this.opened}-query`);
    } catch (error) {
      if (turn === this.turn) outcome.fail(error, sql, this.tables);
    }
    if (turn === this.turn) this.rest(); // else something else took its place
  }

  toPlace() {
    const place = this.outcome?.place ?? 0;
    this.text.focus();
    this.text.setSelectionRange(place, place + 1);
  }

  /** A file that the page names, by its full address. @param {string} name */
  address(name) {
    return new URL(this.dataset[name] ?? "", document.baseURI).href;
  }
}
