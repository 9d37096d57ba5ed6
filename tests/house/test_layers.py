"""The package's source keeps the rules of the house; and each rule is shown to find what breaks it."""

import pytest

from house import layers
from house.layers import modules, package

pytestmark = pytest.mark.no_cover    # the package is read, not run


@pytest.fixture(scope="module")
def source():
    """Every module of the package, read once and parsed once for all rules."""
    return package()


def test_imports_point_down(source):
    assert layers.wrong_arrows(source) == []


def test_nothing_imports_in_a_ring(source):
    assert layers.cycles(source) == []


def test_files_are_opened_in_their_own_rooms_only(source):
    assert layers.opened_files(source) == []


def test_no_stage_asks_the_clock_the_environment_or_chance(source):
    assert layers.questions_to_the_world(source) == []


def test_other_machines_are_reached_from_few_rooms(source):
    assert layers.network(source) == []


def test_modules_and_functions_are_short(source):
    assert layers.sizes(source) == []


def test_every_parameter_and_result_has_a_type(source):
    assert layers.bare_signatures(source) == []


def test_every_module_has_a_name_that_says_what_it_owns(source):
    assert layers.vague_names(source) == []


LONG = "def long() -> None:\n" + "    pass\n" * 60


@pytest.mark.parametrize(
    ("rule", "sources", "found"),
    [
        (layers.wrong_arrows, {"load/a.py": "from cityfolio.pages.routes import url"},
         ["load.a:1 imports pages.routes, which lies above it"]),
        (layers.wrong_arrows, {"check/a.py": "def f():\n    import cityfolio.cli"},
         ["check.a:2 imports cli, which lies above it"]),
        (layers.wrong_arrows, {"check/a.py": "from cityfolio import build", "build.py": ""},
         ["check.a:1 imports build, which lies above it"]),
        (layers.wrong_arrows, {"model/a.py": "from cityfolio.files import Tree"},
         ["model.a:1 imports files; the model may only import problems and frozen"]),
        (layers.wrong_arrows, {"attic.py": ""}, ["attic: not in LAYERS of tests/house/layers.py; say where it belongs"]),
        (layers.cycles, {"load/a.py": "from cityfolio.load import b", "load/b.py": "from cityfolio.load.a import x"},
         ["load.a <- load.b <- load.a"]),
        (layers.cycles, {"pages/a.py": "import cityfolio.feeds.b", "feeds/b.py": "", "feeds/c.py": "import cityfolio.pages.d",
                         "pages/d.py": ""}, ["feeds <- pages <- feeds"]),
        (layers.opened_files, {"pages/a.py": "open('x')"}, ["pages.a:1 open"]),
        (layers.opened_files, {"pages/a.py": "Path('x').read_text()"}, ["pages.a:1 read_text"]),
        (layers.opened_files, {"pages/a.py": "import os\nos.open('x', 0)"}, ["pages.a:2 os.open"]),
        (layers.opened_files, {"pages/a.py": "from os import open"}, ["pages.a:1 os.open"]),
        (layers.opened_files, {"pages/a.py": "import shutil"}, ["pages.a:1 shutil"]),
        (layers.opened_files, {"files.py": "open('x')", "tables/a.py": "import tempfile", "pages/a.py": "tree.open('x')"}, []),
        (layers.opened_files, {"publish/a.py": "files.read_bytes(path)"}, []),
        (layers.questions_to_the_world, {"check/a.py": "date.today()"}, ["check.a:1 date.today"]),
        (layers.questions_to_the_world, {"check/a.py": "import os\nos.environ['TZ']"}, ["check.a:2 os.environ"]),
        (layers.questions_to_the_world, {"check/a.py": "from random import choice"}, ["check.a:1 random"]),
        (layers.network, {"check/a.py": "from urllib import request"}, ["check.a:1 urllib.request"]),
        (layers.network, {"migrate/a.py": "import socket"}, []),
        (layers.questions_to_the_world, {"cli.py": "date.today()"}, []),
        (layers.sizes, {"load/a.py": "\n" * 401}, ["load.a has 401 lines"]),
        (layers.sizes, {"load/a.py": LONG}, ["load.a.long has 61 lines"]),
        (layers.sizes, {"load/a.py": "def f(a, b, c, *, d, e, f): ..."}, ["load.a.f takes 6 parameters"]),
        (layers.sizes, {"load/a.py": "class A:\n    def f(self, a, b, c, d, e): ..."}, []),
        (layers.bare_signatures, {"load/a.py": "def f(a: int, b) -> int: ..."}, ["load.a.f: b"]),
        (layers.bare_signatures, {"load/a.py": "def f(*a: int, **b): ..."}, ["load.a.f: b", "load.a.f: its result"]),
        (layers.vague_names, {"load/utils.py": ""}, ["load.utils"]),
    ],
)
def test_each_rule_finds_what_breaks_it(rule, sources, found):
    assert rule(modules(sources)) == found
