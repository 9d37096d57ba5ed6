/** What is seen, as a file of the reader's own. */
import { csvParts, geojsonParts, jsonParts } from "./rows-file.js";

/**
 * @typedef {import("../explorer.js").Bench} Bench
 * @typedef {import("../data/session.js").OutlineColumn} OutlineColumn
 * @typedef {"csv" | "json" | "geojson"} Format
 */
const TYPES = { csv: "text/csv", json: "application/json", geojson: "application/geo+json" };
const PATIENCE_MS = 60_000; // a browser may be slow to begin

/** The formats that a table can be had in. @param {readonly OutlineColumn[]} columns @returns {Format[]} */
export function formatsOf(columns) {
  const hasPlaces = ["latitude", "longitude"].every((role) => columns.some((each) => each.role === role));
  return hasPlaces || columns.some(isShape) ? ["csv", "json", "geojson"] : ["csv", "json"];
}

/**
 * The rows and columns that are seen, in their order, as a file.
 * @param {Format} format @param {Bench} bench @returns {Promise<Blob>}
 */
export async function fileOf(format, { session, outline, store }) {
  const named = new Map(outline.columns.map((column) => [column.name, column]));
  const shown = (store.state.columns ?? [...named.keys()])
    .flatMap((name) => named.get(name) ?? [])
    .filter((each) => !isShape(each));
  /** @type {string[]} */
  const parts = [];
  for await (const part of format === "geojson" ? await features(shown, { session, outline }) : plain(format, shown, session))
    parts.push(part);
  return new Blob(parts, { type: TYPES[format] });
}

/**
 * The name of a file of what is seen: that of the table's own, and "selection".
 * @param {Bench["outline"]} outline @param {Format} format
 */
export function nameOf({ downloads, dataset }, format) {
  const stem = downloads[0]?.name.replace(/\.[^.]*$/, "") || dataset.id;
  return `${stem}-selection.${format}`;
}

/** Hand a file over to the reader. @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE_MS);
}

/** @param {OutlineColumn} column */
const isShape = ({ type }) => type === "geometry";

/** @param {"csv" | "json"} format @param {OutlineColumn[]} columns @param {Bench["session"]} session */
function plain(format, columns, session) {
  const portions = session.download(columns.map(({ name }) => name));
  return format === "csv" ? csvParts(columns, portions) : jsonParts(columns, portions);
}

/**
 * Rows with their places, which are read also where their columns are not shown.
 * @param {OutlineColumn[]} shown @param {Pick<Bench, "session" | "outline">} bench
 */
async function features(shown, { session, outline }) {
  const shape = outline.columns.find(isShape);
  if (shape) {
    const found = /** @type {{geometries: string[], places: Uint32Array}} */ (await session.shapes([shape.name]));
    const geometries = new Map(found.geometries.map((text, at) => [found.places[at], text]));
    return geojsonParts(shown, session.download(shown.map(({ name }) => name)), { geometries });
  }
  const [longitude, latitude] = ["longitude", "latitude"].map(
    (role) => /** @type {OutlineColumn} */ (outline.columns.find((each) => each.role === role)),
  );
  const columns = [...shown, ...[longitude, latitude].filter((each) => !shown.includes(each))];
  return geojsonParts(columns, session.download(columns.map(({ name }) => name)), {
    longitude: longitude.name,
    latitude: latitude.name,
  });
}
