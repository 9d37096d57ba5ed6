import { marked } from "./marking.js";
import { isTitled, reasons } from "./reasons.js";
import { day, pieces } from "./saying.js";

/**
 * Results as elements. Text is only ever set as text.
 *
 * @typedef {import("../search/index.js").Result} Result
 * @typedef {import("../search/index.js").Answer} Answer
 * @typedef {import("./reasons.js").Reason} Reason
 */

/** @param {string} name @param {(string | Node)[]} inside @returns {HTMLElement} */
export function element(name, ...inside) {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
}

/** A text with the words that were found marked. @param {string} text @param {ReadonlySet<string>} forms */
export function withMarks(text, forms) {
  return marked(text, forms).map(([part, isFound]) => (isFound ? element("mark", part) : part));
}

/** A text in another one, which may be written in the other direction. @param {(string | Node)[]} inside */
export const apart = (...inside) => element("bdi", ...inside);

/** The words that a result was found by. @param {Result} result */
export const formsOf = (result) => new Set(result.matched.flatMap((match) => match.forms));

/** A link to what was found. @param {Result} result @param {string} root @param {ReadonlySet<string>} forms */
export function linkTo(result, root, forms) {
  const link = /** @type {HTMLAnchorElement} */ (element("a", apart(...withMarks(result.title, forms))));
  link.href = root + result.url.replace(/^\//, "");
  return link;
}

/**
 * A result as it stands on the page of results.
 * @param {Result} result @param {Answer} answer @param {string} root @param {DOMStringMap} say
 */
export function item(result, answer, root, say) {
  const forms = formsOf(result);
  const isColumn = result.kind === "column";
  const title = element("h3", linkTo(result, root, forms));
  if (isColumn && isTitled(result)) title.append(" ", element("code", ...withMarks(result.detail, forms)));
  const made = element("li", title);
  if (result.text) made.append(element("p", ...withMarks(result.text, forms)));
  const why = whyOf(result, answer, say);
  if (why) made.append(why);
  const facts = [
    result.about ? aboutOf(result, say, forms) : [],
    result.updated ? [updated(result.updated, say)] : [],
    isColumn ? [] : withMarks(result.detail, forms),
  ];
  made.append(paragraph("meta", facts.filter((fact) => fact.length).map((fact) => element("span", ...fact))));
  return made;
}

/**
 * Whose a result is: its publisher, or the dataset of a column.
 * @param {Result} result @param {DOMStringMap} say @param {ReadonlySet<string>} forms
 */
export function aboutOf(result, say, forms) {
  const about = apart(...withMarks(result.about, forms));
  return result.kind === "column" ? placed(say.sayColumn, { title: [about] }) : [about];
}

/**
 * Why something was found, where that cannot be seen.
 * @param {Result} result @param {Answer} answer @param {DOMStringMap} say
 */
export function whyOf(result, answer, say) {
  const why = reasons(result, answer.meant).map((reason) => because(reason, say));
  return why.length ? paragraph("why", why) : undefined;
}

/** Facts beside one another. @param {string} name @param {Node[]} facts */
function paragraph(name, facts) {
  const made = element("p", ...facts.flatMap((fact) => [fact, " "]));
  made.className = name;
  return made;
}

/** @param {string} iso @param {DOMStringMap} say */
function updated(iso, say) {
  const time = /** @type {HTMLTimeElement} */ (element("time", day(iso, say)));
  time.dateTime = iso.slice(0, 10);
  return element("span", ...placed(say.sayUpdated, { date: [time] }));
}

/** A reason in words. @param {Reason} reason @param {DOMStringMap} say */
function because(reason, say) {
  const key = `why-${reason.name}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const pattern = say[`say${key[0].toUpperCase()}${key.slice(1)}`];
  const code = apart(element("code", reason.code));
  const column = reason.title ? placed(say.sayNamed, { title: [apart(reason.title)], name: [code] }) : [code];
  const quoted = (/** @type {string} */ word) => placed(say.sayQuoted, { word: [apart(element("mark", word))] });
  const words = reason.words.flatMap((word, at) => [at ? ", " : "", ...quoted(word)]);
  return element("span", ...placed(pattern, { words, column }));
}

/** Words with elements in them. @param {string | undefined} pattern @param {Record<string, (Node | string)[]>} values */
export function placed(pattern, values) {
  return pieces(pattern).flatMap(([text, isPlace]) => (isPlace ? values[text] ?? [] : [text]));
}
