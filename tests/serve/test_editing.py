"""While a catalog is edited, its pages show what was written, what is wrong with it, and what nobody else sees yet."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cities import TREES, a_city
from cityfolio.cli import main
from cityfolio.files import read_bytes
from cityfolio.serving import making as made
from cityfolio.serving.making import making
from cityfolio.settings import Options
from serve.edited_city import DATASET, QUIET, Editing, broken_difference, edited, no_difference, one_difference, written
from servers import Server, serving

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def editing(tmp_path, monkeypatch):
    """A city of three datasets, one of them a draft, that is looked at and never built."""
    yield from edited(tmp_path, monkeypatch, build=lambda: None)


@pytest.fixture
def building(tmp_path, monkeypatch):
    """The same, built behind what is shown."""
    yield from edited(tmp_path, monkeypatch)


def test_an_edit_is_on_its_page(editing):
    editing.write(DATASET, TREES.replace("Street trees", "Shady trees"))

    assert "<h1>Shady trees" in editing.page_when("/data/trees/", "Shady trees")


def test_a_problem_stands_on_its_page_with_its_line(editing):
    editing.write(DATASET, TREES.replace("yearly", "yearly\nrelated: [young]"))
    page = editing.page_when("/data/trees/", "draft-referenced")

    assert f"<code>{DATASET}:6:11</code>" in page
    assert "<pre>related: [<mark>young</mark>]</pre>" in page
    assert "Publish the draft" in page


def test_a_page_counts_the_problems_of_others_and_leads_to_them(editing):
    editing.write(DATASET, TREES.replace("yearly", "yearly\nrelated: [young]"))
    page = editing.page_when("/topics/nature/", "1 warning")

    assert '<a href="/-/problems/">' in page
    assert DATASET not in page
    assert DATASET in editing.page("/-/problems/")


def test_errors_are_on_every_page_which_stays_as_it_was(editing):
    editing.write(DATASET, TREES.replace("Street trees", "Shady trees").replace("publisher: parks", "publisher: parcs"))
    page = editing.page_when("/", "publisher-unknown")

    assert "Not up to date" in page
    assert "Street trees" in editing.page("/data/trees/")
    assert "Shady trees" not in editing.page("/data/trees/")


def test_a_city_that_was_mended_is_up_to_date_again(editing):
    editing.write(DATASET, TREES.replace("publisher: parks", "publisher: parcs"))
    editing.page_when("/", "publisher-unknown")
    editing.write(DATASET, TREES.replace("Street trees", "Shady trees"))
    page = editing.page_when("/data/trees/", "Shady trees")

    assert "Not up to date" not in page


def test_a_draft_is_shown_with_a_banner_in_lists_and_with_its_data(editing):
    assert "Draft:</strong> not on the published site" in editing.page("/data/young/")
    assert "Young trees" in editing.page("/data/")
    assert editing.server.ask("/data/young/trees.csv").body == b"species,height\noak,1\n"
    assert "Draft:</strong>" not in editing.page("/data/trees/")


def test_what_is_written_to_the_output_holds_no_draft_and_no_note(building):
    feed = building.page("/catalog.json")     # waits for the build
    output = building.folder / "output"

    assert '"trees"' in feed
    assert not (output / "data/young").exists()
    assert b"young" not in read_bytes(output / "data/index.html")
    assert [path for path in output.rglob("*.html") if b"/-/" in path.read_bytes()] == []


def test_notes_are_styled_by_a_sheet_of_the_server_and_run_nothing(editing):
    page = editing.page("/data/young/")
    sheet = editing.server.ask("/-/serve.css")

    assert page.count('<link rel="stylesheet" href="/-/serve.css"></head>') == 0   # the script stands between
    assert page.count('<link rel="stylesheet" href="/-/serve.css">') == 1
    assert (sheet.status, sheet.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert "style=" not in page


def test_the_page_of_all_problems_has_the_look_of_the_site(editing):
    page = editing.page("/-/problems/")

    assert "<title>Problems</title>" in page
    assert "Example City" in page
    assert page.count("<h1>") == 1


def test_other_addresses_of_the_server_are_not_there(editing):
    assert editing.server.ask("/-/gone/").status == 404
    assert editing.server.ask("/gone/").status == 404


def test_a_folder_without_its_slash_is_forwarded(editing):
    assert editing.server.ask("/data/young").headers["Location"] == "/data/young/"


def test_a_theme_is_followed_into_what_its_pages_load(editing):
    sheet = editing.page("/").split('<link rel="stylesheet" href="')[1].split('"')[0]

    assert editing.server.ask(f"/{sheet}").status == 200


def test_what_differs_from_the_main_branch_is_on_its_page_and_on_one_of_all(tmp_path, monkeypatch):
    for editing in edited(tmp_path, monkeypatch, one_difference):
        page = editing.page_when("/data/trees/", "it is called otherwise")

        assert "<del>Trees</del> <ins>Street trees</ins>" in page
        assert "it is called otherwise" in editing.page("/-/diff/")
        assert "it is called otherwise" not in editing.page("/data/repairs/")


def test_a_city_that_cannot_be_built_at_first_shows_why(tmp_path, monkeypatch):
    monkeypatch.setattr(made, "difference_from_main", no_difference)
    catalog = written(tmp_path / "catalog")
    (catalog / DATASET).write_text(TREES.replace("publisher: parks", "publisher: parcs"))
    chosen = Options(catalog=catalog, output=tmp_path / "output", use_cache=False, workers=1)
    with making(chosen, QUIET) as work, serving(tmp_path / "output", catalog, work=work) as server:
        answer = server.ask("/")

        sheet = server.ask("/" + answer.body.decode().split('<link rel="stylesheet" href="')[1].split('"')[0].lstrip("./"))
        (catalog / DATASET).write_text(TREES)
        page = Editing(tmp_path, server).page_when("/data/trees/", "<h1>Street trees")

    assert (answer.status, sheet.status) == (503, 200)
    assert all(words in answer.body for words in (b"publisher-unknown", b"There is no page to show yet", b"Example City</a>"))
    assert "<h1>Street trees" in page


@pytest.mark.parametrize("files", [{"site.yaml": "name: ["}, {"theme/templates/base.html": "{% if %}"}],
                         ids=["a site.yaml that cannot be read", "a template with a slip"])
def test_a_fault_of_what_draws_every_page_is_shown_all_the_same(tmp_path, monkeypatch, files):
    monkeypatch.setattr(made, "difference_from_main", no_difference)
    catalog = written(tmp_path / "catalog", files)
    chosen = Options(catalog=catalog, output=tmp_path / "output", use_cache=False, workers=1)
    with making(chosen, QUIET) as work, serving(tmp_path / "output", catalog, work=work) as server:
        answer = server.ask("/data/")

    assert answer.status == 503
    assert b"site-header" in answer.body
    assert b"There is no page to show yet" in answer.body


def test_the_addresses_of_a_former_language_lead_to_the_pages_of_the_first(tmp_path, monkeypatch):
    site = {"site.yaml": f"{a_city()['site.yaml']}former_languages: [es]\n"}
    for editing in edited(tmp_path, monkeypatch, files=site, build=lambda: None):
        assert 'url=../../../data/trees/"' in editing.page("/es/data/trees/")
        assert editing.server.ask("/es/data/nothing/").status == 404


@pytest.mark.parametrize("template", ["forward.html", "dataset.html"], ids=["of addresses that moved", "of where it leads"])
def test_a_fault_behind_an_address_of_a_former_language_is_shown_in_its_place(tmp_path, monkeypatch, template):
    files = {"site.yaml": f"{a_city()['site.yaml']}former_languages: [es]\n",
             f"theme/templates/{template}": "{{ 1 // 0 }}"}
    for editing in edited(tmp_path, monkeypatch, files=files, build=lambda: None):
        answer = editing.server.ask("/es/data/trees/")

        assert (answer.status, f"theme/templates/{template}" in answer.body.decode()) == (500, True)


def test_the_form_of_a_draft_is_given_its_file(tmp_path, monkeypatch):
    site = {"site.yaml": f"{a_city()['site.yaml']}repository: {{url: https://github.com/example/data}}\n"}
    for editing in edited(tmp_path, monkeypatch, files=site, build=lambda: None):
        known = editing.server.ask("/edit/known.json")

        assert "status: draft" in editing.page("/data/young/dataset.yaml")
        assert editing.server.ask("/edit/rules.json").status == 200
        assert (known.status, b'"drafts":["young"]' in known.body) == (200, True)


def test_what_differs_is_told_while_errors_stop_the_build(tmp_path, monkeypatch):
    for editing in edited(tmp_path, monkeypatch, one_difference):
        editing.page_when("/-/diff/", "1 change since main.")
        editing.write(DATASET, TREES.replace("publisher: parks", "publisher: parcs"))
        editing.page_when("/", "Not up to date")

        assert "it is called otherwise" in editing.page("/-/diff/")
        assert "before the last change" not in editing.page_without("/-/diff/", "before the last change")


def test_a_comparison_that_breaks_off_is_told(tmp_path, monkeypatch):
    for editing in edited(tmp_path, monkeypatch, broken_difference, build=lambda: None):
        page = editing.page_when("/-/diff/", "broke off")

        assert "There is no main branch" not in page


def test_the_command_serves_until_it_is_interrupted(tmp_path):
    catalog = written(tmp_path / "catalog")
    # A shell starts what it runs in the background deaf to interrupts, and the tests may be run so.
    program = ("import signal, sys; from cityfolio.cli import main\n"
               "signal.signal(signal.SIGINT, signal.default_int_handler)\nmain()")
    command = [sys.executable, "-c", program, "serve", "--catalog", catalog, "--output", tmp_path / "output", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), "XDG_CACHE_HOME": str(tmp_path / "cache"),
                   "PYTHONUNBUFFERED": "1"}
    run = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = next(line for line in run.stdout if line.startswith("The site is at"))
    port = int(said.split(":")[2].partition("/")[0])
    page = Server(port=port).ask("/data/young/").body.decode()
    run.send_signal(signal.SIGINT)
    rest, errors = run.communicate(timeout=60)

    assert "Young trees" in page
    assert (run.returncode, rest.splitlines()[-1], errors) == (0, "Stopped.", "")


def test_a_port_that_is_taken_is_told_before_anything_is_read(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run = CliRunner().invoke(main, ["serve", "--catalog", str(tmp_path), "--port", str(taken.getsockname()[1])])

    assert (run.exit_code, "is taken; name another" in run.output) == (1, True)
