"""What a deploy has to do, from what is here and what is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.deploying.plan import GRACE, Plan, Remote, plan, stamp
from cityfolio.publish.deploying.stages import is_hashed, stage_of

NOW = datetime(2026, 11, 26, 13, 15, tzinfo=UTC)
STYLE, FORMER_STYLE = "assets/site.0123456789ab.css", "assets/site.ba9876543210.css"
PATHS = st.sampled_from(["index.html", "data/a/index.html", "data/a/a.csv", STYLE, FORMER_STYLE, "feed.xml", "catalog.json"])
CONTENTS = st.dictionaries(PATHS, st.sampled_from("abc"))


def a_manifest(**contents: str) -> Manifest:
    """A manifest of files whose digests are letters."""
    return a_manifest_of(contents)


def a_manifest_of(contents: dict[str, str]) -> Manifest:
    """The same by paths that are no names."""
    return Manifest(entries={path: Entry(path=path, bytes=1, sha256=digest) for path, digest in contents.items()})


def planned(local: dict[str, str], remote: dict[str, str] | None, **more: object) -> Plan:
    """A plan against a target that remembers."""
    there = Remote(manifest=None if remote is None else a_manifest_of(remote), leaving={})
    return plan(a_manifest_of(local), replace(there, **more), NOW)


def puts(found: Plan) -> list[str]:
    """The paths in the order in which they go out."""
    return [entry.path for stage in found.puts.values() for entry in stage]


def test_only_what_changed_is_put():
    found = planned({"index.html": "b", "data/a.csv": "a"}, {"index.html": "a", "data/a.csv": "a"})

    assert (puts(found), found.unchanged) == (["index.html"], 1)


def test_what_pages_load_goes_before_them_and_what_leads_to_them_after():
    found = planned({"feed.xml": "a", "index.html": "a", "data/a.csv": "a", STYLE: "a"}, None)

    assert puts(found) == [STYLE, "data/a.csv", "index.html", "feed.xml"]


def test_pages_are_removed_before_what_they_load():
    found = planned({}, {"data/a.csv": "a", "old/index.html": "a"})

    assert found.removals == (("old/index.html",), ("data/a.csv",))


def test_an_asset_that_no_page_names_any_more_stays_and_its_time_is_noted():
    found = planned({STYLE: "b"}, {FORMER_STYLE: "a"})

    assert (found.removals, found.leaving) == ((), {FORMER_STYLE: stamp(NOW)})


def test_an_asset_that_has_stayed_for_its_time_goes():
    since = stamp(NOW - GRACE)

    found = planned({STYLE: "b"}, {STYLE: "b"}, leaving={FORMER_STYLE: since})

    assert (found.removals, found.leaving) == (((FORMER_STYLE,),), {})


def test_the_time_of_an_asset_runs_from_when_it_went_out_of_use_and_not_from_the_last_deploy():
    since = stamp(NOW - GRACE + timedelta(seconds=1))

    found = planned({STYLE: "b"}, {STYLE: "b"}, leaving={FORMER_STYLE: since})

    assert found.leaving == {FORMER_STYLE: since}


def test_an_asset_that_is_used_again_stays_for_good():
    found = planned({FORMER_STYLE: "a"}, {STYLE: "b"}, leaving={FORMER_STYLE: stamp(NOW - GRACE)}, digests={FORMER_STYLE: "a"})

    assert (puts(found), found.removals, found.leaving) == ([], (), {})


def test_an_asset_that_still_stays_is_not_put_again():
    found = planned({FORMER_STYLE: "a"}, {STYLE: "b"}, leaving={FORMER_STYLE: stamp(NOW)})

    assert (puts(found), list(found.leaving)) == ([], [STYLE])


def test_what_no_manifest_lists_is_never_removed():
    found = planned({"index.html": "a"}, {"index.html": "a"}, digests={"index.html": "a", "robots.txt": "", ".env": ""})

    assert found.is_empty


def test_a_file_that_the_host_does_not_know_the_digest_of_is_put_again():
    found = planned({"index.html": "a"}, {"index.html": "a"}, digests={"index.html": ""})

    assert puts(found) == ["index.html"]


def test_what_a_deploy_that_was_cut_short_has_put_there_is_removed():
    cut, there = a_manifest_of({"data/b/index.html": "b"}), {"index.html": "a", "data/b/index.html": ""}

    found = planned({"index.html": "a"}, {"index.html": "a"}, unfinished=cut, digests=there)

    assert found.removals == (("data/b/index.html",),)


def test_a_target_that_does_not_remember_loses_the_assets_of_the_deploy_before_the_last():
    oldest = "assets/site.aaaaaaaaaaaa.css"

    found = planned({STYLE: "b"}, {FORMER_STYLE: "a"}, leaving=None, digests={oldest: "", FORMER_STYLE: "a"})

    assert (found.removals, list(found.leaving)) == (((oldest,),), [FORMER_STYLE])


@given(local=CONTENTS, remote=CONTENTS, leaving=st.dictionaries(PATHS.filter(is_hashed), st.just("20261101T000000Z")))
def test_a_plan_that_is_carried_out_leaves_the_site_and_what_stays(
    local: dict[str, str], remote: dict[str, str], leaving: dict[str, str]
):
    found = planned(local, remote, leaving=leaving)
    there = {path: local.get(path, "") for path in leaving} | remote | {path: local[path] for path in puts(found)}
    removed = {path for batch in found.removals for path in batch}

    assert {path: there[path] for path in there.keys() - removed - found.leaving.keys()} == local
    assert not removed & local.keys()


@given(local=CONTENTS)
def test_a_second_deploy_of_the_same_site_has_nothing_to_do(local: dict[str, str]):
    assert planned(local, local).is_empty


@given(path=PATHS)
def test_every_hashed_file_is_an_asset_and_every_page_a_page(path: str):
    assert (stage_of(path) == "assets") == is_hashed(path)
    assert (stage_of(path) == "pages") == path.endswith(".html")
