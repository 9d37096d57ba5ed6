"""Every address of the site, made in one place.

A site path starts with "/" and, for a page, ends with "/". Links in pages are relative, so that the same bytes work from a
sub-path, a folder or an archive.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

HOME = "/"
DATA = "/data/"
TOPICS = "/topics/"
PUBLISHERS = "/publishers/"
NEW = "/new/"
ABOUT = "/about/"
ACCESSIBILITY = "/accessibility/"
PRIVACY = "/privacy/"
SEARCH = "/search/"
SQL = "/sql/"
DEVELOPERS = "/developers/"
GOALS = "/goals/"
MEASURES = "/measures/"
METHOD = "/measures/method/"           # how status is decided
MEASURE_CHANGES = "/measures/changes/"
CALENDARS = "/measures/calendars/"     # a file for each, with its holidays
BRIEFS = "/briefs/"
INVENTORY = "/inventory/"              # every dataset the city holds
CALENDAR = "/calendar/"                # releases, reviews and meetings by day
HEALTH = "/health/"                    # how well the catalog is kept
PRACTICE = "/practice/"                # how well the city uses data: standards, each answered
EQUITY = "/equity/"                    # what can be seen by district or group
REQUEST = "/request/"                  # data that was asked for, and how to ask
COMMITMENTS = "/commitments/"          # what the city promised
USES = "/uses/"                        # what others made of the data
RULES = "/policy/"                     # by what rules the data is kept, and who met when
GUIDES = "/guides/"
NOT_FOUND = "/404.html"
ASSETS = "/assets/"

CATALOG_JSON = "/catalog.json"
CATALOG_CSV = "/catalog.csv"
CATALOG_SQLITE = "/catalog.sqlite"
SEARCH_JSON = "/search.json"
DCAT_US = "/data.json"               # DCAT-US 1.1, where its harvesters look for it
DCAT_US_3 = "/dcat-us.json"          # DCAT-US 3.0
DCAT_AP = "/dcat-ap.ttl"             # DCAT-AP 3, its first page
DCAT_AP_JSON = "/dcat-ap.jsonld"
OGC = "/ogc/index.json"              # OGC API Records: its landing page
OGC_CONFORMANCE = "/ogc/conformance.json"
OGC_COLLECTIONS = "/ogc/collections.json"
OGC_DATASETS = "/ogc/collections/datasets.json"
OGC_RECORDS = "/ogc/collections/datasets/items.geojson"   # its first page
OGC_CATALOG = "/ogc/catalog.json"    # the same records, each by its address, for crawlers
STAC = "/stac/catalog.json"
CKAN = "/api/3/action/"
NEW_FEED = "/new.atom"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
LLMS = "/llms.txt"
OPENAPI = "/openapi.json"
API_CATALOG = "/.well-known/api-catalog"   # RFC 9727
SEARCH_ENGINE = "/search/search.js"
EMBED_RESIZER = "/embed/embed.js"      # for pages of others: makes frames as high as what is in them
SQL_TABLES = "/sql/tables.json"
GOALS_JSON = "/goals/goals.json"
GOALS_CALENDAR = "/goals/calendar.ics"
INVENTORY_CSV = "/inventory/inventory.csv"
CALENDAR_FEED = "/calendar/calendar.ics"
HEALTH_JSON = "/health/health.json"
PRACTICE_JSON = "/practice/practice.json"
REQUESTS_JSON = "/request/requests.json"
MEASURE_CHANGES_FEED = "/measures/changes/changes.atom"

NO_ID = "_"       # stands in addresses for what no publisher, say, is named; no id is written so
_SAFE_SCHEMES = {"https", "http", "ftp"}
# RFC 3986: what may stand in a path as it is; everything else is written as %XX.
_PATH_SAFE = "/-._~!$&'()*+,;=:@"
# What most addresses are made of. Such a text is its own quotation, and to see that takes less than to quote it.
_AS_IT_IS = re.compile(r"[A-Za-z0-9/._~-]*")


def dataset_url(dataset_id: str) -> str:
    """The page of a dataset."""
    return f"/data/{dataset_id}/"


def file_url(dataset_id: str, file_id: str) -> str:
    """The published copy of a file that is kept in the catalog: its id, below its dataset's page."""
    return f"/data/{dataset_id}/{file_id}"


def file_page_url(dataset_id: str, page: str) -> str:
    """The page that shows the rows of one file."""
    return f"/data/{dataset_id}/{page}/"


def outline_url(dataset_id: str, page: str) -> str:
    """What a program must know of a file to read its rows: columns, sizes, where everything is."""
    return f"/data/{dataset_id}/{page}/index.json"


def data_package_url(dataset_id: str) -> str:
    """The Data Package of a dataset, beside its files: what they are and what their columns mean."""
    return f"/data/{dataset_id}/datapackage.json"


CSVW_ENDING = "-metadata.json"    # behind the whole name of a CSV file


def csvw_url(dataset_id: str, name: str) -> str:
    """CSVW metadata of a CSV file, where its readers look for it (Model for Tabular Data and Metadata on the Web, 5.3)."""
    return f"/data/{dataset_id}/{name}{CSVW_ENDING}"


