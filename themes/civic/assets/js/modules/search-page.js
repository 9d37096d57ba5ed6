// What pages do with the search engine, asked for once somebody means to search.
export { start } from "../search-page/start.js";
