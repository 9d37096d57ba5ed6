// The search engine by itself, without a page: for the site's own pages, and for programs of others at /search/search.js.
export { openIndex } from "../search/index.js";