def croissant_url(dataset_id: str) -> str:
    """The Croissant metadata of a dataset, by which machine learning tools load its tables."""
    return f"/data/{dataset_id}/croissant.json"


def ckan_url(dataset_id: str) -> str:
    """A dataset as CKAN's `package_show` answers."""
    return f"/data/{dataset_id}/ckan.json"


def ckan_action_url(action: str) -> str:
    """An action of CKAN's API that needs no query. Its programs ask for this very address, which has no ending."""
    return CKAN + action


def catalog_parquet_url(table: str) -> str:
    """One table of the catalog's metadata as Parquet: "datasets", "files" or "columns"."""
    return f"/catalog/{table}.parquet"


def index_url(page: str) -> str:
    """What a page says, for programs, beside it."""
    return f"{page}index.json"


def record_url(dataset_id: str) -> str:
    """The record of a dataset as OGC API Records has it."""
    return f"/data/{dataset_id}/record.geojson"


def stac_collection_url(dataset_id: str) -> str:
    """What STAC calls the collection of a dataset with places."""
    return f"/data/{dataset_id}/stac-collection.json"


def stac_item_url(dataset_id: str, page: str) -> str:
    """What STAC calls the item of a file with places, beside the page of its rows."""
    return f"/data/{dataset_id}/{page}/stac-item.json"


def numbered(feed: str, number: int) -> str:
    """A page of a feed that is too long for one: "/dcat-ap.ttl", "/dcat-ap/2.ttl" and so on."""
    stem, _, ending = feed.rpartition(".")
    return feed if number == 1 else f"{stem}/{number}.{ending}"


def new_url() -> str:
    """The page of what is new."""
    return NEW


def topic_url(topic_id: str) -> str:
    """The page of a topic."""
    return f"/topics/{topic_id}/"


def publisher_url(publisher_id: str) -> str:
    """The page of a publisher."""
    return f"/publishers/{publisher_id}/"


def topic_feed_url(topic_id: str) -> str:
    """The Atom feed of a topic."""
    return f"/topics/{topic_id}/feed.atom"


def publisher_feed_url(publisher_id: str) -> str:
    """The Atom feed of a publisher."""
    return f"/publishers/{publisher_id}/feed.atom"


def dataset_feed_url(dataset_id: str) -> str:
    """The Atom feed of a dataset."""
    return f"/data/{dataset_id}/feed.atom"


def goal_url(goal_id: str) -> str:
    """The page of a goal."""
    return f"/goals/{goal_id}/"


def measure_url(measure_id: str) -> str:
    """The page of a measure."""
    return f"/measures/{measure_id}/"


def brief_url(publisher_id: str) -> str:
    """What a publisher talks about in its next review."""
    return f"/briefs/{publisher_id}/"


def observations_url(page: str, ending: str) -> str:
    """Every value by period as "csv", "json" or "parquet": of a measure beside its page, of all measures beside the goals."""
    return f"{page}observations.{ending}"


def calendar_url(calendar_id: str) -> str:
    """The holidays of a calendar."""
    return f"{CALENDARS}{calendar_id}.json"


def measure_rows_url(measure_id: str) -> str:
    """The rows that a measure is computed from, and only those."""
    return f"/measures/{measure_id}/rows.csv"


def measure_chart_url(measure_id: str) -> str:
    """The chart of a measure, for pages of others."""
    return f"/measures/{measure_id}/chart.svg"


def measure_badge_url(measure_id: str) -> str:
    """The status of a measure as a small picture, for pages of others."""
    return f"/measures/{measure_id}/badge.svg"


def measure_embed_url(measure_id: str) -> str:
    """A measure's chart alone, to be shown in a frame of another page."""
    return f"/embed/measures/{measure_id}/"


def standard_url(standard_id: str) -> str:
    """A standard, each of its criteria answered."""
    return f"/practice/{standard_id}/"


def evidence_url(standard_id: str, ending: str) -> str:
    """The evidence for a standard: one page to print ("/"), or a file of everything it rests on ("zip")."""
    return f"/practice/{standard_id}/evidence{ending if ending == '/' else f'.{ending}'}"


def evidence_table_url(standard_id: str, table: str) -> str:
    """The rows of a table of facts with their answers to each check of a standard that asks them."""
    return f"/practice/{standard_id}/evidence/{table}.csv"


def criterion_anchor(criterion_id: str) -> str:
    """The id of a criterion's entry on its standard's page, without "#"."""
    return f"criterion-{criterion_id}"


def facts_url(table: str) -> str:
    """A table of facts about the catalog, which the checks of standards ask."""
    return INVENTORY_CSV if table == "datasets" else f"/practice/facts/{table}.csv"


def health_url(check: str, number: int = 1) -> str:
    """The datasets that a check of health finds at fault; long lists have pages."""
    return f"{HEALTH}{check}/{'' if number == 1 else f'{number}/'}"


