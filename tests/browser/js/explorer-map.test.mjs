import assert from "node:assert/strict";
import { test } from "node:test";

const map = "../../../themes/civic/assets/js/explorer/map";
const { classesOf, codesOf, EMPTY, OTHERS } = await import(`${map}/classes.js`);
const { CELL, gathered } = await import(`${map}/clusters.js`);
const { hitAt, RowsContent } = await import(`${map}/content.js`);
const { boundsOf, boxOf, latitudeOf, longitudeOf, pointsAt, widthAt } = await import(`${map}/mercator.js`);
const { placeColumns, placedRows } = await import(`${map}/placed-rows.js`);
const { distance, shapesOf } = await import(`${map}/shapes.js`);
const { geometryOf } = await import(`${map}/wkt.js`);

const CITY = [-81, 35, -80.6, 35.4];

/** Degrees on a square lattice over the city. */
function lattice(side) {
  const steps = Array.from({ length: side * side }, (_, at) => [at % side, Math.floor(at / side)]);
  return pointsAt(steps.map(([x]) => -80.99 + (x * 0.38) / side), steps.map(([, y]) => 35.01 + (y * 0.38) / side));
}

const near = (one, other, by = 1e-9) => assert.ok(Math.abs(one - other) <= by, `${one} is not ${other}`);
const json = (type, coordinates) => JSON.stringify({ type, coordinates });
const SQUARE = [[-80.9, 35.1], [-80.8, 35.1], [-80.8, 35.2], [-80.9, 35.2], [-80.9, 35.1]];

test("degrees come back from the projection as they went in", () => {
  const { x, y } = pointsAt([-80.84313, 0, 179.9], [35.22709, 0, -60.5]);

  [-80.84313, 0, 179.9].forEach((longitude, at) => near(longitudeOf(x[at]), longitude));
  [35.22709, 0, -60.5].forEach((latitude, at) => near(latitudeOf(y[at]), latitude));
});

test("the middle of the globe is the middle of the square, and its corner a corner", () => {
  const { x, y } = pointsAt([0, -180], [0, 85.05112878]);

  near(x[0], 0.5);
  near(y[0], 0.5);
  near(x[1], 0);
  near(y[1], 0);
});

test("what is off the globe, or is no number, has no place", () => {
  const { x, y } = pointsAt([NaN, 181, 0], [35, 35, 91]);

  assert.deepEqual([...x, ...y], [NaN, NaN, NaN, NaN, NaN, NaN]);
});

test("the bounds of a view hold all that is in it", () => {
  const [west, south, east, north] = boundsOf(boxOf([-80.843131, 35.227091, -80.5, 35.4]));

  assert.ok(west <= -80.843131 && south <= 35.227091 && east >= -80.5 && north >= 35.4);
  assert.equal(west, -80.84314);
});

test("a few points are drawn one by one", () => {
  const { marks, isClustered, count } = gathered(lattice(10), { box: boxOf(CITY), zoom: 11, most: 100 });

  assert.deepEqual([marks.length, isClustered, count], [100, false, 100]);
});

test("many points become clusters that together hold every one of them", () => {
  const { marks, isClustered, count } = gathered(lattice(100), { box: boxOf(CITY), zoom: 10, most: 100 });

  assert.ok(isClustered && marks.length < 100);
  assert.equal(marks.reduce((sum, mark) => sum + mark.count, 0), 10_000);
  assert.equal(count, 10_000);
});

test("clusters stay where they are while the map is moved", () => {
  const points = lattice(100);
  const before = gathered(points, { box: boxOf(CITY), zoom: 11, most: 10 }).marks;
  const after = gathered(points, { box: boxOf([-80.95, 35.05, -80.55, 35.45]), zoom: 11, most: 10 }).marks;

  const spots = new Set(before.map(({ x, y, count }) => `${x} ${y} ${count}`));
  const shared = after.filter(({ x, y, count }) => spots.has(`${x} ${y} ${count}`));
  assert.ok(shared.length > 0.6 * after.length, `${shared.length} of ${after.length}`);
});

test("a cluster's mark stays in its cell, so that neighbors do not cover it", () => {
  const scale = widthAt(11) / CELL;
  const { marks } = gathered(lattice(200), { box: boxOf(CITY), zoom: 11, most: 10 });

  for (const { x, y } of marks.filter(({ count }) => count > 1)) {
    assert.ok(((x * scale) % 1) * CELL >= 10 && ((y * scale) % 1) * CELL >= 10);
  }
});

