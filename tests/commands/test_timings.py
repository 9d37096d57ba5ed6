"""Where the time of a build goes, told by what was at work."""

from __future__ import annotations

import json
import signal
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from cities import a_city
from cityfolio.cli import main
from cityfolio.commands.timings import PACKAGE, Samples, as_json, folded, part_of


def stack(*paths: str) -> tuple[tuple[str, str], ...]:
    """The files at work, the outermost first; samples have them the other way round."""
    return tuple((path if path.startswith("<") else f"{PACKAGE}{path}", "run") for path in reversed(paths))


@pytest.mark.parametrize(("files", "part"), [
    (("build.py", "load/catalog.py", "load/yaml.py"), ("load", "load.catalog")),
    (("build.py", "inspecting.py", "tables/published.py", "tables/profile.py"), ("profile", "tables.profile")),
    (("build.py", "tables/profile.py", "privacy/detect.py"), ("profile", "personal data")),
    (("build.py", "tables/explored.py", "tables/exports/parquet.py"), ("downloads", "tables.explored")),
    (("build.py", "pages/pages.py", "pages/datasets.py"), ("draw", "pages.datasets")),
    (("build.py", "pages/shell.py", "<template /themes/civic/templates/file.html>"), ("draw", "template file.html")),
    (("build.py", "publish/write.py", "feeds/__init__.py", "feeds/dcat_us.py"), ("feeds", "feeds.dcat_us")),
    (("build.py", "publish/write.py", "publish/verify.py"), ("verify", "publish.verify")),
    (("build.py", "publish/write.py", "files.py"), ("write", "files")),
    (("build.py", "publish/write.py", "publish/folder_sink.py"), ("write", "publish.folder_sink")),
    (("build.py", "<frozen importlib._bootstrap>"), ("start", "imports")),
    (("<string>",), ("other", "start")),
], ids=" ".join)
def test_time_belongs_to_the_part_that_a_stage_called(files: tuple[str, ...], part: tuple[str, str]) -> None:
    assert part_of(stack(*files)) == part


def test_seconds_are_shared_out_by_how_often_each_part_was_met() -> None:
    stacks = Counter({stack("build.py", "load/catalog.py"): 3, stack("build.py", "check/whole.py"): 1})

    told = json.loads(as_json(Samples(stacks=stacks, cpu_seconds=2.0)))

    assert told["stages"] == [
        {"stage": "load", "cpu_seconds": 1.5, "parts": [{"part": "load.catalog", "cpu_seconds": 1.5}]},
        {"stage": "check", "cpu_seconds": 0.5, "parts": [{"part": "check.whole", "cpu_seconds": 0.5}]},
    ]


def test_a_flame_graph_gets_a_line_for_each_stack_in_microseconds() -> None:
    stacks = Counter({stack("build.py", "load/catalog.py"): 2})

    assert folded(Samples(stacks=stacks, cpu_seconds=0.01)) == \
        b"load;load.catalog;build run;load.catalog run 10000\n"


def test_a_build_too_short_to_be_looked_at_has_no_stages() -> None:
    assert json.loads(as_json(Samples(cpu_seconds=0.001)))["stages"] == []
    assert folded(Samples()) == b""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    for path, body in a_city().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body.encode() if isinstance(body, str) else body)
    return tmp_path


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer of CPU time")
@pytest.mark.parametrize("fault", ["", "title: [\n"], ids=["sound", "with an error"])
def test_a_build_writes_where_its_time_went_however_it_ended(catalog: Path, tmp_path_factory: pytest.TempPathFactory,
                                                             fault: str) -> None:
    folder = tmp_path_factory.mktemp("out")
    (catalog / "topics" / "faulty.yaml").write_text(fault or "title: Sound\n")

    CliRunner().invoke(main, ["build", "--catalog", str(catalog), "--output", str(folder / "site"), "--no-cache",
                              "--timings", str(folder / "t.json")], catch_exceptions=False)

    assert json.loads((folder / "t.json").read_bytes())["cpu_seconds"] > 0
    assert (folder / "t.folded").is_file()


def test_a_system_without_such_a_timer_says_so(catalog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "setitimer", raising=False)

    result = CliRunner().invoke(main, ["build", "--catalog", str(catalog), "--output", str(catalog.parent / "site"),
                                       "--timings", str(catalog.parent / "t.json")])

    assert result.exit_code == 1
    assert "no timings" in result.output
