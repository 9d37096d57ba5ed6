"""One asset of a Socrata portal as a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cityfolio.fetch.answers import Failed
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.harvest.origin import Origin
from cityfolio.migrate.importing import Taking
from cityfolio.migrate.network.listing import group, items, parts_of
from cityfolio.migrate.rows import bring, failed
from cityfolio.migrate.socrata.rows import socrata_rows
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.values.texts import REPEATED

# People's accounts, how often a page was seen, and what says again what the columns say.
MACHINERY = frozenset({
    "type", "parent_fxf", "updatedAt", "createdAt", "metadata_updated_at", "lens_view_type", "lens_display_type",
    "blob_mime_type", "hide_from_data_json", "page_views", "download_count", "provenance", "obe_fxf", "nbe_fxf", "locked",
    "columns_name", "columns_field_name", "columns_datatype", "columns_description", "columns_format",
})
DEPARTMENTS = ("department", "agency", "data-owner", "publisher", "publishing-department", "dataset-owner", "division")
# Endings of what a city calls the fields of its own in `domain_metadata`.
REPEATS = ("frequency---data-update", "update-frequency", "frequency", "posting-frequency", "frequency-of-update",
           "publishing-frequency", "data-update-frequency")
MOMENTS = frozenset({"calendar_date", "fixed_timestamp"})
DOWNLOADED_MOMENT = "%m/%d/%Y %I:%M:%S %p"   # how a file to download writes them; the API writes them as ISO 8601


@dataclass(slots=True)
class Asset:
    """An asset while it is read."""

    draft: DatasetDraft
    values: Mapping[str, Given]
    origin: Origin


def described(asset: Asset) -> None:
    """Describe an asset."""
    draft = asset.draft
    taking = Taking(group(asset.values.get("resource")), "resource")
    named = taking.words("id")
    draft.words("title", *taking.take("name"))
    draft.text("description", *taking.take("description"))
    draft.words("identifier", "permalink", as_words(asset.values.get("permalink")) or named)
    field, department = taking.take("attribution")
    draft.publisher(field, as_words(department), url=taking.words("attribution_link"))
    if email := taking.take("contact_email")[1]:
        draft.contact("resource", email=email)
    draft.day("modified", *taking.take("data_updated_at", "updatedAt"))
    draft.day("issued", *taking.take("publication_date", "createdAt"))
    _classified(asset, group(asset.values.get("classification")))
    field, given = taking.take("license")   # today beside the domain
    if as_words(license_ := group(asset.values.get("metadata")).get("license")):
        field, given = "metadata.license", license_
    draft.license(field, given)
    draft.formerly("permalink", f"/d/{named}")
    draft.formerly("link", path_of_link(asset.values))
    _files(asset, taking, named)
    draft.rest(taking.values, taking.taken | MACHINERY, "resource")


def path_of_link(values: Mapping[str, Given]) -> str:
    """The path of an asset's page on its portal, which may be asked under another name than its own."""
    link = parts_of(as_words(values.get("link")))
    return link.path if link.hostname == as_words(group(values.get("metadata")).get("domain")).lower() else ""


def _classified(asset: Asset, given: dict[str, Given]) -> None:
    draft = asset.draft
    draft.topics("classification.domain_category", [given.get("domain_category")])
    draft.keywords("classification.domain_tags", items(given.get("domain_tags")))
    draft.note("Categories", "classification.categories", given.get("categories"))
    draft.note("Tags", "classification.tags", given.get("tags"))
    for number, each in enumerate(items(given.get("domain_metadata")), 1):
        key, value = as_words(group(each).get("key")), group(each).get("value")
        field = f"classification.domain_metadata[{number}]"
        last = key.rpartition("_")[2]
        if last.lower() in DEPARTMENTS and not draft.values.get("publisher"):
            draft.publisher(field, as_words(value))
        elif last.lower() in REPEATS and not draft.values.get("frequency"):
            draft.frequency(field, value)
        elif last.lower() in DEPARTMENTS and comparable(as_words(value)) == comparable(_publisher(draft)):
            draft.ledger.note("left-out", field, REPEATED, as_words(value))
        else:
            draft.note(" ".join(last.replace("-", " ").split()), field, value)


def _publisher(draft: DatasetDraft) -> str:
    """The name of who answers for a dataset."""
    entity = draft.gathered.publishers.entities.get(draft.values.get("publisher") or "")
    return str(entity.values.get("title", "")) if entity else ""


def _files(asset: Asset, taking: Taking, named: str) -> None:
    """What can be downloaded: rows, a file as it is, or something elsewhere to which the portal only leads."""
    draft, root = asset.draft, _root(asset)
    kind = as_words(taking.values.get("type"))
    if kind == "href":
        draft.file("link", url=asset.values.get("link"), title=taking.values.get("name"))
        return
    if kind == "file" or as_words(taking.values.get("lens_view_type")) == "blobby":
        media_type = as_words(taking.values.get("blob_mime_type")) or "application/octet-stream"
        draft.file("resource", url=f"{root}/download/{named}/{media_type}", title=taking.values.get("name"),
                   media_type=media_type)
        return
    file = draft.file("resource", url=f"{root}/api/views/{named}/rows.csv?accessType=DOWNLOAD", title=taking.values.get("name"),
                      format="CSV")
    rows, portal = None, asset.origin.portal
    if asset.origin.wishes.with_data and portal is not None:
        try:
            rows = socrata_rows(portal, root, named, asset.origin.most_bytes)
        except Failed as why:
            failed(file, why, portal)
    # A file to download has the names that people read for its header, the API's rows have the short ones.
    _columns(asset, taking.values, short=rows is not None)
    if rows is not None:
        bring(file, rows, draft.id, draft.columns)


def _root(asset: Asset) -> str:
    if asset.origin.portal is not None:
        return asset.origin.portal.root
    return f"https://{as_words(group(asset.values.get('metadata')).get('domain'))}"


def _columns(asset: Asset, values: Mapping[str, Given], *, short: bool) -> None:
    lists = {name: items(values.get(f"columns_{name}")) for name in ("name", "field_name", "datatype", "description", "format")}
    for number in range(max(map(len, lists.values()), default=0)):
        each = {name: found[number] for name, found in lists.items() if number < len(found)}
        name, field_name = as_words(each.get("name")), as_words(each.get("field_name"))
        asset.draft.column(
            f"resource.columns_name[{number + 1}]", (field_name or name) if short else (name or field_name),
            title=name if short and name != field_name else None, description=each.get("description"),
            type=(kind := _type(as_words(each.get("datatype")))), unit=group(each.get("format")).get("currency"),
            format=None if short or kind not in MOMENTS else DOWNLOADED_MOMENT)


def _type(given: str) -> str:
    """A type by the name that the API gives it, from the one that people are shown."""
    short = given.lower().replace(" ", "_").replace("&", "and")
    return {"date": "fixed_timestamp", "date_and_time": "calendar_date", "website_url": "url"}.get(short, short)
