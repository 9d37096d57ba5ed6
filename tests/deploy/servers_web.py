"""nginx, Apache and Caddy on loopback, each with the settings that are made for a site and nothing of its own but the port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

SBIN = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))
PROGRAMS: Mapping[str, str | None] = {
    kind: shutil.which(name, path=SBIN)
    for kind, name in (("nginx", "nginx"), ("apache", "apache2"), ("htaccess", "apache2"), ("caddy", "caddy"))
}
APACHE_MODULES = ("mpm_event", "authz_core", "dir", "mime", "headers", "rewrite", "setenvif")
NGINX_SCRATCH = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
START_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visitor gets."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class WebServer:
    """A server that runs."""

    port: int

    def get(self, path: str, **headers: str) -> Seen:
        """What is at a path; `_` stands for "-" in the names of headers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Seen(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()


@contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that a server may read, whoever it runs as."""
    folder = Path(tempfile.mkdtemp(prefix="cityfolio-web-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def command(kind: str, snippet: str, folder: Path, port: int) -> list[str]:
    """How a server is started with a snippet; its settings are written into the folder."""
    program = PROGRAMS[kind] or kind
    path = folder / f"{kind}.conf"
    if kind == "nginx":
        temp = "".join(f"{name}_temp_path {folder}/{name};\n" for name in NGINX_SCRATCH)
        settings = snippet.replace("listen 80;", f"listen 127.0.0.1:{port};")
        user = "user root;\n" if os.geteuid() == 0 else ""
        path.write_text(f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log stderr;\nevents {{}}\n"
                        f"http {{\naccess_log off;\n{temp}{settings}\n}}\n")
        return [program, "-e", "stderr", "-p", str(folder), "-c", str(path)]
    if kind in ("apache", "htaccess"):
        if kind == "htaccess":
            (folder / "site/.htaccess").write_text(snippet)
            snippet = "AllowOverride FileInfo Indexes Options"
        modules = Path(program).resolve().parents[1] / "lib/apache2/modules"
        loads = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in APACHE_MODULES)
        user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
        loads += f"<IfModule !unixd_module>\nLoadModule unixd_module {modules}/mod_unixd.so\n</IfModule>\n"
        path.write_text(f"ServerRoot {folder}\n{loads}TypesConfig /dev/null\n{user}Listen 127.0.0.1:{port}\n"
                        f"ServerName localhost\nPidFile {folder}/apache.pid\nErrorLog /dev/stderr\nMutex pthread\n"
                        f"DocumentRoot {folder}/site\n<Directory {folder}/site>\nRequire all granted\n{snippet}\n"
                        "</Directory>\n")
        return [program, "-DFOREGROUND", "-f", str(path)]
    first, brace, rest = snippet.partition(" {\n")
    comments, _, _ = first.rpartition("\n")
    path.write_text(f"{comments}\n{{\nadmin off\nauto_https off\n}}\nhttp://127.0.0.1:{port}{brace}{rest}")
    return [program, "run", "--adapter", "caddyfile", "--config", str(path)]


@contextmanager
def serving(kind: str, snippet: str, folder: Path) -> Iterator[WebServer]:
    """Start a server, and end it. The site lies in `folder`/site."""
    port = free_port()
    with (folder / f"{kind}.log").open("wb") as log:
        process = subprocess.Popen(command(kind, snippet, folder, port), stdout=log, stderr=log,
                                   env={**os.environ, "HOME": str(folder)})
        try:
            _await(process, port, folder / f"{kind}.log")
            yield WebServer(port)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(log.read_text(errors="replace"))
