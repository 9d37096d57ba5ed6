"""Azurite, the emulator of Azure Blob Storage, on loopback, with one empty container."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from deploy.servers_s3 import free_ports

ROOT = Path(__file__).resolve().parents[2]
PLACES = os.pathsep.join((str(ROOT / "tests" / "deploy" / "azurite" / "node_modules" / ".bin"), os.environ["PATH"]))
AZURITE = os.environ.get("CITYFOLIO_AZURITE") or shutil.which("azurite-blob", path=PLACES)
# The account that every Azurite has, as its documentation gives it. It opens nothing else.
ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
CONTAINER = "site"
START_SECONDS = 60
SAS_VERSION, SAS_END = "2020-12-06", "2099-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Blobs:
    """A server that runs."""

    port: int

    @property
    def endpoint(self) -> str:
        """Its address, with the account as emulators have it."""
        return f"http://127.0.0.1:{self.port}/{ACCOUNT}"

    def signature(self, letters: str) -> str:
        """A shared access signature for the container, made as Azure describes (Create a service SAS, version 2020-12-06)."""
        resource = f"/blob/{ACCOUNT}/{CONTAINER}"
        lines = [letters, "", SAS_END, resource, "", "", "", SAS_VERSION, "c", "", "", "", "", "", "", ""]
        fields = {"sp": letters, "se": SAS_END, "sv": SAS_VERSION, "sr": "c", "sig": _signed("\n".join(lines))}
        return urlencode(fields)

    @property
    def environment(self) -> Mapping[str, str]:
        """The credentials."""
        return {"AZURE_STORAGE_ACCOUNT_KEY": KEY}


@contextmanager
def some_blobs(folder: Path) -> Iterator[Blobs]:
    """Start Azurite, and end it."""
    assert AZURITE, "no Azurite: make azurite"
    folder.mkdir(parents=True, exist_ok=True)
    blobs = Blobs(free_ports(1)[0])
    command = [AZURITE, "--blobHost", "127.0.0.1", "--blobPort", str(blobs.port), "--location", str(folder), "--silent",
               "--skipApiVersionCheck"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        _wait(blobs, process)
        yield blobs
    finally:
        process.terminate()
        process.wait(10)


def _wait(blobs: Blobs, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None
        try:
            status = _make_container(blobs)
        except OSError:
            time.sleep(0.2)
        else:
            assert status in (201, 409), status
            return
    raise AssertionError("Azurite did not start")


def _signed(text: str) -> str:
    return base64.b64encode(hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()).decode()


def _make_container(blobs: Blobs) -> int:
    """Make the container, signed with the account's key as Azure describes (Authorize with Shared Key)."""
    moment = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
    path = f"/{ACCOUNT}/{CONTAINER}"
    lines = ["PUT", *[""] * 11, f"x-ms-date:{moment}", "x-ms-version:2021-08-06", f"/{ACCOUNT}{path}", "restype:container"]
    signature = _signed("\n".join(lines))
    headers = {"x-ms-date": moment, "x-ms-version": "2021-08-06", "Content-Length": "0",
               "Authorization": f"SharedKey {ACCOUNT}:{signature}"}
    connection = HTTPConnection("127.0.0.1", blobs.port, timeout=5)
    try:
        connection.request("PUT", f"{path}?restype=container", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()
