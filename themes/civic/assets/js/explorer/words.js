/**
 * The words that a page's scripts say, which its template brings in the reader's language.
 *
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Say
 */

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
