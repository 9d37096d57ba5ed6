// Questions about a table, asked for when a reader opens them.
export { CityAsk as Part } from "../explorer/ask/ask.js";
