import assert from "node:assert/strict";
import { test } from "node:test";

import { filterOf, narrowed } from "../../../themes/civic/assets/js/explorer/ask/key-filter.js";
import { keyText, valueText } from "../../../themes/civic/assets/js/explorer/ask/naming.js";
import {
  askable, byOf, chosenBy, firstQuestion, groupable, measurable, offered, partsOf, questionText,
} from "../../../themes/civic/assets/js/explorer/ask/question.js";
import { piecesOf, sampleOf } from "../../../themes/civic/assets/js/explorer/ask/sample.js";
import { csvOf, fileName } from "../../../themes/civic/assets/js/explorer/ask/saving.js";
import { groupsText, totalText } from "../../../themes/civic/assets/js/explorer/ask/series.js";
import { anAnswer, by, COLUMNS, TELLING } from "./ask_making.mjs";

const between = (column, low, high) => ({ column, test: "between", low, high });
const names = (columns) => columns.map(({ name }) => name);
const column = (name) => COLUMNS.find((each) => each.name === name);

test("sums and means are taken of numbers, least and greatest of whatever has an order", () => {
  assert.deepEqual(names(measurable("mean", COLUMNS)), ["days", "cost"]);
  assert.deepEqual(names(measurable("min", COLUMNS)), names(groupable(COLUMNS)));
  assert.deepEqual(measurable("count", COLUMNS), []);
});

test("rows are grouped by every column but shapes", () => {
  assert.equal(names(groupable(COLUMNS)).includes("shape"), false);
  assert.deepEqual(partsOf(column("received")), ["month", "year", "quarter", "week", "day"]);
  assert.deepEqual(partsOf(column("days")), ["bins", ""]);
  assert.deepEqual(byOf(column("kind"), "month"), { column: "kind" });
});

test("the first question is by a column whose codes are explained", () => {
  assert.deepEqual(firstQuestion(COLUMNS), { measure: "count", by: [{ column: "status" }] });
  assert.deepEqual(firstQuestion([column("shape")]), { measure: "count", by: [] });
});

test("a question is a sentence", () => {
  const question = { measure: "mean", of: "days", by: [by("received", "month"), by("status")] };

  assert.equal(questionText(question, TELLING), "Mean of Days open by month of Received and Status");
  assert.equal(questionText({ measure: "count", by: [] }, TELLING), "Number of rows");
});

test("of a question from an address, what the table does not have is left out", () => {
  const asked = { measure: "count", by: [by("gone"), by("kind")], top: 3 };

  assert.deepEqual(askable(asked, COLUMNS), { measure: "count", by: [by("kind")], top: 3 });
  assert.equal(askable({ measure: "sum", of: "gone", by: [] }, COLUMNS), null);
  assert.equal(askable({ measure: "product", by: [] }, COLUMNS), null);
  assert.equal("top" in askable({ measure: "count", by: [by("received", "year")], top: 3 }, COLUMNS), false);
});

test("a measure that a column's type does not have is not taken: rows are counted", () => {
  const counted = { measure: "count", by: [by("kind")] };
  const asked = (measure, of) => askable({ measure, of, by: [by("kind")] }, [...COLUMNS, { name: "done", type: "boolean" }]);

  assert.deepEqual(asked("sum", "status"), counted);
  assert.deepEqual(asked("median", "done"), counted);
  assert.deepEqual(asked("mean", "received"), counted);
  assert.deepEqual(asked("min", "shape"), counted);
  assert.deepEqual(asked("max", "received"), { measure: "max", of: "received", by: [by("kind")] });
});

test("a period that a column's type does not have is left out", () => {
  const asked = (...each) => askable({ measure: "count", by: each }, COLUMNS).by;

  assert.deepEqual(asked(by("kind", "month"), by("days", "year")), [by("kind"), by("days")]);
  assert.deepEqual(asked(by("opened", "month"), { column: "kind", per: "bins", bins: 5 }), [by("opened", "year"), by("kind")]);
  assert.deepEqual(asked(by("received", "week"), { column: "days", per: "bins", bins: 5 }),
    [by("received", "week"), { column: "days", per: "bins", bins: 5 }]);
  assert.deepEqual(asked(by("shape"), by("kind")), [by("kind")]);
});

test("the groups that are shown are counted, and others are said apart", () => {
  const three = [["a", "3"], ["b", "2"], ["c", "1"]];
  const others = { value: "9", rows: 9, groups: 19 };

  assert.equal(groupsText(anAnswer(three), TELLING), "3 groups");
  assert.equal(groupsText(anAnswer(three, { others }), TELLING), "3 groups, 19 other groups");
});

