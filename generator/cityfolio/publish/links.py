"""Where an address in a page leads, followed within one site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from cityfolio.frozen import Frozen
from cityfolio.model.site import Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.markup import INVISIBLE, SCHEME

NOT_FOUND = "404.html"
# Addresses from one depth that are known at a time. What all pages have in common is some dozens, and followed again at once.
MOST_KNOWN = 2_048


class Lead(Frozen):
    """What an address leads to: a file of the site and an anchor in it, or what is wrong with the address."""

    file: str = ""
    anchor: str = ""
    fault: str = ""


class Links:
    """Follows addresses as a browser does, but within one site and knowing what is published."""

    def __init__(self, manifest: Manifest) -> None:
        self._entries = manifest.entries
        self._base_url = manifest.base_url.rstrip("/")
        self._base_path = urlsplit(manifest.base_url).path.rstrip("/") + "/"
        self._known: defaultdict[int, dict[str, Lead | None]] = defaultdict(dict)     # by how deep a page lies

    def known_from(self, path: str) -> Mapping[str, Lead | None]:
        """Where addresses lead that climb to the top from as deep as `path` lies, as far as they were followed."""
        return {} if path == NOT_FOUND else self._known[path.count("/")]

    def follow(self, path: str, url: str) -> Lead | None:
        """Where an address in the file at `path` leads; None: to another host, or to no file at all."""
        depth = path.count("/")
        if path == NOT_FOUND or not url or url[0] in "#?" or not url.startswith("../" * depth):
            return self._followed(path, url)
        # It climbs to the top, so from this depth it leads to one place whatever the folder: navigation, on every page.
        known = self._known[depth]
        if url not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[url] = self._followed(path, url)
        return known[url]

    def __contains__(self, file: object) -> bool:
        """Whether a file is published."""
        return file in self._entries or file == MANIFEST_PATH

    def _followed(self, path: str, url: str) -> Lead | None:
        if self._base_url and url.startswith(self._base_url) and url[len(self._base_url):][:1] in ("", "/", "#", "?"):
            return self._from_top(url, url[len(self._base_url):].removeprefix("/"))
        if url.startswith("//") or (":" in url and SCHEME.match(INVISIBLE.sub("", url))):
            return None
        if not url.startswith("/"):
            return self._resolved(path, url, path.split("/")[:-1], url)
        if path != NOT_FOUND:
            return Lead(fault=f'the link to {url} starts with "/", so it fails below a sub-path and in a folder')
        if not url.startswith(self._base_path):
            return Lead(fault=f"the link to {url} leads out of the site, which is published below {self._base_path}")
        return self._from_top(url, url[len(self._base_path):])

    def _from_top(self, url: str, rest: str) -> Lead:
        return self._resolved("index.html", url, [], rest)

    def _resolved(self, path: str, url: str, folder: list[str], rest: str) -> Lead:
        route, _, anchor = rest.partition("#")
        route = route.partition("?")[0]
        file = _joined(folder, route) if route else path
        if file is None:
            return Lead(fault=f"the link to {url} leads out of the site")
        if file not in self:
            return Lead(fault=f"nothing is published at {url}")
        # ":~:" starts a text to be highlighted, which browsers look for and pages do not name.
        return Lead(file, unquote(anchor.partition(":~:")[0]) if anchor else "")


def _joined(folder: list[str], route: str) -> str | None:
    """The file that a relative path leads to; None when it leads above the top."""
    parts = list(folder)
    steps = route.split("/")
    for step in steps:
        if step == "..":
            if not parts:
                return None
            parts.pop()
        elif step not in ("", "."):
            parts.append(step)
    if steps[-1] in ("", ".", ".."):
        parts.append("index.html")
    file = "/".join(parts)
    return unquote(file) if "%" in file else file
