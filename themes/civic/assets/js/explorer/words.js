import { ReadingError } from "./data/errors.js";

/**
 * The words that a page's scripts say, in the reader's language: its template brings them, or a file that many pages share.
 *
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Say
 */

/**
 * Fetch the words that an element's page names, and put them into its template, where scripts that come later find them too.
 * @param {HTMLElement} element    that names their file in `data-words`; without one its template has them all
 * @returns {Promise<Say>}
 */
export async function fetchedWords(element) {
  const link = element.dataset.words;
  const template = /** @type {HTMLTemplateElement | null} */ (element.querySelector("template[data-words]"));
  if (!link || !template) return words(element);
  const texts = await textsAt(link).catch((error) => fail(`${link}: ${error.message}`));
  for (const [key, text] of Object.entries(texts)) {
    const span = document.createElement("span");
    const [word, plural] = key.split(" ");
    span.dataset.word = word;
    if (plural) span.dataset.plural = plural;
    span.textContent = text;
    template.content.append(span);
  }
  return words(element);
}

/** @param {string} link @returns {Promise<Record<string, string>>} */
async function textsAt(link) {
  const answer = await fetch(new URL(link, document.baseURI));
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** @param {string} message @returns {never} */
function fail(message) {
  throw new ReadingError("NoWords", message);
}

/**
 * A function from a key to its words, with values put in. A word that has several forms is told by `count` which to take.
 * @param {Element} element    that holds `<template data-words>` @returns {Say}
 */
export function words(element) {
  const template = /** @type {HTMLTemplateElement | null} */ (element.querySelector("template[data-words]"));
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const span of template?.content.querySelectorAll("[data-word]") ?? []) {
    const { word = "", plural } = /** @type {HTMLElement} */ (span).dataset;
    texts.set(plural ? `${word} ${plural}` : word, span.textContent ?? "");
  }
  const language = document.documentElement.lang || "en";
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const form = "count" in values ? plurals.select(Number(values.count)) : "";
    const text = texts.get(`${key} ${form}`) ?? texts.get(`${key} other`) ?? texts.get(key) ?? key;
    return text.replace(/%\((\w+)\)s/g, (whole, name) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? numbers.format(value) : value;
    });
  };
}
