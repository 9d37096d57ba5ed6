"""Finds a Chromium on the machine, and brings one. Used by bootstrap.py and by the tests; standard library only.

First comes the shell of Chromium that has no window, which Debian packages beside it: the same engine draws the same pages with
it, for half of the work (docs/decisions/browser-without-a-window.md).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_on_path() -> Path | None:
    """The machine's own browser, None where Playwright's must do."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def install(python: Path) -> bool:
    """Install Debian's shell of Chromium where this may be done, or its Chromium; else Playwright's with the given Python.

    A browser that is there is enough where its shell cannot be had. False: nothing worked.
    """
    if shutil.which(SHELL) or _install_with_apt(SHELL) or chromium_on_path() or _install_with_apt("chromium"):
        return True
    return subprocess.run([str(python), "-m", "playwright", "install", "chromium"], check=False).returncode == 0


def _install_with_apt(name: str) -> bool:
    rights = _rights()
    # Ubuntu's packages of these names are empty ones that ask for snap.
    if rights is None or shutil.which("apt-get") is None or not _is_debian():
        return False
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    steps = [["update"], ["install", "--yes", "--no-install-recommends", name, "fonts-liberation"]]
    done = all(subprocess.run([*apt, *step], stdout=subprocess.DEVNULL, check=False).returncode == 0 for step in steps)
    return done and shutil.which(name) is not None


def _rights() -> list[str] | None:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    lines = release.read_text(encoding="utf-8").splitlines() if release.is_file() else []
    return "ID=debian" in lines
