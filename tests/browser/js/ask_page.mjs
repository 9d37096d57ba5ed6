// A page of summaries and questions over a table held in the page: the engine answers as the worker would.
import { CityAsk } from "/themes/civic/assets/js/explorer/ask/ask.js";
import { CitySummaries } from "/themes/civic/assets/js/explorer/summaries/summaries.js";
import { Store } from "/themes/civic/assets/js/explorer/store.js";
import { words } from "/themes/civic/assets/js/explorer/words.js";
import { heldSession, outlineOf } from "./held_session.mjs";

const element = document.querySelector("city-explorer");
const fetched = async (url) => (await fetch(new URL(url, import.meta.url))).json();
const [texts, table] = await Promise.all([fetched("ask_words.json"), fetched("/table.json")]);

const template = document.createElement("template");
template.setAttribute("data-words", "");
for (const [key, text] of Object.entries(texts)) {
  const [, word, plural] = /^(.*?)(?:\.(one|other))?$/.exec(key);
  const span = document.createElement("span");
  span.dataset.word = word;
  if (plural) span.dataset.plural = plural;
  span.textContent = text;
  template.content.append(span);
}
element.append(template);

const bytes = Number(new URLSearchParams(location.search).get("bytes") ?? 1000);
const outline = outlineOf({ ...table, bytes });
const session = heldSession(outline, table);
const store = new Store();
const bench = { session, outline, store, say: words(element) };
customElements.define("city-ask", CityAsk);
customElements.define("city-summaries", CitySummaries);
store.addEventListener("change", () => session.view(store.state));
await session.view(store.state);
for (const name of ["city-summaries", "city-ask"]) {
  const part = document.createElement(name);
  element.append(part);
  part.start(bench);
}
window.explorer = bench;
