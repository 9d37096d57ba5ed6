"""Netlify, by its API: a deploy names every file by its SHA-1, Netlify asks for those it lacks, and shows all of it at once.

The interface is that of https://open-api.netlify.com (createSiteDeploy, uploadDeployFile, restoreSiteDeploy). It was tried
against a stand-in that was written from there, and not yet live.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from time import sleep
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.hosts import HostDeploy, Sending, Source
from cityfolio.publish.deploying.patience import patiently
from cityfolio.publish.deploying.target import Refused, Traits
from cityfolio.publish.deploying.web import Body, Web, refusal, trusted
from cityfolio.publish.deploying.whole_deploys import WholeTarget

API = "https://api.netlify.com/api/v1"
TOKEN = "NETLIFY_AUTH_TOKEN"  # noqa: S105  the name of a variable
TRAITS = Traits(switches=True, keeps_headers=False, locks=False, cost="the traffic of visitors; no price for each file")
HOW_TO_TOKEN = (f"Set {TOKEN} to a personal access token, made at https://app.netlify.com/user/applications by a user who "
                "belongs to the team of this site alone: a token may do all that its user may.")
PRODUCTION = "production"
LARGE = 100            # files, from which on Netlify compares them while we wait
PAGE, MOST_PAGES = 100, 10_000
WORKERS = 8
POLL_SECONDS = 1.0
MOST_POLLS = 600
COMPARED = ("prepared", "uploading", "uploaded", "processing", "ready")


NO_HEADERS: Mapping[str, str] = {}


def target(address: str, around: Around) -> WholeTarget:
    """The site with an id, or a name such as example.netlify.app: `netlify:ID`. Raises Refused where there is no token."""
    site = address.partition(":")[2].strip("/")
    if not site:
        raise Refused("the address names no site", "Write netlify:ID; the id stands in the site's settings, under General.")
    token = around.environment.get(TOKEN, "").strip()
    if not token:
        raise Refused(f"there is no token for Netlify: {TOKEN} is not set", HOW_TO_TOKEN)
    return WholeTarget(Netlify(site=site, token=token, api=trusted(around.endpoint or API)))


def _nothing() -> None:
    """The body of a question that has none."""


@dataclass(slots=True, kw_only=True)
class Netlify:
    """One site of Netlify."""

    site: str
    token: str = field(repr=False)
    api: str = API
    web: Web = field(default_factory=Web)
    pause: Callable[[float], None] = sleep

    @property
    def name(self) -> str:
        """The target's address."""
        return f"netlify:{self.site}"

    @property
    def traits(self) -> Traits:
        """It switches, and keeps no headers of single files: those stand in /_headers."""
        return TRAITS

    def key_of(self, path: str, pieces: Iterable[bytes]) -> str:
        """The SHA-1 of the bytes, whatever the path."""
        digest = hashlib.sha1(usedforsecurity=False)
        for piece in pieces:
            digest.update(piece)
        return digest.hexdigest()

    def live(self) -> HostDeploy | None:
        """The published deploy."""
        site = self._asked("GET", f"/sites/{quote(self.site, safe='')}")
        published = site.get("published_deploy") if isinstance(site, dict) else None
        return _deploy(published) if isinstance(published, dict) else None

    def deploys(self) -> Iterator[HostDeploy]:
        """Those that are ready, and were made for the site's own address."""
        for page in range(1, MOST_PAGES):
            found = self._asked("GET", f"{self._home}/deploys?page={page}&per_page={PAGE}") or ()
            yield from (_deploy(said) for said in found
                        if (said.get("state"), said.get("context", PRODUCTION)) == ("ready", PRODUCTION))
            if len(found) < PAGE:
                return

    def listed(self, keys: Mapping[str, str]) -> Mapping[str, tuple[int, str]] | None:
        """Every file of the published deploy."""
        found: dict[str, tuple[int, str]] = {}
        for page in range(1, MOST_PAGES):
            files = self._asked("GET", f"{self._home}/files?page={page}&per_page={PAGE}")
            these = {str(said["path"]).lstrip("/"): (int(said["size"]), str(said["sha"])) for said in files or ()}
            if not these.keys() - found.keys():      # the last page, or a host that gave all of them at once
                break
            found |= these
            if len(these) != PAGE:
                break
        return found

    def lacks(self, keys: AbstractSet[str]) -> AbstractSet[str]:
        """Nothing: a deploy that is seen is kept whole."""
        return frozenset()

    def publish(self, sending: Sending) -> None:
        """Make a deploy, send what Netlify asks for, and wait until it is the one that visitors see."""
        is_large = len(sending.keys) > LARGE
        body = orjson.dumps({"files": {f"/{path}": key for path, key in sorted(sending.keys.items())}, "async": is_large})
        title = urlencode({"title": sending.label})
        made = self._asked("POST", f"{self._home}/deploys?{title}", lambda: body, {"Content-Type": "application/json"})
        if is_large:
            made = self._awaited(str(made["id"]), COMPARED)
        self._send(str(made["id"]), _required(made, sending), sending)
        self._awaited(str(made["id"]), ("ready",))
        self._await_shown(str(made["id"]))

    def restore(self, deploy: HostDeploy) -> None:
        """Publish a former deploy again."""
        self._asked("POST", f"{self._home}/deploys/{quote(deploy.id, safe='')}/restore")
        self._await_shown(deploy.id)

    def forget(self, deploy: HostDeploy) -> None:
        """Delete a former deploy."""
        self._asked("DELETE", f"/deploys/{quote(deploy.id, safe='')}")

    @property
    def _home(self) -> str:
        return f"/sites/{quote(self.site, safe='')}"

    def _send(self, deploy: str, paths: Sequence[str], sending: Sending) -> None:
        with ThreadPoolExecutor(WORKERS) as pool:
            sent = [pool.submit(self._send_file, deploy, path, sending.sources[path]) for path in paths]
            try:
                for each in sent:
                    each.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _send_file(self, deploy: str, path: str, source: Source) -> None:
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(source.bytes)}
        self._asked("PUT", f"/deploys/{quote(deploy, safe='')}/files/{quote(path)}", lambda: _same(path, source), headers)

    def _awaited(self, deploy: str, states: tuple[str, ...]) -> Any:   # Any: what JSON holds
        for _ in range(MOST_POLLS):
            said = self._asked("GET", f"{self._home}/deploys/{quote(deploy, safe='')}")
            if said.get("state") in states:
                return said
            if said.get("state") in ("error", "rejected"):
                raise Refused(f"Netlify could not make the deploy: {said.get('error_message') or 'it does not say why'}",
                              "Look at the deploy in Netlify's own pages.")
            self.pause(POLL_SECONDS)
        raise Refused(f"Netlify has not made the deploy {deploy} ready yet", "Look at it in Netlify's own pages.")

    def _await_shown(self, deploy: str) -> None:
        for _ in range(5):
            live = self.live()
            if live and live.id == deploy:
                return
            self.pause(POLL_SECONDS)
        raise Refused(f"the deploy {deploy} is ready, and Netlify does not show it",
                      "Start auto publishing of the site again, or publish this deploy in Netlify's own pages.")

    # Any: what JSON holds.
    def _asked(
        self, method: str, path: str, body: Callable[[], Body] = _nothing, headers: Mapping[str, str] = NO_HEADERS
    ) -> Any:
        try:
            return patiently(partial(self._ask, method, path, body, headers), self.pause)
        except Refused as refusal:
            refusal.is_passing = False      # it was waited for long enough: whoever asks for the whole need not begin anew
            raise

    def _ask(self, method: str, path: str, body: Callable[[], Body], headers: Mapping[str, str]) -> Any:   # Any: as above
        about = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", **headers}
        reply = self.web.ask(method, self.api + path, about, body())
        if reply.status in (200, 201, 202, 204):
            return reply.json()
        said = reply.json()
        words = str(said.get("message", "")) if isinstance(said, dict) else ""
        if reply.status == 404 and path == self._home:
            raise Refused(f"Netlify knows no site {self.site}, or shows it to nobody with this token", HOW_TO_TOKEN)
        raise refusal(reply, "Netlify", HOW_TO_TOKEN, words.replace(self.token, "…"))


