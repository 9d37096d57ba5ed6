// The page of a table: all of its rows, and what can be asked of them.
import { CityExplorer } from "../explorer/explorer.js";

customElements.define("city-explorer", CityExplorer);
