"""A cluster that cannot be worked with is refused in one message that says what to do, before any work is given to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import socket
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

from cities import a_city
from cityfolio.cli import main
from cityfolio.clusters import asked, connecting
from cityfolio.clusters.connecting import Asked, connected, storage_fault, unlike_workers
from cityfolio.clusters.sameness import PROGRAM, differences, fingerprint
from cityfolio.clusters.storage import Storage
from cityfolio.problems import Problem
from clusters.local_cluster import a_local_cluster

ADDRESS = "tcp://10.0.0.5:8786"
WORKER, SECOND = "tcp://10.0.0.6:40001", "tcp://10.0.0.7:40001"


@pytest.fixture
def silent() -> Iterator[str]:
    """An address at which nothing listens."""
    with closing(socket()) as held:
        held.bind(("127.0.0.1", 0))
        yield f"tcp://127.0.0.1:{held.getsockname()[1]}"


def refused(address: str, **more: Any) -> Problem:
    """Why there is no cluster at an address."""
    with connected(Asked(address=address, catalog=Path("catalog"), here=1, **more)) as found:
        assert isinstance(found, Problem)
        return found


def greet(server: socket, greeting: bytes) -> None:
    """Say something to who connects first, and wait until they leave."""
    with server.accept()[0] as line:
        line.sendall(greeting)
        line.recv(1)


class OneWorker:
    """A client of a cluster whose only worker runs what it is given, perhaps in its own way."""

    def __init__(self, run: Any = None) -> None:
        self.answer = run

    def run(self, work: Any, *given: Any, on_error: str) -> dict[str, Any]:
        """Run it on every worker."""
        return {WORKER: (self.answer or work)(*given)}


def test_a_scheduler_that_is_not_there_is_one_problem_and_no_traceback(silent: str, tmp_path: Path) -> None:
    for path, body in a_city().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body.encode() if isinstance(body, str) else body)
    ran = CliRunner().invoke(main, ["build", "-q", "--catalog", str(tmp_path), "--output", str(tmp_path.parent / "site"),
                                    "--base-url", "https://data.example.gov", "--as-of", "2026-06-30", "--dask", silent])

    assert ran.exit_code == 1
    assert ran.output.splitlines()[0] == f"{silent}: error: nothing answers there (Connection refused) [cluster-unreachable]"
    assert "dask scheduler" in ran.output.splitlines()[1]
    assert "Traceback" not in ran.output
    assert not (tmp_path.parent / "site").exists()


@pytest.mark.parametrize(("greeting", "says"), [
    (b"", "nothing answers there in time, as a Dask scheduler does"),
    (b"SSH-2.0-", "what answers there is no Dask scheduler"),
], ids=["one that waits for a question", "one that greets in its own way"])
def test_a_server_of_another_kind_is_said_to_be_no_scheduler(
    greeting: bytes, says: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connecting, "CONNECT_SECONDS", 1)
    with closing(socket()) as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        greeter = Thread(target=greet, args=(server, greeting))
        greeter.start()
        problem = refused(f"tcp://127.0.0.1:{server.getsockname()[1]}")
        greeter.join()

    assert (problem.code, problem.says) == ("cluster-unreachable", says)


@pytest.mark.parametrize("address", ["cluster", "10.0.0.5:8786", "tcp://10.0.0.5", "tcp://10.0.0.5:port"])
def test_what_is_no_address_of_a_scheduler_is_said_to_be_none(address: str) -> None:
    problem = refused(address)

    assert problem.code == "cluster-unreachable"
    assert "tcp://HOST:8786" in problem.fix


def test_without_dask_its_extra_is_named(monkeypatch: pytest.MonkeyPatch, silent: str) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    problem = refused(silent)

    assert (problem.code, problem.fix) == ("extra-missing", "Install it: pip install 'cityfolio[cluster]'")


def test_a_scheduler_without_workers_is_said_to_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "CONNECT_SECONDS", 2)
    with a_local_cluster(0) as address:
        problem = refused(address)

    assert (problem.code, problem.says) == ("cluster-unreachable", "the scheduler has no workers")


def test_workers_that_have_the_same_are_taken() -> None:
    assert unlike_workers({WORKER: dict(fingerprint()), SECOND: dict(fingerprint())}, ADDRESS) is None


def test_workers_with_other_versions_are_refused_in_one_message_with_a_fix() -> None:
    other = {**fingerprint(), "pyarrow": "18.0.0", "Python": "3.9", PROGRAM: "1a2b"}
    problem = unlike_workers({WORKER: other, SECOND: ModuleNotFoundError("No module named 'cityfolio'")}, ADDRESS)

    assert problem is not None
    assert (problem.code, problem.where.path) == ("cluster-unlike", ADDRESS)
    assert problem.says == (f"{WORKER} has Python 3.9 (here {fingerprint()['Python']}), pyarrow 18.0.0 "
                            f"(here {fingerprint()['pyarrow']}); on {SECOND} cityfolio is not installed")
    assert "start the workers again" in problem.fix


def test_of_many_workers_that_differ_three_are_named() -> None:
    found = {f"tcp://10.0.0.{at}:4000": {**fingerprint(), "numpy": "1.0"} for at in range(10, 15)}
    problem = unlike_workers(found, ADDRESS)

    assert problem is not None
    assert problem.says.endswith("; and 2 more")
    assert problem.says.count("numpy 1.0") == 3


def test_a_worker_that_cannot_be_asked_is_named_with_what_it_said() -> None:
    problem = unlike_workers({WORKER: OSError("no space left")}, ADDRESS)

    assert problem is not None
    assert problem.says == f"{WORKER} has no space left"


def test_the_same_version_with_other_files_is_not_the_same() -> None:
    here = {"cityfolio": "1.0", "numpy": "2.0", PROGRAM: "1a2b"}

    assert differences(here, {**here, PROGRAM: "3c4d"}) == "other files of cityfolio 1.0"
    assert differences(here, {"cityfolio": "1.0", PROGRAM: "1a2b"}) == "numpy none (here 2.0)"
    assert differences(here, here) == ""


def test_a_storage_that_all_reach_has_no_fault(tmp_path: Path) -> None:
    assert storage_fault(OneWorker(), Storage(tmp_path.as_uri())) == ""


@pytest.mark.parametrize(("answer", "says"), [
    (lambda *_: PermissionError(13, "Permission denied"), f"{WORKER} cannot use it: Permission denied"),
    (lambda *_: "0" * 64, "what a worker puts there is not found by this machine: " + "0" * 64 + " is not there any more"),
], ids=["refused there", "another folder there"])
def test_a_storage_that_a_worker_does_not_reach_is_refused(answer: Any, says: str, tmp_path: Path) -> None:
    assert storage_fault(OneWorker(answer), Storage(tmp_path.as_uri())) == says


def test_a_storage_that_this_machine_does_not_reach_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    below = Storage((tmp_path / "file" / "folder").as_uri())

    assert storage_fault(OneWorker(), below).startswith("this machine cannot use it: ")
    assert "Protocol not known" in storage_fault(OneWorker(), Storage("nowhere://bucket"))


def test_a_worker_says_which_files_it_sees(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes(b"name: Example City\n")

    assert len(asked.seen(str(tmp_path / "site.yaml"))) == 64
    assert asked.seen(str(tmp_path / "gone.yaml")) == ""


def test_a_place_that_was_named_and_does_not_serve_is_refused(tmp_path: Path) -> None:
    with a_local_cluster(1) as address:
        (tmp_path / "site.yaml").write_bytes(b"name: Example City\n")
        with connected(Asked(address=address, catalog=tmp_path, here=1, storage="nowhere://bucket")) as found:
            assert isinstance(found, Problem)
            assert (found.code, found.where.path) == ("cluster-storage", "nowhere://bucket")
