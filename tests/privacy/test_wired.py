"""What is personal or secret stops a build, with file, column and first row, unless it is acknowledged with a reason."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from cities import a_build, a_city, codes, loaded, with_files
from cityfolio.build import Workshop, build_site, inspect
from cityfolio.files import MemoryTree, sha256
from cityfolio.model.profile import TableProfile, TableReport
from cityfolio.model.records import FileRecord
from cityfolio.problems import Problem
from cityfolio.publish.sinks import MemorySink
from cityfolio.tables.fetched import FetchedFile
from cityfolio.tables.profile import TableJob, profile_table
from cityfolio.tables.stored import decoded, encoded

RECORD = ("title: Offices\nsummary: Every office.\npublisher: parks\nkeywords: [office]\nmodified: 2026-01-01\n"
          "frequency: yearly\n")
ROWS = "office,ssn\nParks,536-22-8714\nStreets,212-09-7694\nWater,401-53-2280\n"
REVIEW = ("release_review:\n  {{benefit: Offices can be called., risk: None., level: low, reviewer: Privacy office,\n"
          "   on: 2025-03-02, expires: {expires}, acknowledged: [{{{entry}, reason: Numbers of offices.}}]}}\n")
KEY = "AKIA" + "Q7ZR2LWX4VKCT5MY"


def found(record: str, rows: str | None = ROWS, **changed: str | None) -> tuple[Problem, ...]:
    files = with_files(a_city(), {"datasets/offices/dataset.yaml": RECORD + record, "datasets/offices/offices.csv": rows,
                                  **{name.replace("__", "/"): body for name, body in changed.items()}})
    told = inspect(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=MemorySink()))[2]
    return tuple(each for each in told if each.severity != "advice")


def acknowledging(entry: str, expires: str = "2027-03-02") -> str:
    return f"files: [{{path: offices.csv}}]\n{REVIEW.format(entry=entry, expires=expires)}"


PLAIN = "files: [{path: offices.csv}]\n"
GUARDED = REVIEW.format(entry="kind: phone", expires="2027-03-02").replace(
    ", acknowledged: [{kind: phone, reason: Numbers of offices.}]", "")
VISITS = "age,district,illness\n20,1,flu\n20,1,cold\n20,1,flu\n30,2,flu\n30,2,flu\n40,2,cold\n"


def test_a_personal_column_is_told_with_file_column_and_first_row_and_no_value() -> None:
    (problem,) = found(PLAIN)

    assert (problem.code, problem.where.path, problem.where.line, problem.where.column) == (
        "personal-data", "datasets/offices/offices.csv", 1, 8)
    assert problem.says.startswith("column `ssn`: 3 of 3 values")
    assert problem.says.endswith("(first: row 1)")
    assert "536" not in problem.says + problem.fix


def test_a_sensitive_column_is_no_finding() -> None:
    columns = "columns: {office: {title: Name}, ssn: {title: Number, sensitive: true}}\n"

    assert codes(found(f"{PLAIN}{columns}{GUARDED}")) == []


@pytest.mark.parametrize("entry", ["kind: national-id", "column: ssn, kind: national-id",
                                   "column: ssn, kind: national-id, file: offices.csv"], ids=["kind", "column", "file"])
def test_what_a_review_acknowledges_is_published(entry: str) -> None:
    assert codes(found(acknowledging(entry))) == []


def test_what_was_acknowledged_hides_nothing_else_in_its_column() -> None:
    rows = "office,mail\nParks,maria.alvarez@gmail.com\nStreets,536-22-8714\nWater,j.smith@example.org\n"

    (problem,) = found(acknowledging("column: mail, kind: email"), rows)

    assert problem.says == "column `mail`: 1 of 3 values hold Social Security numbers (first: row 2)"


@pytest.mark.parametrize(("title", "expected"), [("Voters", ["personal-data"]), ("Libraries", [])])
def test_the_title_of_a_dataset_tells_whose_addresses_they_are(title: str, expected: list[str]) -> None:
    rows = "id,address\n1,4117 Oak St\n2,98 Milton Rd\n"

    assert codes(found(PLAIN, rows, **{"datasets/offices/dataset.yaml": RECORD.replace("Offices", title) + PLAIN})) == expected


@pytest.mark.parametrize("entry", ["kind: phone", "column: office, kind: national-id",
                                   "kind: national-id, file: other.csv"],
                         ids=["kind", "column", "file"])
def test_what_fits_nothing_acknowledges_nothing(entry: str) -> None:
    assert codes(found(acknowledging(entry))) == ["acknowledged-unmet", "personal-data"]


def test_what_an_expired_review_acknowledged_comes_back_and_says_so() -> None:
    problems = found(acknowledging("kind: national-id", expires="2026-03-02"))

    assert codes(problems) == ["review-expired", "personal-data"]
    assert "expired 2026-03-02" in problems[1].says


def test_the_day_that_a_review_expires_still_counts() -> None:
    assert codes(found(acknowledging("kind: national-id", expires="2026-06-30"))) == []


def test_words_that_stand_for_no_value_are_none() -> None:
    rows = "office,ssn\nParks,000-EMPTY\nStreets,000-EMPTY\n"

    assert codes(found("files: [{path: offices.csv, empty: [000-EMPTY]}]\n", rows)) == []


@pytest.mark.parametrize(("groups", "expected"), [
    ("{quasi_identifiers: [age, district], k: 2}", ["group-small"]),
    ("{quasi_identifiers: [district], k: 3}", []),
    ("{quasi_identifiers: [district], k: 4}", ["group-small"]),
    ("{quasi_identifiers: [district], k: 3, sensitive: [illness], l: 2}", []),
    ("{quasi_identifiers: [district], k: 3, sensitive: [illness], l: 3}", ["group-uniform"]),
    ("{quasi_identifiers: [ages], k: 2}", ["anonymity-column"]),
    ("{quasi_identifiers: [district], k: 2, sensitive: [ill]}", ["anonymity-column"]),
    ("{quasi_identifiers: [age, district], k: 2, file: other.csv}", ["anonymity-column", "anonymity-column"]),
], ids=["alone", "k", "one under k", "l", "one under l", "no column", "no sensitive column", "no such file"])
def test_rows_are_held_to_the_groups_that_are_promised(groups: str, expected: list[str]) -> None:
    assert codes(found(f"{PLAIN}anonymity: [{groups}]\n{GUARDED}", VISITS)) == expected


def test_small_groups_can_be_acknowledged() -> None:
    record = f"{acknowledging('kind: small-group')}anonymity: [{{quasi_identifiers: [age, district], k: 2}}]\n"

    assert codes(found(record, VISITS)) == []


def test_a_column_that_is_left_out_tells_no_groups_apart() -> None:
    columns = "columns: {age: {title: Age, sensitive: true}, district: {title: Where}, illness: {title: What}}\n"

    assert codes(found(f"{PLAIN}{columns}anonymity: [{{quasi_identifiers: [age, district], k: 3}}]\n{GUARDED}", VISITS)) == []


def test_a_key_in_a_guide_stops_the_build_and_is_not_shown() -> None:
    guide = f"---\ntitle: Use the files\n---\nGive the key {KEY} to the program.\n"

    (problem,) = found(PLAIN, "office\nParks\n", **{"guides/use-files.md": guide})

    assert (problem.code, problem.where.path, problem.where.line, problem.where.column, problem.where.excerpt) == (
        "secret-found", "guides/use-files.md", 4, 14, None)
    assert KEY not in problem.says + problem.fix


@pytest.mark.parametrize("path", ["scripts/load.py", "theme/notes.txt", "datasets/trees/trees.csv", "topics/nature.yaml"])
def test_any_text_file_of_the_catalog_is_searched(path: str) -> None:
    files = with_files(a_city(), {path: f"title: x\n{KEY}\n"})

    told = inspect(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=MemorySink()))[2]

    assert ("secret-found", path, 2) in [(each.code, each.where.path, each.where.line) for each in told]


def test_what_looks_like_a_secret_can_be_harmless() -> None:
    site = "harmless: [{path: scripts/load.py, kind: access-key, reason: An example that opens nothing.}]\n"

    assert codes(found(PLAIN, "office\nParks\n", **{"site.yaml": a_city()["site.yaml"] + site, "scripts/load.py": KEY})) == []


def test_a_harmless_entry_that_fits_nothing_is_told() -> None:
    site = "harmless: [{path: scripts/load.py, kind: token, reason: An example that opens nothing.}]\n"

    problems = found(PLAIN, "office\nParks\n", **{"site.yaml": a_city()["site.yaml"] + site, "scripts/load.py": KEY})

    assert codes(problems) == ["secret-found", "acknowledged-unmet"]


def test_a_demonstration_dataset_with_a_planted_column_stops_its_build() -> None:
    catalog = Path(__file__).parents[2] / "catalog"
    rows = (catalog / "datasets/council-districts/council-districts.csv").read_text("utf-8").splitlines()
    numbers = (f"{212 + at}-{31 + at % 60}-{4400 + 7 * at}" for at in range(len(rows)))
    planted = "\n".join([f"{rows[0]},ssn", *(f"{row},{number}" for row, number in zip(rows[1:], numbers, strict=False))])
    record = (catalog / "datasets/council-districts/dataset.yaml").read_text("utf-8")
    files = with_files(a_city(), {"datasets/council-districts/dataset.yaml": record,
                                  "datasets/council-districts/council-districts.csv": planted})

    result = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=MemorySink()))

    assert not result.is_built
    assert [(each.where.path, each.says.split(":")[0]) for each in result.problems if each.code == "personal-data"] == [
        ("datasets/council-districts/council-districts.csv", "column `ssn`")]
    assert "first: row 1" in next(each.says for each in result.problems if each.code == "personal-data")


NUMBERS = "".join(f"{200 + at % 400},{212 + at % 300}-{11 + at % 80}-{1000 + at}\n" for at in range(2_000))


def profiled(rows: str) -> TableProfile:
    body = rows.encode()
    job = TableJob(path="people.csv", size_bytes=len(body), file=FileRecord(path="people.csv"))
    profile = profile_table(BytesIO(body), job).profile
    assert profile is not None
    return profile


def test_findings_of_a_file_that_is_read_in_parts_are_those_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = profiled(f"district,ssn\n1,\n{NUMBERS}")
    monkeypatch.setattr("cityfolio.tables.readers.csv.SMALL_BYTES", 1)
    monkeypatch.setattr("cityfolio.tables.profile.SMALL_CELLS", 0)
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 4_096)
    monkeypatch.setattr("cityfolio.tables.large.watch.PART_CELLS", 500)

    parts = profiled(f"district,ssn\n1,\n{NUMBERS}")

    assert parts.personal == whole.personal != ()


def test_groups_of_a_file_that_is_read_in_parts_are_those_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "age,district\n" + "".join(f"{20 + at % 7},{at % 3}\n" for at in range(3_000)) + "91,1\n"
    files = with_files(a_city(), {"datasets/offices/offices.csv": rows, "datasets/offices/dataset.yaml":
                                  f"{RECORD}{PLAIN}anonymity: [{{quasi_identifiers: [age, district], k: 5}}]\n{GUARDED}"})
    whole = codes(inspect(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=MemorySink()))[2])
    monkeypatch.setattr("cityfolio.tables.readers.csv.SMALL_BYTES", 1)
    monkeypatch.setattr("cityfolio.tables.profile.SMALL_CELLS", 0)
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 4_096)

    parts = codes(inspect(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=MemorySink()))[2])

    assert parts.count("group-small") == whole.count("group-small") == 1


def test_what_is_found_is_kept_with_the_profile() -> None:
    report = TableReport(profile=profiled(f"district,ssn\n{NUMBERS}"))

    assert decoded(encoded(report), "people.csv") == report


def test_a_file_kept_elsewhere_is_judged_where_it_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "offices.csv").write_text(ROWS)
    url = "https://gis.example.gov/offices.csv"
    files = with_files(a_city(), {"datasets/offices/dataset.yaml": f"{RECORD}files: [{{url: {url}}}]\n"})
    fetched = FetchedFile(url=url, name="offices.csv", path=tmp_path / "offices.csv", bytes=len(ROWS),
                          sha256=sha256(ROWS.encode()))
    workshop = Workshop(tree=MemoryTree(files), sink=MemorySink(), fetched={("offices", 0): fetched})

    told = [each for each in inspect(loaded(files), a_build(), workshop)[2] if each.code == "personal-data"]

    assert [(each.where.path, each.where.line, each.where.column) for each in told] == [(url, 1, 8)]


def test_what_is_acknowledged_of_a_file_that_was_not_fetched_may_fit() -> None:
    record = "files: [{{url: https://gis.example.gov/offices.csv}}]\n" + REVIEW

    assert codes(found(record.format(entry="kind: national-id", expires="2027-03-02"), rows=None)) == []
