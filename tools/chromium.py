"""Finds a Chromium on the machine, and says brings one. Used by bootstrap.py and by the tests; standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_on_path() -> Path | None:
    """The machine's own browser, None where Playwright's must do."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def install(python: Path) -> bool:
    """Install Debian's Chromium where this may be done, else Playwright's own with the given Python. False: neither worked."""
    if chromium_on_path() or _install_with_apt():
        return True
    return subprocess.run([str(python), "-m", "playwright", "install", "chromium"], check=False).returncode == 0


def _install_with_apt() -> bool:
    rights = _rights()
    # Ubuntu's package of this name is an empty one that asks for snap.
    if rights is None or shutil.which("apt-get") is None or not _is_debian():
        return False
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    steps = [["update"], ["install", "--yes", "--no-install-recommends", "chromium", "fonts-liberation"]]
    done = all(subprocess.run([*apt, *step], stdout=subprocess.DEVNULL, check=False).returncode == 0 for step in steps)
    return done and chromium_on_path() is not None


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