def health_publisher_url(publisher_id: str, number: int = 1) -> str:
    """What there is to mend in the datasets of a publisher; of those without one, for ""."""
    return f"{HEALTH}publishers/{publisher_id or NO_ID}/{'' if number == 1 else f'{number}/'}"


def rule_url(rule_id: str) -> str:
    """A rule that the city keeps, or a meeting with its minutes."""
    return f"/policy/{rule_id}/"


def guide_url(guide_id: str) -> str:
    """How to do something with the city's data."""
    return f"/guides/{guide_id}/"


def facet_url(dimension: str, value: str) -> str:
    """The part of the data list that shares one topic, publisher, format or freshness."""
    return f"/data/{dimension}/{value}/"


def list_url(first: str, number: int) -> str:
    """A page of the data list, or of a part of it, by its number: the first has the list's own address."""
    if number == 1:
        return first
    return f"{first}page/{number}/" if first == DATA else f"{first}{number}/"


def inventory_url(dimension: str, value: str, number: int = 1) -> str:
    """The part of the inventory that shares a status ("status"), a gap ("missing") or a publisher; long ones have pages."""
    return f"{INVENTORY}{dimension}/{value}/{'' if number == 1 else f'{number}/'}"


def asset_url(name: str) -> str:
    """A style sheet, script or font."""
    return ASSETS + name


@lru_cache(maxsize=1_024)
def format_id(name: str) -> str:
    """A format's name as part of an address: "ZIP / SHP" is "zip-shp". Letters that no address takes become their code."""
    plain = "".join(letter if letter.isascii() else f" u{ord(letter):x} " for letter in name.lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "other"


def column_anchor(column: str, file_id: str | None = None) -> str:
    """The id of a column's entry, without "#"; `file_id` tells a second table of the page from the first.

    Only letters, digits, "_" and "-" stand in it. Any other letter of a name, and "-" itself, is written as its code between
    two "-", so that no two names share an id: "days_open" is "column-days_open", "Days open" is "column-Days-20-open".
    """
    if file_id is None:
        return f"column-{_escape(column)}"
    # No code is spelled "column", so the two names cannot run into each other.
    return f"of-{_escape(file_id)}-column-{_escape(column)}"


def _escape(name: str) -> str:
    if name.isascii() and name.isidentifier():
        return name
    return re.sub(r"[^A-Za-z0-9_]", lambda match: f"-{ord(match[0]):x}-", name)


def root_from(url: str) -> str:
    """What leads from a page to the top of the site: "../../" from "/data/trees/"."""
    return "../" * (url.count("/") - 1)


def base_path(base_url: str) -> str:
    """The path below which the site is published, with a final "/"."""
    return urlsplit(base_url).path.rstrip("/") + "/"


def href(root: str, to_url: str, *, for_folder: bool = False) -> str:
    """A link to a site path from a page whose way to the top is `root`."""
    path, mark, anchor = to_url.partition("#")
    path = _quoted_path(path.lstrip("/"))
    if for_folder and (not path or path.endswith("/")):
        path += "index.html"
    # A first part with a colon would be read as a scheme.
    if not root and ":" in path.partition("/")[0]:
        path = f"./{path}"
    return (root + path or "./") + mark + _quoted_path(anchor)


def relative(from_url: str, to_url: str, *, for_folder: bool = False) -> str:
    """A link from one page of the site to another, or to a file of it: by its name alone when it lies beside the page."""
    folder = from_url[:from_url.rfind("/") + 1]
    if to_url.startswith(folder):
        return href("", to_url[len(folder):], for_folder=for_folder)
    return href(root_from(from_url), to_url, for_folder=for_folder)


def absolute(base_url: str, to_url: str) -> str:
    """The full address of a site path. `base_url` has no final "/"."""
    return base_url + (to_url if _AS_IT_IS.fullmatch(to_url) else quote(to_url, safe=_PATH_SAFE + "#"))


def parted(url: str) -> tuple[str, str]:
    """A site path as somebody wrote it, and what it asks of the page there: "?" and all behind it, as a link has it."""
    path, mark, asked = url.partition("?")
    return (path, mark + quote(asked, safe=_PATH_SAFE + "?#%")) if mark and "#" not in path else (url, "")


def _quoted_path(text: str) -> str:
    return text if _AS_IT_IS.fullmatch(text) else quote(text, safe=_PATH_SAFE)


def quoted(text: str) -> str:
    """Text as one value of a query."""
    return quote(text, safe="")


def outward(url: str | None) -> str:
    """An address elsewhere, as a link. Schemes that could run something lead nowhere, whoever let them in."""
    return url if url and urlsplit(url).scheme.lower() in _SAFE_SCHEMES else "#"


def mail(address: str, subject: str = "", body: str = "") -> str:
    """A link that starts a letter. Lines of its body end in CR LF (RFC 6068, 5)."""
    given = [f"{name}={quoted(text)}" for name, text in (("subject", subject), ("body", body)) if text]
    return f"mailto:{quote(address, safe='@+')}" + (f"?{'&'.join(given)}" if given else "")