test("keys are said in words", () => {
  const said = (key, column, per) => keyText(key, by(column, per), TELLING);

  assert.equal(said("2024-07", "received", "month"), "July 2024");
  assert.equal(said("2024-Q3", "received", "quarter"), "Q3 2024");
  assert.equal(said("2024-W07", "received", "week"), "Week 7, 2024");
  assert.equal(said("2024-07-09", "received", "day"), "9 July 2024");
  assert.equal(said("2024-07-09T10:00:00-04:00", "received", "month"), "2024-07-09T10:00:00-04:00");
  assert.equal(said("1000/1999", "days", "bins"), "1,000 to 1,999");
  assert.equal(said("7/7", "days", "bins"), "7");
  assert.equal(said("C", "status"), "Closed");
  assert.equal(said("constructor", "status"), "constructor");
  assert.equal(said(null, "status"), "No value");
});

/** The values of an answer as they are read. */
function shownOf(measure, values, of = "cost") {
  const answer = anAnswer(values.map((value, at) => [`${at}`, value, 1]), { measure, of });
  return answer.rows.map(({ value }) => valueText(value, answer, TELLING));
}

test("the means of an answer have as many digits after the point as each other", () => {
  assert.deepEqual(shownOf("mean", ["12.345678", "3", "1000.5", null]), ["12.35", "3.00", "1,000.50", "no value"]);
  assert.deepEqual(shownOf("median", ["3.5", "4"]), ["3.5", "4.0"]);
  assert.deepEqual(shownOf("mean", ["3", "4"]), ["3", "4"]);
});

test("a small mean is read to three digits, and beside a great one not as nothing", () => {
  assert.deepEqual(shownOf("mean", ["0.000123456", "0.00005"]), ["0.000123", "0.000050"]);
  assert.deepEqual(shownOf("mean", ["1234.5", "0.00123"]), ["1,234.500", "0.001"]);
});

test("sums keep every digit, and end alike", () => {
  assert.deepEqual(shownOf("sum", ["12.5", "3.25", "7"]), ["12.50", "3.25", "7.00"]);
  assert.deepEqual(shownOf("sum", ["9007199254740993"], "days"), ["9,007,199,254,740,993"]);
  assert.deepEqual(shownOf("mean", ["12345678901234567890"]), ["12,345,678,901,234,567,890"]);
});

test("least and greatest values stand as they do in the data", () => {
  assert.deepEqual(shownOf("max", ["12.5", "3"]), ["12.5", "3"]);
  assert.deepEqual(shownOf("max", ["2024-01-31"], "received"), ["31 January 2024"]);
  assert.deepEqual(shownOf("max", ["C"], "status"), ["Closed"]);
});

test("of places and of names that are numbers no sum or mean is offered, and one that is asked for is answered", () => {
  const named = ["latitude", "zip_code", "Postal Code", "requestId", "OBJECTID", "paid", "width"];
  const columns = named.map((name) => ({ name, type: "number" }));
  const more = [{ name: "y", type: "number", role: "latitude" }, { name: "no", type: "integer", isKey: true },
    { name: "where", title: "ZIP code", type: "integer" }];
  const all = [...columns, ...more];

  assert.deepEqual(names(offered("mean", all)), ["paid", "width"]);
  assert.deepEqual(names(offered("max", all)), names(all));
  assert.deepEqual(askable({ measure: "sum", of: "no", by: [] }, all), { measure: "sum", of: "no", by: [] });
});

test("a group becomes a filter that leaves just its rows", () => {
  const filter = (key, column, per) => filterOf(key, by(column, per), COLUMNS);

  assert.deepEqual(filter("Noise", "kind"), { column: "kind", test: "is", values: ["Noise"] });
  assert.deepEqual(filter(null, "kind"), { column: "kind", test: "empty" });
  assert.deepEqual(filter("10/19", "days", "bins"), between("days", "10", "19"));
  assert.deepEqual(filter("2024-02", "received", "month"), between("received", "2024-02-01", "2024-02-29"));
  assert.deepEqual(filter("2020-W53", "received", "week"), between("received", "2020-12-28", "2021-01-03"));
  assert.deepEqual(filter("2024-Q4", "received", "quarter"), between("received", "2024-10-01", "2024-12-31"));
  assert.deepEqual(filter("2024", "opened", "year"), { column: "opened", test: "is", values: ["2024"] });
});

