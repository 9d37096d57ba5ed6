import assert from "node:assert/strict";
import { test } from "node:test";

import { read, write } from "../../../themes/civic/assets/js/explorer/state.js";
import { Store } from "../../../themes/civic/assets/js/explorer/store.js";

const aState = (given = {}) => ({
  filters: [], sort: [], columns: null, ask: null, chart: "", view: "rows", map: null, color: "", row: null, ...given,
});
const back = (state) => read(new URLSearchParams(write(state)));

test("nothing is said of the first look", () => {
  assert.equal(write(aState()), "");
  assert.deepEqual(read(new URLSearchParams("")), aState());
});

test("an address says in words what is looked at", () => {
  const state = aState({
    filters: [{ column: "status", test: "is", values: ["Open", "Closed"] }, { column: "days", test: "between", low: "3" },
      { column: "", test: "within", bounds: [-80.5, 35, -80, 36] }],
    sort: [{ column: "received", isDown: true }], columns: ["a", "b"], row: 12, view: "map", color: "status",
    ask: { measure: "mean", of: "days", top: 10,
      by: [{ column: "received", per: "month" }, { column: "n", per: "bins", bins: 5 }] },
    chart: "line", map: { zoom: 11.5, latitude: 35.2, longitude: -80.8 },
  });

  assert.equal(write(state), "where=status~is~Open~Closed&where=days~between~3~&where=~within~-80.5~35~-80~36"
    + "&sort=received~down&columns=a~b&ask=mean~days&by=received~month&by=n~bins~5&top=10&chart=line&view=map"
    + "&map=11.5~35.2~-80.8&color=status&row=12");
  assert.deepEqual(back(state), state);
});

test("what stands in names and values does not break an address", () => {
  const name = "a~b!c&d=e#f +%20é\u{1f600}\"<img>";
  const state = aState({
    filters: [{ column: name, test: "is", values: ["", "~", "!", "!~", name] },
      { column: "__proto__", test: "contains", text: "~!!~" }],
    columns: [name, "__proto__", "constructor"], sort: [{ column: name, isDown: false }], color: name,
    ask: { measure: "count", by: [{ column: name }] },
  });

  assert.deepEqual(back(state), state);
});

test("a filter that asks for nothing is not in the address", () => {
  const filters = [{ column: "a", test: "is", values: [] }, { column: "a", test: "contains", text: "" },
    { column: "a", test: "between" }];

  assert.equal(write(aState({ filters })), "");
});

test("words that are not known are left out", () => {
  const query = "where=a~like~b&where=%20&tz=UTC&calendar=city&where=x~within~1~2~3~4&where=~within~1~2~3~x&sort=a~sideways&ask=mode~a&by=a~decade"
    + "&chart=pie&view=sky&map=1~2&row=-1&top=x&colour=a";

  assert.deepEqual(read(new URLSearchParams(query)), aState({ sort: [{ column: "a", isDown: false }] }));
});

test("columns that are not known are left out", () => {
  const query = "where=gone~empty&where=a~empty&where=~within~1~2~3~4&sort=gone&columns=gone~a~a&color=gone&ask=sum~gone"
    + "&by=gone";

  assert.deepEqual(read(new URLSearchParams(query), ["a"]), aState({
    filters: [{ column: "a", test: "empty" }, { column: "", test: "within", bounds: [1, 2, 3, 4] }], columns: ["a"],
  }));
});

test("a condition stands alone, in the clock of a zone and with the holidays of a calendar", () => {
  const state = aState({
    filters: [{ column: "", test: "where", text: "a != '~' and days <= 3", tz: "America/New_York", calendar: "city-hall" },
      { column: "a", test: "filled" }],
  });

  assert.equal(write(state), "where=a%20!!%3D%20'!~'%20and%20days%20%3C%3D%203&where=a~filled&tz=America%2FNew_York"
    + "&calendar=city-hall");
  assert.deepEqual(read(new URLSearchParams(write(state)), ["a"]), state);
});

