"""The changelog of a release, from the files that wait in changes/."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import changelog

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 12, 1)
FILES = {"12.fixed.md": "A fault is mended.\n", "3.added.md": "One is new.\nAnother is new.\n",
         "12.added.md": "A third is new.\n"}
BEFORE = "# Changelog\n\nWhat users notice.\n\n"
RELEASED = "## 0.1.0, 2026-10-01\n\nThe first version.\n"
SECTION = """\
## 0.2.0, 2026-12-01

### Added

- One is new. (#3)
- Another is new. (#3)
- A third is new. (#12)

### Fixed

- A fault is mended. (#12)
"""


def test_a_section_has_a_heading_for_each_kind_and_the_issues_in_their_order() -> None:
    assert changelog.section("0.2.0", DAY, changelog.fragments(FILES)) == SECTION


def test_a_release_stands_above_those_before_it() -> None:
    text = changelog.with_release(BEFORE + RELEASED, "0.2.0", DAY, changelog.fragments(FILES))

    assert text == f"{BEFORE}{SECTION}\n{RELEASED}"


@pytest.mark.parametrize("after", ["", f"\n{RELEASED}"], ids=["alone", "above another"])
def test_a_release_takes_the_place_of_the_one_that_waited_and_keeps_what_it_said(after: str) -> None:
    waiting = f"{BEFORE}## 0.2.0, not yet released\n\nThe second version.\n{after}"

    text = changelog.with_release(waiting, "0.2.0", DAY, changelog.fragments(FILES))

    assert text == BEFORE + SECTION.replace("01\n\n", "01\n\nThe second version.\n\n", 1) + after


@pytest.mark.parametrize(
    ("files", "says"),
    [({"12.news.md": "It is new."}, "12.news.md: call it ISSUE.KIND.md"), ({"added.md": "It is new."}, "added.md"),
     ({"1.added.md": "\n"}, "it says nothing"), ({"1.added.md": "- It is new."}, "without marks before them")],
    ids=["kind", "no issue", "empty", "list"],
)
def test_a_file_that_is_no_fragment_is_refused_by_name(files: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        changelog.fragments(files)


@pytest.mark.parametrize(("version", "says"), [("0.1.0", "is in CHANGELOG.md already"), ("two", "as 1.2.3")],
                         ids=["released", "no version"])
def test_a_version_that_cannot_be_released_is_refused(version: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        changelog.with_release(BEFORE + RELEASED, version, DAY, ())


def test_the_files_that_wait_now_make_a_section() -> None:
    waiting = {path.name: path.read_text("utf-8") for path in (ROOT / "changes").glob("*") if path.name != "README.md"}

    assert "### Added\n\n- " in changelog.section("0.1.0", DAY, changelog.fragments(waiting))


@pytest.fixture
def a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "changes").mkdir()
    for name, text in {"README.md": "How it is done.\n", **FILES}.items():
        (tmp_path / "changes" / name).write_text(text)
    (tmp_path / "CHANGELOG.md").write_text(BEFORE + RELEASED)
    monkeypatch.setattr(changelog, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "said"),
    [(f"{BEFORE}## 0.2.0, 2026-12-01\n\n- New.\n\n{RELEASED}", "- New.\n"), (BEFORE + RELEASED, "The first version.\n"),
     (BEFORE, "")],
    ids=["two releases", "one", "none"])
def test_what_is_said_of_the_newest_release_is_its_section_alone(text: str, said: str) -> None:
    assert changelog.newest(text) == said


def test_a_draft_changes_nothing(a_checkout: Path) -> None:
    assert changelog.main(["0.2.0", "2026-12-01", "--draft"]) == SECTION
    assert (a_checkout / "CHANGELOG.md").read_text() == BEFORE + RELEASED
    assert len([*(a_checkout / "changes").iterdir()]) == 4


def test_a_release_removes_the_files_that_it_gathered(a_checkout: Path) -> None:
    changelog.main(["0.2.0", "2026-12-01"])

    assert (a_checkout / "CHANGELOG.md").read_text() == f"{BEFORE}{SECTION}\n{RELEASED}"
    assert [path.name for path in (a_checkout / "changes").iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    ("text", "day"),
    [(BEFORE + RELEASED, date(2026, 10, 1)), (f"{BEFORE}## 0.2.0, not yet released\n\n{RELEASED}", None), (BEFORE, None)],
    ids=["released", "waits", "nothing"],
)
def test_the_day_of_the_newest_release_is_known_once_it_is_out(text: str, day: date | None) -> None:
    assert changelog.release_day(text) == day
