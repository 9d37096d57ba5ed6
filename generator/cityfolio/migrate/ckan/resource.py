"""Resources of a CKAN package as files, with the columns that the site's datastore describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.migrate.ckan.listing import ACTIONS, result, root_of
from cityfolio.migrate.data_package.table import described_column, put_keys
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.files import FileDraft
from cityfolio.migrate.harvest.origin import Origin
from cityfolio.migrate.importing import in_language
from cityfolio.migrate.network.listing import group, items, question
from cityfolio.migrate.network.manner import Refused
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.rows import bring_file
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.json_values import unpacked

TAKEN = frozenset({
    "url", "download_url", "access_url", "name", "title", "description", "format", "mimetype", "name_translated",
    "description_translated", "license", "schema",
})
MACHINERY = frozenset({
    "cache_last_updated", "cache_url", "created", "datastore_active", "datastore_contains_all_records_of_source_file", "hash",
    "hash_algorithm", "id", "id_given", "last_modified", "metadata_modified", "mimetype_inner", "on_same_domain",
    "original_url", "package_id", "position", "resource_group_id", "resource_type", "revision_id", "revision_timestamp", "size",
    "state", "task_created", "tracking_summary", "ttl", "type", "url_type", "webstore_last_updated", "webstore_url", "ckan_url",
})


def resources(draft: DatasetDraft, values: Mapping[str, Given], origin: Origin) -> int:
    """Describe each resource; how many there are."""
    listed = [*_listed(values)]
    with_rows = [each for _, each in listed if _has_columns(each)]
    for field, each in listed:
        if not as_words(each):
            draft.no_file(field)
            continue
        file = _file(draft, field, each, origin.language)
        columns, schema = [*_columns(each, origin.portal)], _schema(each)
        of_dataset = len(listed) == 1 or with_rows == [each]
        for number, column in enumerate(columns, 1):
            described = _field if schema else _column
            described(draft if of_dataset else file, f"{field}.fields[{number}]", column)
        put_keys(file, schema, [as_words(column.get("name")) for column in columns])
        if origin.wishes.with_data:
            bring_file(file, origin, draft.columns if of_dataset and columns else file.columns)
    return len(listed)


def _has_columns(given: Mapping[str, Given]) -> bool:
    return as_words(given.get("datastore_active")).lower() == "true" or bool(items(_schema(given).get("fields")))


def _schema(given: Mapping[str, Given]) -> Mapping[str, Given]:
    """The Table Schema of a resource, which CKAN may keep as JSON in a text."""
    schema = given.get("schema")
    if isinstance(schema, str):
        schema = unpacked(schema)
    return group(schema)


def _listed(values: Mapping[str, Given]) -> Iterator[tuple[str, dict[str, Given]]]:
    """Resources: a list; in answers of the search index four lists side by side; in the oldest ones a single address."""
    for number, each in enumerate(items(values.get("resources")), 1):
        yield f"resources[{number}]", each if isinstance(each, dict) else {"url": each} if as_words(each) else {}
    if items(values.get("resources")):
        return
    side = {name: items(values.get(f"res_{name}")) for name in ("url", "name", "description", "format")}
    for number in range(len(side["url"])):
        yield f"res_url[{number + 1}]", {name: each[number] for name, each in side.items() if number < len(each)}
    if not side["url"] and as_words(values.get("download_url")):
        yield "download_url", {"url": values["download_url"]}


def _file(draft: DatasetDraft, field: str, given: Mapping[str, Given], language: str) -> FileDraft:
    title, titles = in_language(given.get("name_translated") or given.get("name") or given.get("title"), language)
    about, abouts = in_language(given.get("description_translated") or given.get("description"), language)
    addresses = {name: words for name in ("download_url", "url", "access_url") if (words := as_words(given.get(name)))}
    url = next(iter(addresses.values()), "")
    file = draft.file(field, url=url, title=title, description=about, format=given.get("format"),
                      media_type=given.get("mimetype"))
    for name, others in (("Name", titles), ("Description", abouts)):
        for other, said in others.items():
            file.note(f"{name} ({other})", f"{field}.{name.lower()}.{other}", said)
    for name, words in addresses.items():
        if words != url:
            file.note(name, f"{field}.{name}", words)
    for name, value in given.items():
        if name not in TAKEN and name not in MACHINERY and as_words(value):
            file.note(name, f"{field}.{name}", in_language(value, language)[0])
    return file


def _columns(given: Mapping[str, Given], portal: Portal | None) -> Iterator[dict[str, Given]]:
    if schema := _schema(given):
        yield from (group(each) for each in items(schema.get("fields")))
    elif portal and as_words(given.get("datastore_active")).lower() == "true":
        url = question(root_of(portal.address), f"{ACTIONS}datastore_search", resource_id=as_words(given.get("id")), limit=0)
        try:
            answer = group(result(portal, url))
        except Refused:
            return
        yield from (group(each) for each in items(answer.get("fields")) if as_words(group(each).get("id")) != "_id")


def _field(into: DatasetDraft | FileDraft, field: str, given: Mapping[str, Given]) -> None:
    """A column of a Table Schema, in which CKAN's own dictionary may stand too."""
    info = group(given.get("info"))
    own = {"name": given.get("id"), "title": info.get("label"), "description": info.get("notes"),
           "type": info.get("type_override"), "unit": info.get("unit")}
    described_column(into, field, {**given, **{key: value for key, value in own.items() if as_words(value)}})


def _column(into: DatasetDraft | FileDraft, field: str, given: Mapping[str, Given]) -> None:
    """A column of the datastore, with what its data dictionary says."""
    info = group(given.get("info"))
    into.column(field, as_words(given.get("id")) or as_words(given.get("name")),
                title=info.get("label") or given.get("title"), description=info.get("notes") or given.get("description"),
                type=info.get("type_override") or given.get("type"), unit=info.get("unit"))
