import { ReadingError } from "./data/errors.js";

/** Where a link of the page leads, in full. @param {string | undefined} link */
export const ofPage = (link = "") => new URL(link, document.baseURI).href;

/**
 * What the page knows of a table before it reads it. Rejects with a ReadingError.
 * @param {URL} url @returns {Promise<import("./data/session.js").Outline>}
 */
export async function outlineAt(url) {
  const answer = await fetch(url).catch((error) => fail("Unreachable", `${url}: ${error.message}`));
  if (!answer.ok) fail("Refused", `${url}: ${answer.status}`);
  return answer.json().catch((error) => fail("Broken", `${url}: ${error.message}`));
}

/** @param {import("./data/errors.js").Trouble} name @param {string} message @returns {never} */
function fail(name, message) {
  throw new ReadingError(name, message);
}
