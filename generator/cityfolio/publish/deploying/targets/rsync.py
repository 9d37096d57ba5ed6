"""Sending files by rsync, where both ends have it: of a file that changed, only what changed in it crosses the network."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterable
from pathlib import Path

from cityfolio import folders
from cityfolio.publish.deploying.target import Refused, Upload
from cityfolio.publish.deploying.targets.ssh_connection import Place

# The program asks nobody, and takes no key that is not known.
SSH = ("ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes")
OPTIONS = ("--recursive", "--copy-links", "--checksum", "--delete", "--partial-dir=.cityfolio-partial", "--compress",
           "--perms", "--chmod=D755,F644", "--protect-args")
LINES = 4


def is_here() -> bool:
    """Whether this machine has rsync and ssh."""
    try:
        return all(subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL).returncode == 0
                   for command in (["rsync", "--version"], ["ssh", "-V"]))
    except OSError:
        return False


def send(uploads: Iterable[Upload], place: Place, folder: str, former: str = "") -> None:
    """Make a folder on a host hold some files and nothing else. Raises Refused.

    What it has of them already, from a deploy that was interrupted, is not sent again. `former` is the folder of the site that
    visitors see, from the one that is made: of a file there only the differences are sent.
    """
    with folders.scratch_folder() as stage:
        for upload in uploads:
            path = stage / upload.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(upload.source.absolute())
        done = subprocess.run(command(place, stage, folder, former), capture_output=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        said = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
        raise Refused(f"rsync says: {' '.join(said[:LINES])}", "Deploy again; or write ?rsync=no behind the address.")


def command(place: Place, stage: Path, folder: str, former: str = "") -> list[str]:
    """The program and its arguments. OpenSSH's files hold for it as for every ssh."""
    ssh = [*SSH, *(("-F", place.settings) if place.settings else ()), *(("-p", str(place.port)) if place.port else ())]
    host = f"[{place.host}]" if ":" in place.host else place.host
    user = f"{place.user}@" if place.user else ""
    link = (f"--link-dest={former}",) if former else ()
    return ["rsync", *OPTIONS, *link, "--rsh", shlex.join(ssh), "--", f"{stage}/", f"{user}{host}:{folder}/"]
