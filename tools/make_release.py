"""Makes what a release is made of, and refuses it where two builds differ.

    python tools/make_release.py OUT                 from this checkout
    python tools/make_release.py OUT --tag v0.2.0    and only if it is that version, with its day in CHANGELOG.md

    OUT/packages/    the source archive, and the wheel that is made of it
    OUT/beside/      the bill of materials, the locks, and the SHA-256 of every file

The wheel is built a second time, from the checkout itself. Needs the extra `release`.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import changelog
import lock

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


def make(out: Path, *, tag: str = "") -> list[str]:
    """Make everything, and give the names of the files. Raises ValueError with what keeps it from being released."""
    version = said_version()
    if tag:
        refuse_unready(version, tag)
    if out.exists() and any(out.iterdir()):
        raise ValueError(f"{out} holds something already: name a new folder, or remove it")
    packages, beside = out / "packages", out / "beside"
    beside.mkdir(parents=True)
    build(packages)
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), "--wheel")
        refuse_unlike(next(packages.glob("*.whl")), next(Path(folder).glob("*.whl")))
    bill = beside / f"cityfolio-{version}.cdx.json"
    subprocess.run([sys.executable, str(ROOT / "tools" / "sbom.py"), str(bill)], check=True)
    for name in lock.LOCKS:
        if name != "requirements-release.txt":
            shutil.copyfile(ROOT / "locks" / name, beside / name)
    files = sorted([*packages.iterdir(), *beside.iterdir()], key=lambda path: path.name)
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (beside / "SHA256SUMS").write_text(sums, encoding="ascii")
    return [*(path.name for path in files), "SHA256SUMS"]


def said_version() -> str:
    """The version that the program says of itself."""
    (version,) = VERSION.findall((ROOT / "generator" / "cityfolio" / "__init__.py").read_text("utf-8"))
    return str(version)


def refuse_unready(version: str, tag: str) -> None:
    """Raise ValueError where a tag is not that of the version, or the changelog does not tell of it yet."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = changelog.HEADING.search(text)
    if tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, and generator/cityfolio/__init__.py says {version}")
    if newest is None or newest[1] != version or changelog.release_day(text) is None:
        raise ValueError(f"CHANGELOG.md has no day for {version} at its top; "
                         f"`python tools/changelog.py {version} DAY` writes it")
    waiting = [path.name for path in (ROOT / "changes").glob("*") if path.name != "README.md"]
    if waiting:
        raise ValueError(f"changes/ holds what the changelog does not tell: {', '.join(sorted(waiting))}")


def build(where: Path, *words: str) -> None:
    """Build packages, with the tools that are installed where hatchling is: they are locked, and others would not be."""
    alone = ["--no-isolation"] if find_spec("hatchling") else []
    done = subprocess.run([sys.executable, "-m", "build", *alone, *words, "--outdir", str(where), str(ROOT)],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"the packages could not be built:\n{done.stdout}{done.stderr}")


def refuse_unlike(one: Path, other: Path) -> None:
    """Raise ValueError where two files differ."""
    if one.read_bytes() != other.read_bytes():
        raise ValueError(f"{one.name} is not the same when it is built from the checkout: it would not be reproducible")


if __name__ == "__main__":
    match sys.argv[1:]:
        case [folder] if not folder.startswith("-"):
            given = (folder, "")
        case [folder, "--tag", name]:
            given = (folder, name)
        case _:
            sys.exit(__doc__)
    try:
        print("\n".join(make(Path(given[0]), tag=given[1])))
    except ValueError as error:
        sys.exit(str(error))
