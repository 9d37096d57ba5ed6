"""Wheels and source archives built from copies of this checkout, and the Pythons of this machine to install them with."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from unmeasured import unmeasured

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = Path("themes/civic/assets/bundle")
MODULES = Path("themes/civic/node_modules")
PASSING = ("__pycache__", "node_modules", ".cityfolio", ".compiled")     # folders that work leaves in a copy
# Another day for everything that a build asks the clock.
CLOCK = """
import os, time
ahead, then = int(os.environ.get("DAYS_AHEAD", "0")) * 86_400, time.time
time.time = lambda: then() + ahead
"""
# What `npm ci` would bring lies there already.
BUNDLING = """
import sys
sys.path.insert(0, "tools")
import nodejs
nodejs.npm_ci = lambda *_: None
import bundle
bundle.make()
"""


def tracked() -> Iterator[str]:
    """The files of this checkout that git has, and those that a commit of everything would add."""
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split("\0")
    return (name for name in sorted({*listed} - {""}) if (ROOT / name).is_file())


def copied(source: Path, folder: Path) -> Path:
    """A copy of what packages are made from, the bundle included: of this checkout, or of such a copy."""
    of_copy = (path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file())
    bundle = (path.relative_to(ROOT).as_posix() for path in (ROOT / BUNDLE).glob("*"))
    for name in [*tracked(), *bundle] if source == ROOT else of_copy:
        if not set(PASSING).intersection(Path(name).parts):
            (folder / name).parent.mkdir(exist_ok=True, parents=True)
            shutil.copy2(source / name, folder / name)
    return folder


def bundle_anew(folder: Path) -> None:
    """Make the bundle of a copy from its scripts, with the packages that this checkout has."""
    shutil.rmtree(folder / BUNDLE)
    shutil.copytree(ROOT / MODULES, folder / MODULES, symlinks=True)
    subprocess.run([sys.executable, "-c", BUNDLING], cwd=folder, check=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archives:
    """What is released."""

    wheel: Path
    source: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """An environment with what builds packages, in which the clock may go wrong."""

    python: Path

    def built(self, folder: Path, where: Path, *words: str, umask: int = 0o022,
              environment: Mapping[str, str] | None = None) -> Archives:
        """What `python -m build` makes of a folder: without more words, the wheel is made of the source archive."""
        command = [self.python, "-m", "build", "--no-isolation", "--outdir", where, *words, folder]
        with unmeasured():
            done = subprocess.run(command, check=False, text=True, capture_output=True, umask=umask,
                                  env={**os.environ, **(environment or {})})
        assert done.returncode == 0, done.stdout + done.stderr
        return Archives(wheel=next(where.glob("*.whl")), source=next(where.glob("*.tar.gz")))

    def days_ahead(self, environment: Mapping[str, str]) -> int:
        """How far its clock is ahead of this process's."""
        asked = [self.python, "-c", "import time; print(time.time())"]
        said = subprocess.run(asked, check=True, capture_output=True, text=True, env={**os.environ, **environment}).stdout
        return round((float(said) - time.time()) / 86_400)


def a_builder(folder: Path) -> Builder:
    """Make one."""
    with unmeasured():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        python = folder / "bin" / "python"
        pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
        subprocess.run([*pip, "build", "hatchling"], check=True)
    next(folder.glob("lib/python*/site-packages")).joinpath("sitecustomize.py").write_text(CLOCK)
    return Builder(python=python)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """What is released of this checkout, the copy that it was built of, and what built it. Tests leave it as it is."""

    builder: Builder
    copy: Path
    archives: Archives


def packages_once(folder: Path) -> Packages:
    """Build the packages into a folder, the wheel of the source archive, unless another process did: it waits for one at it."""
    place, copy, dist = (folder / name for name in ("venv", "copy", "dist"))
    with _first(folder) as is_first:
        if is_first:
            a_builder(place).built(copied(ROOT, copy), dist)
    archives = Archives(wheel=next(dist.glob("*.whl")), source=next(dist.glob("*.tar.gz")))
    return Packages(builder=Builder(python=place / "bin" / "python"), copy=copy, archives=archives)


def installed_once(wheel: Path, folder: Path) -> Path:
    """A folder with an environment of this Python, with the wheel and what it needs, unless another process made it."""
    place = folder / "venv"
    with _first(folder) as is_first:
        if is_first:
            install(wheel, Path(sys.executable), place)
    return place


def install(wheel: Path, program: Path, place: Path) -> None:
    """Make an environment of a Python with the wheel and what it needs, and nothing of the checkout."""
    with unmeasured():
        subprocess.run([program, "-m", "venv", "--without-pip", place], check=True)
        pip = [sys.executable, "-m", "pip", "--python", place / "bin" / "python", "install", "--quiet", "--no-compile"]
        subprocess.run([*pip, wheel], check=True)


@contextmanager
def _first(folder: Path) -> Iterator[bool]:
    """Whether what lies in a folder is still to be made, of which nothing is there then. One process asks after the other."""
    folder.mkdir(exist_ok=True)
    lock = folder.with_name(f"{folder.name}.lock")
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = folder / "done"
        is_first = not done.exists()
        if is_first:
            shutil.rmtree(folder)
            folder.mkdir()
        yield is_first
        done.touch()


def python_of(version: str) -> Path | None:
    """A Python of this version that starts: on the path, or among those that pyenv or uv keep."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    uv = Path.home() / ".local/share/uv/python"
    found = [shutil.which(f"python{version}"), *sorted(pyenv.glob(f"{version}.*/bin/python{version}")),
             *sorted(uv.glob(f"cpython-{version}.*/bin/python{version}"))]
    if f"{sys.version_info.major}.{sys.version_info.minor}" == version:
        found.insert(0, sys.executable)
    return next((Path(each) for each in found if each and _is(Path(each), version)), None)


def _is(program: Path, version: str) -> bool:
    asked = [str(program), "-c", "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    return said.stdout.strip() == version
