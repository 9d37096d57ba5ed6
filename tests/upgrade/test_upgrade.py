"""`cityfolio upgrade`: what the model of today needs is written, every other byte stays, and a second run finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from cities import SITE, TREES, a_city, with_files
from cityfolio import __version__
from cityfolio.cli import main
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.load.file_kinds import kind_of
from cityfolio.model import former_keys
from cityfolio.model.former_keys import FORMER_KEYS, FormerKey
from cityfolio.model.keys import keys_of
from cityfolio.publish.sinks import MemorySink
from cityfolio.review.twins_gone import kinds_beside
from cityfolio.review.upgrade.steps import MODEL, STEPS, Known
from cityfolio.review.upgrade.upgraded import Upgraded, upgraded, upgraded_file
from triggers import built

RENAMED = (
    FormerKey(record="DatasetRecord", key="update_frequency", now="frequency", since="0.3.0", until="0.5.0"),
    FormerKey(record="ColumnRecord", key="label", now="title", since="0.3.0", until="0.5.0"),
    FormerKey(record="FileRecord", key="location", now="path", since="0.3.0", until="0.5.0"),
    FormerKey(record="RuleRecord", key="name", now="title", since="0.3.0", until="0.5.0"),
)
OLD = """\
# What stands at the curb.
title: Street trees
"update_frequency" : yearly   # each spring
files: [{location: trees.csv}]
columns:
  # by tape
  height: {label: Height, unit: feet}
  label: {label: What the sign says}
"""
NEW = """\
# What stands at the curb.
title: Street trees
"frequency" : yearly   # each spring
files: [{path: trees.csv}]
columns:
  # by tape
  height: {title: Height, unit: feet}
  label: {title: What the sign says}
"""
WITHOUT = SITE.replace("twins: all\n", "")
KINDS = frozenset({"explorer", "feed", "ckan"})


@pytest.fixture
def renamed() -> Iterator[None]:
    """Keys that were renamed. There is none yet, so these are invented."""
    with patch.object(former_keys, "FORMER_KEYS", RENAMED):
        yield


def an_upgrade(path: str, text: str, known: Known = Known()) -> Upgraded:  # noqa: B008 - frozen
    kind = kind_of(path)
    assert kind is not None
    return upgraded_file(path, text.encode(), kind, known)


def test_keys_are_renamed_where_they_stand_and_every_other_byte_stays(renamed: None) -> None:
    found = an_upgrade("datasets/trees/dataset.yaml", OLD)

    assert found.after.decode() == NEW
    assert found.said == (
        "`update_frequency` is called `frequency` now", "`location` is called `path` now", "`label` is called `title` now",
        "`label` is called `title` now")


def test_lines_of_windows_and_a_byte_order_mark_stay(renamed: None) -> None:
    found = an_upgrade("datasets/trees/dataset.yaml", "\ufeff" + OLD.replace("\n", "\r\n"))

    assert found.after.decode() == "\ufeff" + NEW.replace("\n", "\r\n")


def test_what_a_catalog_says_is_the_same_before_and_after(renamed: None) -> None:
    before, after = (load(MemoryTree({"site.yaml": SITE, "datasets/trees/dataset.yaml": text})).datasets["trees"].record
                     for text in (OLD, NEW))

    assert before == after
    assert before.frequency is not None


def test_a_former_name_is_read_with_a_warning_that_names_the_command(renamed: None) -> None:
    found = load(MemoryTree({"site.yaml": SITE, "datasets/trees/dataset.yaml": OLD})).problems

    assert [(each.code, each.severity) for each in found] == [("key-former", "warning")] * 4
    assert "cityfolio upgrade" in found[0].fix


def test_a_second_upgrade_finds_nothing(renamed: None) -> None:
    assert an_upgrade("datasets/trees/dataset.yaml", NEW).said == ()


def test_where_both_names_stand_nothing_is_taken_away_and_the_former_one_is_no_key(renamed: None) -> None:
    both = f"{TREES}update_frequency: daily\n"
    found = load(MemoryTree({"site.yaml": SITE, "datasets/trees/dataset.yaml": both}))

    assert an_upgrade("datasets/trees/dataset.yaml", both).said == ()
    assert [each.code for each in found.problems] == ["key-unknown"]
    assert str(found.datasets["trees"].record.frequency) != "daily"


def test_a_value_that_is_refused_is_not_missing_too(renamed: None) -> None:
    found = load(MemoryTree(with_files(a_city(), {"policy/one.md": "---\nname: [One, two]\n---\nText.\n"}))).problems

    assert [each.code for each in found] == ["key-former", "value-kind"]


def test_the_keys_of_a_text_are_renamed_and_the_text_stays(renamed: None) -> None:
    found = an_upgrade("policy/one.md", "---\nname: One\nsummary: A rule.\n---\nname: stays\n")

    assert found.after == b"---\ntitle: One\nsummary: A rule.\n---\nname: stays\n"


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [("datasets/trees/dataset.yaml", "update_frequency: [yearly\n", "yaml-syntax"),
     ("policy/one.md", "name: One\n", "front-matter-missing")],
    ids=["no YAML", "no front matter"],
)
def test_a_file_that_cannot_be_read_says_why_and_stays(renamed: None, path: str, text: str, code: str) -> None:
    found = an_upgrade(path, text)

    assert found.after == found.before
    assert [each.code for each in found.problems] == [code]


def test_the_kinds_that_the_former_site_had_are_named_before_what_stands_behind_them() -> None:
    found = an_upgrade("site.yaml", "name: Example City\nexports: [csv]\n\n# Elsewhere.\nforwards: {/a/: /b/}\n",
                       Known(beside=KINDS))

    assert found.after.decode() == (
        "name: Example City\nexports: [csv]\ntwins: [explorer, feed, ckan]\n\n# Elsewhere.\nforwards: {/a/: /b/}\n")


@pytest.mark.parametrize(
    ("site", "beside"),
    [(WITHOUT, frozenset[str]()), (WITHOUT, frozenset({"explorer", "changes"})), (f"{WITHOUT}twins: [explorer]\n", KINDS)],
    ids=["no former site", "what every site has", "named already"],
)
def test_kinds_are_not_named_without_need(site: str, beside: frozenset[str]) -> None:
    assert an_upgrade("site.yaml", site, Known(beside=beside)).said == ()


def test_a_site_that_had_every_kind_and_named_none_loses_no_address() -> None:
    before = MemorySink()
    built(a_city(), before)
    files = with_files(a_city(), {"site.yaml": WITHOUT})
    upgrades = [*upgraded(MemoryTree(files), Known(beside=kinds_beside(before.manifest)))]

    found = built(files | {each.path: each.after for each in upgrades}, previous=before.manifest)

    assert [each.path for each in upgrades] == ["site.yaml"]
    assert [each.code for each in found if each.code.startswith(("twins", "address"))] == []


def test_every_former_key_leads_to_one_that_is_there_and_ends_in_a_version_to_come() -> None:
    keys = {each.__name__: keys_of(each) for each in _records()}
    wrong = [each for each in FORMER_KEYS if each.now not in keys[each.record] or each.key in keys[each.record]]
    over = [each for each in FORMER_KEYS if _number(each.until) <= _number(__version__)]

    assert (wrong, over) == ([], [])


def test_every_step_leads_from_a_model_to_a_later_one() -> None:
    assert [step.name for step in STEPS if not 1 <= step.before < step.after <= MODEL] == []


def _records() -> set[type]:
    from cityfolio.reference import FILES, GROUPS

    return {*FILES, *GROUPS}


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


@pytest.fixture
def a_catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog on disk, written for keys that were renamed since, beside its own output folder."""
    files = with_files(a_city(), {"datasets/trees/dataset.yaml": TREES.replace("frequency:", "update_frequency:")})
    for path, body in files.items():
        (tmp_path / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "catalog" / path).write_bytes(body if isinstance(body, bytes) else body.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path / "catalog"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["upgrade", *words], catch_exceptions=False)


