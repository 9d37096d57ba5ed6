import { Opened } from "./opened.js";
import { Panel } from "./panel.js";
import { SearchPage } from "./search-page.js";

/**
 * Start the search of a page: the page of results, or the panel under the box of any other page.
 * @param {import("../search-box.js").SearchBox} box
 * @param {import("./opened.js").Source} source
 */
export async function start(box, source) {
  const index = new Opened(source);
  await index.open();
  if (!box.results) {
    new Panel(box, index).update();
    return;
  }
  if (!customElements.get("search-page")) customElements.define("search-page", SearchPage);
  /** @type {SearchPage} */ (box.results).start(box, index);
}