test("a narrower filter takes the place of a wider one, and others stay", () => {
  const wide = { column: "kind", test: "is", values: ["Noise", "Tree"] };
  const range = { column: "days", test: "between", low: "3" };
  const narrow = { column: "kind", test: "is", values: ["Tree"] };

  assert.deepEqual(narrowed([wide, range], ["Tree"], [by("kind")], COLUMNS), [range, narrow]);
  assert.deepEqual(narrowed([range], ["0/9"], [by("days", "bins")], COLUMNS), [range, between("days", "0", "9")]);
  assert.deepEqual(narrowed([narrow], ["Tree"], [by("kind")], COLUMNS), [narrow]);
});

test("an answer as CSV has its raw keys and values", () => {
  const groups = [["2024-01", "1234.5", 3], ["2024-02", null, 0], [null, "7", 1]];
  const answer = anAnswer(groups, { measure: "mean", of: "cost", by: by("received", "month") });

  assert.equal(csvOf(answer, TELLING), "month of Received,Mean of Cost,Rows,Rows with a value\r\n"
    + "2024-01,1234.5,3,3\r\n2024-02,,0,0\r\n,7,1,1\r\n");
});

test("in a CSV the sum of rows that all have no value is no value", () => {
  const answer = anAnswer([["a", "0", 4], ["b", "7", 4]], { measure: "sum", of: "cost",
    others: { value: "0", rows: 5, filled: 0, groups: 2 } });
  answer.rows = [{ ...answer.rows[0], filled: 0 }, { ...answer.rows[1], filled: 3 }];

  assert.equal(csvOf(answer, TELLING),
    "Kind,Sum of Cost,Rows,Rows with a value\r\na,,4,0\r\nb,7,4,3\r\n2 other groups,,5,0\r\n");
});

test("in a CSV the rows with a value that are counted stand beside all rows", () => {
  assert.equal(csvOf(anAnswer([["a", "0", 4]], { of: "days" }), TELLING),
    "Kind,Number of rows with a value in Days open,Rows\r\na,0,4\r\n");
});

test("the sum of no rows is no value, and their count is 0", () => {
  const none = (measure) => ({ question: { measure, of: "cost", by: [] }, keys: [], rows: [], total: { value: "0", rows: 0 } });

  assert.equal(totalText(none("sum"), TELLING), "no value");
  assert.equal(totalText({ ...none("count"), question: { measure: "count", by: [] } }, TELLING), "0");
});

test("the rows with a value in a column are counted as such, in words too", () => {
  const asked = { measure: "count", of: "days", by: [by("kind")] };

  assert.deepEqual(askable(asked, COLUMNS), asked);
  assert.equal(questionText(asked, TELLING), "Number of rows with a value in Days open by Kind");
  assert.deepEqual(askable({ ...asked, of: "gone" }, COLUMNS), { measure: "count", by: [by("kind")] });
});

test("a group that nobody changed in a form stays as it was asked", () => {
  const before = [{ column: "days", per: "bins", bins: 10 }, { column: "received", per: "bins" }];

  assert.deepEqual(chosenBy(column("days"), "bins", before), before[0]);
  assert.deepEqual(chosenBy(column("received"), "bins", before), before[1]);
  assert.deepEqual(chosenBy(column("days"), "", before), { column: "days" });
  assert.deepEqual(chosenBy(column("received"), "week", before), { column: "received", per: "week" });
});

test("cells of a CSV are quoted where they must be", () => {
  const answer = anAnswer([['a "b",\nc', "3"]], { others: { value: "9", rows: 9, groups: 2 } });

  assert.equal(csvOf(answer, TELLING), 'Kind,Number of rows\r\n"a ""b"",\nc",3\r\n2 other groups,9\r\n');
});

test("an answer without groups is one number in its file", () => {
  const answer = anAnswer([[[], "12.5", 4]], { measure: "sum", of: "cost", by: [] });

  assert.equal(csvOf(answer, TELLING), "Sum of Cost,Rows,Rows with a value\r\n12.5,4,4\r\n");
});

test("files are named in plain letters", () => {
  assert.equal(fileName("Días: mean/of <x>?", "csv"), "dias-mean-of-x.csv");
  assert.equal(fileName("../..", "svg"), "answer.svg");
});

test("dots are all rows, or pieces at even distances up to the last row", async () => {
  const asked = [];
  const session = { rows: async (start, end) => (asked.push([start, end]), { cells: [["1", null], ["2", "3"]] }) };
  const { dots, isSample } = await sampleOf(session, 1_000_000, ["a", "b"], (x, y) => `${x} ${y}`);

  assert.deepEqual(piecesOf(10), [[0, 10]]);
  assert.deepEqual([asked.length, asked[0], asked[7]], [8, [0, 250], [999_750, 1_000_000]]);
  assert.deepEqual(dots[0], { x: 1, y: 2, text: "1 2" });
  assert.equal(isSample && dots.length === 8, true);
});
