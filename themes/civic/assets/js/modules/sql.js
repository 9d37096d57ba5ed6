// The page that answers queries in SQL.
import { SqlConsole } from "../sql/console.js";

customElements.define("sql-console", SqlConsole);
