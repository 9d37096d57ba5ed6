"""One item of ArcGIS Hub's search API as a dataset: https://hub.arcgis.com/api/search/definition, and its predecessor, v3."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cityfolio.load.licenses import license_id_for
from cityfolio.migrate.arcgis.addresses import FIRST_LAYER, old_paths
from cityfolio.migrate.arcgis.layers import LAYER, SERVICE, Layer, describe, layers_of
from cityfolio.migrate.arcgis.rows import bring_layer
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.harvest.origin import Origin
from cityfolio.migrate.importing import Taking
from cityfolio.migrate.network.listing import group, items
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.names import comparable

ITEM_PAGE = "https://www.arcgis.com/home/item.html?id="
ITEM_DATA = "https://www.arcgis.com/sharing/rest/content/items/{}/data"
DOWNLOADS = "https://hub.arcgis.com/api/v3/datasets/{}/downloads/data?format={}&spatialRefId=4326&where=1%3D1"
FORMATS = (("csv", "CSV"), ("geojson", "GeoJSON"), ("shp", "Shapefile"), ("kml", "KML"))
ANY_SERVICE = re.compile(r"/[A-Za-z]+Server(?:/\d+)?/?$")
ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
OPEN_LICENSE = re.compile(r"https?://(?:www\.)?(?:creativecommons\.org|opendatacommons\.org|opendefinition\.org)/[^\s\"'<>]+")
# Codes that stand for "see the conditions" and for nothing.
NO_LICENSES = frozenset({"", "custom", "none"})
# The family that a kind of item belongs to; services and layers are maps, and everything else is data.
DOCUMENTS = frozenset({"PDF", "Image", "Microsoft Word", "Microsoft Powerpoint", "Document Link", "Report Template"})
# What only ArcGIS itself uses: how an item is drawn, counted, kept and found.
MACHINERY = frozenset({
    "access", "additionalResources", "advancedEditingCapabilities", "advancedQueryCapabilities", "advancedSettings",
    "apiToken", "apiToken1ExpirationDate", "apiToken2ExpirationDate", "appCategories", "avgRating", "banner", "boundary",
    "browsable", "capabilities", "classification", "collaborations", "collection", "color", "commentsEnabled", "composedAt",
    "composeStatus", "content", "contentOrigin", "contentRatingCount", "contentSearchBoost", "contentSecurityPolicy",
    "contentStatus", "culture", "currentVersion", "dailyViewTrendRate", "dataCount", "definitionVersion", "dimensions",
    "displayField", "documentation", "downloadable", "downloadLink", "drawingInfo", "editFieldsInfo", "editingInfo",
    "enrichCoverage", "enrichQuality", "errors", "extension", "extent", "fieldNames", "fields", "geometry", "geometryType",
    "groupDesignations", "groupIds", "groups", "guid", "hasApi", "hasAttachments", "hasGeometryProperties", "hasM",
    "hasStaticData", "hasZ", "homepage", "htmlPopupType", "hubType", "id", "industries", "initiativeId", "initiativeIds",
    "isDataVersioned", "isOrgItem", "isView", "itemControl", "itemExtent", "itemId", "itemid", "itemModified", "languages",
    "largeThumbnail", "lastEditDate", "lastModified", "lastViewed", "layer", "layers", "lifecycleStatus", "links", "listed",
    "lumenExtent", "maxRecordCount", "maxScale", "metadata", "minScale", "modifiedProvenance", "name", "numComments",
    "numRatings", "numViews", "objectIdField", "objectIds", "openData", "orgExtent", "orgId", "owner", "ownerFolder",
    "permissions", "properties", "protected", "proxied", "proxyFilter", "proxyUrl", "recordCount", "relationships",
    "scoreCompleteness", "screenshots", "searchDescription", "server", "serverVersion", "serviceItemId",
    "serviceSpatialReference", "sharing", "size", "slug", "sourceProvenance", "sourceUrl", "spatialReference",
    "standardMaxRecordCount", "statistics", "subInfo", "subLayerIds", "supportedExtensions", "supportedQueryFormats",
    "supportsAdvancedQueries", "supportsStatistics", "tables", "templates", "thumbnail", "thumbnailUrl",
    "tileMaxRecordCount", "time", "token", "tokenServicesUrl", "type", "typeCategories", "typeIdField", "typeKeywords",
    "types", "url", "useStandardizedQueries", "validExtent", "viewability", "xFrameOptions",
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
    if field != "owner" and as_words(publisher) != as_words(values.get("owner")):   # an account says nothing to a reader
        draft.publisher(field, as_words(publisher))
    credits_field, credited = taking.take("accessInformation")
    if comparable(as_words(credited)) != comparable(as_words(publisher)):
        draft.note("Credits", credits_field, credited)
    draft.contact("orgContactEmail", email=taking.take("orgContactEmail")[1])
    draft.keywords(*taking.take("tags"))
    field, categories = taking.take("categories")
    draft.topics(field, [as_words(each).rpartition("/")[2] for each in items(categories)])
    draft.day("modified", *taking.take("modified"))
    draft.day("issued", *taking.take("created"))
    draft.text("rights", *_terms(draft, taking), is_html=True)
    slug = as_words(values.get("slug")).replace("|", "::")
    for path in old_paths(f"/{_family(values)}/{slug or named}", item, layer):
        draft.formerly("slug", path)
    url, layers = as_words(values.get("url")), layers_of(draft, values, origin.portal)
    if len(layers) == 1:
        describe(draft, layers[0], "fields")
    if LAYER.search(url) or SERVICE.search(url):
        for each in layers:
            _of_layer(draft, (item, each), origin, is_alone=len(layers) == 1)
        draft.file("url", url=url, title="ArcGIS GeoService", format="Esri REST")
    else:
        draft.file("url", url=url or ITEM_DATA.format(item), format=_format(url, as_words(values.get("type"))))
    draft.rest(values, taking.taken | MACHINERY)


def _family(values: Mapping[str, Given]) -> str:
    url = as_words(values.get("url"))
    if LAYER.search(url) or SERVICE.search(url):
        return "maps"
    return "documents" if as_words(values.get("type")) in DOCUMENTS else "datasets"


def _of_layer(draft: DatasetDraft, found: tuple[str, Layer], origin: Origin, *, is_alone: bool) -> None:
    """What can be downloaded of a layer of an item. One of several has its columns at its CSV."""
    item, layer = found
    number = layer.number or FIRST_LAYER
    for short, shown in FORMATS:
        file = draft.file(f"downloads.{short}", url=DOWNLOADS.format(f"{item}_{number}", short),
                          title=None if is_alone else f"{layer.name or number} ({shown})", format=shown)
        if short == "csv":
            if not is_alone:
                describe(file, layer, f"layers[{number}].fields")
            bring_layer(file, (item, number), draft.columns if is_alone else file.columns, origin,
                        draft.id if is_alone else f"{draft.id}-{number}")


def _terms(draft: DatasetDraft, taking: Taking) -> tuple[str, Given]:
    """The license, where one is named: by a code, or by an address among the conditions, which are what is left."""
    field, structured = taking.take("structuredLicense")
    code_field, code = taking.take("license")
    terms_field, terms = taking.take("licenseInfo")
    named = group(structured)
    codes = (as_words(each) for each in (named.get("type"), code))
    chosen = next((each for each in codes if each.lower() not in NO_LICENSES), "")
    addresses = ADDRESS.findall(as_words(terms)) + ADDRESS.findall(as_words(named.get("text")))
    known = next((each for each in addresses if license_id_for(each)), "")
    url = as_words(named.get("url")) or known or next((each for each in addresses if OPEN_LICENSE.match(each)), "")
    if license_id_for(chosen):
        draft.license(code_field, chosen)
    elif url or chosen:
        draft.license(field if named else code_field, url or chosen, title=as_words(named.get("name")) or chosen)
    return terms_field, terms if as_words(terms) else named.get("text")


def _format(url: str, kind: str) -> str:
    if ANY_SERVICE.search(url):
        return "Esri REST"
    return {"CSV": "CSV", "CSV Collection": "ZIP", "Microsoft Excel": "XLSX", "GeoJson": "GeoJSON", "KML": "KML", "PDF": "PDF",
            "Shapefile": "Shapefile", "File Geodatabase": "File Geodatabase", "GeoPackage": "GeoPackage"}.get(kind, "")
