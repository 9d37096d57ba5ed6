"""An address as it may be said and kept, and the server that it is at."""

from __future__ import annotations

from urllib.parse import urlsplit


def without_password(url: str) -> str:
    """The address without the name and the password that may stand before its server (RFC 3986, 3.2.1).

    They are never asked with, printed or kept: what is found is committed to a repository that everybody reads.
    """
    server = urlsplit(url).netloc
    return url.replace(server, server.rpartition("@")[2], 1) if "@" in server else url


def server_of(url: str) -> str:
    """The server of an address with its port, alike however its letters are written."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()
