"""A crew that gives tasks to other machines in batches, and does here what comes back from none of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from cityfolio import files
from cityfolio.clusters.parcels import Parcel, answers_read, digest_known, packed, packed_errand
from cityfolio.clusters.remote import Batch, Piece, Returned, done, take
from cityfolio.clusters.storage import Storage
from cityfolio.files import FolderTree, Tree, sha256
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen
from cityfolio.tables.aside import Ended
from cityfolio.tables.fetched import FetchedTree
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import PART, SHARED, Errand, Task, is_risky, worked

BATCH_WEIGHT = 32 << 20           # some seconds of work, beside which starting a process for it is little
TASK_WEIGHT = 64 << 10            # of a task, whatever its file weighs
RISKY_WEIGHT = 8                  # times its bytes: packed formats expand
MESSAGE_BYTES = 8 << 20           # at most in a message: Dask's scheduler, which passes all of them on, is made for small ones
AHEAD = 2                         # batches for each thread of a worker, so that none waits for this machine
LOOK_SECONDS = 1.0
TOO_LARGE = "files of more than 8 MiB travel through a storage only; name one with --dask-storage"
MOST_LOOKS = 20                   # in which no worker is left: then the work is done here


class Reach(Frozen, kw_only=True):
    """What the other machines can reach."""

    folder: Path | None = None    # the catalog, where they see the same files under the same path
    storage: Storage | None = None


@dataclass(slots=True, kw_only=True)
class Cluster:
    """Other machines as a crew. It ends with the run, and remembers what they did not do."""

    executor: Executor
    threads: Callable[[], int]    # how many work now
    reach: Reach
    same: Mapping[str, str]       # what has to be the same there
    here: int                     # processes of this machine, for what is left
    batch_weight: int = BATCH_WEIGHT
    done_here: int = 0
    reason: str = ""              # why the first batch came back undone
    _put: set[str] = field(default_factory=set)     # what lies in the storage already

    def note(self) -> str:
        """What the end of the build says: "" where all was done by the cluster."""
        if not self.done_here:
            return ""
        return f"{self.done_here} of the tasks were done on this machine and not by the cluster: {self.reason}."

    def worked(self, tasks: Sequence[Task]) -> list[bytes | Ended]:
        """What comes of tasks, in their order. What no worker brings back is done here."""
        answers: dict[int, bytes | Ended] = {}
        pending: dict[Future[Returned], tuple[list[int], Parcel]] = {}
        batches, looks, threads = self._batches(tasks), 0, self.threads()
        while (threads or pending) and looks < MOST_LOOKS:
            while len(pending) < AHEAD * threads and (at := next(batches, None)) is not None:
                self._give(tasks, at, pending)
            if not pending:
                break
            finished, _ = wait(pending, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            for each in finished:
                at, parcel = pending.pop(each)
                answers |= zip(at, self._taken(each, [tasks[one] for one in at], parcel), strict=False)
            threads = self.threads()
            looks = 0 if finished or threads else looks + 1
        for each in pending:
            each.cancel()
        left = [at for at in range(len(tasks)) if at not in answers]
        if left:
            self._miss("no worker is left")
            self.done_here += len(left)
            answers |= zip(left, worked([tasks[at] for at in left], self.here), strict=True)
        return [answers[at] for at in range(len(tasks))]

    def brought(self, errand: Errand, shared: bytes, parts: Iterable[bytes]) -> Iterator[bytes]:
        """What comes of an errand for each of some parts, in order; b"" where no worker brings it back."""
        body, coming, is_left = packed_errand(errand), iter(parts), True
        pending = deque[Future[Returned] | None]()      # None: it could not be sent
        while True:
            most = max(1, AHEAD * self.threads()) if is_left else 1
            while len(pending) < most and (part := next(coming, None)) is not None:
                pending.append(self._sent(body, {SHARED: shared, PART: part}) if is_left else None)
            if not pending:
                return
            future = pending.popleft()
            is_left = is_left and (future is None or self._is_done(future))
            answer = self._brought(future) if future and is_left else b""
            self.done_here += not answer
            yield answer

    def _sent(self, body: bytes, inputs: Mapping[str, bytes]) -> Future[Returned] | None:
        """Send an errand with what it reads, unless that is too much for messages."""
        if self.reach.storage is None and sum(map(len, inputs.values())) > MESSAGE_BYTES:
            self._miss(TOO_LARGE)
            return None
        storage = self.reach.storage.address if self.reach.storage else ""
        try:
            pieces = {name: self._piece(each) for name, each in inputs.items()}
        except OSError as error:
            self._miss(_said(error))
            return None
        return self.executor.submit(done, Batch(body=body, inputs=pieces, storage=storage, same=self.same))

    def _piece(self, body: bytes) -> Piece:
        digest = sha256(body)
        if self.reach.storage is None:
            return Piece(sha256=digest, body=body)
        if digest not in self._put:
            with scratch_folder() as folder:
                files.write_new(folder / digest, [body])
                self.reach.storage.put(folder / digest)
            self._put.add(digest)
        return Piece(sha256=digest)

    def _is_done(self, future: Future[Returned]) -> bool:
        """Wait until a worker is done; False where none is left."""
        looks = 0
        while not wait([future], timeout=LOOK_SECONDS).done:
            looks = 0 if self.threads() else looks + 1
            if looks == MOST_LOOKS:
                future.cancel()
                self._miss("no worker is left")
                return False
        return True

    def _brought(self, future: Future[Returned]) -> bytes:
        """What a worker brought; b"" where it failed, or where what lies there is not what was sent."""
        try:
            with scratch_folder() as folder:
                take(future.result().answers, folder / "answers", self.reach.storage)
                return files.read_bytes(folder / "answers")
        except Exception as error:  # noqa: BLE001 - whatever it was, the work is done here, where a bug raises again
            self._miss(_said(error))
            return b""

    def _batches(self, tasks: Sequence[Task]) -> Iterator[list[int]]:
        """The numbers of the tasks that go together: of some weight, and enough batches for all threads."""
        weights = [TASK_WEIGHT + task.job.size_bytes * (RISKY_WEIGHT if is_risky(task.job) else 1) for task in tasks]
        most = min(self.batch_weight, sum(weights) // max(1, self.threads()) + 1)
        held, weight, carried = list[int](), 0, 0
        for at, task in enumerate(tasks):
            if held and (weight + weights[at] > most or carried + task.job.size_bytes > MESSAGE_BYTES):
                yield held
                held, weight, carried = [], 0, 0
            held.append(at)
            weight += weights[at]
            carried += task.job.size_bytes if self.reach.storage is None else 0
        if held:
            yield held

    def _give(self, tasks: Sequence[Task], at: list[int], pending: dict[Future[Returned], tuple[list[int], Parcel]]) -> None:
        """Send a batch, unless it cannot be sent: then its tasks are left to this machine."""
        parcel = packed([tasks[one] for one in at])
        try:
            inputs = {path: self._input(job, parcel.tree) for path, job in parcel.reads.items() if parcel.tree is not None}
        except OSError as error:
            # What is wrong with the file is found, and told, where it is read here.
            self._miss(f"{error.filename or 'a file'} could not be read: {error.strerror or error}")
            return
        if sum(len(each.body or b"") for each in inputs.values()) > MESSAGE_BYTES:
            self._miss(TOO_LARGE)
            return
        storage = self.reach.storage.address if self.reach.storage else ""
        batch = Batch(body=parcel.body, inputs=inputs, storage=storage, same=self.same)
        pending[self.executor.submit(done, batch)] = at, parcel

    def _input(self, job: TableJob, tree: Tree) -> Piece:
        digest = digest_known(job, tree)
        within = tree.tree if isinstance(tree, FetchedTree) and job.path not in tree.files else tree
        if self.reach.folder is not None and isinstance(within, FolderTree):
            return Piece(sha256=digest, path=str(self.reach.folder / job.path))
        with scratch_folder() as folder, tree.open(job.path) as stream:
            if self.reach.storage is None:
                body = stream.read(MESSAGE_BYTES + 1)
                return Piece(sha256=sha256(body), body=body)
            if digest not in self._put:
                files.write_new(folder / digest, files.read_pieces(stream))
                digest = self.reach.storage.put(folder / digest)
                self._put.add(digest)
        return Piece(sha256=digest)

    def _taken(self, future: Future[Returned], tasks: Sequence[Task], parcel: Parcel) -> list[bytes | Ended]:
        """The answers of a batch; none where it failed, or where what lies there is not what a worker sent."""
        try:
            returned = future.result()
            with scratch_folder() as folder:
                take(returned.answers, folder / "answers", self.reach.storage)
                answers = answers_read(files.read_bytes(folder / "answers"), tasks)
            for name, piece in returned.made.items():
                take(piece, parcel.makes[name], self.reach.storage)
        except Exception as error:  # noqa: BLE001 - whatever it was, the work is done here, where a bug raises again
            self._miss(_said(error))
            for path in parcel.makes.values():
                files.discard(path)
            return []
        return answers

    def _miss(self, reason: str) -> None:
        self.reason = self.reason or reason.replace("\n", " ")


def _said(error: Exception) -> str:
    return "its scheduler let go of it" if isinstance(error, CancelledError) else f"{type(error).__name__}: {error}".rstrip(".")
