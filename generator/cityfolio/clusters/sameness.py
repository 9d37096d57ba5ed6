"""What has to be the same on every machine for all to make the same bytes: this program, Python, and some packages."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from cityfolio import __version__, files

PROGRAM = "the program's files"
# What rows are read, computed and written with, and what speaks between the machines.
PACKAGES = ("numpy", "pandas", "pyarrow", "orjson", "xlsxwriter", "shapely", "pyogrio", "dask", "distributed")


@lru_cache(maxsize=1)
def fingerprint() -> Mapping[str, str]:
    """The versions on this machine, and a digest of the program's own files."""
    package = Path(__file__).resolve().parents[1]
    sources = [(found.path, files.digest_of(package / found.path)) for found in files.files_below(package)
               if found.path.endswith(".py")]
    return {"cityfolio": __version__, "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
            **{name: _version(name) for name in PACKAGES}, PROGRAM: files.sha256(repr(sources).encode())[:12]}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What is not the same there, in words; "" where all is."""
    names = [name for name in here if here[name] != there.get(name, "none")]
    if names == [PROGRAM]:
        return f"other files of cityfolio {here['cityfolio']}"
    return ", ".join(f"{name} {there.get(name, 'none')} (here {here[name]})" for name in names if name != PROGRAM)
