"""Repositories with a catalog, for tests that need commits."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

AUTHOR = {"PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": "/nowhere",
          "GIT_AUTHOR_NAME": "Clerk", "GIT_AUTHOR_EMAIL": "clerk@example.gov", "GIT_COMMITTER_NAME": "Clerk",
          "GIT_COMMITTER_EMAIL": "clerk@example.gov", "GIT_AUTHOR_DATE": "2026-06-01T12:00:00Z",
          "GIT_COMMITTER_DATE": "2026-06-01T12:00:00Z"}


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    done = subprocess.run(["git", "-C", str(folder), *arguments], env=AUTHOR, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body.encode() if isinstance(body, str) else body)


def a_repository(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A repository whose one commit has a catalog in catalog/; the folder of the catalog."""
    write(folder / "catalog", files)
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder / "catalog"


def commit(folder: Path) -> str:
    """Commit everything in a repository; the name of the commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Changed")
    return git(folder, "rev-parse", "HEAD")
