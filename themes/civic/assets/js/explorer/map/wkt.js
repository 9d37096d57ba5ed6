/** Shapes as Well-Known Text, which tables have beside GeoJSON. Grammar: OGC 06-103r4, chapter 7; heights are left out. */

/** @type {Record<string, string>} */
const NAMES = {
  POINT: "Point", MULTIPOINT: "MultiPoint", LINESTRING: "LineString", MULTILINESTRING: "MultiLineString", POLYGON: "Polygon",
  MULTIPOLYGON: "MultiPolygon", GEOMETRYCOLLECTION: "GeometryCollection",
};
const TOKENS = /[A-Z]+|[(),]|[-+]?[0-9.]+(?:E[-+]?[0-9]+)?/g;

/**
 * A text as the object that GeoJSON would have. Raises SyntaxError for any other text.
 * @param {string} text @returns {{type: string, coordinates?: any, geometries?: any[]}}    any: nested as deep as the shape is
 */
export function geometryOf(text) {
  const tokens = text.toUpperCase().replace(/^\s*SRID=\d+;/, "").match(TOKENS) ?? [];
  let at = 0;

  function expect(/** @type {string} */ token) {
    if (tokens[at++] !== token) throw new SyntaxError("not Well-Known Text");
  }

  /** What stands between brackets, by the function that reads one of it. @param {() => any} one */
  function list(one) {
    expect("(");
    const found = [one()];
    while (tokens[at] === ",") {
      at += 1;
      found.push(one());
    }
    expect(")");
    return found;
  }

  function position() {
    const numbers = [];
    while (at < tokens.length && /^[-+.0-9]/.test(tokens[at])) numbers.push(Number(tokens[at++]));
    if (numbers.length < 2 || numbers.some(Number.isNaN)) throw new SyntaxError("not Well-Known Text");
    return numbers.slice(0, 2);
  }

  // Points of a MULTIPOINT may stand in brackets of their own.
  const bracketed = () => (tokens[at] === "(" ? list(position)[0] : position());
  const line = () => list(position);
  const lines = () => list(line);
  /** @type {Record<string, () => any>} */
  const bodies = {
    Point: () => list(position)[0], MultiPoint: () => list(bracketed), LineString: line, MultiLineString: lines,
    Polygon: lines, MultiPolygon: () => list(lines),
  };

  /** @returns {{type: string, coordinates?: any, geometries?: any[]}} */
  function shape() {
    const type = NAMES[tokens[at++]];
    if (!type) throw new SyntaxError("not Well-Known Text");
    while (/^(Z|M|ZM)$/.test(tokens[at] ?? "")) at += 1;
    const isEmpty = tokens[at] === "EMPTY";
    if (isEmpty) at += 1;
    if (type === "GeometryCollection") return { type, geometries: isEmpty ? [] : list(shape) };
    return { type, coordinates: isEmpty ? [] : bodies[type]() };
  }

  return shape();
}
