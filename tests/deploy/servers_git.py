"""A bare repository on this machine, as a host keeps it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

WHO = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.gov")
ANOTHER = "1" * 40      # a commit of another repository


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository, and what can be asked of it without the program under test."""

    folder: Path

    @property
    def address(self) -> str:
        """Where it is, for a target."""
        return f"git+file://{self.folder}"

    def git(self, *arguments: str, given: str = "") -> str:
        """What git says there."""
        command = ["git", "-C", str(self.folder), *WHO, *arguments]
        done = subprocess.run(command, input=given, text=True, capture_output=True, check=True)
        return done.stdout.strip()

    def paths(self, name: str = "gh-pages") -> set[str]:
        """The files of a branch."""
        return set(self.git("ls-tree", "-r", "--name-only", "-z", name).rstrip("\0").split("\0"))

    def body(self, path: str, name: str = "gh-pages") -> str:
        """What a file of a branch holds."""
        return self.git("cat-file", "blob", f"{name}:{path}")

    def commits(self, name: str = "gh-pages") -> int:
        """How many commits the branch leads to."""
        return int(self.git("rev-list", "--count", name))

    def write(self, path: str, body: str, name: str = "gh-pages", *, mode: str = "100644") -> None:
        """Somebody else's commit on a branch, which need not exist. What is in the way of the path goes."""
        there = self.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{name}")
        blob = self.git("hash-object", "-w", "--stdin", given=body)
        self.git("read-tree", there or "--empty")
        self.git("update-index", "--add", "--replace", "--cacheinfo", f"{mode},{ANOTHER if mode == '160000' else blob},{path}")
        made = self.git("commit-tree", self.git("write-tree"), *(("-p", there) if there else ()), "-m", "By hand")
        self.git("update-ref", f"refs/heads/{name}", made)

    def says_no(self) -> None:
        """Refuse every push from now on, as a protected branch does."""
        hook = self.folder / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\necho 'protected branch'\nexit 1\n")
        hook.chmod(0o755)


def a_repository(folder: Path, *, leaves_out: bool = True) -> Repository:
    """A new one; `leaves_out` is whether it can leave contents out of what it sends, as large hosts can."""
    subprocess.run(["git", "init", "--quiet", "--bare", str(folder)], check=True)
    found = Repository(folder)
    found.git("config", "uploadpack.allowFilter", str(leaves_out).lower())
    found.git("config", "uploadpack.allowAnySHA1InWant", str(leaves_out).lower())
    return found
