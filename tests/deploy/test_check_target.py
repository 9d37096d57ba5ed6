"""A published site looked at again, and what is tried again while it is put there."""

from __future__ import annotations

from dataclasses import replace
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest

from cityfolio.model.site import Manifest
from cityfolio.publish.deploying.check_target import sample, seen, verify_target
from cityfolio.publish.deploying.patience import TRIES, patiently
from cityfolio.publish.deploying.run import Orders
from cityfolio.publish.deploying.target import Refused
from deploy.small_sites import FIRST, SMALL, a_site, at, deployed

ADDRESS = "https://data.example.gov/open"


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    """That of a small site with an address."""
    return replace(a_site(tmp_path / "site").manifest, base_url=ADDRESS)


def body(address: str) -> bytes:
    """What a visitor gets of the small site."""
    path = address.removeprefix(f"{ADDRESS}/")
    return SMALL[f"{path}index.html" if path.endswith("/") or not path else path].encode()


def failing(error: Exception):
    """A way to fetch that never works."""
    def fetch(address: str) -> bytes:
        raise error
    return fetch


def test_a_site_that_is_seen_as_it_was_put_there_has_no_problem(manifest: Manifest):
    assert seen(manifest, body) == (3, ())


def test_a_page_that_shows_something_else_is_told(manifest: Manifest):
    right, problems = seen(manifest, lambda address: body(address) if "trees" in address else b"parked")

    assert (right, [each.code for each in problems]) == (1, ["deploy-unseen"])


def test_an_address_that_answers_with_an_error_is_told_with_its_number(manifest: Manifest):
    _, problems = seen(manifest, failing(HTTPError(ADDRESS, 403, "Forbidden", Message(), None)))

    assert "https://data.example.gov/open/ answers 403" in problems[0].says


def test_an_address_that_cannot_be_reached_is_asked_once(manifest: Manifest):
    right, problems = seen(manifest, failing(URLError("no such host")))

    assert (right, problems[0].says.count("cannot be fetched")) == (0, 1)


def test_a_sample_of_a_large_site_is_small_and_has_the_home_page():
    from cityfolio.model.site import Entry

    paths = ["index.html", *(f"data/{number}/index.html" for number in range(1_000))]
    entries = {path: Entry(path=path, bytes=1, sha256="a") for path in paths}

    chosen = [each.path for each in sample(Manifest(entries=entries))]

    assert (len(chosen) <= 8, chosen[0]) == (True, "index.html")


def test_a_target_without_a_site_has_nothing_to_verify(tmp_path: Path):
    checked, problems = verify_target(at(str(tmp_path)), Orders(now=FIRST))

    assert (checked, [each.code for each in problems]) == (0, ["deploy-refused"])


def test_a_file_that_is_gone_is_told_by_name(tmp_path: Path):
    target = at(str(tmp_path / "www"))
    deployed(a_site(tmp_path / "site"), target)
    (tmp_path / "www" / "catalog.json").unlink()

    _, problems = verify_target(target, Orders(now=FIRST))

    assert "catalog.json is not there" in problems[0].says


class Host:
    """Refuses so many times, then does it."""

    def __init__(self, times: int, *, is_passing: bool = True) -> None:
        self.times, self.is_passing, self.pauses = times, is_passing, list[float]()

    def act(self) -> str:
        """Do it, or refuse."""
        self.times -= 1
        if self.times >= 0:
            raise Refused("not now", is_passing=self.is_passing)
        return "done"


def test_what_passes_is_waited_for_twice_as_long_each_time():
    host = Host(3)

    assert patiently(host.act, host.pauses.append) == "done"
    assert host.pauses == [0.25, 0.5, 1.0]


def test_patience_ends():
    host = Host(TRIES)

    with pytest.raises(Refused):
        patiently(host.act, host.pauses.append)

    assert len(host.pauses) == TRIES - 1


def test_what_does_not_pass_is_not_tried_again():
    host = Host(1, is_passing=False)

    with pytest.raises(Refused):
        patiently(host.act, host.pauses.append)

    assert host.pauses == []