def test_a_check_names_the_files_changes_nothing_and_ends_with_1(renamed: None, a_catalog: Path) -> None:
    before = (a_catalog / "datasets/trees/dataset.yaml").read_bytes()
    done = run("--check")

    assert (done.exit_code, (a_catalog / "datasets/trees/dataset.yaml").read_bytes() == before) == (1, True)
    assert done.stdout.splitlines()[:3] == [
        "catalog/datasets/trees/dataset.yaml", "  `update_frequency` is called `frequency` now.", "1 file would change."]


def test_an_upgrade_writes_the_files_and_the_next_one_has_nothing_to_do(renamed: None, a_catalog: Path) -> None:
    first, second = run("catalog"), run("--check", str(a_catalog))

    assert (a_catalog / "datasets/trees/dataset.yaml").read_text() == TREES
    assert (first.exit_code, "1 file changed." in first.stdout) == (0, True)
    assert (second.exit_code, "There is nothing to do." in second.stdout) == (0, True)


def test_a_difference_can_be_looked_at_before(renamed: None, a_catalog: Path) -> None:
    done = run("--diff", "--quiet")

    assert (done.exit_code, "-update_frequency: yearly\n+frequency: yearly\n" in done.stdout) == (0, True)
    assert "update_frequency" in (a_catalog / "datasets/trees/dataset.yaml").read_text()


def test_who_has_no_former_site_at_hand_is_told_so(a_catalog: Path) -> None:
    assert "No former site was looked at" in run("--check").stdout


def test_a_former_site_that_cannot_be_read_is_told(a_catalog: Path) -> None:
    done = run("--check", "--previous", "nowhere.json")

    assert (done.exit_code, "[previous-unreadable]" in done.output) == (1, True)


def test_a_folder_that_is_not_there_is_told_in_words(a_catalog: Path) -> None:
    done = run("elsewhere")

    assert (done.exit_code, "elsewhere could not be read" in done.output) == (1, True)
