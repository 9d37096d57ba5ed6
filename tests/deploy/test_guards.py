"""What a deploy refuses until it is told that it is meant, and what never leaves this machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.deploying.guards import guarded, uncompared
from cityfolio.publish.deploying.plan import Remote
from cityfolio.publish.deploying.sources import Site, site_in
from deploy.small_sites import SMALL, a_site, at, deployed, listed

SECRETS = (".env", ".env.production", ".git/config", ".git/HEAD", ".aws/credentials", ".ssh/id_ed25519", "id_rsa", "server.key",
           "server.pem", "backup.sql", "data/trees/index.html~", "data/trees/.index.html.swp", "#index.html#", "index.html.bak",
           ".htpasswd", "secrets.yaml", ".netrc", ".npmrc", "assets/.DS_Store", "kubeconfig")


def a_manifest(*paths: str, **changed: str) -> Manifest:
    """The manifest of a site with these pages, a byte each."""
    return Manifest(entries={path: Entry(path=path, bytes=1, sha256="a") for path in ("index.html", *paths)}, **changed)


def codes(local: Manifest, remote: Remote, *allowed: str) -> list[str]:
    """The codes of what speaks against a deploy."""
    return [each.code for each in guarded(local, remote, "there", frozenset(allowed))]    # type: ignore[arg-type]


FOUR = a_manifest("a.html", "b.html", "c.html")
OLDER, NEWER = (replace(FOUR, committed=f"2026-11-0{day}T00:00:00Z") for day in (1, 2))
CASES = {
    "older": (OLDER, Remote(manifest=NEWER)),
    "smaller": (a_manifest("a.html"), Remote(manifest=FOUR)),
    "empty": (Manifest(), Remote()),
    "foreign": (FOUR, Remote(digests={"index.html": ""})),
}


@pytest.mark.parametrize("allowance", CASES)
def test_what_would_lose_something_is_refused_and_done_when_it_is_meant(allowance: str):
    local, remote = CASES[allowance]

    assert len(codes(local, remote)) == 1
    assert codes(local, remote, allowance) == []


def test_a_site_that_lost_a_quarter_of_its_files_is_still_deployed():
    assert codes(a_manifest("a.html", "b.html"), Remote(manifest=FOUR)) == []


def test_a_site_of_the_same_commit_is_deployed():
    site = replace(FOUR, committed="2026-11-01T00:00:00Z")

    assert codes(site, Remote(manifest=site)) == []


def with_commit(committed: str) -> Manifest:
    """The site of four pages, from a commit of some moment."""
    return replace(FOUR, committed=committed)


@pytest.mark.parametrize(("here", "there"), [
    ("2026-11-26T23:30:00-05:00", "2026-11-27T03:00:00Z"),
    ("2026-11-26T14:15:00+01:00", "2026-11-26T13:15:00Z"),
    ("2026-11-26T13:15:00", "2026-11-26T13:15:00Z"),
    ("2026-11-26T13:15:00.5Z", "2026-11-26T13:15:00Z"),
], ids=["later in another zone", "the same moment in another zone", "without a zone", "with a fraction of a second"])
def test_commits_are_compared_by_the_moment_and_not_by_the_letter(here: str, there: str):
    assert codes(with_commit(here), Remote(manifest=with_commit(there))) == []


def test_a_commit_that_only_looks_newer_because_of_its_zone_is_refused():
    here, there = "2026-11-27T01:00:00+09:00", "2026-11-26T20:00:00Z"

    assert codes(with_commit(here), Remote(manifest=with_commit(there))) == ["deploy-older"]


@pytest.mark.parametrize("committed", ["", "yesterday"], ids=["nothing", "no moment"])
def test_a_site_that_does_not_say_how_old_it_is_replaces_none_that_does_unless_it_is_meant(committed: str):
    local, remote = with_commit(committed), Remote(manifest=NEWER)

    assert codes(local, remote) == ["deploy-older"]
    assert codes(local, remote, "older") == []


@pytest.mark.parametrize("committed", ["", "2026-11-26T13:15:00Z"], ids=["neither says", "only the new one says"])
def test_it_is_said_where_nobody_can_tell_which_site_is_newer(committed: str):
    local, remote = with_commit(committed), Remote(manifest=FOUR)

    assert codes(local, remote) == []
    assert "could not be compared" in uncompared(local, remote)


@pytest.mark.parametrize("remote", [Remote(), Remote(manifest=OLDER)], ids=["no site is there", "both say"])
def test_nothing_is_said_of_ages_that_can_be_compared(remote: Remote):
    assert uncompared(NEWER, remote) == ""


HOLLOW = {
    "an empty home page": {"index.html": 0, "a.html": 1},
    "nothing but empty pages": {"index.html": 0, "a.html": 0, "a.csv": 9},
    "only a home page with something on it": {"index.html": 1, "a.html": 0, "b.html": 0},
}


@pytest.mark.parametrize("sizes", HOLLOW.values(), ids=HOLLOW)
def test_a_site_of_empty_pages_is_an_empty_site(sizes: dict[str, int]):
    site = Manifest(entries={path: Entry(path=path, bytes=size, sha256="a") for path, size in sizes.items()})

    assert codes(site, Remote()) == ["deploy-smaller"]
    assert codes(site, Remote(), "empty") == []


def test_one_empty_page_among_others_is_no_empty_site():
    site = a_manifest("a.html")
    site = replace(site, entries={**site.entries, "b.html": Entry(path="b.html", bytes=0, sha256="b")})

    assert codes(site, Remote()) == []


def test_files_that_this_site_does_not_replace_stand_in_nobodys_way():
    assert codes(FOUR, Remote(digests={"robots.txt": ""})) == []


def test_a_file_of_somebody_else_that_would_give_way_is_named_whatever_is_deployed_there():
    remote = Remote(manifest=FOUR, strange={"a.html"})

    found = guarded(FOUR, remote, "there", frozenset())

    assert [(each.code, "a.html" in each.says) for each in found] == [("deploy-foreign", True)]
    assert codes(FOUR, remote, "foreign") == []


def test_what_an_interrupted_first_deploy_has_put_there_is_not_foreign():
    assert codes(FOUR, Remote(unfinished=Manifest(), digests={"index.html": ""})) == []


def test_a_folder_without_a_manifest_holds_no_site(tmp_path: Path):
    (tmp_path / "index.html").write_text("")

    site, problems = site_in(tmp_path)

    assert (site, [each.code for each in problems]) == (None, ["site-unbuilt"])


def test_a_site_that_lacks_a_file_is_not_deployed(tmp_path: Path):
    folder = a_site(tmp_path / "site").folder
    assert folder
    (folder / "index.html").unlink()

    site, problems = site_in(folder)

    assert (site, problems[0].says.rpartition(": ")[2]) == (None, "index.html")


def test_a_file_that_became_a_link_is_not_deployed(tmp_path: Path):
    folder = a_site(tmp_path / "site").folder
    assert folder
    (tmp_path / "private").write_text(SMALL["index.html"])
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(tmp_path / "private")

    assert site_in(folder)[0] is None


def test_a_file_that_changed_since_the_build_stops_the_deploy(tmp_path: Path):
    site, target = a_site(tmp_path / "site"), at(str(tmp_path / "www"))
    assert site.folder
    (site.folder / "index.html").write_text(SMALL["index.html"].replace("Home", "Hone"))

    found = deployed(site, target)

    assert [each.code for each in found.problems] == ["deploy-refused"]
    assert not (tmp_path / "www").exists()


def with_secrets(site: Site) -> Site:
    """The same folder with things in it that no build wrote."""
    assert site.folder
    for name in SECRETS:
        (site.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (site.folder / name).write_text("planted")
    found = site_in(site.folder)[0]
    assert found
    return found


def test_nothing_that_no_build_wrote_is_ever_uploaded(tmp_path: Path):
    site, target = with_secrets(a_site(tmp_path / "site")), at(str(tmp_path / "www"))

    deployed(site, target)

    assert listed(target) == {*SMALL, "manifest.json"}
    assert len(site.unlisted) == len(SECRETS) == 20
