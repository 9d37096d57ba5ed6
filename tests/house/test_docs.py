"""What the documents say is what the program does. Problems and the theme have tests of their own for theirs."""

import re

import click
import pytest

import write_docs
from cityfolio.cli import main
from house import documents
from house.documents import ROOT

PAGES = {path.relative_to(ROOT).as_posix(): path for path in documents.documents()}
DRAWN = write_docs.pages()


@pytest.mark.parametrize("name", DRAWN)
def test_a_reference_page_is_as_the_program_draws_it(name):
    written = (ROOT / "docs" / name).read_text("utf-8")

    assert written == DRAWN[name], "run `make docs`"


def test_every_command_and_option_says_what_it_is_for():
    silent = [f"{command.name} {each.name}" for command in (main, *main.commands.values()) for each in command.params
              if isinstance(each, click.Option) and not each.help]

    assert silent == []
    assert [command.name for command in main.commands.values() if not command.help] == []


def test_every_page_of_the_documents_is_listed_on_a_front_page():
    fronts = [ROOT / "docs" / name / "README.md" for name in ("", "decisions", "problems")]
    listed = {there for front in fronts for there in documents.linked(front, front.read_text("utf-8"))}

    assert sorted(set((ROOT / "docs").rglob("*.md")) - listed - set(fronts)) == []


def test_links_between_documents_lead_somewhere():
    broken = {name: list(documents.broken_links(path, path.read_text("utf-8"))) for name, path in PAGES.items()}

    assert {name: links for name, links in broken.items() if links} == {}


def shown_of(program: str) -> list[tuple[str, list[str]]]:
    """The words that follow the name of a program in each command that documents show, with the name of the page."""
    return [(name, line.split()[1:]) for name, path in PAGES.items()
            for line in documents.commands(path.read_text("utf-8"), program)]


def test_the_commands_that_documents_show_exist():
    assert [(name, words) for name, words in shown_of("cityfolio") if not _is_understood(words)] == []


def test_the_targets_that_documents_show_exist():
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert [(name, word) for name, words in shown_of("make") for word in words
            if word not in targets and "=" not in word] == []


def test_every_target_says_what_it_makes():
    rules = re.findall(r"^([a-z-]+):.*$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    said = re.findall(r"^([a-z-]+):.*## \w+", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert sorted(set(rules) - set(said)) == ["development", "environment"]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("[the log](CHANGELOG.md)", []),
        ("[gone](gone.md)", ["gone.md"]),
        ("## Two words\n[up](#two-words) [down](#three-words)", ["#three-words"]),
        ("```text\n[not](a-link.md)\n```", []),
        ("[elsewhere](https://example.gov/)", []),
    ],
    ids=["file", "no file", "heading", "example", "other site"],
)
def test_a_link_that_leads_nowhere_is_found(text, broken):
    assert list(documents.broken_links(ROOT / "README.md", text)) == broken


def test_commands_are_read_from_shell_examples_alone():
    text = "```sh\n$ cityfolio build --strict   # all of it\ncd demo && cityfolio check\n```\n```text\ncityfolio: done\n```\n"

    assert list(documents.commands(text, "cityfolio")) == ["cityfolio build --strict", "cityfolio check"]


@pytest.mark.parametrize("words", [["buidl"], ["build", "--strct"]], ids=["command", "option"])
def test_a_command_that_does_not_exist_is_found(words):
    assert not _is_understood(words)


def _is_understood(words: list[str]) -> bool:
    """Whether the command line has this command with these options; what they are set to is not looked at."""
    command = main.commands.get(words[0]) if words else main
    if command is None:
        return words[0] in ("--version", "--help")
    if words and isinstance(command, click.Group):
        below = command.commands.get(words[1]) if len(words) > 1 else None
        is_alone = command.invoke_without_command and (len(words) == 1 or words[1].startswith("-"))
        if below is None and not is_alone:
            return words[1:] == ["--help"]
        command = below or command
    known = {option for each in (*command.params, *main.params) for option in each.opts} | {"--help"}
    return all(word.partition("=")[0] in known for word in words[1:] if word.startswith("-"))