test("a cluster has the class of most of its points", () => {
  const points = pointsAt([-80.8, -80.8, -80.8], [35.2, 35.2, 35.2]);
  const { marks } = gathered(points, { box: boxOf(CITY), zoom: 11, most: 1, codes: Uint8Array.of(3, 7, 7) });

  assert.deepEqual(marks.map(({ code, count, first }) => [code, count, first]), [[7, 3, 0]]);
});

test("numbers fall into five classes of about as many rows each", () => {
  const classes = classesOf(Array.from({ length: 100 }, (_, at) => String(at)), { type: "integer" });

  assert.deepEqual(classes.classes.map(({ low, high, rows }) => [low, high, rows]),
    [["0", "19", 20], ["20", "39", 20], ["40", "59", 20], ["60", "79", 20], ["80", "99", 20]]);
  assert.deepEqual(["0", "19", "20", "99"].map(classes.codeOf), [0, 0, 1, 4]);
});

test("equal numbers are never of two classes", () => {
  const texts = [...Array(90).fill("0"), ...Array.from({ length: 10 }, (_, at) => String(at + 1))];
  const { classes, codeOf } = classesOf(texts, { type: "number" });

  assert.deepEqual(classes.map(({ low, high, rows }) => [low, high, rows]), [["0", "0", 90], ["1", "10", 10]]);
  assert.deepEqual(["0", "1", "10"].map(codeOf), [0, 1, 1]);
});

test("dates and moments fall into classes in the order of time", () => {
  const days = Array.from({ length: 20 }, (_, at) => `2024-03-${String(at + 1).padStart(2, "0")}`);
  const moments = days.map((day) => `${day} 08:30:00`);

  const { classes } = classesOf(days.reverse(), { type: "date" });
  assert.deepEqual(classes.map(({ low }) => low.slice(8)), ["01", "05", "09", "13", "17"]);
  assert.deepEqual(classesOf(moments, { type: "datetime" }).classes[4].high, "2024-03-20 08:30:00");
});

test("words have a class each, the eight most frequent of them; the others share one and no value has its own", () => {
  const words = Array.from({ length: 12 }, (_, at) => Array(20 - at).fill(`w${at}`)).flat();
  const { classes, others, empty, codeOf } = classesOf([...words, null, "", null], { type: "string" });

  assert.deepEqual(classes.map(({ value }) => value), ["w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7"]);
  assert.deepEqual([others, empty], [12 + 11 + 10 + 9, 3]);
  assert.deepEqual(["w0", "w9", "never", null, ""].map(codeOf), [0, OTHERS, OTHERS, EMPTY, EMPTY]);
});

test("a few codes that are numbers are told apart, in their order", () => {
  const { isNumeric, classes } = classesOf(["2", "10", "2", "1"], { type: "integer" });

  assert.equal(isNumeric, false);
  assert.deepEqual(classes.map(({ value }) => value), ["1", "2", "10"]);
});

test("values that are names of what objects inherit are words like others", () => {
  const { classes, codeOf } = classesOf(["__proto__", "constructor", "__proto__"], { type: "string" });

  assert.deepEqual(classes.map(({ value, rows }) => [value, rows]), [["__proto__", 2], ["constructor", 1]]);
  assert.deepEqual([...codesOf(["constructor", "toString"], { classes, codeOf })], [1, OTHERS]);
});

test("an area holds what is within its outline and not in its hole", () => {
  const hole = [[-80.88, 35.12], [-80.82, 35.12], [-80.82, 35.18], [-80.88, 35.18], [-80.88, 35.12]];
  const [area] = shapesOf(json("Polygon", [SQUARE, hole]));
  const { x, y } = pointsAt([-80.89, -80.85, -80.7], [35.15, 35.15, 35.15]);

  assert.equal(distance(area, x[0], y[0]), 0);
  assert.ok(distance(area, x[1], y[1]) > 0);
  assert.ok(distance(area, x[2], y[2]) > 0);
});

test("a line is as far as its nearest segment", () => {
  const [line] = shapesOf(json("LineString", [[0, 0], [36, 0]]));
  const { x, y } = pointsAt([18, 72], [0, 0]);

  near(distance(line, x[0], y[0] + 0.01), 0.01);
  near(distance(line, x[1], y[1]), 0.1);
});

