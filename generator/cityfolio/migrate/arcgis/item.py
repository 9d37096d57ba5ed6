"""One item of ArcGIS Hub's search API as a dataset: https://hub.arcgis.com/api/search/definition, and its predecessor, v3."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cityfolio.fetch.answers import Failed
from cityfolio.migrate.arcgis.feed import addresses
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.harvest.origin import Origin
from cityfolio.migrate.importing import Taking
from cityfolio.migrate.network.listing import group, items
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.values.given import Given, as_words

ITEM_PAGE = "https://www.arcgis.com/home/item.html?id="
ITEM_DATA = "https://www.arcgis.com/sharing/rest/content/items/{}/data"
DOWNLOADS = "https://hub.arcgis.com/api/v3/datasets/{}/downloads/data?format={}&spatialRefId=4326&where=1%3D1"
FORMATS = (("csv", "CSV"), ("geojson", "GeoJSON"), ("shp", "Shapefile"), ("kml", "KML"))
LAYER = re.compile(r"/(?:Feature|Map)Server/\d+/?$", re.IGNORECASE)
SERVICE = re.compile(r"/(?:Feature|Map)Server/?$", re.IGNORECASE)
OPEN_LICENSE = re.compile(r"https?://(?:www\.)?(?:creativecommons\.org|opendatacommons\.org|opendefinition\.org)/[^\s\"'<>]+")
GEOMETRY = "esriFieldTypeGeometry"
UNTOLD = "columns that the layer's server did not tell"
# What only ArcGIS itself uses: how an item is drawn, counted, kept and found.
MACHINERY = frozenset({
    "access", "additionalResources", "advancedEditingCapabilities", "apiToken", "avgRating", "banner", "boundary",
    "browsable", "capabilities", "collection", "color", "commentsEnabled", "content", "contentOrigin", "contentRatingCount",
    "contentSearchBoost", "contentStatus", "culture", "currentVersion", "dataCount", "definitionVersion", "dimensions",
    "displayField", "documentation", "downloadable", "downloadLink", "drawingInfo", "editFieldsInfo", "editingInfo",
    "errors", "extension", "extent", "fieldNames", "fields", "geometryType", "groupDesignations", "groupIds", "groups",
    "guid", "hasApi", "hasAttachments", "hasGeometryProperties", "hasM", "hasStaticData", "hasZ", "homepage",
    "htmlPopupType", "hubType", "id", "industries", "initiativeId", "initiativeIds", "isDataVersioned", "isView",
    "itemExtent", "itemid", "itemId", "itemModified", "largeThumbnail", "lastEditDate", "layer", "layers",
    "lifecycleStatus", "listed", "lumenExtent", "maxRecordCount", "maxScale", "metadata", "minScale", "modifiedProvenance",
    "name", "numComments", "numRatings", "numViews", "objectIdField", "objectIds", "orgExtent", "orgId", "owner",
    "ownerFolder", "permissions", "protected", "proxied", "proxyFilter", "proxyUrl", "recordCount", "relationships",
    "scoreCompleteness", "screenshots", "searchDescription", "serverVersion", "serviceItemId", "serviceSpatialReference",
    "size", "slug", "sourceUrl", "spatialReference", "standardMaxRecordCount", "statistics", "subLayerIds",
    "supportedExtensions", "supportedQueryFormats", "supportsAdvancedQueries", "supportsStatistics", "tables", "templates",
    "thumbnail", "tileMaxRecordCount", "token", "type", "typeCategories", "typeIdField", "typeKeywords", "types", "url",
    "useStandardizedQueries", "validExtent", "viewability",
})


def item_described(draft: DatasetDraft, values: Mapping[str, Given], origin: Origin) -> None:
    """Describe a dataset."""
    taking = Taking(values)
    draft.words("title", *taking.take("title", "name"))
    draft.words("summary", *taking.take("snippet"))
    draft.text("description", *taking.take("description"), is_html=True)
    named = as_words(values.get("id"))
    item, _, layer = named.partition("_")
    draft.words("identifier", "id", f"{ITEM_PAGE}{item}&sublayer={layer}" if layer else f"{ITEM_PAGE}{item}")
    field, publisher = taking.take("orgName", "source", "organization", "owner")
    if field != "owner":
        draft.publisher(field, as_words(publisher))
    draft.contact("orgContactEmail", email=taking.take("orgContactEmail")[1])
    draft.keywords(*taking.take("tags"))
    field, categories = taking.take("categories")
    draft.topics(field, [as_words(each).rpartition("/")[2] for each in items(categories)])
    draft.day("modified", *taking.take("modified"))
    draft.day("issued", *taking.take("created"))
    draft.text("rights", *_terms(draft, taking), is_html=True)
    slug = as_words(values.get("slug"))
    addresses(draft, f"/datasets/{slug}" if slug else "", f"?id={item}" + (f"&sublayer={layer}" if layer else ""))
    _files(draft, values)
    for number, column in enumerate(_fields(draft, values, origin.portal), 1):
        _column(draft, f"fields[{number}]", group(column))
    draft.rest(values, taking.taken | MACHINERY)


def _terms(draft: DatasetDraft, taking: Taking) -> tuple[str, Given]:
    """The license, where one is named; the words of conditions are what is left."""
    field, structured = taking.take("structuredLicense")
    license_ = group(structured)
    terms_field, terms = taking.take("licenseInfo", "license")
    known = OPEN_LICENSE.search(as_words(terms))
    url = as_words(license_.get("url")) or (known[0] if known else "")
    if url or as_words(license_.get("name")):
        draft.license(field if license_ else terms_field, url or license_.get("name"), title=as_words(license_.get("name")))
    return terms_field, terms


def _files(draft: DatasetDraft, values: Mapping[str, Given]) -> None:
    named, url = as_words(values.get("id")), as_words(values.get("url"))
    if LAYER.search(url) or SERVICE.search(url):
        for short, shown in FORMATS:
            draft.file(f"downloads.{short}", url=DOWNLOADS.format(named if "_" in named else f"{named}_0", short), format=shown)
        draft.file("url", url=url, title="ArcGIS GeoService", format="Esri REST")
    else:
        draft.file("url", url=url or ITEM_DATA.format(named), format=_format(as_words(values.get("type"))))


def _format(kind: str) -> str:
    return {"CSV": "CSV", "CSV Collection": "ZIP", "Microsoft Excel": "XLSX", "GeoJson": "GeoJSON", "KML": "KML", "PDF": "PDF",
            "Shapefile": "Shapefile", "File Geodatabase": "File Geodatabase", "GeoPackage": "GeoPackage"}.get(kind, "")


def _fields(draft: DatasetDraft, values: Mapping[str, Given], portal: Portal | None) -> Iterator[Given]:
    """The fields of a layer: as the search gives them, else as the layer itself does."""
    found = items(values.get("fields")) or items(group(values.get("layer")).get("fields"))
    url = as_words(values.get("url"))
    if not found and portal is not None and LAYER.search(url):
        found = _asked(draft, url, portal)
    return (each for each in found if as_words(group(each).get("type")) != GEOMETRY)


def _asked(draft: DatasetDraft, url: str, portal: Portal) -> list[Given]:
    """The fields that a layer tells. One that does not answer holds up nothing: it is as a rule on another server."""
    try:
        answer = group(portal.json(f"{url.rstrip('/')}?f=json"))
    except Failed as why:
        if portal.stops_at(why, url):
            raise
        draft.ledger.note("left-out", "fields", UNTOLD, url, why.says)
        return []
    if "error" in answer:   # with status 200
        draft.ledger.note("left-out", "fields", UNTOLD, url, as_words(answer["error"]))
    return items(answer.get("fields"))


def _column(draft: DatasetDraft, field: str, given: Mapping[str, Given]) -> None:
    name, alias, domain = as_words(given.get("name")), as_words(given.get("alias")), group(given.get("domain"))
    values, low, high = _domain(domain)
    draft.column(field, name, title=alias if alias != name else None, description=_meaning(given.get("description")),
                 type=given.get("type"), values=values, minimum=low, maximum=high)


def _domain(domain: Mapping[str, Given]) -> tuple[dict[str, str], Given, Given]:
    """The codes of a domain with what they mean, or its least and greatest value."""
    codes = [group(each) for each in items(domain.get("codedValues"))]
    values = {as_words(each.get("code")): as_words(each.get("name")) for each in codes if as_words(each.get("code"))}
    low, high, *_ = [*items(domain.get("range")), None, None]
    return values, low, high


def _meaning(given: Given) -> Given:
    """What a field means. Newer services keep it as JSON within the text: {"value": "...", "fieldValueType": "..."}."""
    text = as_words(given)
    found = re.search(r'"value"\s*:\s*"((?:[^"\\]|\\.)*)"', text) if text.startswith("{") else None
    return found[1].replace('\\"', '"') if found else text
