"""Cloudflare Pages, by its direct upload: files go into a store by a key made of their content, and a deployment names them.

The interface is that of https://developers.cloudflare.com/api/resources/pages/ for projects and deployments, and for the store
what Cloudflare's own program for it, wrangler, does. It was tried against a stand-in that was written from there, and not yet
live.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from time import sleep
from typing import Any
from urllib.parse import quote

import orjson

from cityfolio import files
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.hosts import HostDeploy, Sending, Source
from cityfolio.publish.deploying.patience import patiently
from cityfolio.publish.deploying.target import Refused, Traits
from cityfolio.publish.deploying.web import Web, refusal, trusted
from cityfolio.publish.deploying.whole_deploys import UNSERVED, WholeTarget
from cityfolio.publish.headers import media_type
from cityfolio.publish.limits import CLOUDFLARE_BYTES as MOST_BYTES, CLOUDFLARE_FILES as MOST_FILES

API = "https://api.cloudflare.com/client/v4"
TOKEN, ACCOUNT = "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID"
TRAITS = Traits(switches=True, keeps_headers=False, locks=False, most_files=MOST_FILES, cost="nothing for each file")
HOW_TO_TOKEN = (f"Set {TOKEN} to a token with the one permission “Account, Cloudflare Pages, Edit”, made at "
                f"https://dash.cloudflare.com/profile/api-tokens, and {ACCOUNT} to the account's id.")
BASKET_BYTES, BASKET_FILES = 20 << 20, 1000      # that go in one request; the host takes 50 MiB
LOOK = "Look at it in Cloudflare's own pages."
PAGE, MOST_PAGES = 25, 10_000
POLL_SECONDS = 1.0
MOST_POLLS = 300
KEY_LETTERS = 32


def target(address: str, around: Around) -> WholeTarget:
    """The project with a name: `cloudflare:NAME`. Raises Refused where there is no token, or no account."""
    project = address.partition(":")[2].strip("/")
    if not project:
        raise Refused("the address names no project", "Write cloudflare:PROJECT. It is made once, in Cloudflare's own pages.")
    token, account = (around.environment.get(name, "").strip() for name in (TOKEN, ACCOUNT))
    for name, value in ((TOKEN, token), (ACCOUNT, account)):
        if not value:
            raise Refused(f"Cloudflare cannot be asked: {name} is not set", HOW_TO_TOKEN)
    return WholeTarget(Cloudflare(project=project, account=account, token=token, api=trusted(around.endpoint or API)))


@dataclass(slots=True, kw_only=True)
class Cloudflare:
    """One project of Cloudflare Pages."""

    project: str
    account: str
    token: str = field(repr=False)
    api: str = API
    web: Web = field(default_factory=Web)
    pause: Callable[[float], None] = sleep
    pass_: str = field(default="", repr=False)      # to the store of files, for a few minutes
    branch: str = ""

    @property
    def name(self) -> str:
        """The target's address."""
        return f"cloudflare:{self.project}"

    @property
    def traits(self) -> Traits:
        """It switches, and keeps no headers of single files: those stand in /_headers."""
        return TRAITS

    def key_of(self, path: str, pieces: Iterable[bytes]) -> str:
        """The first half of the BLAKE3 of the content in Base64 and the ending of the name: as wrangler makes it."""
        blake3 = _blake3()
        body = b"".join(pieces)
        if len(body) > MOST_BYTES:
            raise Refused(f"{path} has {len(body):,} bytes, and Cloudflare Pages takes files of {MOST_BYTES >> 20} MiB at most",
                          "Offer the file in another format or in parts, or publish to another host.")
        digest: str = blake3(b64encode(body) + _ending(path).encode()).hexdigest()
        return digest[:KEY_LETTERS]

    def live(self) -> HostDeploy | None:
        """The deployment that production shows."""
        project = self._asked("GET", self._home)
        self.branch = str(project.get("production_branch") or "main")
        said = project.get("canonical_deployment")
        return _deploy(said) if said else None

    def deploys(self) -> Iterator[HostDeploy]:
        """The deployments of production that came to their end."""
        for page in range(1, MOST_PAGES):
            found = self._asked("GET", f"{self._home}/deployments?env=production&page={page}&per_page={PAGE}") or ()
            yield from (_deploy(said) for said in found if _stage(said) == ("deploy", "success"))
            if len(found) < PAGE:
                return

    def listed(self, keys: Mapping[str, str]) -> Mapping[str, tuple[int, str]] | None:
        """Nobody is told what a deployment holds."""
        return None

    def lacks(self, keys: AbstractSet[str]) -> AbstractSet[str]:
        """The store forgets what was not used for long."""
        if not keys:
            return frozenset()
        missing = self._stored("/pages/assets/check-missing", {"hashes": sorted(keys)})
        return frozenset(str(key) for key in missing or ())

    def publish(self, sending: Sending) -> None:
        """Send what the store lacks, make a deployment, and wait until production shows it."""
        served = {path: key for path, key in sending.keys.items() if path not in UNSERVED}
        if len(served) > MOST_FILES:
            raise Refused(f"the site has {len(served):,} files, and Cloudflare Pages takes {MOST_FILES:,}",
                          "Publish to another host.")
        lacking = self.lacks(set(served.values()))
        wanted = {source.key: (path, source) for path, source in sending.sources.items()
                  if path in served and source.key in lacking}
        if lost := lacking - wanted.keys():
            path = min((path for path, key in served.items() if key in lost), default=min(lost))
            raise Refused(f"Cloudflare has {path} no more", "Deploy again with --doubt.")
        for basket in _baskets(wanted.values()):
            self._stored("/pages/assets/upload", [self._packed(path, source) for path, source in basket])
        self._stored("/pages/assets/upsert-hashes", {"hashes": sorted(set(served.values()))})
        self._deploy(served, sending)

    def restore(self, deploy: HostDeploy) -> None:
        """Let production show a former deployment."""
        self._asked("POST", f"{self._home}/deployments/{quote(deploy.id, safe='')}/rollback")
        self._await_shown(deploy.id)

    def forget(self, deploy: HostDeploy) -> None:
        """Delete a former deployment, also where a name of its own leads to it."""
        self._asked("DELETE", f"{self._home}/deployments/{quote(deploy.id, safe='')}?force=true")

    @property
    def _home(self) -> str:
        return f"/accounts/{quote(self.account, safe='')}/pages/projects/{quote(self.project, safe='')}"

    def _packed(self, path: str, source: Source) -> dict[str, object]:
        body = b"".join(source.pieces())
        if self.key_of(path, (body,)) != source.key:      # the store believes the key, for this site and those to come
            raise Refused(f"{path} changed while it was sent", "Build the site again.")
        about = {"contentType": media_type(path)}
        return {"key": source.key, "value": b64encode(body).decode(), "metadata": about, "base64": True}

    def _deploy(self, served: Mapping[str, str], sending: Sending) -> None:
        fields = {"manifest": orjson.dumps({f"/{path}": key for path, key in sorted(served.items())}).decode(),
                  "branch": self.branch, "commit_message": sending.label, "commit_dirty": "false"}
        fields |= {"commit_hash": sending.revision} if sending.revision else {}
        kind, body = _form(fields, sending.unserved)
        made = self._asked("POST", f"{self._home}/deployments", body, {"Content-Type": kind})
        for _ in range(MOST_POLLS):
            stage, status = _stage(made)
            if (stage, status) == ("deploy", "success"):
                self._await_shown(str(made["id"]))
                return
            if status in ("failure", "canceled"):
                raise Refused(f"Cloudflare could not make the deployment: {stage} ended in {status}", LOOK)
            self.pause(POLL_SECONDS)
            made = self._asked("GET", f"{self._home}/deployments/{quote(str(made['id']), safe='')}")
        raise Refused("Cloudflare has not shown the deployment yet", LOOK)

    def _await_shown(self, deployment: str) -> None:
        for _ in range(10):
            live = self.live()
            if live and live.id == deployment:
                return
            self.pause(POLL_SECONDS)
        raise Refused(f"the deployment {deployment} was made, and production does not show it",
                      "Look in Cloudflare's own pages which branch is that of production.")

    def _stored(self, path: str, said: object) -> Any:   # Any: what JSON holds
        """A question to the store, with a pass that is asked for anew when it has run out."""
        body = orjson.dumps(said)
        for is_last in (False, True):
            if not self.pass_:
                self.pass_ = str(self._asked("GET", f"{self._home}/upload-token")["jwt"])
            try:
                about = {"Content-Type": "application/json", "Authorization": f"Bearer {self.pass_}"}
                return self._asked("POST", path, body, about)
            except _Expired:
                self.pass_ = ""
                if is_last:
                    raise
        return None

    # Any: what JSON holds.
    def _asked(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Any:
        try:
            return patiently(partial(self._ask, method, path, body, headers or {}), self.pause)
        except Refused as refusal:
            refusal.is_passing = False      # it was waited for long enough: whoever asks for the whole need not begin anew
            raise

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Any:   # Any: as above
        about = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", **headers}
        reply = self.web.ask(method, self.api + path, about, body)
        said = reply.json()
        if reply.status in (200, 201, 202) and isinstance(said, dict) and said.get("success"):
            return said.get("result")
        words = "; ".join(str(each.get("message", "")) for each in said.get("errors") or ()) if isinstance(said, dict) else ""
        words = words.replace(self.token, "…").replace(self.pass_ or self.token, "…")
        if reply.status == 401 and "Authorization" in headers:
            raise _Expired("Cloudflare does not take the pass to its store of files any more", "Deploy again.")
        if reply.status == 404 and path == self._home:
            raise Refused(f"Cloudflare knows no project {self.project} in this account",
                          f"Make it once in Cloudflare's own pages. {HOW_TO_TOKEN}")
        raise refusal(reply, "Cloudflare", HOW_TO_TOKEN, words)


class _Expired(Refused):
    """The pass to the store has run out."""


def _blake3() -> Callable[[bytes], Any]:   # Any: the package is optional
    try:
        from blake3 import blake3
    except ImportError as error:
        raise Refused("Cloudflare Pages names files by BLAKE3, and the package blake3 is not installed",
                      "Run pip install 'cityfolio[deploy]'.") from error
    return blake3


def _ending(path: str) -> str:
    """What stands after the last dot of a name that does not begin with it: as Node's path.extname has it."""
    stem, dot, ending = path.rpartition("/")[2].rpartition(".")
    return ending if stem and dot else ""


def _baskets(wanted: Iterable[tuple[str, Source]]) -> Iterator[list[tuple[str, Source]]]:
    """Files in groups that fit into one request each."""
    basket, size = list[tuple[str, Source]](), 0
    for path, source in wanted:
        if basket and (size + source.bytes > BASKET_BYTES or len(basket) >= BASKET_FILES):
            yield basket
            basket, size = [], 0
        basket.append((path, source))
        size += source.bytes
    if basket:
        yield basket


def _form(fields: Mapping[str, str], texts: Mapping[str, str]) -> tuple[str, bytes]:
    """A form with some files, as browsers send it (RFC 7578), and the media type that names its boundary."""
    parts = [(f'name="{name}"', "", value) for name, value in fields.items()]
    parts += [(f'name="{name}"; filename="{name}"', "Content-Type: text/plain\r\n", text) for name, text in texts.items()]
    boundary = f"----cityfolio-{files.sha256(repr(parts).encode())}"
    head = f"--{boundary}\r\nContent-Disposition: form-data; "
    body = "".join(f"{head}{about}\r\n{kind}\r\n{value}\r\n" for about, kind, value in parts)
    return f"multipart/form-data; boundary={boundary}", f"{body}--{boundary}--\r\n".encode()


def _deploy(said: Mapping[str, Any]) -> HostDeploy:   # Any: what JSON holds
    about = (said.get("deployment_trigger") or {}).get("metadata") or {}
    return HostDeploy(id=str(said.get("id", "")), url=str(said.get("url", "")), label=str(about.get("commit_message") or ""))


def _stage(said: Mapping[str, Any]) -> tuple[str, str]:   # Any: what JSON holds
    stage = said.get("latest_stage") or {}
    return str(stage.get("name", "")), str(stage.get("status", ""))
