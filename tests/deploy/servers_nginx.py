"""nginx as it shows a folder: on loopback, with a folder of its own for all that it writes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
START_SECONDS = 30
# One that was started by the administrator would read the files as somebody else, who may not enter a test's folder.
CONFIGURATION = """\
{user}daemon off;
worker_processes 1;
pid {home}/pid;
error_log {home}/log warn;
events {{ worker_connections 128; }}
http {{
  access_log off;
  types {{ text/html html; text/css css; text/javascript js; text/csv csv; application/json json; }}
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
  keepalive_requests 10000000;
  server {{ listen 127.0.0.1:{port}; root {root}; {more} }}
}}
"""


@contextmanager
def nginx_showing(root: Path, home: Path, more: str = "") -> Iterator[int]:
    """Start nginx with a folder as its root, and end it. The answer is its port; `more` goes into the server's block."""
    assert NGINX, "nginx is not installed"
    home.mkdir(parents=True, exist_ok=True)
    port = _a_free_port()
    user = "user root;\n" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(CONFIGURATION.format(user=user, home=home, port=port, root=root, more=more))
    process = subprocess.Popen([NGINX, "-p", home, "-c", home / "nginx.conf", "-e", home / "log"], stderr=subprocess.DEVNULL)
    try:
        _wait(port, process, home)
        yield port
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _a_free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes], home: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, (home / "log").read_text(errors="replace")[-3000:]
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")
