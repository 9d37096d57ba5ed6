"""A branch of a git repository, as GitHub Pages and others show it: a deploy is one commit, and one push of it.

A push either moves the branch or does not, so visitors see all of a deploy or nothing. Nobody's commit is overwritten: the push
names the commit that the deploy began with (git's lease), and is refused where the branch has moved on.

`#gh-pages` alone appends to the history of the branch, in which each former site stays. With `?history=orphan` the branch holds
a single commit, and former sites stay as long as they are kept, under refs/cityfolio/generations/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

import orjson

from cityfolio import folders
from cityfolio.model.site import Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.stages import is_hashed
from cityfolio.publish.deploying.target import Generation, Held, Locked, Refused, Traits, Upload
from cityfolio.publish.deploying.targets.carried import folders_of
from cityfolio.publish.deploying.targets.git_scratch import REMOTE, Blob, Scratch
from cityfolio.publish.deploying.written_generations import leading_back
from cityfolio.publish.manifest import from_bytes

History = Literal["append", "orphan"]
TRAITS = Traits(switches=True, keeps_headers=False, locks=False, cost="nothing")
BRANCH = "gh-pages"
# As `git check-ref-format` has it.
NOT_A_BRANCH = re.compile(r"^[-/.]|[\x00-\x20~^:?*\[\\\x7f]|\.\.|@\{|//|/\.|[/.]$|\.lock$")
KEPT = "refs/cityfolio/generations/"
MOST = 20                               # former sites that are looked for
MARK = "Cityfolio-Generation: "
NO_JEKYLL = ".nojekyll"                 # or GitHub leaves out what begins with "_"
OWN = ("CNAME", NO_JEKYLL)              # of the host, whatever the site holds
FILE = "100644"
NAME, EMAIL = "Cityfolio", "cityfolio@localhost"
MOVED_ON = re.compile("stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref|reference already exists")


def target(address: str, around: Around) -> GitTarget:
    """The branch at an address: git+ssh://, git+https:// or git+file://, then #BRANCH. Raises Refused."""
    parts = urlsplit(address.removeprefix("git+"))
    if parts.password is not None:
        raise Refused("the address holds a password, which would be seen in logs and lists of processes",
                      "Leave it out, and put a token into the environment as CITYFOLIO_GIT_TOKEN.")
    if parts.scheme not in ("ssh", "https", "file"):
        raise Refused("git+ is not followed by ssh://, https:// or file://", "Write git+ssh://git@HOST/PATH.git#BRANCH.")
    branch = parts.fragment or BRANCH
    if NOT_A_BRANCH.search(branch):
        raise Refused(f'"{branch}" cannot be the name of a branch', f"Write it behind #, as in #{BRANCH}.")
    return GitTarget(parts._replace(query="", fragment="").geturl(), branch, _history(parts.query), around)


def _history(query: str) -> History:
    match parse_qsl(query, keep_blank_values=True):
        case [] | [("history", "append")]:
            return "append"
        case [("history", "orphan")]:
            return "orphan"
    raise Refused("what stands behind ? in the address is not known here",
                  "Write ?history=orphan or ?history=append, or nothing.")


@dataclass(frozen=True, slots=True)
class GitTarget:
    """A branch of a repository somewhere."""

    address: str
    branch: str
    history: History
    around: Around

    @property
    def name(self) -> str:
        """The address as it was given."""
        return f"git+{self.address}#{self.branch}"

    @property
    def traits(self) -> Traits:
        """It switches; of two deploys at once the second is refused at its end."""
        return TRAITS

    @property
    def ref(self) -> str:
        """The branch's whole name."""
        return f"refs/heads/{self.branch}"

    @contextmanager
    def session(self, owner: str, keep: int) -> Iterator[GitSession]:
        """Get the lists of files of the branch's last commit."""
        with self._scratch() as scratch:
            tip = scratch.fetch(self.ref, depth=1)[0] if scratch.refs(self.ref) else ""
            yield GitSession(self, scratch, keep, tip, scratch.files(tip) if tip else {})

    def generations(self) -> tuple[Generation, ...]:
        """The sites that other commits hold, the newest first."""
        with self._scratch() as scratch:
            commits = {generation.name: generation for generation, _ in reversed(former(self, scratch))}
            seen = seen_at(self, scratch)
            names = {**commits, **({seen.name: seen} if seen else {})}
            return leading_back(names.values(), seen.name if seen else "")

    def manifest_of(self, generation: str) -> bytes:
        """The manifest in the commit of a generation."""
        with self._scratch() as scratch:
            for each, commit in former(self, scratch):
                if each.name == generation:
                    return scratch.git_bytes("cat-file", "blob", f"{commit}:{MANIFEST_PATH}")
        raise Refused(f"{generation} is not kept any more", "Name one that is: `--generations` lists them.")

    @contextmanager
    def _scratch(self) -> Iterator[Scratch]:
        with folders.scratch_folder() as folder:
            scratch = Scratch(folder / "scratch.git", self.address, self.around.environment)
            try:
                scratch.make()
                yield scratch
            finally:
                scratch.close()


