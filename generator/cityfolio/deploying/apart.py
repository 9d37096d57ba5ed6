"""A folder that a site may be put in: none in which something else of the city's lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cityfolio.publish.deploying.addresses import kind_of
from cityfolio.publish.deploying.local_paths import local_path, resolved
from cityfolio.publish.deploying.target import Refused


def keep_apart(address: str, here: Path, others: Mapping[str, Path]) -> None:
    """Let a site be put in a folder only where it meets nothing else. Raises Refused.

    `others` are the folders that must stay, by what they are called: none of them may be the folder, hold it or lie in it. What
    is put there takes the place of the whole folder. Nor may the folder `here`, in which this runs, be replaced.
    """
    if kind_of(address) != "folder":
        return
    folder = resolved(local_path(address, "folder:"))
    if folder == here or folder in here.parents:
        raise Refused(f"{folder} is the folder that this runs in, or holds it",
                      "Name a folder that is the site's alone, such as ./www.")
    for name, other in others.items():
        there = resolved(other)
        if folder == there or folder in there.parents or there in folder.parents:
            raise Refused(f"{folder} and {name}, {there}, lie one inside the other", "Name a folder that is the site's alone.")
