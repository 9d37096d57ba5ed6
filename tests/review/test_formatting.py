"""Files formatted: they say what they said, keep every comment, and stay as they are the second time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from cityfolio.files import FolderTree, MemoryTree, Tree
from cityfolio.load.catalog import load
from cityfolio.load.file_kinds import kind_of
from cityfolio.load.loaded import Loaded
from cityfolio.load.yaml import read_yaml
from cityfolio.migrate.jkan.importer import import_jkan
from cityfolio.migrate.yaml.places import places
from cityfolio.model.records import DatasetRecord
from cityfolio.review.formatting.formatted import Formatted, formatted
from cityfolio.review.formatting.parts import comments_of
from review.yaml_files import dataset_files

DEMONSTRATION = Path(__file__).parents[2] / "catalog"


def fmt(text: str) -> Formatted:
    return formatted("datasets/trees/dataset.yaml", text.encode(), DatasetRecord)


def text_of(text: str) -> str:
    return fmt(text).body.decode()


def comments(text: str) -> Counter[str]:
    lines = text.replace("\r\n", "\n")
    return Counter(comments_of(lines, places(lines)))


@given(dataset_files())
def test_a_formatted_file_is_left_alone_the_second_time(text: str) -> None:
    once = text_of(text)

    assert text_of(once) == once


@given(dataset_files())
def test_every_file_that_can_be_read_can_be_formatted(text: str) -> None:
    made = fmt(text)

    assert made.why == ""
    assert bool(made.problems) == (read_yaml("x", text.encode())[0] is None)


@given(dataset_files())
def test_the_loader_reads_the_same_records_as_before(text: str) -> None:
    before, after = (load(MemoryTree({"site.yaml": "name: A\n", "datasets/trees/dataset.yaml": body}))
                     for body in (text, text_of(text)))

    assert {name: each.record for name, each in after.datasets.items()} == {
        name: each.record for name, each in before.datasets.items()}
    assert Counter(each.code for each in after.problems) == Counter(each.code for each in before.problems)


@given(dataset_files())
def test_no_comment_is_lost_and_none_is_doubled(text: str) -> None:
    assert comments(text_of(text)) == comments(text)


WAYS = {
    "keys in their order": ("summary: Each tree.\ntitle: Trees\n", "title: Trees\nsummary: Each tree.\n"),
    "keys of groups too": ("contact: {email: a@b.gov, name: A}\n", "contact: {name: A, email: a@b.gov}\n"),
    "names of a city's own stay": ("columns:\n    b: {}\n    a: {}\n", "columns:\n  b: {}\n  a: {}\n"),
    "keys that are not known stay behind": ("zoo: 1\nark: 2\ntitle: A\n", "title: A\nzoo: 1\nark: 2\n"),
    "a comment goes with its key": ("# sum\nsummary: S\n# name\ntitle: A # why\n",
                                    "# name\ntitle: A  # why\n# sum\nsummary: S\n"),
    "what stands at the top stays there": ("# About trees.\n\nsummary: S\ntitle: A\n",
                                           "# About trees.\n\ntitle: A\nsummary: S\n"),
    "the line for editors too": ("# yaml-language-server: $schema=x\nsummary: S\ntitle: A\n",
                                 "# yaml-language-server: $schema=x\ntitle: A\nsummary: S\n"),
    "one kind of quotation marks": ("title: 'Trees: all'\n", 'title: "Trees: all"\n'),
    "but not where they would need escapes": ("title: 'Say \"oak\"'\n", "title: 'Say \"oak\"'\n"),
    "two spaces a level": ("files:\n- path: a.csv\n  title: A\n", "files:\n  - path: a.csv\n    title: A\n"),
    "one empty line where there were more": ("title: A\n\n\n\nsummary: S\n", "title: A\n\nsummary: S\n"),
    "braces that were broken close again": ("contact: {name: A,\n  email: a@b.gov}\n", "contact: {name: A, email: a@b.gov}\n"),
    "brackets with a comment open": ("keywords: [oak, # tall\n  elm]\n", "keywords:\n  - oak  # tall\n  - elm\n"),
    "text with lines of its own stays": ("description: |\n    One.\n\n    Two.\n", "description: |\n  One.\n\n  Two.\n"),
    "lines of a file from Windows end as they did": ("summary: S\r\ntitle: A\r\n", "title: A\r\nsummary: S\r\n"),
}


@pytest.mark.parametrize(("given", "made"), WAYS.values(), ids=WAYS)
def test_a_file_reads_as_one_hand_writes(given: str, made: str) -> None:
    assert text_of(given) == made


def test_a_long_line_is_wrapped_and_reads_the_same() -> None:
    made = text_of(f"title: A\nsummary: {'Each street tree. ' * 9}End.\n")

    assert made.splitlines()[1] == "summary: >-"
    assert max(map(len, made.splitlines())) <= 100
    assert " ".join(line.strip() for line in made.splitlines()[2:]) == f"{'Each street tree. ' * 9}End."


def test_a_folded_text_keeps_its_paragraphs() -> None:
    assert text_of("description: >\n  One\n  goes on.\n\n  Two.\n") == "description: >\n  One goes on.\n\n  Two.\n"


def test_of_a_markdown_file_the_text_is_not_touched() -> None:
    body = b"---\nsummary:   S\ntitle: A\n---\n#  Text   here\n\n\n\nsummary:   S\n"
    kind = kind_of("guides/a.md")
    assert kind is not None

    made = formatted("guides/a.md", body, kind.record, is_text=True)

    assert made.body == b"---\ntitle: A\nsummary: S\n---\n#  Text   here\n\n\n\nsummary:   S\n"


UNREADABLE = ["title: [", "title: A\ntitle: B\n", "title: &a A\nsummary: *a\n", "- a\n- b\n", "title: \x00\n",
              "a: 1\n---\nb: 2\n"]


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_file_that_cannot_be_read_stays_and_its_problems_are_told(text: str) -> None:
    made = fmt(text)

    assert made.body == text.encode()
    assert made.problems


def test_what_nobody_writes_and_could_not_be_kept_stays_as_it_is() -> None:
    text = "? title\n# between\n: Trees\n"

    assert fmt(text).body == text.encode()


def is_kept(tree: Tree, before: Loaded) -> list[str]:
    """Paths of files that formatting changes in what they say, in their comments, or at the second time."""
    made = dict[str, bytes]()
    wrong = list[str]()
    for node in before.nodes.values():
        kind = kind_of(node.path) if node.kind == "file" else None
        if kind:
            body = tree.read(node.path)
            once = formatted(node.path, body, kind.record, is_text=kind.is_text)
            made[node.path] = once.body
            again = formatted(node.path, once.body, kind.record, is_text=kind.is_text)
            wrong += [node.path] if once.why or again != once else []
    after = load(MemoryTree(made))
    rooms = ("publishers", "topics", "licenses", "columns", "datasets", "priorities", "goals", "measures", "guides", "policy")
    return wrong + [f"{room}/{name}" for room in rooms for name, each in getattr(before, room).items()
                    if getattr(after, room)[name].record != each.record]


def test_the_demonstration_is_as_it_should_be_written() -> None:
    tree = FolderTree(DEMONSTRATION)
    kinds = {node.path: kind for node in tree.nodes() if node.kind == "file" and (kind := kind_of(node.path))}

    assert [path for path, kind in kinds.items()
            if formatted(path, tree.read(path), kind.record, is_text=kind.is_text).body != tree.read(path)] == []


def test_the_demonstration_says_the_same_when_it_is_formatted() -> None:
    tree = FolderTree(DEMONSTRATION)

    assert is_kept(tree, load(tree)) == []


@pytest.mark.campaign
def test_imported_philadelphia_says_the_same_when_it_is_formatted(inputs: Path) -> None:
    made = import_jkan(FolderTree(inputs / "jkan-opendataphilly"), name="OpenDataPhilly", today=date(2026, 11, 23))
    tree = MemoryTree(made.files)

    assert is_kept(tree, load(tree)) == []
