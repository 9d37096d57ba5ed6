"""Stand-ins for Netlify and Cloudflare Pages on loopback, written from their API references, as strict as these are.

What they show of a site is shown as those hosts show it: a page at the address of its folder, and what is for the host itself
to nobody. Each notes what it was asked and whether a secret came where it does not belong.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "planted-token-that-nobody-may-see"
SITE, PROJECT, ACCOUNT = "11111111-2222-3333-4444-555555555555", "city-data", "0123456789abcdef0123456789abcdef"
FOR_THE_HOST = ("_headers", "_redirects")
Answer = tuple[int, object]
DROPPED = -1       # in place of a status: the connection is cut without a word


@dataclass(slots=True)
class StandIn:
    """What a host remembers."""

    port: int = 0
    blobs: dict[str, bytes] = field(default_factory=dict)
    deploys: dict[str, dict] = field(default_factory=dict)
    live: str = ""
    asked: list[str] = field(default_factory=list)          # "PUT /deploys/1/files/index.html"
    leaks: list[str] = field(default_factory=list)          # pages that were asked for with a secret
    faults: dict[int, int] = field(default_factory=dict)    # which question -> the status it gets in place of an answer
    retry_after: str = ""                                   # what such an answer says of when to ask again
    closed: bool = False                                    # pages ask visitors for a password
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def endpoint(self) -> str:
        """The address of the interface."""
        return f"http://127.0.0.1:{self.port}/api"

    def named(self, deploy: str) -> str:
        """Where one deploy is seen."""
        return f"http://127.0.0.1:{self.port}/seen/{deploy}"

    def files(self, deploy: str) -> dict[str, bytes]:
        """What is in a deploy."""
        return {path.lstrip("/"): self.blobs[key] for path, key in self.deploys[deploy]["files"].items()
                if key in self.blobs}

    def page(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """A page as visitors get it."""
        if self.closed:
            return 401, {}, b"password?"
        deploy, _, rest = path.removeprefix("/seen/").partition("/")
        files = self.files(deploy)
        if rest.endswith("index.html"):
            return 308, {"Location": f"/seen/{deploy}/{rest.removesuffix('index.html')}"}, b""
        name = f"{rest}index.html" if rest.endswith("/") or not rest else rest
        if name in files and name not in FOR_THE_HOST:
            return (404 if name == "404.html" else 200), {}, files[name]
        return 404, {}, files.get("404.html", b"nothing here")

    def api(self, question: Question) -> Answer:
        """The answer to a question at the interface."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked at the interface."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> object:
        """The body as JSON."""
        return json.loads(self.body)


def paged(found: Iterable, question: Question) -> list:
    """The part of a list that was asked for."""
    page, size = int(question.query["page"][0]), int(question.query["per_page"][0])
    return list(found)[(page - 1) * size:][:size]


