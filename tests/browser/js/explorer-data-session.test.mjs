import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { openSession } from "../../../themes/civic/assets/js/explorer/data/session.js";

const OUTLINE = {
  file: { url: "rows.parquet", bytes: 100, footer: 20 },
  sortedBy: "",
  columns: [{ name: "kind", title: "Kind", type: "string" }],
};
const WHERE = { url: "https://example.gov/data/trees/trees/", workerUrl: "worker.js" };

/** A worker that answers by rules, by the name of the call; a call without a rule is never answered. */
function workers(rules, { starts = true } = {}) {
  const heard = [];
  globalThis.Worker = class extends EventTarget {
    constructor(url) {
      super();
      heard.push(url);
      queueMicrotask(() => (starts ? this.say({ ready: true }) : this.dispatchEvent(new Event("error"))));
    }

    say(data) {
      this.dispatchEvent(Object.assign(new Event("message"), { data }));
    }

    postMessage(message) {
      heard.push(message);
      const rule = rules[message.call];
      if (rule) queueMicrotask(() => this.say({ id: message.id, ...rule(message.given) }));
    }

    terminate() {}
  };
  return heard;
}

const opens = { open: () => ({ result: { rows: 3 } }) };

afterEach(() => {
  delete globalThis.Worker;
});

test("a session tells the worker where the file is", async () => {
  const heard = workers(opens);
  await openSession(OUTLINE, WHERE);

  assert.equal(heard[0], "https://example.gov/data/trees/trees/worker.js");
  assert.equal(heard[1].given.url, "https://example.gov/data/trees/trees/rows.parquet");
});

test("a later view makes an earlier one reject, and the worker stop", async () => {
  const heard = workers(opens);
  const session = await openSession(OUTLINE, WHERE);
  const earlier = session.view({ filters: [] });
  session.view({ filters: [] }).catch(() => {});

  await assert.rejects(earlier, { name: "AbortError" });
  assert.deepEqual(heard.at(-2), { id: 2, abort: true });
});

test("a browser that starts no worker is told of, and is waited for no longer", async () => {
  workers(opens, { starts: false });

  await assert.rejects(openSession(OUTLINE, WHERE), { name: "NoWorker" });
  assert.deepEqual(process.getActiveResourcesInfo().filter((each) => each === "Timeout"), []);
});

test("a browser that knows no workers is told of", async () => {
  await assert.rejects(openSession(OUTLINE, WHERE), { name: "NoWorker" });
});

test("a file that is too large for its host is not whole, and its view says how large it is", async () => {
  workers({ open: () => ({ error: { name: "TooLarge", message: "no parts", bytes: 9_000_000 } }) });
  const session = await openSession(OUTLINE, WHERE);

  assert.equal(session.isWhole, false);
  await assert.rejects(session.view({}), { name: "TooLarge", bytes: 9_000_000 });
});

test("a file that was replaced cannot be opened", async () => {
  workers({ open: () => ({ error: { name: "Changed", message: "replaced", bytes: 0 } }) });

  await assert.rejects(openSession(OUTLINE, WHERE), { name: "Changed" });
});

test("a worker that breaks makes everything that is awaited reject", async () => {
  workers(opens);
  const session = await openSession(OUTLINE, WHERE);
  const rows = session.rows(0, 10, ["kind"]);
  session.worker.dispatchEvent(new Event("error"));

  await assert.rejects(rows, { name: "NoWorker" });
});

test("the page hears what is read", async () => {
  workers(opens);
  const session = await openSession(OUTLINE, WHERE);
  const heard = [];
  session.addEventListener("reading", ({ detail }) => heard.push(detail));
  session.worker.say({ reading: { bytes: 1, of: 2 } });

  assert.deepEqual(heard, [{ bytes: 1, of: 2 }]);
});

test("a download comes in portions, and the worker hears when it has ended", async () => {
  const heard = workers({
    ...opens,
    download: () => ({ result: { download: 7, rows: 12_000 } }),
    portion: ({ start }) => ({ result: { start } }),
    downloaded: () => ({ result: true }),
  });
  const session = await openSession(OUTLINE, WHERE);
  const starts = [];
  for await (const { start } of session.download(["kind"])) starts.push(start);

  assert.deepEqual(starts, [0, 5_000, 10_000]);
  assert.deepEqual(heard.at(-1).given, { download: 7 });
});
