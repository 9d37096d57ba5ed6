"""One dataset of an Opendatasoft portal as one of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cityfolio.fetch.answers import Failed
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.files import FileDraft
from cityfolio.migrate.harvest.origin import Origin
from cityfolio.migrate.importing import Taking, in_language
from cityfolio.migrate.network.listing import group, items, question
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.opendatasoft.listing import API, identifier
from cityfolio.migrate.rows import MOST_SAMPLED, bring, failed, file_rows
from cityfolio.migrate.values.given import Given, as_words

TAKEN = frozenset({"dataset_id", "datasetid", "metas", "fields", "attachments", "alternative_exports"})
# What the portal counts and arranges for itself.
MACHINERY = frozenset({
    "dataset_uid", "visibility", "data_visible", "has_records", "features", "basic_metas", "records_count", "records_size",
    "modified_updates_on_metadata_change", "modified_updates_on_data_change", "metadata_processed", "data_processed",
    "metadata_languages", "theme_id", "parent_domain", "source_domain", "source_domain_address", "source_domain_title",
    "source_dataset", "shared_catalog", "federated", "timezone", "geometry_types", "bbox", "language", "oauth_scope",
    "geographic_area_mode", "geographic_reference_auto", "geographic_reference", "links",
})
# Templates of metadata that hold counts of visits, or say how the portal draws a dataset.
TEMPLATES_OF_THE_PORTAL = frozenset({"explore", "visualization", "asset_content_configuration", "internal", "processing"})


@dataclass(slots=True)
class Described:
    """A dataset while it is read."""

    draft: DatasetDraft
    values: Mapping[str, Given]
    origin: Origin

    @property
    def address(self) -> str:
        """The dataset's address in the API; without a host where that is not known."""
        root = self.origin.portal.root if self.origin.portal else _root_in(self.values)
        return f"{root}{API}/datasets/{identifier(self.values)}"


def described(dataset: Described) -> None:
    """Describe a dataset."""
    draft, metas = dataset.draft, group(dataset.values.get("metas"))
    more = [Taking(_flat(group(each)), f"metas.{name}") for name, each in metas.items()
            if name != "default" and name not in TEMPLATES_OF_THE_PORTAL]
    taking = Taking(_flat(group(metas.get("default"))), "metas.default", deeper=tuple(more))
    language = dataset.origin.language
    for key, take in (("title", draft.words), ("description", draft.text)):
        field, given = taking.take(key)
        chosen, others = in_language(given, language)
        take(key, field, chosen)
        for other, words in others.items():
            draft.note(f"{key} ({other})", f"{field}.{other}", words)
    named = identifier(dataset.values)
    draft.words("identifier", "dataset_id", named)
    for below in ("", "information/", "table/", "export/", "map/", "analyze/", "api/"):
        draft.formerly("dataset_id", f"/explore/dataset/{named}/{below}")
    _said(draft, taking, language)
    taking.taken |= MACHINERY
    for each in (taking, *more):
        draft.rest(each.values, each.taken | MACHINERY, each.inside)
    draft.rest(dataset.values, TAKEN | MACHINERY)
    _files(dataset)


def _flat(values: dict[str, Given]) -> dict[str, Given]:
    """Metadata by name. Some portals give each value as a group with a `value` in it."""
    return {name: each["value"] if isinstance(each, dict) and "value" in each else each for name, each in values.items()}


def _said(draft: DatasetDraft, taking: Taking, language: str) -> None:
    field, themes = taking.take("theme")
    draft.topics(field, items(in_language(themes, language)[0]))
    field, words = taking.take("keyword")
    draft.keywords(field, items(in_language(words, language)[0]))
    field, publisher = taking.take("publisher", "creator", "attributions")
    first, *others = items(publisher) or [None]
    draft.publisher(field, as_words(first))
    draft.note("Other publishers", field, others)
    license_field, terms = taking.take("license")
    url = taking.words("license_url")
    draft.license(license_field, url or terms, title=as_words(terms))
    draft.day("modified", *taking.take("modified", "data_processed"))
    draft.day("issued", *taking.take("issued", "created"))
    draft.frequency(*taking.take("accrualperiodicity", "update_frequency", "frequency"))
    draft.words("spatial", *taking.take("spatial", "territory"))
    field, given = taking.take("temporal")
    draft.temporal(field, given)
    field, name = taking.take("contact_name")
    email = taking.take("contact_email")[1]
    if as_words(name) or as_words(email):
        draft.contact(field, name=name, email=email)
    draft.landing_page(*taking.take("references"))


def _files(dataset: Described) -> None:
    draft = dataset.draft
    columns = items(dataset.values.get("fields"))
    for number, each in enumerate(columns, 1):
        _column(draft, f"fields[{number}]", group(each))
    if as_words(dataset.values.get("has_records")).lower() != "false" and columns:
        file = draft.file("exports/csv", url=_export(dataset), format="CSV")
        if dataset.origin.wishes.with_data and dataset.origin.portal is not None:
            _rows(dataset, file, dataset.origin.portal)
    for what in ("attachments", "alternative_exports"):
        for number, each in enumerate(items(dataset.values.get(what)), 1):
            _attached(dataset, (what, number), group(each))


def _column(draft: DatasetDraft, field: str, given: Mapping[str, Given]) -> None:
    name, label = as_words(given.get("name")), as_words(given.get("label"))
    draft.column(field, name, title=label if label != name else None, description=given.get("description"),
                 type=given.get("type"), unit=_annotation(given.get("annotations"), "unit"))


def _annotation(given: Given, name: str) -> Given:
    """What is annotated of a field: a group, and in older versions a list of names with their arguments."""
    if isinstance(given, dict):
        return given.get(name)
    named = (group(each) for each in items(given))
    return next((each.get("args") for each in named if as_words(each.get("name")) == name), None)


def _attached(dataset: Described, place: tuple[str, int], given: Mapping[str, Given]) -> None:
    """A file beside the rows. The portal says where it is with a scheme of its own, so its address follows from its id."""
    what, number = place
    url = as_words(given.get("url"))
    if not url.startswith(("http://", "https://")):
        url = f"{dataset.address}/{what}/{as_words(given.get('id'))}"
    dataset.draft.file(f"{what}[{number}]", url=url, title=given.get("title"), description=given.get("description"),
                       media_type=given.get("mimetype"))


def _export(dataset: Described, **more: int) -> str:
    return question(dataset.address, "/exports/csv", delimiter=",", use_labels="false", **more)


def _rows(dataset: Described, file: FileDraft, portal: Portal) -> None:
    try:
        first = _export(dataset, limit=MOST_SAMPLED)
        rows = file_rows(portal, _export(dataset), dataset.origin.most_bytes, first)
        bring(file, rows, dataset.draft.id, dataset.draft.columns)
    except Failed as why:
        failed(file, why, portal)


def _root_in(values: Mapping[str, Given]) -> str:
    """The portal's address as the links of an answer give it."""
    for each in items(values.get("links")):
        href = as_words(group(each).get("href"))
        if API in href:
            return href.partition(API)[0]
    return ""