@dataclass(slots=True)
class NetlifyStandIn(StandIn):
    """Netlify: https://open-api.netlify.com."""

    publishes: bool = True       # automatic publishing, which a person can stop
    fault: str = ""              # what every deploy ends in

    def api(self, question: Question) -> Answer:
        if question.headers.get("authorization") != f"Bearer {TOKEN}":
            return 401, {"code": 401, "message": f"Access Denied to {question.headers.get('authorization')}"}
        match question.method, *question.path.strip("/").split("/", 3):
            case "GET", "sites", site:
                return (200, self._site()) if site == SITE else (404, {"code": 404, "message": "Not Found"})
            case "GET", "sites", _, "files":
                return 200, self._page_of_files(question)
            case "GET", "sites", _, "deploys":
                return 200, [self._about(deploy) for deploy in paged(reversed(self.deploys), question)]
            case "DELETE", "deploys", deploy:
                del self.deploys[deploy]
                return 204, None
            case "POST", "sites", _, "deploys":
                return 200, self._made(question)
            case "GET", "sites", _, "deploys", deploy:
                return 200, self._stepped(deploy)
            case "POST", "sites", _, "deploys", rest if rest.endswith("/restore"):
                self.live = rest.removesuffix("/restore")
                return 201, self._about(self.live)
            case "PUT", "deploys", deploy, "files", path:
                return self._taken(deploy, "/" + unquote(path), question)
        return 404, {"code": 404, "message": "Not Found"}

    def _site(self) -> dict:
        published = self._about(self.live) if self.live else None
        return {"id": SITE, "ssl_url": "https://data.example.gov", "published_deploy": published}

    def _about(self, deploy: str) -> dict:
        said = self.deploys[deploy]
        return {"id": deploy, "state": said["state"], "title": said["title"], "context": "production", "published_at": None,
                "deploy_ssl_url": self.named(deploy), "required": sorted(said["required"]), "error_message": said.get("error")}

    def _page_of_files(self, question: Question) -> list[dict]:
        found = sorted(self.deploys[self.live]["files"].items()) if self.live else []
        return [{"id": path, "path": path, "sha": sha, "size": len(self.blobs[sha])} for path, sha in paged(found, question)]

    def _made(self, question: Question) -> dict:
        said = question.json
        deploy = f"d{len(self.deploys) + 1}"
        required = {sha for sha in said["files"].values() if sha not in self.blobs}
        self.deploys[deploy] = {"files": said["files"], "title": question.query["title"][0], "required": set(required),
                                "hidden": required if said.get("async") else None,
                                "state": "preparing" if said.get("async") else "uploading" if required else "uploaded"}
        if said.get("async"):
            self.deploys[deploy]["required"] = set()
        return self._about(deploy)

    def _stepped(self, deploy: str) -> dict:
        """Every look finds the deploy one step further, as time does it there."""
        said = self.deploys[deploy]
        if said["state"] == "preparing":
            said |= {"required": said["hidden"], "state": "prepared" if said["hidden"] else "uploaded"}
        elif said["state"] == "uploaded":
            said |= {"state": "error" if self.fault else "ready", "error": self.fault}
            self.live = deploy if self.publishes and said["state"] == "ready" else self.live
        return self._about(deploy)

    def _taken(self, deploy: str, path: str, question: Question) -> Answer:
        said, sha = self.deploys[deploy], hashlib.sha1(question.body).hexdigest()
        if question.headers.get("content-type") != "application/octet-stream" or said["files"].get(path) != sha:
            return 422, {"code": 422, "message": f"unexpected content of {path}"}
        self.blobs[sha] = question.body
        said["required"].discard(sha)
        if not said["required"]:
            said["state"] = "uploaded"
        return 200, {"id": path, "path": path, "sha": sha, "size": len(question.body)}