def _deploy(said: Mapping[str, Any]) -> HostDeploy:   # Any: what JSON holds
    url = said.get("deploy_ssl_url") or said.get("deploy_url") or said.get("ssl_url") or said.get("url") or ""
    return HostDeploy(id=str(said.get("id", "")), url=str(url), label=str(said.get("title") or ""))


def _required(made: Mapping[str, Any], sending: Sending) -> Sequence[str]:   # Any: what JSON holds
    """The paths whose bytes are asked for. Raises Refused where one is asked for that is not at hand."""
    wanted = {str(key) for key in made.get("required") or ()}
    paths = [path for path, source in sending.sources.items() if source.key in wanted]
    if lost := wanted - {sending.sources[path].key for path in paths}:
        path = min((path for path, key in sending.keys.items() if key in lost), default=min(lost))
        raise Refused(f"Netlify asks for {path}, which it had before", "Deploy again with --doubt.")
    return paths


def _same(path: str, source: Source) -> Iterator[bytes]:
    """The bytes of a file; a last look tells whether they are still those that were looked at before."""
    digest, last = hashlib.sha1(usedforsecurity=False), b""
    for piece in source.pieces():
        digest.update(piece)
        if last:
            yield last
        last = piece
    if digest.hexdigest() != source.key:
        raise Refused(f"{path} changed while it was sent", "Build the site again.")
    yield last