test("a text that is no shape draws nothing", () => {
  const texts = [null, "", "null", "{", "[]", '{"type":"constructor"}', '{"type":"Point","coordinates":"x"}',
    '{"type":"Polygon","coordinates":[[["a",1]]]}', "POINT", "POINT (1)", "POLYGON ((", "=HYPERLINK(1)"];

  assert.deepEqual(texts.flatMap(shapesOf), []);
});

test("shapes of every kind are read from GeoJSON and from Well-Known Text alike", () => {
  const pairs = {
    "POINT Z (1 2 3)": json("Point", [1, 2]), "MULTIPOINT ((1 2), (3 4))": json("MultiPoint", [[1, 2], [3, 4]]),
    "MULTIPOINT (1 2, 3 4)": json("MultiPoint", [[1, 2], [3, 4]]), "linestring(1 2,3 4)": json("LineString", [[1, 2], [3, 4]]),
    "POLYGON ((0 0, 1 0, 1 1, 0 0))": json("Polygon", [[[0, 0], [1, 0], [1, 1], [0, 0]]]),
    "MULTIPOLYGON (((0 0, 1 0, 1e0 1, 0 0)))": json("MultiPolygon", [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]),
    "POLYGON EMPTY": json("Polygon", []),
  };

  for (const [text, same] of Object.entries(pairs)) {
    assert.deepEqual(geometryOf(text), JSON.parse(same));
    assert.deepEqual(shapesOf(text), shapesOf(same));
  }
  assert.equal(shapesOf("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))").length, 2);
});

test("the columns of places are told by their roles, a shape first", () => {
  const degrees = [{ name: "lat", type: "number", role: "latitude" }, { name: "lon", type: "number", role: "longitude" }];

  assert.deepEqual(placeColumns(degrees), ["lat", "lon"]);
  assert.deepEqual(placeColumns([...degrees, { name: "area", type: "geometry", role: "shape" }]), ["area"]);
  assert.deepEqual(placeColumns(degrees.slice(1)), []);
});

test("the color of a row is that of its value, however the table is sorted", async () => {
  const session = {
    shapes: async () => (
      { longitudes: Float64Array.of(-80.8, -80.7), latitudes: Float64Array.of(35.2, 35.3), places: Uint32Array.of(1, 4) }),
    async *download(names) {
      assert.deepEqual(names, ["kind"]);
      yield { cells: [["e", "d", null]], places: [4, 3, 2] };
      yield { cells: [["b", "a"]], places: [1, 0] };
    },
  };

  const { texts, places } = await placedRows(session, ["lat", "lon"], "kind");
  assert.deepEqual([texts, [...places]], [["b", "e"], [1, 4]]);
});

const seenFrom = (points, shapes = []) => new RowsContent({}, { points, shapes, texts: null, places: Uint32Array.of() }, null);

test("a click picks the nearest point, and nothing when all are far", () => {
  const seen = seenFrom(pointsAt([-80.8, -80.801], [35.2, 35.2])).look(boxOf(CITY), 12);
  const { x, y } = pointsAt([-80.8008, -80.7], [35.2, 35.2]);
  const reach = { reach: 12 / widthAt(12), clusterReach: () => 0 };

  assert.equal(hitAt(seen, { x: x[0], y: y[0], ...reach }).at, 1);
  assert.equal(hitAt(seen, { x: x[1], y: y[1], ...reach }), null);
});

test("a click into an area picks it, and a click beside it does not", () => {
  const [shape] = shapesOf(json("Polygon", [SQUARE]));
  const seen = seenFrom(pointsAt([], []), [{ shape, at: 5 }]).look(boxOf(CITY), 12);
  const { x, y } = pointsAt([-80.85, -80.7], [35.15, 35.15]);
  const reach = { reach: 12 / widthAt(12), clusterReach: () => 0 };

  assert.equal(hitAt(seen, { x: x[0], y: y[0], ...reach }).at, 5);
  assert.equal(hitAt(seen, { x: x[1], y: y[1], ...reach }), null);
});

test("the places in view are counted by row and listed up to a limit", () => {
  const [shape] = shapesOf(json("Polygon", [SQUARE]));
  const content = seenFrom(pointsAt([-80.8, -80.801, 20], [35.2, 35.2, 35.2]), [{ shape, at: 3 }, { shape, at: 3 }]);

  const { count, features } = content.inView(boxOf(CITY), 2);
  assert.deepEqual([count, features.map(({ at }) => at)], [3, [0, 1]]);
});
