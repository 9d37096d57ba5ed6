/**
 * What the page of results is asked for, and its address.
 *
 * @typedef {{asked: string, filters: Record<string, string[]>, sort: string}} State
 */

const SORTS = ["updated", "name"];
const MOST_LETTERS = 300; // as many as the box takes

/**
 * @param {string} query    of the address
 * @param {readonly string[]} facets    what can be filtered by
 * @returns {State}
 */
export function stateFrom(query, facets) {
  const given = new URLSearchParams(query);
  const chosen = facets.map((facet) => [facet, [...new Set(given.getAll(facet).filter(Boolean))]]);
  const sort = given.get("sort") ?? "";
  return {
    asked: cut((given.get("q") ?? "").trim()),
    filters: Object.fromEntries(chosen.filter(([, ids]) => ids.length)),
    sort: SORTS.includes(sort) ? sort : "",
  };
}

/** As much of a question as is asked. @param {string} asked */
export function cut(asked) {
  return asked.slice(0, MOST_LETTERS);
}

/**
 * The query that leads to a state again, "" for none.
 * @param {State} state
 */
export function queryFor({ asked, filters, sort }) {
  const query = new URLSearchParams();
  if (asked.trim()) query.set("q", asked.trim());
  for (const [facet, ids] of Object.entries(filters)) for (const id of ids) query.append(facet, id);
  if (sort) query.set("sort", sort);
  const text = query.toString();
  return text ? `?${text}` : "";
}

/** Whether nothing is asked. @param {State} state */
export function isEmpty({ asked, filters }) {
  return !asked.trim() && !Object.keys(filters).length;
}

/**
 * A state with one filter more; with one less, where it is in force already. A filter that was typed ("topic:streets") becomes
 * a chosen one when its facet is touched, so that it can be taken away like any other.
 * @param {State} state
 * @param {Record<string, string[]>} inForce
 * @param {string} facet
 * @param {string} id
 * @returns {State}
 */
export function toggled(state, inForce, facet, id) {
  const now = inForce[facet] ?? state.filters[facet] ?? [];
  const ids = now.includes(id) ? now.filter((each) => each !== id) : [...now, id];
  const { [facet]: _, ...others } = state.filters;
  return { ...state, asked: untyped(state.asked, facet), filters: ids.length ? { ...others, [facet]: ids } : others };
}

/** A question without any filter. @param {State} state @param {readonly string[]} names    of filters @returns {State} */
export function unfiltered(state, names) {
  return { ...state, asked: names.reduce(untyped, state.asked), filters: {} };
}

/**
 * A question without a filter at its end of which only the name is typed: "oak topic:" asks for oaks.
 * @param {State} state @param {readonly string[]} names    of filters
 * @returns {State}
 */
export function finished(state, names) {
  return { ...state, asked: state.asked.replace(new RegExp(`(^|\\s)(?:${names.join("|")}):"?\\s*$`, "iu"), "") };
}

/** A question without the filters of a name that were typed into it. @param {string} asked @param {string} name */
function untyped(asked, name) {
  return asked.replace(new RegExp(`(^|\\s)${name}:(?:"[^"]*"|\\S+)`, "giu"), "$1").replace(/\s+/g, " ").trim();
}