@dataclass(slots=True)
class GitSession:
    """One deploy: contents are stored in a repository on this machine, and the commit sends them."""

    target: GitTarget
    scratch: Scratch
    keep: int
    tip: str                                     # the commit that visitors see; "" where there is no branch
    files: Mapping[str, Blob]                    # of that commit
    has_contents: bool = False                   # of them all, on this machine
    lock: Lock = field(default_factory=Lock)
    changes: dict[str, Blob | None] = field(default_factory=dict)
    found: Mapping[str, Blob] | None = None      # digest -> content of a former site

    @property
    def requests(self) -> int:
        """What the host was asked."""
        return self.scratch.requests

    def manifest(self) -> Manifest | None:
        """The manifest in the branch."""
        blob = self.files.get(MANIFEST_PATH)
        try:
            return from_bytes(self.scratch.git_bytes("cat-file", "blob", blob.name)) if blob else None
        except ValueError:
            return None

    def held(self) -> Mapping[str, Held]:
        """Every file of the branch that can be one of a site. Digests and sizes are known where a deploy made the commit."""
        manifest = self.manifest() if self._deployed() else None
        entries = manifest.entries if manifest else {}
        return {path: Held(bytes=entries[path].bytes, sha256=entries[path].sha256) if path in entries else Held(bytes=0)
                for path in self.files if path not in OWN and (not path.startswith(".") or path.startswith(".well-known/"))}

    def begin(self, manifest: bytes, generation: Generation) -> None:
        """Forget what was put before."""
        self.changes = {}

    def unfinished(self) -> Manifest | None:
        """Nothing, for a push is done or not; but where somebody else has committed since, the manifest cannot be trusted.

        Of a branch without a manifest none of the files is ours.
        """
        return Manifest() if self.tip and not self._deployed() and self.manifest() is not None else None

    def leaving(self) -> Mapping[str, str]:
        """What the last deploy left for a while."""
        last = self._deployed()
        return last.leaving if last else {}

    def strange(self, wanted: Mapping[str, str]) -> AbstractSet[str]:
        """What somebody else has committed where a file is to come, a folder of one, or something in the place of a folder."""
        manifest = self.manifest()
        if manifest is None:
            return frozenset()
        known = {MANIFEST_PATH, *OWN, *manifest.entries, *self.leaving()}
        new = {path for path in wanted if path not in known and not is_hashed(path)}
        places = new | folders_of(new)
        return {path for path in self.files if path not in known and (path in places or not new.isdisjoint(folders_of({path})))}

    def kept(self) -> AbstractSet[str]:
        """The digests of the files of all former sites."""
        return self._kept().keys()

    def put(self, upload: Upload) -> None:
        """Store a file for the commit."""
        self.changes[upload.path] = Blob(mode=FILE, name=self.scratch.take(upload.source))

    def put_back(self, path: str, sha256: str) -> bool:
        """Let a path have a content that the repository has."""
        blob = self._kept().get(sha256)
        if blob is None:
            return False
        self.changes[path] = blob
        return True

    def remove(self, paths: Sequence[str]) -> None:
        """Leave files out of the commit; what belongs to the host stays."""
        self.changes.update(dict.fromkeys(path for path in paths if path not in OWN))

    def read(self, path: str) -> Iterable[bytes]:
        """The bytes of a file of the branch. With the first, all are got."""
        blob = self.files[path]
        with self.lock:
            if not self.has_contents:
                self.scratch.fetch_contents(self.tip)
                self.has_contents = True
        return self.scratch.pieces(blob.name)

    def commit(self, manifest: bytes, generation: Generation) -> None:
        """Make the commit and push it."""
        scratch, changes = self.scratch, dict(self.changes)
        changes[MANIFEST_PATH] = Blob(mode=FILE, name=scratch.take_bytes(manifest))
        if NO_JEKYLL not in self.files:
            changes[NO_JEKYLL] = Blob(mode=FILE, name=scratch.take_bytes(b""))
        tree = scratch.tree(self.tip, changes.items())
        parents = ("-p", self.tip) if self.tip and self.target.history == "append" else ()
        made = scratch.git("commit-tree", tree, *parents, given=_message(generation), **self._who())
        self._push(made, generation)
        self.tip, self.changes, self.found = made, {}, None
        self.files, self.has_contents = scratch.files(made), False

    def _push(self, made: str, generation: Generation) -> None:
        ref, names = self.target.ref, self._names(generation)
        # Only so git looks for contents in a commit that is no parent, though it then fetches the former ones of what changed.
        thin = "--thin" if self.target.history == "orphan" else "--no-thin"
        lease = (f"--force-with-lease={ref}:{self.tip}", REMOTE, f"{made}:{ref}")
        try:
            self.scratch.asked("push", "--quiet", "--no-verify", thin, "--atomic", *lease, *names)
        except Refused as refusal:
            if self.scratch.refs(ref).get(ref) == made:
                return      # the branch was moved, and only the answer was lost
            if MOVED_ON.search(refusal.says):
                says = f"somebody else has changed the branch {self.target.branch} since this deploy began"
                raise Locked(says, "Deploy again.") from None
            raise

    def _names(self, coming: Generation) -> tuple[str, ...]:
        """Where the branch has no history: a name for the site that it leaves, and what is not kept any more."""
        last = self._deployed()
        if self.target.history == "append" or last is None:
            return ()
        named = sorted(self.scratch.refs(f"{KEPT}*"))
        new = (f"{self.tip}:{KEPT}{last.name}",) if self.keep and f"{KEPT}{last.name}" not in named else ()
        # One of a site that is brought back is not counted: it tells where that stands among the others.
        others = [name for name in named if not name.endswith(f"-{coming.manifest_sha256[:8]}")]
        return (*new, *(f":{name}" for name in others[: max(0, len(others) + len(new) - self.keep)]))

    def _who(self) -> Mapping[str, str]:
        moment, known = _git_time(self.target.around.now()), self.scratch.surroundings
        who = {f"GIT_{role}_DATE": moment for role in ("AUTHOR", "COMMITTER")}
        try:
            self.scratch.git("config", "user.email")
        except Refused:
            for role in ("AUTHOR", "COMMITTER"):
                who[f"GIT_{role}_NAME"] = known.get(f"GIT_{role}_NAME", NAME)
                who[f"GIT_{role}_EMAIL"] = known.get(f"GIT_{role}_EMAIL", EMAIL)
        return who

    def _deployed(self) -> Generation | None:
        return _generation(self.scratch.git("log", "-1", "--format=%B", self.tip)) if self.tip else None

    def _kept(self) -> Mapping[str, Blob]:
        if self.found is None:
            found: dict[str, Blob] = {}
            for commit in [*(commit for _, commit in former(self.target, self.scratch)), *filter(None, [self.tip])]:
                found |= contents_of(commit, self.scratch)
            self.found = found
        return self.found


