/**
 * What is seen, as files: CSV, JSON and GeoJSON, made portion by portion. Cells are written as they are: a text that a
 * spreadsheet
 * would take for a formula stays that text.
 *
 * @typedef {{name: string, type: string}} FileColumn
 * @typedef {{cells: (string | null)[][], places: ArrayLike<number>}} Portion    cells by column; which rows of the file they
 *   are
 * @typedef {{longitude: string, latitude: string} | {geometries: ReadonlyMap<number, string>}} Place    two columns, or
 *   shapes by row
 */
const SPECIAL = /[",\r\n]/;
const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const NUMBERS = ["integer", "number", "year"];

/** A field after RFC 4180. @param {string} text @param {boolean} isAlone    in its line, which must not be empty then */
const field = (text, isAlone) => (SPECIAL.test(text) || (isAlone && text === "") ? `"${text.replaceAll('"', '""')}"` : text);

/** @param {readonly string[]} texts */
const line = (texts) => `${texts.map((text) => field(text, texts.length === 1)).join(",")}\r\n`;

/** @param {readonly FileColumn[]} columns @param {AsyncIterable<Portion>} portions @returns {AsyncGenerator<string>} */
export async function* csvParts(columns, portions) {
  const head = line(columns.map(({ name }) => name));
  // A byte order mark at the very start of a file would be taken for one, and be lost.
  yield head.startsWith("\uFEFF")
    ? `"${columns[0].name.replaceAll('"', '""')}"${head.slice(field(columns[0].name, false).length)}`
    : head;
  for await (const portion of portions)
    yield rowsOf(portion)
      .map((row) => line(row.map((cell) => cell ?? "")))
      .join("");
}

/** @param {readonly FileColumn[]} columns @param {AsyncIterable<Portion>} portions @returns {AsyncGenerator<string>} */
export async function* jsonParts(columns, portions) {
  yield* listed("[", portions, (row) => record(columns, row), "\n]\n");
}

/**
 * Features after RFC 7946; a row without a place is one without a geometry.
 * @param {readonly FileColumn[]} columns @param {AsyncIterable<Portion>} portions @param {Place} place @returns
 *   {AsyncGenerator<string>}
 */
export async function* geojsonParts(columns, portions, place) {
  const names = columns.map(({ name }) => name);
  const shapeOf =
    "geometries" in place
      ? (/** @type {number} */ at) => place.geometries.get(at) ?? "null"
      : (/** @type {number} */ _, /** @type {readonly (string | null)[]} */ row) =>
          point(row[names.indexOf(place.longitude)], row[names.indexOf(place.latitude)]);
  yield* listed(
    '{"type": "FeatureCollection", "features": [',
    portions,
    (row, at) => `{"type": "Feature", "geometry": ${shapeOf(at, row)}, "properties": ${record(columns, row)}}`,
    "\n]}\n",
  );
}

/** @param {string | null | undefined} longitude @param {string | null | undefined} latitude */
function point(longitude, latitude) {
  const isPlace = [longitude, latitude].every((each) => each && JSON_NUMBER.test(each));
  return isPlace ? `{"type": "Point", "coordinates": [${longitude}, ${latitude}]}` : "null";
}

/**
 * @param {string} opening @param {AsyncIterable<Portion>} portions @param {(row: (string | null)[], at: number) => string}
 *   write
 * @param {string} ending @returns {AsyncGenerator<string>}
 */
async function* listed(opening, portions, write, ending) {
  yield opening;
  let comma = "";
  for await (const portion of portions) {
    const rows = rowsOf(portion).map((row, at) => `\n${write(row, portion.places[at])}`);
    if (rows.length) yield comma + rows.join(",");
    if (rows.length) comma = ",";
  }
  yield ending;
}

/** @param {Portion} portion @returns {(string | null)[][]} */
function rowsOf({ cells }) {
  return (cells[0] ?? []).map((_, at) => cells.map((column) => column[at]));
}

/** A row as an object of JSON, written name by name, so that a name such as `__proto__` is one like any other. */
function record(/** @type {readonly FileColumn[]} */ columns, /** @type {readonly (string | null)[]} */ row) {
  return `{${columns.map(({ name, type }, at) => `${JSON.stringify(name)}: ${value(row[at], type)}`).join(", ")}}`;
}

/** @param {string | null} text @param {string} type */
function value(text, type) {
  if (text === null || text === undefined) return "null";
  if (type === "boolean" && (text === "true" || text === "false")) return text;
  return NUMBERS.includes(type) && JSON_NUMBER.test(text) ? text : JSON.stringify(text);
}
