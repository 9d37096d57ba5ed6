"""Names that documents speak of exist: commands and options in prose, keys in YAML, variables; and variables are documented."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import click
import pytest
import yaml

from cityfolio.cli import main
from cityfolio.codes import CODES
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.model.keys import keys_of
from cityfolio.reference import GROUPS
from house import documents
from house.documents import ROOT
from house.test_docs import _is_understood
from house.test_reference import PLACES

PAGES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in documents.documents()}
FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
MESSAGE = re.compile(r": (?:error|warning|advice): .*\[([a-z-]+)\]$", re.MULTILINE)
VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
# Options of programs that are not ours: of Dask's worker, of pip, of make, of git.
OTHERS = {"--nthreads", "--no-deps", "--upgrade", "--no-print-directory", "--filter"}
# Files that are not a catalog's, by a key that they open with: of a theme, of pre-commit.
NOT_OF_A_CATALOG = {"extends": {"extends", "styles", "sheets", "font_styles", "name"}, "repos": {"repos"}}
# Texts that look like variables and are none: words of standards, names within files, flags of the system, what git
# and libraries are told.
NO_VARIABLES = {"NON_PUBLIC", "UPDATE_CONT", "ANNUAL_2", "ANNUAL_3", "O_NOFOLLOW", "O_NONBLOCK", "MOST_COLUMNS", "SHARD_BYTES",
                "DELTA_BINARY_PACKED", "GDAL_NUM_THREADS", "GIT_TERMINAL_PROMPT", "GIT_SSH", "GIT_SSH_COMMAND",
                "GIT_NO_LAZY_FETCH", "LC_ALL", "LC_MESSAGES", "ARROW_DEFAULT_MEMORY_POOL", "OPENBLAS_NUM_THREADS"}
# And what documents name beside: of our own tests, of other programs and systems, and columns in examples.
NOT_OURS = {"CITYFOLIO_INPUTS", "CITYFOLIO_BROWSER", "CITYFOLIO_BENCH", "CITYFOLIO_BENCH_SIZES", "CITYFOLIO_BENCH_GROWTH",
            "Z_FILTERED", "NOT_HERE", "RENAME_EXCHANGE", "DS_S",
            "DOB_DT", "OWNER_FIRS", "CSTMR_NM", "STAT_CD", "ID_2"}


def inline(text: str) -> list[str]:
    """What stands in backticks in a page's prose."""
    return CODE.findall(FENCED.sub("", text))


def options_of(command: click.Command) -> set[str]:
    """The options of a command and of those below it."""
    found = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return found.union({"--help", "-h"}, *map(options_of, below))


OPTIONS = options_of(main)
TOKENS = {name for sheet in (ROOT / "themes").glob("*/assets/css/*.css")
          for name in re.findall(r"(--[\w-]+):", sheet.read_text("utf-8"))}


def test_options_in_prose_exist():
    known = OPTIONS | OTHERS | TOKENS
    shown = [(name, match[0]) for name, text in PAGES.items() for code in inline(text)
             if (match := re.match(r"--[a-z][\w-]*", code))]

    assert [(name, option) for name, option in shown if option not in known] == []


def test_commands_in_prose_and_in_every_kind_of_block_exist():
    lines = [(name, line) for name, text in PAGES.items() for line in (*inline(text), *lines_of_blocks(text))]
    shown = [(name, line.partition(" #")[0].split()[1:]) for name, line in lines if re.match(r"cityfolio [a-z]", line)]

    assert [(name, words) for name, words in shown if not _is_understood(words) and not is_in_words(words)] == []


def lines_of_blocks(text: str) -> list[str]:
    """What stands in blocks of a page, without the sign of a prompt."""
    return [line.strip().removeprefix("$ ") for _, _, body in FENCED.findall(text) for line in body.splitlines()]


def is_in_words(words: list[str]) -> bool:
    """Whether words that follow the program's name only name commands: "check|build", "theme"."""
    parts = words[0].split("|")
    if len(parts) > 1:
        return all(part in main.commands for part in parts)
    return len(words) == 1 and isinstance(main.commands.get(parts[0]), click.Group)


def test_codes_of_problems_in_messages_exist():
    blocks = [(name, body) for name, text in PAGES.items() for _, _, body in FENCED.findall(text)]
    shown = [(name, code) for name, body in blocks for code in MESSAGE.findall(body)]

    assert [(name, code) for name, code in shown if code not in CODES] == []


