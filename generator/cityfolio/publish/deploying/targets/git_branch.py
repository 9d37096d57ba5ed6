"""A branch of a git repository, as GitHub Pages and others show it: a deploy is one commit, and one push of it.

A push either moves the branch or does not, so visitors see all of a deploy or nothing. Nobody's commit is overwritten: the push
names the commit that the deploy began with (git's lease), and is refused where the branch has moved on.

`#gh-pages` alone appends to the history of the branch, in which each former site stays. With `?history=orphan` the branch holds
a single commit, and former sites stay as long as they are kept, under refs/cityfolio/generations/BRANCH/.
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

from cityfolio import folders
from cityfolio.frozen import Frozen
from cityfolio.model.site import Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.stages import is_hashed
from cityfolio.publish.deploying.target import Generation, Held, Locked, Refused, Traits, Upload
from cityfolio.publish.deploying.targets.carried import folders_of
from cityfolio.publish.deploying.targets.git_generations import (
    Known,
    by_commits,
    by_names,
    last_deploy,
    message_of,
    name_for,
    named,
    room_of,
    told_in,
)
from cityfolio.publish.deploying.targets.git_scratch import REMOTE, Blob, Scratch
from cityfolio.publish.deploying.written_generations import Written, numbered
from cityfolio.publish.manifest import from_bytes

History = Literal["append", "orphan"]
TRAITS = Traits(switches=True, keeps_headers=False, locks=False, cost="nothing")
BRANCH = "gh-pages"
# As `git check-ref-format` has it.
NOT_A_BRANCH = re.compile(r"^[-/.]|[\x00-\x20~^:?*\[\\\x7f]|\.\.|@\{|//|/\.|[/.]$|\.lock$")
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


class GitTarget(Frozen):
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
            refs = scratch.refs(self.ref, f"{room_of(self.branch)}*")
            tip = scratch.fetch(self.ref, depth=1)[0] if self.ref in refs else ""
            yield GitSession(self, scratch, keep, tip, frozenset(refs), scratch.contents(tip) if tip else {})

    def generations(self) -> tuple[Generation, ...]:
        """The former sites of the branch, the newest first."""
        with self._scratch() as scratch:
            return self.known(scratch).generations()

    def manifest_of(self, generation: str) -> bytes:
        """The manifest in the commit of a generation."""
        with self._scratch() as scratch:
            for each, commit in self.known(scratch).former:
                if each.generation.name == generation:
                    return scratch.git_bytes("cat-file", "blob", f"{commit}:{MANIFEST_PATH}")
        raise Refused(f"{generation} is not kept any more", "Name one that is: `--generations` lists them.")

    def known(self, scratch: Scratch) -> Known:
        """The sites that the repository holds of the branch."""
        if self.history == "append":
            return by_commits(scratch, self.ref)
        return by_names(scratch, self.ref, self.branch)

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
    refs: AbstractSet[str]                       # the names of former sites, and of the branch, as the deploy began
    there: Mapping[str, Blob]                    # all that the commit has
    has_contents: bool = False                   # of them all, on this machine
    lock: Lock = field(default_factory=Lock)
    changes: dict[str, Blob | None] = field(default_factory=dict)
    known: Known | None = None
    below: tuple[Written | None, str] | None = None     # the last deploy, where others have committed on top of it
    found: Mapping[str, Blob] | None = None      # digest -> content of a former site
    files: Mapping[str, Blob] = field(init=False)       # of the commit; links and other repositories are none

    def __post_init__(self) -> None:
        self.files = {path: blob for path, blob in self.there.items() if blob.is_file}

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
        return last.generation.leaving if last else {}

    def strange(self, wanted: Mapping[str, str]) -> AbstractSet[str]:
        """What somebody else has committed where a file is to come, a folder of one, or something in the place of a folder.

        No deploy commits a link or another repository: what is one is somebody else's, whatever the manifest says.
        """
        manifest = self.manifest()
        known = {*OWN, *self.leaving(), *((MANIFEST_PATH, *manifest.entries) if manifest else ())}
        coming = {*wanted, MANIFEST_PATH, *({NO_JEKYLL} - self.there.keys())}
        places = coming | folders_of(coming)
        in_the_way = {path for path in self.there if path in places or not coming.isdisjoint(folders_of({path}))}
        return {path for path in in_the_way
                if not self.there[path].is_file or (path not in known and not (manifest and is_hashed(path)))}

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
        if NO_JEKYLL not in self.there:
            changes[NO_JEKYLL] = Blob(mode=FILE, name=scratch.take_bytes(b""))
        tree = scratch.tree(self.tip, changes.items())
        parents = ("-p", self.tip) if self.tip and self.target.history == "append" else ()
        made = scratch.git("commit-tree", tree, *parents, given=message_of(self._counted(generation)), **self._who())
        self._push(made, generation)
        self.tip, self.changes, self.known, self.below, self.found = made, {}, None, None, None
        self.there, self.files, self.has_contents = scratch.contents(made), scratch.files(made), False

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
        if self.target.history == "append":
            return ()
        branch, (last, commit) = self.target.branch, self._last()
        kept = named(branch, self.refs)
        is_other = last is not None and last.generation.manifest_sha256 != coming.manifest_sha256
        new = [name_for(branch, last)] if self.keep and last and is_other else []
        again = [each for each in kept if last and new and each.is_of(last.generation)]     # that the new name stands for
        # One of a site that is brought back is not counted: it tells where that stands among the others.
        others = [each for each in kept if each not in again and not each.is_of(coming)]
        gone = {each.ref for each in (*again, *others[: max(0, len(others) + len(new) - self.keep)])} - {*new}
        return (*(f"{commit}:{name}" for name in new if name not in self.refs), *(f":{name}" for name in sorted(gone)))

    def _counted(self, coming: Generation) -> Written:
        """A site with its number: one more than that of any before it on the branch."""
        (last, _), kept = self._last(), named(self.target.branch, self.refs)
        if self.target.history == "orphan" and any(each.is_of(coming) for each in kept):
            told = [written for written, _ in self._known().former]      # it may bring one of them back
        else:
            told = [Written(generation=Generation(name=each.name, manifest_sha256=""), number=each.number) for each in kept]
        return numbered(coming, [*told, *([last] if last else [])])

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

    def _deployed(self) -> Written | None:
        return told_in(self.scratch.git("log", "-1", "--format=%B", self.tip)) if self.tip else None

    def _last(self) -> tuple[Written | None, str]:
        """The last deploy and its commit. Where there is no history, what others have committed on top of it ends with it."""
        last = self._deployed()
        if last or not self.tip or self.target.history == "append":
            return last, self.tip
        if self.below is None:
            self.below = last_deploy(self.scratch, self.target.ref, self.tip) or (None, "")
        return self.below

    def _known(self) -> Known:
        if self.known is None:
            self.known = self.target.known(self.scratch)
        return self.known

    def _kept(self) -> Mapping[str, Blob]:
        if self.found is None:
            found: dict[str, Blob] = {}
            for commit in [*(commit for _, commit in self._known().former), *filter(None, [self.tip])]:
                found |= contents_of(commit, self.scratch)
            self.found = found
        return self.found


def contents_of(commit: str, scratch: Scratch) -> Mapping[str, Blob]:
    """What git calls the contents of a site, by their digests in its manifest."""
    held = scratch.files(commit)
    try:
        entries = from_bytes(scratch.git_bytes("cat-file", "blob", f"{commit}:{MANIFEST_PATH}")).entries
    except (ValueError, Refused):
        return {}
    return {entry.sha256: held[path] for path, entry in entries.items() if path in held}


def _git_time(moment: datetime) -> str:
    return f"{int(moment.timestamp())} +0000"