test("a condition that somebody typed means what it says", () => {
  const { filters } = read(new URLSearchParams("where=a != 'x!'&tz=nowhere at all&calendar=../secret"));

  assert.deepEqual(filters, [{ column: "", test: "where", text: "a != 'x!'" }]);
});

test("groups alone are counted, by two columns at most", () => {
  const { ask } = read(new URLSearchParams("by=a&by=b~year&by=c"));

  assert.deepEqual(ask, { measure: "count", by: [{ column: "a" }, { column: "b", per: "year" }] });
});

test("half of a pair of letters does not break an address", () => {
  assert.equal(write(aState({ color: "a\ud800" })), "color=a%EF%BF%BD");
});

test("a state cannot be changed", () => {
  const state = read(new URLSearchParams("where=a~is~b"));

  assert.throws(() => state.filters[0].values.push("c"), TypeError);
});

test("any state comes back from its address", () => {
  const states = Array.from({ length: 2_000 }, (_, seed) => anyState(seed));

  assert.deepEqual(states.map(back), states);
});

/** Numbers that look like chance and are the same each time: mulberry32. @param {number} seed */
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number} seed */
function anyState(seed) {
  const next = chance(seed);
  const one = (list) => list[Math.floor(next() * list.length)];
  const some = (make, most) => Array.from({ length: Math.floor(next() * (most + 1)) }, make);
  const letters = ["~", "!", "a", "B", " ", "&", "=", "+", "%", "#", "é", "\u{1f600}", "is", "within"];
  const text = () => some(() => one(letters), 5).join("");
  const degrees = () => Math.round(next() * 3600 - 1800) / 10 + 0;
  const filled = () => `x${text()}`;
  const filter = () => one([
    { column: text(), test: "is", values: [text(), ...some(text, 3)] }, { column: text(), test: "contains", text: filled() },
    { column: text(), test: "between", low: filled() }, { column: text(), test: "between", low: filled(), high: filled() },
    { column: text(), test: one(["empty", "filled"]) },
    { column: "", test: "within", bounds: [degrees(), degrees(), degrees(), degrees()] },
    { column: "", test: "where", text: filled() },
  ]);
  const by = () => ({ column: text(), ...one([{}, { per: "week" }, { per: "bins" }, { per: "bins", bins: 7 }]) });
  const columns = [...new Set(some(filled, 4))];
  return aState({
    filters: some(filter, 3), sort: some(() => ({ column: text(), isDown: next() < 0.5 }), 3),
    columns: columns.length ? columns : null,
    ask: one([null, { measure: "count", by: some(by, 2) }, { measure: "max", of: text(), by: some(by, 2), top: 3 }]),
    chart: one(["", "bar", "none"]), view: one(["rows", "map"]), color: text(), row: one([null, 0, 12]),
    map: one([null, { zoom: 3, latitude: Math.round(next() * 1e7) / 1e7, longitude: -0.5 }]),
  });
}

test("more bins than anybody reads are cut to 200, and the address says so", () => {
  const page = new EventTarget();
  page.location = { pathname: "/", hash: "#a", search: "?by=n~bins~1000000000" };
  page.history = { replaceState: (_, __, address) => (page.address = address) };
  const { state } = new Store(["n"], page);

  assert.deepEqual(state.ask.by, [{ column: "n", per: "bins", bins: 200 }]);
  assert.equal(page.address, "/?ask=count&by=n~bins~200#a");
});

test("an address with fewer bins is left as it is", () => {
  const page = new EventTarget();
  page.location = { pathname: "/", hash: "", search: "?by=n~bins~20&utm=x" };
  page.history = { replaceState: (_, __, address) => (page.address = address) };

  assert.equal(new Store(["n"], page).state.ask.by[0].bins, 20);
  assert.equal(page.address, undefined);
});