def yaml_blocks() -> Iterator[tuple[str, str]]:
    """The YAML of every page but those about problems, which show what is wrong too and are tried by tests/test_codes.py."""
    for name, text in PAGES.items():
        if not name.startswith("docs/problems/"):
            yield from ((name, body) for _, language, body in FENCED.findall(text) if language == "yaml")


BLOCKS = list(yaml_blocks())


@pytest.mark.parametrize(("name", "body"), BLOCKS, ids=[f"{name}-{at}" for at, (name, _) in enumerate(BLOCKS)])
def test_yaml_that_documents_show_can_be_loaded_and_has_keys_that_exist(name, body):
    ways = [faults(place, body) for place in PLACES.values()]

    assert is_part(body) or is_of_another(body) or not min(ways, key=len), min(ways, key=len)


def faults(place: str, body: str) -> list[str]:
    """What is wrong with a block as a file of some kind, but that parts of the file are left out."""
    text = f"---\n{body}---\n" if place.endswith(".md") and not body.startswith("---") else body
    files = {"site.yaml": "name: Example\n"} | {place: text}
    found = [each for each in load(MemoryTree(files)).problems if each.where.path == place]
    return [f"{each.code}: {each.says}" for each in found if each.code.startswith(("key-", "yaml-", "choice-"))
            and not each.says.endswith("is missing")]


def keys_in(body: str) -> set[str]:
    return set(re.findall(r"^([\w-]+):", body, re.MULTILINE))


def is_part(body: str) -> bool:
    """Whether a block is the inside of a group: what stands below `answer:`, say."""
    try:
        yaml.compose(body)
    except yaml.YAMLError:
        return False
    keys = keys_in(body)
    return bool(keys) and any(keys <= set(keys_of(group)) for group in GROUPS)


def is_of_another(body: str) -> bool:
    keys = keys_in(body)
    return any(first in keys and keys <= known for first, known in NOT_OF_A_CATALOG.items())


@cache
def variables_of_the_program() -> frozenset[str]:
    """Every text of the program that is written as a variable of the environment is."""
    found = set()
    texts = (path.read_text("utf-8") for path in sorted((ROOT / "generator" / "cityfolio").rglob("*.py")))
    quoted = re.compile(f"[\"']{VARIABLE.pattern}[\"']")      # the other files need not be parsed
    for text in filter(quoted.search, texts):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and VARIABLE.fullmatch(node.value):
                found.add(node.value)
    return frozenset(found - NO_VARIABLES)


def test_every_variable_that_the_program_heeds_is_documented_and_no_other():
    listed = set(VARIABLE.findall(PAGES["docs/reference/environment.md"]))

    assert listed == variables_of_the_program()


def test_variables_that_documents_name_exist():
    known = variables_of_the_program() | NO_VARIABLES | NOT_OURS
    shown = {name: set(VARIABLE.findall(text)) for name, text in PAGES.items()
             if name != "CHANGELOG.md" and not name.startswith("changes/")}

    assert {name: unknown for name, names in shown.items() if (unknown := names - known)} == {}


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (test_options_in_prose_exist, "Give `--strictly`."),
        (test_commands_in_prose_and_in_every_kind_of_block_exist, "Run `cityfolio bulid`."),
        (test_commands_in_prose_and_in_every_kind_of_block_exist, "```text\ncityfolio build --strictly\n```\n"),
        (test_codes_of_problems_in_messages_exist, "```text\nsite.yaml: error: no [key-unheard-of]\n```\n"),
        (test_variables_that_documents_name_exist, "Set `CITYFOLIO_MODE`."),
    ],
    ids=["option", "command", "option in a block", "code", "variable"],
)
def test_a_name_that_does_not_exist_is_found(check, text, monkeypatch):
    monkeypatch.setitem(PAGES, "docs/how-to/deploy.md", text)

    with pytest.raises(AssertionError, match=r"docs/how-to/deploy\.md"):
        check()


@pytest.mark.parametrize("body", ["colour: blue\n", "title: [\n", "compute:\n  dataset: a\n  divide: b\n"],
                         ids=["key", "no YAML", "key of a group"])
def test_yaml_that_could_not_be_loaded_is_found(body):
    with pytest.raises(AssertionError):
        test_yaml_that_documents_show_can_be_loaded_and_has_keys_that_exist("docs/how-to/deploy.md", body)
