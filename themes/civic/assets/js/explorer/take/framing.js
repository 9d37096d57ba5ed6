/** The code that shows a table in a page of others, with what is seen of it. */

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** @param {string} code    the frame as the page was built @param {string} query */
export function framed(code, query) {
  return query ? code.replace(/src="([^"?]*)"/, (_, address) => `src="${address}?${escaped(query)}"`) : code;
}