def former(target: GitTarget, scratch: Scratch) -> tuple[tuple[Generation, str], ...]:
    """The sites that a repository holds beside the one that is seen, each with its commit, the newest first."""
    named = sorted(scratch.refs(target.ref, f"{KEPT}*"))
    starts = [name for name in named if (name == target.ref) == (target.history == "append")]
    if not starts:
        return ()
    commits = scratch.fetch(*starts, depth=MOST + 1)
    told = scratch.git("log", f"--max-count={MOST + 1}", "--format=%H%n%B%x00", *commits)
    parted = (each.strip("\n").partition("\n") for each in told.split("\0"))
    seen = commits if target.history == "append" else ()
    found = ((_generation(message), commit) for commit, _, message in parted if commit not in seen)
    return tuple(sorted(((each, commit) for each, commit in found if each), key=lambda pair: pair[0].name, reverse=True))


def seen_at(target: GitTarget, scratch: Scratch) -> Generation | None:
    """What is known of the site at the tip of the branch."""
    tip = scratch.fetch(target.ref, depth=1)[0] if scratch.refs(target.ref) else ""
    return _generation(scratch.git("log", "-1", "--format=%B", tip)) if tip else None


def contents_of(commit: str, scratch: Scratch) -> Mapping[str, Blob]:
    """What git calls the contents of a site, by their digests in its manifest."""
    held = scratch.files(commit)
    try:
        entries = from_bytes(scratch.git_bytes("cat-file", "blob", f"{commit}:{MANIFEST_PATH}")).entries
    except (ValueError, Refused):
        return {}
    return {entry.sha256: held[path] for path, entry in entries.items() if path in held}


def _message(generation: Generation) -> bytes:
    about = {"name": generation.name, "manifest_sha256": generation.manifest_sha256, "revision": generation.revision,
             "bytes": generation.bytes, "leaving": dict(generation.leaving)}
    of = f" of {generation.revision[:12]}" if generation.revision else ""
    return f"Publish the site{of}\n\n{MARK}".encode() + orjson.dumps(about) + b"\n"


def _generation(message: str) -> Generation | None:
    line = next((line for line in message.splitlines() if line.startswith(MARK)), "")
    try:
        said = orjson.loads(line.removeprefix(MARK))
        return Generation(name=str(said["name"]), manifest_sha256=str(said["manifest_sha256"]), revision=str(said["revision"]),
                          bytes=int(said["bytes"]), leaving={str(path): str(since) for path, since in said["leaving"].items()})
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _git_time(moment: datetime) -> str:
    return f"{int(moment.timestamp())} +0000"
