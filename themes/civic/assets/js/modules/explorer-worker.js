// Reads and reckons for the page of a table, beside it, so that the page answers while it works.
import "../explorer/data/worker.js";