@dataclass(slots=True)
class CloudflareStandIn(StandIn):
    """Cloudflare Pages: https://developers.cloudflare.com/api/resources/pages/ and what wrangler asks of the store."""

    passes: int = 0              # given so far; the last one alone is taken
    branch: str = "main"
    forms: list[dict[str, str]] = field(default_factory=list)
    ends_in: str = "success"

    def api(self, question: Question) -> Answer:
        status, result = self._answered(question)
        errors = [] if status == 200 else [{"code": 8000000 + status, "message": str(result)}]
        return status, {"success": status == 200, "errors": errors, "messages": [], "result": result if status == 200 else None}

    def _answered(self, question: Question) -> Answer:
        home = f"/accounts/{ACCOUNT}/pages/projects/{PROJECT}"
        bearer = question.headers.get("authorization", "").removeprefix("Bearer ")
        if question.path.startswith("/pages/assets/"):
            if bearer != f"pass-{self.passes}":
                return 401, f"Unauthorized: {bearer}"
            return self._stored(question)
        if bearer != TOKEN:
            return 403, f"Authentication error: {bearer}"
        if not question.path.startswith(home):
            return 404, "Project not found"
        match question.method, question.path.removeprefix(home).strip("/").split("/"):
            case "GET", [""]:
                return 200, {"name": PROJECT, "production_branch": self.branch,
                             "canonical_deployment": self._about(self.live) if self.live else None}
            case "GET", ["upload-token"]:
                self.passes += 1
                return 200, {"jwt": f"pass-{self.passes}"}
            case "GET", ["deployments"]:
                return 200, [self._about(deploy) for deploy in paged(reversed(self.deploys), question)]
            case "DELETE", ["deployments", deploy]:
                del self.deploys[deploy]
                return 200, None
            case "GET", ["deployments", deploy]:
                return 200, self._about(deploy, looked=True)
            case "POST", ["deployments", deploy, "rollback"]:
                self.live = deploy
                return 200, self._about(deploy)
            case "POST", ["deployments"]:
                return self._made(question)
        return 404, "Not found"

    def _stored(self, question: Question) -> Answer:
        match question.path.removeprefix("/pages/assets/"):
            case "check-missing":
                return 200, [key for key in question.json["hashes"] if key not in self.blobs]
            case "upload":
                from base64 import b64decode

                for each in question.json:
                    if not each["base64"] or not each["metadata"]["contentType"]:
                        return 400, "malformed"
                    self.blobs[each["key"]] = b64decode(each["value"], validate=True)
                return 200, None
            case "upsert-hashes":
                return 200, None
        return 404, "Not found"

    def _made(self, question: Question) -> Answer:
        from base64 import b64encode

        from blake3 import blake3

        head = b"Content-Type: " + question.headers["content-type"].encode() + b"\r\n\r\n"
        form = {part.get_param("name", header="content-disposition"): part.get_payload(decode=True).decode()
                for part in message_from_bytes(head + question.body).get_payload()}
        manifest = json.loads(form["manifest"])
        for path, key in manifest.items():
            name = path.rpartition("/")[2]
            ending = name.rpartition(".")[2] if "." in name[1:] else ""
            if key not in self.blobs or blake3(b64encode(self.blobs[key]) + ending.encode()).hexdigest()[:32] != key:
                return 400, f"a hash of the manifest is not there, or not that of its file: {path}"
        deploy = f"c{len(self.deploys) + 1}"
        self.forms.append(form)
        self.deploys[deploy] = {"files": manifest, "message": form["commit_message"], "stage": ("build", "active")}
        return 200, self._about(deploy)

    def _about(self, deploy: str, looked: bool = False) -> dict:
        said = self.deploys[deploy]
        if looked:
            said["stage"] = ("deploy", self.ends_in)
            self.live = deploy if self.ends_in == "success" else self.live
        about = {"branch": self.branch, "commit_message": said["message"]}
        return {"id": deploy, "url": self.named(deploy), "deployment_trigger": {"type": "ad_hoc", "metadata": about},
                "latest_stage": {"name": said["stage"][0], "status": said["stage"][1]}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _do(self) -> None:
        host: StandIn = self.server.host
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        with host.lock:
            if parts.path.startswith("/seen/"):
                host.leaks += [self.path] if "authorization" in headers else []
                self._send(*host.page(unquote(parts.path)))
                return
            path = parts.path.removeprefix("/api")
            host.asked.append(f"{self.command} {path}")
            status, said = host.faults.pop(len(host.asked), 0), None
            if status == DROPPED:
                self.close_connection = True
                return
            if not status:
                status, said = host.api(Question(self.command, path, parse_qs(parts.query), headers, body))
        later = {"Retry-After": host.retry_after} if status in (429, 503) and host.retry_after else {}
        self._send(status, {"Content-Type": "application/json", **later}, json.dumps(said).encode() if status != 204 else b"")

    do_GET = do_POST = do_PUT = do_DELETE = _do     # noqa: N815

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@contextmanager
def standing_in(host: StandIn) -> Iterator[StandIn]:
    """Let a stand-in answer on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.host, server.daemon_threads = host, True
    host.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
