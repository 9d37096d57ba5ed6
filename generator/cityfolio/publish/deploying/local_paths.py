"""The path of a folder or file on this machine in an address."""

from __future__ import annotations

from pathlib import Path

from cityfolio.publish.deploying.target import Refused


def local_path(address: str, scheme: str) -> Path:
    """The path in an address, with or without the scheme, in whatever case that is written.

    Raises Refused for one that begins with a tilde: only a shell, where it is not quoted, makes a home folder of that.
    """
    written = address[len(scheme):] if address.lower().startswith(scheme) else address
    if written.startswith("~"):
        raise Refused(f"{written} begins with ~, which stands for a home folder only where a shell reads it",
                      "Write the whole path; or ./~ for a folder of that name.")
    return Path(written)


def resolved(path: Path) -> Path:
    """A path from the root, without links. Raises Refused where links lead around in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:      # the second of Python before 3.13
        raise Refused(f"{path} cannot be followed: links lead around in a circle, or the name is none",
                      "Look at the path.") from error
