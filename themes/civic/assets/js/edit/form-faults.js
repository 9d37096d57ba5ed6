/** Shows what is wrong where it is written, and all of it in a summary that takes the focus. */
import { controlOf } from "./form-tree.js";
import { focusOf } from "./form-places.js";

/** @typedef {{code: string, severity: string, line: number | null, says: string, fix: string}} Problem */
/** @typedef {{problem: Problem, field: HTMLElement | null}} Placed */

// What a file does not say itself: in the words of these faults no key is named.
const OF_THE_FORM = ["form", "id-invalid"];

/** Where a field's own faults are told. @param {Element} field */
const placeOf = (field) => /** @type {HTMLElement | null} */ (
  [...field.querySelectorAll("[data-fault]")].find((each) => each.id === `${/** @type {HTMLElement} */ (field).dataset.id}-fault`)
  ?? null);

/** What is marked as wrong. @param {Element} field */
const markedOf = (field) => (/** @type {HTMLElement} */ (field).dataset.kind?.match(/^(group|list|map)$/) ? field : controlOf(field));

/** Take away what was told, of the fields for which it no longer holds. @param {Element} form */
export function clearFaults(form) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-fault]:not([hidden])"))) tell(place, [], null);
  for (const marked of form.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
}

/**
 * Tell the faults of fields that a reader has been at, or of all.
 * @param {Element} form @param {Placed[]} placed @param {(field: HTMLElement) => boolean} isTold
 */
export function showFaults(form, placed, isTold) {
  clearFaults(form);
  /** @type {Map<HTMLElement, Problem[]>} */
  const byField = new Map();
  for (const { problem, field } of placed) {
    if (!field || !isTold(field)) continue;
    byField.set(field, [...(byField.get(field) ?? []), problem]);
  }
  for (const [field, problems] of byField) {
    const place = placeOf(field);
    if (place) tell(place, problems, markedOf(field));
  }
}

/** @param {HTMLElement} place @param {Problem[]} problems @param {Element | null} marked */
function tell(place, problems, marked) {
  place.hidden = !problems.length;
  place.textContent = problems.map(({ says, fix }) => (fix ? `${says}\n${fix}` : says)).join("\n");
  markLanguage(place, problems);
  const worst = problems.some(({ severity }) => severity === "error") ? "error" : "warning";
  place.dataset.severity = worst;
  if (problems.length && worst === "error") marked?.setAttribute("aria-invalid", "true");
}

/** The rules speak English alone, whatever the page speaks. @param {HTMLElement} element @param {Problem[]} problems */
function markLanguage(element, problems) {
  if (problems.length && !problems.some(({ code }) => OF_THE_FORM.includes(code))) element.lang = "en";
  else element.removeAttribute("lang");
}

/**
 * List what is wrong, each with a link to its field.
 * @param {HTMLElement} list @param {Placed[]} placed @param {import("../explorer/words.js").Say} say
 */
export function summarize(list, placed, say) {
  list.replaceChildren(...placed.map(({ problem, field }) => {
    const item = document.createElement("li");
    const label = OF_THE_FORM.includes(problem.code) && field ? labelOf(field) : "";
    const text = label ? say("at-field", { label, says: sentence(problem) }) : sentence(problem);
    if (!field) {
      const words = document.createElement("span");
      words.textContent = text;
      markLanguage(words, [problem]);
      item.append(problem.line ? `${say("line", { line: String(problem.line) })}: ` : "", words);
      return item;
    }
    const link = document.createElement("a");
    const goal = focusOf(field);
    link.href = `#${goal.id || field.dataset.id}`;
    link.textContent = text;
    markLanguage(link, [problem]);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      reveal(goal);
    });
    item.append(link);
    return item;
  }));
}

/** What a field is called. @param {HTMLElement} field */
const labelOf = (field) => field.querySelector("legend, label")?.firstChild?.textContent?.trim() ?? "";

/** @param {Problem} problem */
const sentence = ({ says, fix }) => [says, fix].filter(Boolean).map((text) => (/[.?!]$/.test(text) ? text : `${text}.`))
  .map((text) => text.slice(0, 1).toUpperCase() + text.slice(1)).join(" ");

/** Open whatever a control is folded in, and go to it. @param {HTMLElement} control */
export function reveal(control) {
  for (let fold = control.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  control.focus();
  control.scrollIntoView({ block: "center" });
}
