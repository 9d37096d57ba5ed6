/**
 * Counts lateness on by the reader's clock, so that a page which nobody rebuilt does not call old data on time.
 * A part that may turn late carries the day it was due (`data-due`), and it or what it is in the words for it
 * (`data-late-one`, and `data-late-many` with {n}). What is late by the build's own count stays so.
 */

const DAY = 86_400_000;
const LATE = "M8 2v8M8 12v2.5"; // the icon of what is late, as parts/status.html draws it

/** Days that have gone by since a day, in the reader's time zone. @param {string} due @param {Date} now */
export function daysSince(due, now) {
  return Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.parse(due)) / DAY);
}

/** What is said of so many days. @param {number} days @param {string} one @param {string} many @param {string} language */
export function lateWords(days, one, many, language) {
  return days === 1 ? one : many.replace("{n}", days.toLocaleString(language));
}

/** @param {Document} page @param {Date} now */
export function countOn(page, now) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-due]"))) {
    const days = daysSince(part.dataset.due ?? "", now);
    const said = /** @type {HTMLElement | null} */ (part.closest("[data-late-one]"))?.dataset;
    if (!(days > 0) || !said) continue;
    const text = lateWords(days, said.lateOne ?? "", said.lateMany ?? "", page.documentElement.lang);
    if (part.classList.contains("status")) turnLate(part, text);
    else markLate(part, text);
  }
}

/** The line of a dataset: color, icon and words. @param {HTMLElement} status @param {string} text */
function turnLate(status, text) {
  status.dataset.state = "late";
  status.querySelector("path")?.setAttribute("d", LATE);
  if (status.lastElementChild) status.lastElementChild.textContent = text;
}

/** A row of a list. @param {HTMLElement} row @param {string} text */
function markLate(row, text) {
  let mark = /** @type {HTMLElement | null} */ (row.querySelector('.mark[data-state="late"]'));
  if (!mark) {
    mark = row.ownerDocument.createElement("b");
    mark.className = "mark";
    mark.dataset.state = "late";
    row.prepend(mark, " ");
  }
  mark.textContent = text;
}
