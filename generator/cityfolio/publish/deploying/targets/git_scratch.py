"""A bare repository for one deploy, in which a branch of another one is read and a commit for it is made, without a checkout.

Contents that did not change are neither fetched nor sent: a host that can leaves them out (`--filter=blob:none`).
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import BinaryIO, cast

from cityfolio.frozen import Frozen
from cityfolio.publish.deploying.target import Refused

REMOTE = "origin"
HERE = "refs/of-the-host/"        # before the names of what was fetched
WITHOUT_CONTENTS = "--filter=blob:none"
CHUNK_BYTES = 1 << 20
FILES = ("100644", "100755")
SETTINGS: Mapping[str, str] = {
    f"remote.{REMOTE}.promisor": "true",
    f"remote.{REMOTE}.partialCloneFilter": "blob:none",
    "gc.auto": "0",
    "core.looseCompression": "1",     # what is sent is compressed anew
    "pack.threads": "1",
}
# A hook's variables would lead git to the repository of the hook; these only tell how to reach another host, and as whom.
PASSED_ON = re.compile(r"GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|SSL_\w+|PROXY_\w+|(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL)"
                       r"|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+))")
# The variables that may hold a token, and the only host that each is sent to; "" is the host of the address.
TOKENS: Mapping[str, str] = {"GITHUB_TOKEN": "github.com", "CITYFOLIO_GIT_TOKEN": ""}
# Read by git's shell out of the environment, so that it stands in no list of processes.
HELPER = '!f() {{ test "$1" = get && echo username=x-access-token && echo "password=${}"; }}; f'
USERINFO = re.compile(r"//[^/@\s]*@")
MAY_WRITE = ("For ssh, give the host a deploy key that may write to this one repository. For https, put a token that may write "
             "the contents of this one repository into CITYFOLIO_GIT_TOKEN.")
# What git says -> what can be done about it, and whether that is to wait.
REASONS: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (re.compile("Host key verification failed"),
     "Add the host's key to known_hosts, after comparing it with what the host publishes.", False),
    (re.compile(r"Permission denied \(|could not read (?:User|Pass)|Authentication failed|(?:HTTP|error:) 40[13]"),
     MAY_WRITE, False),
    (re.compile("does not appear to be a git repository|[Rr]epository .*not found|does not exist|not a git repository"),
     "Check the address, and that whoever deploys may read the repository.", False),
    (re.compile("protected branch|hook declined|pre-receive|deny"),
     "The host forbids to push to this branch: allow it there.", False),
    (re.compile("Could not resolve|Connection|timed out|early EOF|RPC failed|disconnect|hung up|(?:HTTP|error:) (?:5|429)"),
     "Try again in a moment.", True),
)


class Blob(Frozen, kw_only=True):
    """What a commit has at a path: its mode and the name of its content, as git writes them."""

    mode: str
    name: str

    @property
    def is_file(self) -> bool:
        """Whether it is a file, and no link or other repository."""
        return self.mode in FILES


@dataclass(slots=True)
class Scratch:
    """The repository, and the one process that takes files in."""

    folder: Path
    address: str
    surroundings: Mapping[str, str]
    requests: int = 0
    asks_nobody: bool = False       # ssh is told not to ask for a password, where nobody has said how it is to be called
    taking: subprocess.Popen[bytes] | None = None
    lock: Lock = field(default_factory=Lock)

    def make(self) -> None:
        """Make the repository."""
        self.git("init", "--quiet", "--bare", "--template=", os.fspath(self.folder))
        self.git("config", "core.repositoryFormatVersion", "1")
        self.git("config", "extensions.partialClone", REMOTE)
        self.asks_nobody = not self.setting("core.sshCommand")

    def setting(self, name: str) -> str:
        """What the person who deploys has set; "" for nothing."""
        try:
            return self.git("config", name)
        except Refused:
            return ""

    def close(self) -> None:
        """End the process that takes files in."""
        if self.taking is not None:
            self.taking.communicate()
            self.taking = None

    def git(self, *arguments: str, given: bytes = b"", **more: str) -> str:
        """What git prints. Raises Refused with what it says is wrong."""
        return self.git_bytes(*arguments, given=given, **more).decode("utf-8", "surrogateescape").strip("\n")

    def git_bytes(self, *arguments: str, given: bytes = b"", **more: str) -> bytes:
        """What git prints, as it is. `more` are variables of its environment."""
        try:
            done = subprocess.run(self._command(*arguments), input=given, capture_output=True, check=False,
                                  env={**self._environment(), **more})
        except FileNotFoundError:
            raise Refused("git is not installed on this machine", "Install git.") from None
        if done.returncode != 0:
            raise self.refusal(done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def asked(self, *arguments: str, **more: str) -> str:
        """What git prints when it asks the host."""
        self.requests += 1
        return self.git(*arguments, given=b"", **more)

    def refs(self, *patterns: str) -> dict[str, str]:
        """The host's branches and other names that match, each with its commit."""
        lines = self.asked("ls-remote", "--refs", REMOTE, *patterns).splitlines()
        return {name: commit for commit, _, name in (line.partition("\t") for line in lines)}

    def fetch(self, *refs: str, depth: int) -> tuple[str, ...]:
        """Get commits and their lists of files, and tell the names of the commits."""
        self.asked("fetch", "--quiet", "--no-tags", f"--depth={depth}", WITHOUT_CONTENTS, REMOTE,
                   *(f"+{ref}:{HERE}{ref}" for ref in refs))
        return tuple(self.git("rev-parse", *(f"{HERE}{ref}" for ref in refs)).splitlines())

    def files(self, commit: str) -> Mapping[str, Blob]:
        """The files of a commit by path; links and other repositories are left out."""
        return {path: blob for path, blob in self.contents(commit).items() if blob.is_file}

    def contents(self, commit: str) -> Mapping[str, Blob]:
        """All that a commit has: files, links and other repositories by path."""
        found: dict[str, Blob] = {}
        for entry in filter(None, self.git("ls-tree", "-r", "-z", "--full-tree", commit).split("\0")):
            about, _, path = entry.partition("\t")
            mode, _, rest = about.partition(" ")
            found[path] = Blob(mode=mode, name=rest.rpartition(" ")[2])
        return found

    def fetch_contents(self, commit: str) -> None:
        """Get what the files of a commit hold and is not here yet, all at once."""
        told = self.git("rev-list", "--objects", "--no-object-names", "--missing=print", "--max-count=1", commit,
                        GIT_NO_LAZY_FETCH="1")
        missing = "".join(f"{line[1:]}\n" for line in told.splitlines() if line.startswith("?"))
        if missing:
            self.requests += 1
            self.git("-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
                     WITHOUT_CONTENTS, "--stdin", REMOTE, given=missing.encode())

    def pieces(self, content: str) -> Iterator[bytes]:
        """One content, however large it is."""
        with subprocess.Popen(self._command("cat-file", "blob", content), env=self._environment(),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            while piece := process.stdout.read(CHUNK_BYTES):
                yield piece
            said = process.stderr.read().decode("utf-8", "replace")
        if process.returncode != 0:
            raise self.refusal(said)

    def take(self, path: Path) -> str:
        """Store the content of a file, and give its name."""
        if "\n" in os.fspath(path):
            raise Refused(f"{path} has a line break in its name, which cannot be told to git", "Build into another folder.")
        with self.lock:
            told, asked = self._pipes()
            try:
                asked.write(os.fsencode(path.absolute()) + b"\n")
                asked.flush()
                name = told.readline().decode().strip()
            except BrokenPipeError:
                name = ""
        if not name:
            raise Refused(f"{path} could not be stored by git", "Check that it can be read, and that the disk is not full.")
        return name

    def take_bytes(self, body: bytes) -> str:
        """Store some bytes, and give their name."""
        return self.git("hash-object", "-w", "--stdin", given=body)

    def tree(self, start: str, changes: Iterable[tuple[str, Blob | None]]) -> str:
        """The name of a list of files: that of a commit ("" for none), with each path changed, or left out."""
        self.git("read-tree", start or "--empty")
        lines = (f"{blob.mode} {blob.name}\t{path}\0" if blob else f"0 {'0' * 40}\t{path}\0" for path, blob in changes)
        self.git("update-index", "-z", "--index-info", given="".join(lines).encode("utf-8", "surrogateescape"))
        return self.git("write-tree", "--missing-ok")

    def refusal(self, said: str) -> Refused:
        """What git says, without anything that it should not, and what can be done about it."""
        text = USERINFO.sub("//", said)
        for variable in TOKENS:
            if secret := self.surroundings.get(variable):
                text = text.replace(secret, "***")
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("warning:", "hint:"))]
        fix, is_passing = next(((fix, passing) for pattern, fix, passing in REASONS if pattern.search(text)), ("", False))
        return Refused(f"git says: {' '.join(lines[:6])}", fix, is_passing=is_passing)

    def _pipes(self) -> tuple[BinaryIO, BinaryIO]:
        if self.taking is None:
            self.taking = subprocess.Popen(self._command("hash-object", "-w", "--no-filters", "--stdin-paths"),
                                           env=self._environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                           stderr=subprocess.DEVNULL)
        return cast("BinaryIO", self.taking.stdout), cast("BinaryIO", self.taking.stdin)

    def _environment(self) -> dict[str, str]:
        passed = {name: value for name, value in self.surroundings.items()
                  if not name.startswith("GIT_") or PASSED_ON.fullmatch(name)}
        if self.asks_nobody and "GIT_SSH" not in passed:
            passed.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
        return {**passed, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}

    def _command(self, *arguments: str) -> list[str]:
        settings = {f"remote.{REMOTE}.url": self.address, **SETTINGS, **dict(_credentials(self.address, self.surroundings))}
        said = (part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
        return ["git", "--git-dir", os.fspath(self.folder), *said, *arguments]


def _credentials(address: str, surroundings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    found = re.match(r"https://(?:[^/@]*@)?([^/]+)", address)
    for variable, host in TOKENS.items():
        if found and surroundings.get(variable) and host in ("", found[1]):
            yield f"credential.https://{found[1]}.helper", HELPER.format(variable)
