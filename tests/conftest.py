"""What holds for every test: no other host, no chance, and where a browser and Node are found."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections.abc import Generator, Iterator
from multiprocessing import util as spawning
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

import cities
import nodejs
from browsers import Chromium
from themes_once import themes_once
from unmeasured import measured_at_first

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from demonstration.built_site import Demonstration
    from release.building import Packages

ROOT = Path(__file__).resolve().parent.parent
BROWSER = Chromium()

# Each run tries the same few examples of a property, unless a test asks for more; `make torture` tries many that nobody chose.
# That a busy machine is slow to make one up is no fault of what is tested.
settings.register_profile("steady", max_examples=25, derandomize=True, deadline=None, database=None,
                          suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=1_000, deadline=None, database=None, print_blob=True)
settings.load_profile("steady")

# What is imported and collected stays to the end: to look through it for what may go, again and again, is a tenth of all time.
gc.disable()
RARELY = (10_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that have slow tests: one that begins when all else is done lets the other processors wait."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
    BROWSER.note_who_needs_it(items)


def pytest_collection_finish() -> None:
    """Look for what may go from now on, among what the tests themselves make."""
    gc.freeze()
    gc.set_threshold(*RARELY)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Note the lines that a property reaches for its first examples alone."""
    test = getattr(item, "obj", None)
    if not is_hypothesis_test(test):
        return (yield)
    with measured_at_first(test.hypothesis):
        return (yield)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what `make golden` passes."""
    parser.addoption("--rewrite", action="store_true", help="write the expected files of tests/golden/ instead of comparing")


@pytest.fixture(scope="session")
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be written, not compared. Never in continuous integration."""
    return bool(request.config.getoption("--rewrite"))


class OtherHostError(AssertionError):
    """A test reached for the network."""


@pytest.fixture(autouse=True)
def a_cache_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what tests remember between runs out of the home of the person who runs them."""
    # Processes that share the tests share what is remembered too: the demonstration's downloads take half a minute to make.
    monkeypatch.setenv("XDG_CACHE_HOME", str(_of_the_run(tmp_path_factory) / "cache"))


def _of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(autouse=True, scope="session")
def scratch_that_is_cleared_away(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Lay what tests make on the way where pytest lets nothing lie for ever."""
    cities.SCRATCH[:] = [tmp_path_factory.mktemp("scratch")]


@pytest.fixture(autouse=True, scope="session")
def the_theme_is_loaded_once() -> Iterator[None]:
    """Let the thousands of small cities that tests build share the theme that comes along: most of what such a build costs."""
    with themes_once():
        yield


@pytest.fixture(autouse=True, scope="session")
def processes_for_files_are_not_measured() -> Iterator[None]:
    """Start the processes that read files without measuring which lines they reach.

    They end without saving it: measuring them takes a third more time, for nothing.
    """
    start = spawning.spawnv_passfds

    def start_without_measure(*given: Any) -> int:
        with pytest.MonkeyPatch.context() as patched:
            patched.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
            return start(*given)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(spawning, "spawnv_passfds", start_without_measure)
        yield


@pytest.fixture(autouse=True)
def this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections and look-ups that lead to another machine."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_others(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_others(self.family, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        _refuse_others(socket.AF_INET, (host,))
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


def _refuse_others(family: int, address: Any) -> None:
    if family not in (socket.AF_INET, socket.AF_INET6) or not _leads_away(address[0]):
        return
    raise OtherHostError(f"a test may not reach {address[0]}")


def _leads_away(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host or "localhost"
    try:
        return not ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name != "localhost" and not name.endswith(".localhost")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration city as the command builds it, strictly: once, by whichever of the test processes is first."""
    from demonstration.built_site import built_once  # not before the lines that are reached are counted

    return built_once(_of_the_run(tmp_path_factory) / "demonstration")


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """The wheel and the source archive of this checkout: built once, by whichever of the test processes is first."""
    from release.building import packages_once

    return packages_once(_of_the_run(tmp_path_factory) / "packages")


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory, packages: Packages) -> Path:
    """A clean environment with the wheel of this checkout, made once. Tests leave it as it is."""
    from release.building import installed_once

    return installed_once(packages.archives.wheel, _of_the_run(tmp_path_factory) / "installed")


@pytest.fixture(scope="session")
def inputs() -> Path:
    """The folder of real catalogs written by other people, where the machine has it."""
    folder = os.environ.get("CITYFOLIO_INPUTS")
    if not folder:
        pytest.skip("CITYFOLIO_INPUTS does not name the folder with real catalogs")
    return Path(folder)


@pytest.fixture(scope="session")
def node() -> Path:
    """The Node program, with the packages of package.json in node_modules/."""
    return nodejs.node(nodejs.FOR_TESTS)


@pytest.fixture(scope="module")
def browser() -> Browser:
    """A Chromium without a window, which tests of modules that follow each other share; each makes its own context.

    No other tests run meanwhile: while Playwright is there, its event loop counts as running, and they could not start one.
    """
    return BROWSER.started()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Generator[None]:
    """End the browser when what comes next is of a module that needs none."""
    try:
        return (yield)
    finally:
        BROWSER.end_unless_needed_by(nextitem)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish() -> Generator[None]:
    """End the browser where tests were broken off, and look for what may go: pytest and Python look again and again.

    What stays then is all that was imported and is held in caches; to go through it takes seconds each time.
    """
    try:
        return (yield)
    finally:
        BROWSER.end_unless_needed_by(None)
        gc.collect()
        gc.freeze()
