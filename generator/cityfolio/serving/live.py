"""The site as it is shown now: where each address leads, and what a page is sent with."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup

from cityfolio import files
from cityfolio.frozen import replace
from cityfolio.model.site import Manifest
from cityfolio.problems import Problem
from cityfolio.publish import headers
from cityfolio.publish.addresses import url_of
from cityfolio.publish.manifest import manifest_in
from cityfolio.serving import notes, own_pages
from cityfolio.serving.belonging import changes_of, problems_of
from cityfolio.serving.edition import Edition
from cityfolio.serving.work import Comparison, Look

HOSTS = ("127.0.0.1", "localhost", "[::1]")
NOT_FOUND = "404.html"
SCRIPT = b'<script src="/livereload.js"></script></head>'
OWN_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'"


@dataclass(slots=True)
class Live:
    """What is shown, and what is known of it."""

    output: Path
    port: int = 0
    edition: Edition | None = None               # None: pages are those of the output folder
    frame: Edition | None = None                 # the look of what the server says where neither has a page
    problems: tuple[Problem, ...] = ()
    is_stale: bool = False                       # the pages are of before errors that stop the build
    comparison: Comparison = field(default_factory=Comparison)
    asked: float = 0.0                           # when a page was last asked for, as the loop counts
    # Whatever reads the catalog or draws from it does so here, one after the other.
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1))
    is_built: asyncio.Event = field(default_factory=asyncio.Event)   # the output folder holds what the edition says
    _stamp: tuple[int, int] = (0, 0)
    _manifest: Manifest = field(default_factory=Manifest)

    def take(self, look: Look) -> None:
        """Show what a quick look found; after errors the pages stay as they were."""
        self.problems, self.frame = look.problems, look.frame
        if self.comparison.state != "no-branch":
            self.comparison = replace(self.comparison, state="under-way")
        self.is_stale = look.edition is None
        if look.edition is not None:
            self.edition = look.edition

    @property
    def has_pages(self) -> bool:
        """Whether any page of the site can be shown."""
        return self.edition is not None or self.find(NOT_FOUND) is not None

    @property
    def manifest(self) -> Manifest:
        """The manifest of the site in the folder, read again when a build replaced it."""
        stamp = files.stamp(self.output / "manifest.json")
        if stamp != self._stamp:
            self._stamp, self._manifest = stamp, manifest_in(self.output) or Manifest()
        return self._manifest

    def admits(self, host: str) -> bool:
        """Whether a Host header names this server."""
        return host.lower() in {f"{name}:{self.port}" for name in HOSTS} | (set(HOSTS) if self.port == 80 else set())

    def names(self, path: str) -> tuple[str, ...]:
        """The files of the site that a path may mean: also below the path that the site will be published under."""
        base_url = self.edition.site.build.base_url if self.edition else self.manifest.base_url
        base = urlsplit(base_url).path.strip("/")
        candidates = dict.fromkeys((path, path.removeprefix(f"{base}/") if base else path))
        return tuple(f"{each}index.html" if not each or each.endswith("/") else each for each in candidates)

    def find(self, path: str) -> str | None:
        """The file in the output folder at a site path. "" is a folder's address without its final "/", None is nothing."""
        for name in self.names(path):
            if name in self.manifest.entries or name == "manifest.json":
                return name if files.is_plain(self.output, name) else None
            if f"{name}/index.html" in self.manifest.entries:
                return ""
        return None

    def made(self, path: str) -> tuple[str, bytes | Path | Problem] | None:
        """What the edition has at a site path, with the name of its file, as `find` has it; None for what only a build makes.

        To be called in `thread`: it may draw a page.
        """
        edition = self.edition
        if edition is None:
            return self._of_frame(path)
        for name in self.names(path):
            found = edition.page(url_of(name)) if name.endswith(".html") else edition.file(f"/{name}")
            if found is not None:
                return name, found
            if not name.endswith(".html") and edition.page(f"/{name}/") is not None:
                return "", b""
        return None

    def _of_frame(self, path: str) -> tuple[str, bytes | Path] | None:
        """What the frame's own pages load."""
        for name in self.names(path) if self.frame else ():
            found = self.frame.file(f"/{name}") if self.frame else None
            if found is not None:
                return name, found
        return None

    def page(self, name: str, body: bytes | None = None) -> tuple[bytes, str]:
        """A page with what is to be said of it and the script that reloads it, and its policy, widened for that script."""
        body = files.read_bytes(self.output / name) if body is None else body
        policy = headers.policy_of(body)
        if policy is None:
            return body, headers.CLOSED_POLICY
        body = notes.with_notes(body, self._notes(url_of(name)))
        wider = widened(policy, self.port)
        escaped = wider.replace("&", "&amp;").replace('"', "&quot;").encode()
        body = headers.POLICY.sub(lambda found: found[0].replace(found[1], escaped), body, count=1)
        # Who may frame a page can be said in a header alone.
        return body.replace(b"</head>", SCRIPT, 1), f"{wider}; {headers.framing(name)}"

    def own_page(self, path: str) -> tuple[bytes, str] | None:
        """A page of the server itself, in the look of the site. To be called in `thread`."""
        if path == notes.PROBLEMS:
            title, content = own_pages.problems_page(self.problems, has_pages=self.has_pages)
        elif path == notes.DIFF:
            title, content = own_pages.diff_page(self.comparison, is_stale=self.is_stale)
        else:
            return None
        shell = self.shell()
        body = notes.with_content(shell, title, content) if shell else notes.plain_page(title, content, OWN_POLICY)
        wider = widened(headers.policy_of(body) or OWN_POLICY, self.port)
        escaped = wider.replace("'", "&#39;").encode()
        body = headers.POLICY.sub(lambda found: found[0].replace(found[1], escaped), body, count=1)
        return body.replace(b"</head>", SCRIPT, 1), f"{wider}; {headers.framing('')}"

    def shell(self) -> bytes | None:
        """A page of the site whose links work from everywhere: the one for missing addresses."""
        drawn = self.edition or (None if self.find(NOT_FOUND) else self.frame)
        made = drawn.page(f"/{NOT_FOUND}") if drawn else None
        if isinstance(made, bytes):
            return made
        return files.read_bytes(self.output / NOT_FOUND) if self.find(NOT_FOUND) else None

    def _notes(self, url: str) -> Markup:
        if url == f"/{NOT_FOUND}":
            return notes.page_notes(notes.Told(everywhere=self.problems, is_stale=self.is_stale))
        return notes.page_notes(notes.Told(
            here=problems_of(self.problems, url), everywhere=self.problems, changes=changes_of(self.comparison.diff, url),
            is_draft=self._is_draft(url), is_stale=self.is_stale, is_compared_anew=self.comparison.is_old))

    def _is_draft(self, url: str) -> bool:
        parts = url.removeprefix("/embed").split("/")
        drafts = {"data": self.edition.drafts, "measures": self.edition.draft_measures} if self.edition else {}
        return len(parts) > 2 and parts[2] in drafts.get(parts[1], frozenset())


def widened(policy: str, port: int) -> str:
    """A policy that also lets a page load our script and style, and open our WebSocket."""
    directives = {name: values for name, *values in (part.split() for part in policy.split(";") if part.strip())}
    sockets = [f"ws://{host}:{port}" for host in HOSTS[:2]]
    for name, needed in (("style-src", ["'self'"]), ("script-src", ["'self'"]), ("connect-src", sockets)):
        values = [value for value in directives.get(name, []) if value != "'none'"]
        directives[name] = values + [each for each in needed if each not in values]
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())
