/** What a dataset says of itself, and whom and what it names: the rules of check/ that look at one dataset.yaml. */

import { columnRules, dictionaryOf, entriesOf } from "./rules-columns.js";
import { ordinal } from "./rules-dates.js";
import { fileRules } from "./rules-files.js";
import { lateness } from "./rules-frequency.js";
import { didYouMean, grouped, stripped } from "./rules-words.js";
import { holds, keyAt, placeAt, valueAt } from "./yaml.js";

/** @typedef {import("./rules-links.js").Asked} Asked */
/** @typedef {import("./rules-links.js").Path} Path */
/** @typedef {import("./rules.js").Known} Known */
/** @typedef {import("./rules.js").KnownContact} KnownContact */
/** @typedef {import("./yaml.js").Fault} Fault */
/** @typedef {import("./yaml.js").Value} Value */
/** @typedef {Generator<[string, Value, string, string], void, void>} Found code, place, what it says, what would be right */
/** @typedef {Asked & {id: string, isDraft: boolean}} Dataset */

const MAILBOX = /^[A-Za-z0-9_~!$&'()*+,;=:.-]+@[A-Za-z0-9_.-]+\.[A-Za-z0-9_.-]+$/;
const ORDER = "Correct one of the two dates.";

/** @param {Asked} asked @returns {Fault[]} */
export function datasetProblems(asked) {
  const id = asked.path.split("/")[1];
  // Every rule for what is published holds for drafts too.
  const isDraft = asked.record.status === "draft";
  const dataset = { ...asked, id, isDraft, record: isDraft ? { ...asked.record, status: "published" } : asked.record };
  return [...facts, dates, promises, reviews, references, drafts, addresses, ...fileRules]
    .flatMap((rule) => [...rule(dataset)].map(asFault)).concat(columnRules(dataset, entriesOf(dataset)).map(asFault));
}

/** The rules of a shared column. @param {Asked} asked @returns {Fault[]} */
export function columnProblems(asked) {
  return columnRules(asked, [{ path: [], column: asked.record, isShared: true }]).map(asFault);
}

/** @param {[string, Value, string, string]} found @returns {Fault} */
function asFault([code, { line, column, width }, says, fix]) {
  return { code, line, column, width, says, fix };
}

/** @param {Dataset} dataset */
const isPublished = (dataset) => dataset.record.status === "published";
/** @param {Dataset} dataset */
const isListed = (dataset) => dataset.record.status !== "retired";

/** @param {Dataset} dataset @returns {Found} */
function* words({ root, record, known, rules }) {
  if (!holds(root, "publisher")) {
    yield ["publisher-missing", root, `no publisher is named; ${rules.requires["dataset.publisher"]}`,
      "Add `publisher:` with the id of a file in publishers/."];
  }
  if (known.site && !known.site.license && record.status === "published" && !holds(root, "license")) {
    yield ["license-missing", root, "there is no license, so nobody knows what may be done with the data",
      "Add `license:`, such as cc0-1.0, here or in site.yaml."];
  }
  if (!holds(root, "summary") && !holds(root, "description")) {
    yield ["description-missing", root, `neither summary nor description says what it is; ${rules.requires["dataset.description"]}`,
      "Add `summary:` with one sentence."];
  }
  if (record.status !== "published" && !holds(root, "reason")) {
    yield ["reason-missing", placeAt(root, ["status"]), `it is ${record.status}, and no reason is given`,
      "Add `reason:` with a sentence that residents will read."];
  }
}

/** @param {Dataset} dataset @returns {Found} */
function* standards(dataset) {
  const { root, record, rules, known } = dataset;
  if (!isListed(dataset)) return;
  const keywords = valueAt(root, ["keywords"]);
  if (!holds(root, "keywords") || (keywords?.is === "list" && !keywords.items.length)) {
    yield ["keyword-missing", placeAt(root, ["keywords"]), `there are no keywords; ${rules.requires["dataset.keywords"]}`,
      "Add `keywords:` with words that residents search for, such as [potholes, trash]."];
  }
  const wasRefused = ["modified", "frequency"].some((key) => record[key] === null && holds(root, key));
  if (updatedOn(record, known) === null && !record.frequency?.iso && !wasRefused) {
    yield ["modified-missing", placeAt(root, ["modified"]), `it is not known when this last changed; ${rules.requires["dataset.modified"]}`,
      "Add `modified:` with a date, or `frequency:` with a schedule that is kept."];
  }
}

/**
 * When a dataset's data last changed.
 * @param {import("./rules-records.js").Read} record
 * @param {Known} known
 * @returns {string | null}
 */
function updatedOn(record, known) {
  if (record.modified) return record.modified;
  const committed = known.here?.committed ?? {};
  const days = record.files.map((/** @type {any} */ file) => committed[file.path ?? file.sample]).filter(Boolean);
  return days.sort().pop() ?? null;
}

/** @param {Dataset} dataset @returns {Found} */
function* contacts(dataset) {
  const { root, record, rules, known } = dataset;
  const publisher = known.publishers[record.publisher ?? ""];
  const isUnknown = record.publisher !== null && !publisher;   // and that is reported
  if (!isListed(dataset) || !known.site) return;
  if (!isUnknown && !isReachable(root) && !known.site.is_reachable && !publisher?.is_reachable) {
    yield ["contact-missing", root, `nobody is named who answers questions; ${rules.requires["dataset.contact"]}`,
      "Add `contact:` here, to the publisher or to site.yaml."];
  }
  const own = ownContact(dataset);
  const nearest = [own, publisher, known.site].find((each) => each?.says_anything);
  if (!nearest || nearest.is_refused) return;
  const place = nearest === own ? "" : ` in ${nearest.path}`;
  if (!nearest.name) {
    yield ["contact-name-missing", placeAt(root, ["contact"]), `the contact has no name; ${rules.requires["contact.name"]}`,
      `Add \`name:\` to the contact${place}, such as 311 data team.`];
  }
  if (!nearest.email || !MAILBOX.test(nearest.email)) {
    const fault = nearest.email ? `the address "${nearest.email}" has a sign that DCAT-US does not take`
      : "the contact has no e-mail address";
    yield ["contact-email-missing", placeAt(root, ["contact", "email"]), `${fault}; ${rules.requires["contact.email"]}`,
      `Add \`email:\` to the contact${place}, such as data@example.gov.`];
  }
}

/** @param {Value} root @returns {boolean} */
function isReachable(root) {
  if (valueAt(root, ["contact"])?.is !== "group") return holds(root, "contact");
  return ["email", "phone", "url"].some((key) => holds(root, "contact", key));
}

/** @param {Dataset} dataset @returns {KnownContact} */
function ownContact({ path, root, record }) {
  const contact = record.contact ?? {};
  return {
    path, is_reachable: isReachable(root), name: contact.name ?? null, email: contact.email ?? null,
    says_anything: Boolean(contact.email || contact.phone || contact.url || contact.name),
    is_refused: ["name", "email"].some((key) => holds(root, "contact", key) && !contact[key]),
  };
}

/** @param {Dataset} dataset @returns {Found} */
function* dates(dataset) {
  const { root, record, known: { today } } = dataset;
  const { issued, modified, temporal, release_review: review } = record;
  if (issued && modified && modified < issued) {
    yield ["date-order", placeAt(root, ["modified"]), `modified ${modified} comes before issued ${issued}`, ORDER];
  }
  if (temporal?.start && temporal.end && temporal.end < temporal.start.slice(0, temporal.end.length)) {
    yield ["date-order", placeAt(root, ["temporal", "end"]), `the end ${temporal.end} comes before the start ${temporal.start}`, ORDER];
  }
  if (review?.on && review.expires && review.expires < review.on) {
    yield ["date-order", placeAt(root, ["release_review", "expires"]), `expires ${review.expires} comes before on ${review.on}`, ORDER];
  }
  for (const key of isPublished(dataset) ? ["issued", "modified"] : []) {
    if (record[key] && record[key] > today) {
      yield ["date-future", placeAt(root, [key]), `${key} ${record[key]} is later than the date of this build, ${today}`,
        "Correct the date, or publish the dataset as planned until then."];
    }
  }
  if (review?.on && review.on > today) {
    yield ["date-future", placeAt(root, ["release_review", "on"]),
      `on ${review.on} is later than the date of this build, ${today}, so the review does not count yet`, "Correct the date."];
  }
}

/** @param {Dataset} dataset @returns {Found} */
function* promises(dataset) {
  const { root, record, known } = dataset;
  const isRefused = record.modified === null && holds(root, "modified");
  const updated = updatedOn(record, known);
  const late = isPublished(dataset) && !isRefused && lateness(updated, record.frequency, known.today);
  if (late) {
    yield ["dataset-late", placeAt(root, ["modified"]), `the data was last updated ${updated} and was due ${late.due}, ${ago(late.late)}`,
      "Update the data, or change frequency: to what can be kept."];
  }
  if (record.status !== "planned") return;
  if (record.release === null && !holds(root, "release")) {
    yield ["release-missing", placeAt(root, ["status"]), "this is planned, and no day is named for it",
      "Add `release: {on: ...}` with the day."];
  }
  const on = record.release?.on;
  if (on && on < known.today) {
    yield ["release-overdue", placeAt(root, ["release", "on"]),
      `this should have been out on ${on}, ${ago(ordinal(known.today) - ordinal(on))}`,
      "Publish it, or name a new day and put this one under `earlier:`."];
  }
}

/** @param {number} days @returns {string} */
const ago = (days) => `${grouped(days)} ${days === 1 ? "day" : "days"} ago`;

/** @param {Dataset} dataset @returns {Found} */
function* reviews(dataset) {
  const { root, record, known: { today } } = dataset;
  if (!isPublished(dataset)) return;
  const review = record.release_review;
  if (review?.expires && review.expires < today) {
    yield ["review-expired", placeAt(root, ["release_review", "expires"]), `the release was to be weighed again by ${review.expires}`,
      "Weigh it again, and write the new `on:` and `expires:`."];
  }
  const reason = review === null && !holds(root, "release_review") ? reasonOfReview(dataset) : null;
  if (reason) {
    yield ["review-absent", keyAt(root, [reason[0]]), reason[1],
      "Write `release_review:` with the benefit, the risk, its level, the reviewer and the day."];
  }
}

/**
 * Why a release should have been weighed: the key, and what to say.
 * @param {Dataset} dataset
 * @returns {[string, string] | null}
 */
function reasonOfReview(dataset) {
  const { record } = dataset;
  if (record.sensitivity === "confidential" || record.sensitivity === "protected") {
    return ["sensitivity", `the dataset is published and ${record.sensitivity}, and it is not told who weighed that`];
  }
  if (record.anonymity.length) return ["anonymity", "the rows are about people, and it is not told who weighed their release"];
  const isGuarded = record.files.some((/** @type {any} */ file) => (
    [...dictionaryOf(dataset, file).values()].some((column) => column.isSensitive)));
  return isGuarded ? [record.columns.size ? "columns" : "files",
    "columns are left out because they are personal, and it is not told who weighed the rest"] : null;
}

/** Every id of a room that a reference may lead to. @param {Asked} asked @param {string} room @returns {string[]} */
function namesOf({ path, known }, room) {
  const unread = known.unread.filter((each) => each.startsWith(`${room}/`)).map((each) => each.slice(room.length + 1));
  const own = room === "datasets" && path.startsWith("datasets/") ? [path.split("/")[1]] : [];
  return [...known.ids[room], ...unread, ...own];
}

/**
 * @param {Asked} asked
 * @param {string} room
 * @param {string} id
 * @param {Path} place
 * @param {string[]} [more] known beside the files of the room
 * @returns {[string, Value, string, string][]}
 */
export function unknown(asked, room, id, place, more = []) {
  const names = [...more, ...namesOf(asked, room)];
  if (names.includes(id)) return [];
  return [[`${room.replace(/s$/, "")}-unknown`, placeAt(asked.root, place), `"${id}" is not in ${room}/`, didYouMean(id, names)]];
}

/** @param {Dataset} dataset @returns {Found} */
function* references(dataset) {
  const { root, record, rules, known } = dataset;
  if (record.publisher) yield* unknown(dataset, "publishers", record.publisher, ["publisher"]);
  if (record.release?.owner) yield* unknown(dataset, "publishers", record.release.owner, ["release", "owner"]);
  for (const [place, id] of listed(root, "topics")) yield* unknown(dataset, "topics", id, ["topics", place]);
  if (record.license) yield* unknown(dataset, "licenses", record.license, ["license"], rules.licenses);
  for (const [place, id] of listed(root, "related")) yield* unknown(dataset, "datasets", id, ["related", place]);
  const home = record.source?.id;
  if (home && !known.sources.includes(home)) {
    yield ["source-unknown", placeAt(root, ["source", "id"]), `"${home}" is not among the sources in site.yaml`,
      `${didYouMean(home, known.sources)} Its page cannot say whose data it is.`];
  }
}

/** @param {Dataset} dataset @returns {Found} */
function* drafts(dataset) {
  const { root, record, known, isDraft } = dataset;
  if (isDraft) return;
  /** @type {[Path, string | undefined][]} */
  const named = [...record.related.map((/** @type {string} */ id, /** @type {number} */ place) => [["related", place], id]),
    ...entriesOf(dataset).map(({ path, column }) => [[...path, "foreign_key", "dataset"], column.foreign_key?.dataset])];
  for (const [path, id] of named) {
    if (id && known.drafts.includes(id) && id !== dataset.id) {
      yield ["draft-referenced", placeAt(root, path), `"${id}" is a draft, so this reference is left out`,
        "Publish the draft (`status: published`), or make this one wait for it."];
    }
  }
}

/**
 * The texts of a list as they are written, with their places.
 * @param {Value} root
 * @param {string} key
 * @returns {[number, string][]}
 */
function listed(root, key) {
  const value = valueAt(root, [key]);
  const items = value?.is === "list" ? value.items : [value];
  return items.flatMap((item, place) => {
    const text = item?.is === "scalar" ? stripped(item.text ?? "") : "";
    return text ? [/** @type {[number, string]} */ ([place, text])] : [];
  });
}

/** @param {Dataset} dataset @returns {Found} */
function* addresses(dataset) {
  const { path, root, record, known } = dataset;
  const own = `datasets/${dataset.id}`;
  const owner = isListed(dataset) && record.identifier ? known.identifiers[record.identifier] : undefined;
  if (owner && owner !== path) {
    yield ["identifier-repeated", placeAt(root, ["identifier"]), `the identifier "${record.identifier}" is that of ${owner} too`,
      "Give each dataset one of its own, or delete it: the address of the page then stands in for it."];
  }
  for (const [place, former] of listed(root, "formerly")) {
    const old = former.startsWith("/") ? former : `/data/${former}/`;
    const bare = old.replace(/^\/+|\/+$/g, "");
    const here = known.addresses[bare] ?? (bare === `data/${dataset.id}` ? own : undefined);
    const claimed = known.formerly[old.replace(/\/+$/, "")];
    if (here || (claimed && claimed !== own)) {
      yield ["address-taken", placeAt(root, ["formerly", place]), `the former address "${former}" belongs to ${here ?? claimed}`,
        "Each address can lead to one place only."];
    }
  }
}

const facts = [words, standards, contacts];
