// What readers take along: files of what they see, citations with the day, frames for other pages, names and values in code.
import assert from "node:assert/strict";
import { test } from "node:test";

import { withFullAddresses } from "../../../themes/civic/assets/js/embed/embed-map.js";
import { heightFrom, heightMessage } from "../../../themes/civic/assets/js/embed/heights.js";
import { dated } from "../../../themes/civic/assets/js/explorer/take/citing.js";
import { framed } from "../../../themes/civic/assets/js/explorer/take/framing.js";
import { identifier, javascript, python, shell, sql } from "../../../themes/civic/assets/js/explorer/take/quoting.js";
import { csvParts, geojsonParts, jsonParts } from "../../../themes/civic/assets/js/explorer/take/rows-file.js";
import { snippet } from "../../../themes/civic/assets/js/explorer/take/snippets.js";

async function* portions(...given) {
  yield* given;
}

async function joined(parts) {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

const column = (name, type = "string") => ({ name, type });
const a_state = (given = {}) => ({ filters: [], sort: [], columns: null, ask: null, ...given });
const a_view = (columns, state = {}) => ({ file: { url: "https://example.gov/a.csv", name: "a.csv" }, columns, state: a_state(state) });
const codeFor = (language, columns, state) => snippet(language, a_view(columns, state)).code;

test("a file of CSV holds every cell as it is, formulas and line ends too", async () => {
  const rows = portions({ cells: [['=1+1', 'a "b"', null], ["x,y", "line\nend", "plain"]], places: [0, 1, 2] });

  assert.equal(await joined(csvParts([column("__proto__"), column("b,c")], rows)),
    '__proto__,"b,c"\r\n=1+1,"x,y"\r\n"a ""b""","line\nend"\r\n,plain\r\n');
});

test("a row of one empty cell is still a row of CSV", async () => {
  assert.equal(await joined(csvParts([column("a")], portions({ cells: [["", "b"]], places: [0, 1] }))), 'a\r\n""\r\nb\r\n');
});

test("a name that begins with a byte order mark does not lose it", async () => {
  assert.equal(await joined(csvParts([column("\ufeffa"), column("b")], portions())), '"\ufeffa",b\r\n');
});

test("a file of JSON has numbers digit by digit and any name", async () => {
  const columns = [column("__proto__"), column("n", "integer"), column("d", "number"), column("ok", "boolean")];
  const rows = portions({ cells: [["x", null], ["12345678901234567890", null], ["0.10", "x"], ["true", "TRUE"]], places: [0, 1] });

  const text = await joined(jsonParts(columns, rows));

  assert.match(text, /"n": 12345678901234567890, "d": 0.10, "ok": true/);
  assert.deepEqual(Object.keys(JSON.parse(text)[0]), ["__proto__", "n", "d", "ok"]);
  assert.equal(JSON.parse(text)[1].d, "x");
});

test("a file of JSON without a row is an empty list", async () => {
  assert.deepEqual(JSON.parse(await joined(jsonParts([column("a")], portions({ cells: [[]], places: [] })))), []);
});

test("portions are put together with a comma between them", async () => {
  const given = portions({ cells: [["a"]], places: [0] }, { cells: [["b"]], places: [1] });

  assert.deepEqual(JSON.parse(await joined(jsonParts([column("x")], given))), [{ x: "a" }, { x: "b" }]);
});

test("rows with latitude and longitude are points, and those without have no geometry", async () => {
  const columns = [column("lat", "number"), column("lon", "number")];
  const rows = portions({ cells: [["35.10", null], ["-80.5", "-80"]], places: [0, 1] });

  const text = await joined(geojsonParts(columns, rows, { latitude: "lat", longitude: "lon" }));

  assert.match(text, /"coordinates": \[-80.5, 35.10\]/);
  assert.equal(JSON.parse(text).features[1].geometry, null);
});

test("shapes are found by the row of the file", async () => {
  const geometries = new Map([[7, '{"type":"Point","coordinates":[1,2]}']]);

  const text = await joined(geojsonParts([column("a")], portions({ cells: [["x", "y"]], places: [3, 7] }), { geometries }));

  assert.deepEqual(JSON.parse(text).features.map(({ geometry }) => geometry?.type), [undefined, "Point"]);
});

test("a citation says the day in the reader's language, and for BibTeX in digits", () => {
  const on = { place: "[date]", day: new Date(2026, 10, 5), language: "en" };

  assert.equal(dated("apa", "A [date] [Data set]. Retrieved [date], from x", on), "A [date] [Data set]. Retrieved November 5, 2026, from x");
  assert.equal(dated("bibtex", "urldate = {[date]}", on), "urldate = {2026-11-05}");
  assert.deepEqual(JSON.parse(dated("csl", '[{"id": "a"}]', on)), [{ id: "a", accessed: { "date-parts": [[2026, 11, 5]] } }]);
});

test("a frame has what is seen in its address, and nothing gets out of it", () => {
  const code = '<iframe src="https://example.gov/embed/data/a/b/" title="A"></iframe>';

  assert.equal(framed(code, 'where=a~is~"><script>&top=1'),
    '<iframe src="https://example.gov/embed/data/a/b/?where=a~is~&quot;&gt;&lt;script&gt;&amp;top=1" title="A"></iframe>');
  assert.equal(framed(code, ""), code);
});

test("heights are believed within reason alone", () => {
  assert.equal(heightFrom(heightMessage(420.2)), 421);
  assert.deepEqual([null, "420", { height: 420 }, { type: "cityfolio-height", height: -1 }, { type: "cityfolio-height", height: 1e9 },
    { type: "cityfolio-height", height: "1px" }].map(heightFrom), [null, null, null, null, null, null]);
});

test("what cannot be seen is written as its code", () => {
  assert.equal(python("a\u202eb\n"), '"a\\u202eb\\n"');
  assert.equal(javascript("\u{e0001}"), '"\\u{e0001}"');
  assert.equal(python("\ud800"), '"\ufffd"');
  assert.equal(sql("it's\u202e"), "('it''s' || chr(8238))");
  assert.equal(identifier('a"b'), '"a""b"');
  assert.equal(shell("it's"), "'it'\\''s'");
});

test("a value from an address that is no number never gets into code as one", () => {
  const columns = [{ name: "n", kind: "number" }];
  const filters = [{ column: "n", test: "between", low: "1);evil(", high: "2" }, { column: "n", test: "is", values: ["__import__('os')"] }];

  assert.doesNotMatch(["python", "r", "javascript", "duckdb"].map((each) => codeFor(each, columns, { filters })).join(""), /evil|__import__/);
});

test("a command line says that it gets more than is seen", () => {
  const columns = [{ name: "n", kind: "text" }];

  assert.equal(snippet("curl", a_view(columns)).isWhole, true);
  assert.equal(snippet("curl", a_view(columns, { columns: ["n"] })).isWhole, false);
});

test("a question by bins is left out, and that is said", () => {
  const ask = { measure: "count", by: [{ column: "n", per: "bins" }] };

  assert.equal(snippet("python", a_view([{ name: "n", kind: "integer" }], { ask })).isWhole, false);
});

test("code says that it lacks a condition in words", () => {
  const filters = [{ column: "", test: "where", text: "n == 2" }];

  assert.equal(snippet("python", a_view([{ name: "n", kind: "integer" }], { filters })).isWhole, false);
});

test("what an outline names is found from another page, too", () => {
  const outline = {
    rows: 1, columns: [], downloads: [{ format: "PMTiles", url: "../a.pmtiles" }],
    map: { zoom: 9, boundaries: [{ title: "Wards", url: "../../wards/wards.geojson" }] },
  };

  assert.deepEqual(withFullAddresses(outline, "https://example.gov/data/a/b/index.json"), {
    rows: 1, columns: [], downloads: [{ format: "PMTiles", url: "https://example.gov/data/a/a.pmtiles" }],
    map: { zoom: 9, boundaries: [{ title: "Wards", url: "https://example.gov/data/wards/wards.geojson" }] },
  });
});
