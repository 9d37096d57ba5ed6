"""Templates of the program are compiled once a machine, those of a city once a build."""

import sys
from gettext import NullTranslations

import pytest
from jinja2 import Environment, FunctionLoader
from jinja2.sandbox import SandboxedEnvironment

from cityfolio.pages import compiled as room
from cityfolio.pages.compiled import FOLDER, compiled
from cityfolio.pages.languages import words_of_language
from cityfolio.pages.words import Words

ENGLISH = Words()


class Swedish(NullTranslations):
    """Words that are from no file."""


@pytest.fixture(autouse=True)
def _python_may_write(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


class Counting(Environment):
    """An environment that counts what it compiles."""

    count = 0

    def _generate(self, *given, **named):
        self.count += 1
        return super()._generate(*given, **named)


def an_environment(folder, kind=Counting, words=ENGLISH, *, is_own=False, text="{{ 1 + 1 }} trees", filters=()):
    """An environment as in a new process, with one template."""
    room._compiled.cache_clear()
    place = "<template theme/templates/a.html>" if is_own else f"<template {folder}/civic/templates/a.html>"
    return kind(loader=FunctionLoader(lambda name: (text, place, None)), bytecode_cache=compiled(kind, words, folder, filters))


def kept_in(folder):
    return sorted(path for path in (folder / FOLDER).rglob("*") if path.is_file() and path.name != ".gitignore")


def test_a_template_of_the_program_is_compiled_once_for_all_processes(tmp_path):
    first = an_environment(tmp_path)
    assert first.get_template("a.html").render() == "2 trees"
    second = an_environment(tmp_path)
    assert second.get_template("a.html").render() == "2 trees"

    assert (first.count, second.count) == (1, 0)
    assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"


def test_a_template_of_the_citys_own_is_kept_nowhere(tmp_path):
    an_environment(tmp_path, is_own=True).get_template("a.html")

    assert kept_in(tmp_path) == []


def test_a_template_that_was_edited_is_compiled_anew(tmp_path):
    an_environment(tmp_path).get_template("a.html")

    assert an_environment(tmp_path, text="no trees").get_template("a.html").render() == "no trees"


@pytest.mark.parametrize("other", ["another language", "a sandbox", "words from no file", "another program", "another Jinja",
                                   "a filter"])
def test_what_was_compiled_for_something_else_is_not_taken(tmp_path, monkeypatch, other):
    an_environment(tmp_path).get_template("a.html")
    before = kept_in(tmp_path)
    kind, words = Counting, ENGLISH
    if other == "another language":
        words = words_of_language("es")
    elif other == "words from no file":
        words = Words(translations=Swedish())
    elif other == "a sandbox":
        kind = type("Sandboxed", (Counting, SandboxedEnvironment), {})
    elif other == "another program":
        monkeypatch.setattr(room, "program_digest", lambda: "edited")
    elif other == "another Jinja":
        monkeypatch.setattr(room.jinja2, "__version__", "99")
    environment = an_environment(tmp_path, kind, words, filters=("shout",) if other == "a filter" else ())
    environment.get_template("a.html")

    assert environment.count == 1
    assert len(kept_in(tmp_path)) == len(before) + (other != "words from no file")


def test_what_was_kept_and_is_broken_is_compiled_anew(tmp_path):
    an_environment(tmp_path).get_template("a.html")
    entry, = kept_in(tmp_path)
    entry.write_bytes(entry.read_bytes()[:-5])
    environment = an_environment(tmp_path)

    assert environment.get_template("a.html").render() == "2 trees"
    assert environment.count == 1


def test_nothing_is_written_where_python_is_told_not_to(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    an_environment(tmp_path).get_template("a.html")

    assert not (tmp_path / FOLDER).exists()


def test_what_was_kept_is_read_where_python_is_told_not_to_write(tmp_path, monkeypatch):
    an_environment(tmp_path).get_template("a.html")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    environment = an_environment(tmp_path)

    assert environment.get_template("a.html").render() == "2 trees"
    assert environment.count == 0


def test_a_folder_that_cannot_be_written_is_no_matter(tmp_path):
    (tmp_path / FOLDER).write_text("in the way")

    assert an_environment(tmp_path).get_template("a.html").render() == "2 trees"


def test_a_second_environment_of_a_process_compiles_nothing(tmp_path):
    (tmp_path / FOLDER).write_text("in the way")
    first = an_environment(tmp_path, is_own=True)
    first.get_template("a.html")
    second = Counting(loader=first.loader, bytecode_cache=compiled(Counting, ENGLISH, tmp_path))

    assert second.get_template("a.html").render() == "2 trees"
    assert second.count == 0
