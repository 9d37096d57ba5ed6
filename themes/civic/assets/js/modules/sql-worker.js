// SQLite with the rows of a dataset, beside the page that asks.
import "../sql/worker.js";
