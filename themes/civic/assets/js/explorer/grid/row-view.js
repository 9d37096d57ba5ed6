import { meaning, shown, unitBeside } from "../format.js";
import { titleOf } from "./header.js";
import { button, dialog, made } from "./making.js";
import { cut, visible } from "./texts.js";

/**
 * One row with all its columns, over the page. Which row it is stands in the address, by its number in the file.
 *
 * @typedef {import("./given.js").Given} Given
 * @typedef {import("./given.js").Described} Described
 */

const MOST = 20_000; // characters of a value

export class RowView {
  /** @type {HTMLDialogElement | null} */
  dialog = null;
  count = 0; // rows of the view
  status = made("p", { role: "status" });
  list = made("dl", { class: "grid-record" });
  known = { place: -1, at: -1 };

  /**
   * @param {Given} given
   * @param {{tell: (note: string) => void, fail: (error: unknown) => void, closed: (at: number) => void}} leads
   */
  constructor(given, leads) {
    this.given = given;
    this.leads = leads;
    const go = (/** @type {number} */ by) => void this.open(this.known.at + by, true).catch(leads.fail);
    this.before = button(given.say("row-before"), () => go(-1));
    this.after = button(given.say("row-after"), () => go(1));
  }

  /** Open a row of the view. @param {number} at    from 0 @param {boolean} [isInstead]    of the one that is open */
  async open(at, isInstead = false) {
    const { places } = await this.given.session.rows(at, at + 1, []);
    this.known = { place: places[0], at };
    this.given.store.change({ row: places[0] }, { replace: isInstead });
  }

  /** Show what the address says. */
  async update() {
    const { row } = this.given.store.state;
    if (row === null) return this.dialog?.close();
    const at = this.known.place === row ? this.known.at : await this.given.session.find(row);
    if (row !== this.given.store.state.row) return;
    if (at < 0) return this.leads.tell(this.given.say("row-missing", { row: row + 1 }));
    this.known = { place: row, at };
    const names = this.given.outline.columns.map((column) => column.name);
    const { cells } = await this.given.session.rows(at, at + 1, names);
    const values = cells.map(([value]) => value);
    if (row === this.given.store.state.row) this.show(at, row, values);
  }

  /** @param {number} at @param {number} place @param {(string | null)[]} values */
  show(at, place, values) {
    const { say, outline } = this.given;
    this.begin();
    this.status.textContent = say("row-of", { row: place + 1, place: at + 1, count: this.count });
    const focused = document.activeElement;
    this.before.disabled = at === 0;
    this.after.disabled = at + 1 >= this.count;
    if (focused === this.before && this.before.disabled) this.after.focus();
    if (focused === this.after && this.after.disabled) this.before.focus();
    this.list.replaceChildren(...outline.columns.map((column, index) => this.pair(column, values[index])));
  }

  begin() {
    if (this.dialog) return;
    const { say } = this.given;
    this.dialog = dialog(
      say("row"),
      say("close"),
      made("div", { class: "grid-choices" }, this.before, this.after, this.status),
      this.list,
    );
    this.dialog.addEventListener("close", () => {
      this.dialog = null;
      if (this.given.store.state.row !== null) this.given.store.change({ row: null });
      this.leads.closed(this.known.at);
    });
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  /** @param {Described} column @param {string | null} raw */
  pair(column, raw) {
    const { say } = this.given;
    const name = column.title && column.title !== column.name ? [" ", made("code", {}, visible(column.name))] : [];
    const term = made("dt", {}, made("bdi", {}, titleOf(column)), ...name);
    const value = made("dd", {});
    if (raw === null) value.append(made("span", { class: "muted" }, say("no-value")));
    else value.append(...this.parts(column, raw));
    return made("div", {}, term, value);
  }

  /** @param {Described} column @param {string} raw */
  parts(column, raw) {
    const { say } = this.given;
    const isLong = raw.length > MOST;
    const text = isLong ? cut(raw, MOST) : shown(raw, column, document.documentElement.lang);
    const means = meaning(raw, column);
    const unit = column.unit ? [` ${visible(unitBeside(text, column.unit))}`] : [];
    const inside = [made("bdi", {}, visible(text, true)), ...unit];
    if (means) inside.push(" ", made("bdi", {}, `(${visible(means, true)})`));
    if (!isLong && text !== raw) inside.push(" ", made("code", {}, visible(raw)));
    if (!isLong) return inside;
    const copy = () =>
      navigator.clipboard
        .writeText(raw)
        .then(
          () => say("copied-value"),
          () => say("copy-failed"),
        )
        .then((note) => (this.status.textContent = note));
    return [
      ...inside,
      made("p", { class: "muted" }, say("value-cut", { shown: MOST, count: raw.length }), " ", button(say("copy-value"), copy)),
    ];
  }
}
