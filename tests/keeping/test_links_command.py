"""`cityfolio links` as a person and a program meet it, with the files it keeps."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cities import SITE, TREES, a_city, loaded
from cityfolio.cli import main
from cityfolio.keeping import links_command
from cityfolio.keeping.links.addresses import addresses
from keeping.linked_server import Linked, Says, linked
from migrate.portals import TurnedClock

TODAY = "catalog/links/2026-06-30.csv"
HEAD = "url,is_well,status,says,checked\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the working directory, on a day in June, with nothing to wait for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(links_command, "today", lambda: date(2026, 6, 30))
    monkeypatch.setattr(links_command, "MachineClock", TurnedClock)
    return tmp_path


def a_catalog(here: Path, server: Linked, **changed: str) -> None:
    record = TREES + f"landing_page: {server.root}/well\n" + f"description: |\n  Words.\n\n  See [it]({server.root}/gone).\n"
    for path, body in a_city(**{"datasets/trees/dataset.yaml": record, **changed}).items():
        write(here / "catalog" / path, str(body))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["links", "--allow-private", *arguments], catch_exceptions=False)


def test_what_is_broken_is_told_with_its_file_and_line_and_kept(here: Path):
    with linked({"/well": Says()}) as server:
        a_catalog(here, server)
        result = run()

    assert result.exit_code == 1
    assert f"catalog/datasets/trees/dataset.yaml:17:12: broken: {server.root}/gone\n  404 Not Found" in result.stdout
    assert "2 addresses: 1 well, 0 of them moved, 1 broken." in result.stdout
    assert (here / TODAY).read_text() == (f"{HEAD}{server.root}/gone,false,404,404 Not Found,2026-06-30\n"
                                          f"{server.root}/well,true,200,200 OK,2026-06-30\n")


def test_a_password_in_an_address_is_neither_asked_with_nor_printed_nor_kept(here: Path):
    with linked({"/well": Says()}) as server:
        host = server.root.removeprefix("http://")
        a_catalog(here, server, **{"publishers/parks.yaml": f"title: Parks\nhomepage: http://bob:hunter2@{host}/parks\n"})
        result = run()

    assert f"catalog/publishers/parks.yaml:2:11: broken: {server.root}/parks" in result.stdout
    assert "hunter2" not in result.output + (here / TODAY).read_text()


def test_for_programs_it_is_json_alone(here: Path):
    with linked({"/well": Says(), "/gone": Says()}) as server:
        a_catalog(here, server)
        result = run("--format", "json")

    told = json.loads(result.stdout)["links"]
    assert result.exit_code == 0
    assert told[1] == {"url": f"{server.root}/well", "is_well": True, "status": 200, "says": "200 OK", "checked": "2026-06-30",
                       "where": [{"path": "catalog/datasets/trees/dataset.yaml", "line": 13, "column": 15}]}


def test_what_was_asked_for_today_is_not_asked_for_again(here: Path):
    with linked({"/well": Says()}) as server:
        a_catalog(here, server)
        run()
        before = len(server.asked)
        result = run()

    assert len(server.asked) == before
    assert result.exit_code == 1


def test_what_is_broken_is_asked_for_again_the_next_day_and_what_is_well_as_often_as_is_said(here: Path):
    with linked({"/well": Says(), "/gone": Says()}) as server:
        a_catalog(here, server)
        write(here / "catalog/links/2026-06-27.csv", f"{HEAD}{server.root}/gone,false,404,404 Not Found,2026-06-27\n"
                                                     f"{server.root}/well,true,200,200 OK,2026-06-27\n")
        result = run("--again-after", "7")

    assert server.asked == [("HEAD", "/gone")]
    assert result.exit_code == 0
    assert f"{server.root}/well,true,200,200 OK,2026-06-27" in (here / TODAY).read_text()


def test_one_server_alone_can_be_asked(here: Path):
    with linked({"/well": Says(), "/gone": Says()}) as server, linked({"/": Says()}) as other:
        a_catalog(here, server, **{"publishers/parks.yaml": f"title: Parks\nhomepage: {other.root}/\n"})
        run("--only", other.root.removeprefix("http://"))

    assert server.asked == []
    assert other.asked == [("HEAD", "/")]


def test_an_end_in_the_middle_loses_nothing_that_was_found(here: Path, monkeypatch: pytest.MonkeyPatch):
    with linked({"/well": Says()}) as server:
        a_catalog(here, server)
        monkeypatch.setattr(links_command, "found", _ends_after_one)
        with pytest.raises(SystemError):
            run()
        found_first = (here / TODAY).read_text()

    assert f"{server.root}/gone,false" in found_first
    assert f"{server.root}/well" not in found_first


def _ends_after_one(urls, asking):
    from cityfolio.keeping.links.rounds import found

    yield next(iter(found(urls, asking)))
    raise SystemError


def test_findings_that_cannot_be_read_are_a_problem_and_asked_for_anew(here: Path):
    with linked({"/well": Says(), "/gone": Says()}) as server:
        a_catalog(here, server)
        write(here / TODAY, "url;is_well\n")
        result = run()

    assert result.exit_code == 0
    assert len(server.asked) == 2


def test_a_machine_without_a_network_does_not_call_everything_broken(here: Path):
    with linked({}) as server:
        a_catalog(here, server)
    nowhere = "".join(f"  - {{title: Page, url: 'http://127.0.0.{number}:9/'}}\n" for number in (2, 3, 4))
    write(here / "catalog/publishers/parks.yaml", f"title: Parks\nlinks:\n{nowhere}")
    result = run()

    assert result.exit_code == 1
    assert "no server could be reached" in result.output
    assert not (here / TODAY).exists()


def test_a_folder_that_is_no_catalog_is_said(here: Path):
    result = run()

    assert result.exit_code == 1
    assert "[catalog-missing]" in result.stdout


def test_addresses_are_found_in_keys_in_words_and_in_markdown_files():
    found = addresses(loaded(a_city(**{
        "site.yaml": f"{SITE}base_url: https://data.example.gov\nrequests: {{url: https://data.example.gov/ask}}\n",
        "publishers/parks.yaml": "title: Parks\nhomepage: https://parks.example.gov/\n",
        "datasets/trees/dataset.yaml": f"{TREES}description: |\n  A list (https://a.example.gov/x_(y)), and <https://b.example.gov>.\n"
                                       "  `curl https://code.example.gov` and [c](https://c.example.gov/?q=1#top \"C\").\n"
                                       "formerly: /old\n",
        "guides/start.md": "---\ntitle: Start\n---\nFirst.\n\n```sh\ncurl https://code.example.gov\n```\n\n"
                           "[Here](https://d.example.gov), and https://d.example.gov.\nhttps://d.example.gov\n",
    })))

    assert [(url, where.path, where.line) for url, places in found.items() for where in places] == [
        ("https://a.example.gov/x_(y)", "datasets/trees/dataset.yaml", 14),
        ("https://b.example.gov", "datasets/trees/dataset.yaml", 14),
        ("https://c.example.gov/?q=1#top", "datasets/trees/dataset.yaml", 15),
        ("https://d.example.gov", "guides/start.md", 10),
        ("https://d.example.gov", "guides/start.md", 10),
        ("https://d.example.gov", "guides/start.md", 11),
        ("https://parks.example.gov/", "publishers/parks.yaml", 2)]
