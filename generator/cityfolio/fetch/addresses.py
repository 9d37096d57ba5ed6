"""Which addresses of a catalog lead to a table, and where an address may lead on to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded
from cityfolio.problems import Location
from cityfolio.tables.fetched import Key
from cityfolio.tables.readers import is_table

SCHEMES = ("https", "http", "ftp")
# They answer questions, and give a part of the rows at a time: what comes back is not the file.
SERVICES = re.compile(r"/(?:FeatureServer|MapServer|ImageServer|GeometryServer|GPServer|wfs|wms|wmts|ows|geoserver)(?:/|$)"
                      r"|/resource/[a-z0-9]{4}-[a-z0-9]{4}\b|/api/3/action/|/graphql$", re.IGNORECASE)
SERVICE_QUESTION = re.compile(r"(?:^|&)(?:service|request)=", re.IGNORECASE)
NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
NAME_LENGTH = 100
LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


class Wish(Frozen, kw_only=True):
    """A file that is to be fetched."""

    key: Key
    url: str
    name: str                     # by which its format is known
    where: Location               # in the dataset's YAML


def wishes(loaded: Loaded) -> Iterator[Wish]:
    """Every address of a published dataset at which a table lies."""
    for each in loaded.published:
        for place, file in enumerate(each.record.files):
            url = file.url or ""
            if url and file.look_inside and is_table(file.format or name_of(url)) and not is_service(url):
                where = each.document.at("files", place, "url")
                yield Wish(key=(each.id, place), url=url, name=name_of(url), where=where)


def name_of(url: str) -> str:
    """The name of the file at an address, as it can be in a path."""
    last = unquote(urlsplit(url).path).rpartition("/")[2]
    return NOT_IN_A_NAME.sub("-", last).lstrip(".")[-NAME_LENGTH:] or "file"


def is_service(url: str) -> bool:
    """Whether something answers questions there, instead of giving a file."""
    parts = urlsplit(url)
    return SERVICES.search(parts.path) is not None or SERVICE_QUESTION.search(parts.query) is not None


Resolve = Callable[[str], Iterable[str]]   # a host's addresses; none where they are not known


def may_lead_on(written: str, current: str, target: str, resolve: Resolve) -> str:
    """Why a redirect is not followed; "" where it may be. `written` is the address in the catalog.

    A server may send on to another server, but not from https to http, and not into the network of the machine that builds:
    what is there is not meant for whoever runs that server. Raises ValueError for what is no address.
    """
    here, there = urlsplit(current), urlsplit(target)
    host = (there.hostname or "").rstrip(".").lower()
    if there.scheme not in ("https", here.scheme) or there.scheme not in ("http", "https") or not host:
        return f"it redirects to {target}, and only https and http addresses are followed, never from the first to the second"
    if host != (urlsplit(written).hostname or "").rstrip(".").lower() and is_local(host, resolve):
        return f"it redirects to {host}, an address inside this network"
    return ""


def is_local(host: str, resolve: Resolve) -> bool:
    """Whether a host is on this machine or in its network."""
    if host == "localhost" or host.endswith(LOCAL_NAMES):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:   # a name
        return any(not ip_address(address.partition("%")[0]).is_global for address in resolve(host))
