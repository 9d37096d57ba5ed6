/**
 * The tables that can be asked, and what their columns are, as the page lists them.
 *
 * @typedef {import("../explorer/words.js").Say} Say
 * @typedef {import("./naming.js").Table} Table
 * @typedef {import("./worker.js").File} File
 * @typedef {{id: string, title: string, tables: {name: string, title: string, outline: string}[]}} Listed    a dataset
 */
import { nameFor } from "./completion.js";

/** Every dataset that has tables. @param {string} url @returns {Promise<Listed[]>} */
export async function datasetsAt(url) {
  return (await json(url)).datasets;
}

/**
 * The tables of a dataset with their outlines; those that a browser cannot read are left out.
 * @param {Listed} dataset @param {string} base @returns {Promise<File[]>}
 */
export async function filesOf(dataset, base) {
  const files = await Promise.all(dataset.tables.map(async ({ name, outline }) => {
    const url = new URL(outline, base).href;
    return { name, url, outline: await json(url) };
  }));
  return files.filter(({ outline }) => outline.file);
}

/** @param {string} url */
async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** Fill the choice of a table. @param {HTMLSelectElement} select @param {readonly Listed[]} datasets */
export function offer(select, datasets) {
  select.replaceChildren(...datasets.map(({ id, title, tables }) => {
    const group = document.createElement("optgroup");
    group.label = title;
    group.append(...tables.map(({ name, title: of }) => new Option(of === title || !of ? title : of, `${id}/${name}`)));
    return group;
  }));
}

/**
 * Choose a table; the dataset's first where it has none of this name, and the first of all where there is no such dataset.
 * @param {HTMLSelectElement} select @param {string} dataset @param {string} file
 */
export function choose(select, dataset, file) {
  const values = [...select.options].map(({ value }) => value);
  const ofDataset = values.filter((value) => value.startsWith(`${dataset}/`));
  select.value = ofDataset.find((value) => value === `${dataset}/${file}`) ?? ofDataset[0] ?? values[0] ?? "";
}

/** The dataset and the table that are chosen. @param {HTMLSelectElement} select */
export function choiceIn(select) {
  const [id = "", name = ""] = select.value.split("/");
  return { id, name };
}

/**
 * A folded list for each table: names that are put into the query, with types and meanings.
 * @param {readonly Table[]} tables @param {string} open    the table that is unfolded @param {Say} say
 * @param {(name: string) => void} insert
 */
export function dictionaries(tables, open, say, insert) {
  return tables.map((table) => {
    const details = document.createElement("details");
    details.open = table.name === open;
    const summary = document.createElement("summary");
    summary.append(code(nameFor(table.called)), ` ${say("rows", { count: table.rows })}`);
    const list = document.createElement("ul");
    const { called, title } = table;
    list.append(entry(called, title === called ? "" : title, say("table"), "", say, insert));
    list.append(...table.columns.map(({ called: name, title: of = "", type, unit, description = "", values = {} }) => {
      const kind = say(`type-${type}`) + (unit ? `, ${unit}` : "");
      const codes = Object.entries(values).map(([value, meaning]) => (value === meaning ? value : `${value}: ${meaning}`));
      return entry(name, of, kind, [description, codes.join("; ")].filter(Boolean).join(" "), say, insert);
    }));
    details.append(summary, list);
    return details;
  });
}

/**
 * @param {string} name @param {string} title @param {string} kind @param {string} about @param {Say} say
 * @param {(name: string) => void} insert
 */
function entry(name, title, kind, about, say, insert) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.append(code(name));
  button.setAttribute("aria-label", say("insert", { name }));
  button.addEventListener("click", () => insert(nameFor(name)));
  const words = document.createElement("span");
  words.textContent = [title, kind].filter(Boolean).join(" · ");
  item.append(button, " ", words);
  if (about) {
    const more = document.createElement("p");
    more.textContent = about;
    item.append(more);
  }
  return item;
}

/** @param {string} text */
function code(text) {
  const element = document.createElement("code");
  element.textContent = text;
  return element;
}
