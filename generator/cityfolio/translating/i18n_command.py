"""The commands `cityfolio i18n`: another language of the interface, from the list of its messages to a file that is read."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from babel.messages.catalog import Catalog

from cityfolio.files import FolderTree, read_bytes, replace_file
from cityfolio.load.languages import can_be_begun, file_of_words
from cityfolio.load.values import LANGUAGE
from cityfolio.pages.sound_words import read_words
from cityfolio.pages.word_lines import UnreadableWords
from cityfolio.translating.messages import as_file, brought_up, file_of, messages, unfilled, wrong

MOST_NAMED = 20
CATALOG = click.option("--catalog", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("catalog"),
                       show_default=True, help="The folder that holds site.yaml.")


@click.group("i18n")
def i18n() -> None:
    """Bring the interface into another language.

    `init` begins a file of words in the catalog's folder locale/, a translator fills it in, `compile` looks it through, and the
    language may stand in `languages:` of site.yaml.
    """


@i18n.command()
@CATALOG
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=Path("cityfolio.pot"), show_default=True,
              help="The file that is written.")
def extract(catalog: Path, output: Path) -> None:
    """Write every message of the interface into a file for translators, those of the catalog's own templates too."""
    found = messages(FolderTree(catalog))
    _write(output, found)
    click.echo(f"{output} holds {len(found):,} messages.")
    sys.exit(0)


@i18n.command("init")
@click.argument("language")
@CATALOG
def begin(language: str, catalog: Path) -> None:
    """Begin the words of LANGUAGE in the catalog, or add the messages that are new to those that are there."""
    _known(language)
    template, path = messages(FolderTree(catalog)), file_of(language, catalog)
    body = file_of_words(language, FolderTree(catalog))
    known = _read(body, language) if body else Catalog(locale=language.replace("-", "_"), project="Cityfolio", fuzzy=False)
    words = brought_up(known, template)
    _write(path, words)
    click.echo(f"{path} holds {len(words):,} messages; {_count(words):,} wait for words.")
    sys.exit(0)


@i18n.command("compile")
@click.argument("language")
@CATALOG
def look_through(language: str, catalog: Path) -> None:
    """Read the words of LANGUAGE as a build does, and say what is missing and what is wrong.

    Nothing is written: a build reads the very file that translators edit.
    """
    body = file_of_words(language, FolderTree(catalog))
    if body is None:
        raise click.ClickException(f"There are no words in {language}. `cityfolio i18n init {language}` begins them.")
    words = _read(body, language)
    faults = [f"{_line(message.lineno)}{_shown(message.id)}: {error}" for message, error in wrong(words)]
    lacking = brought_up(_read(body, language), messages(FolderTree(catalog)))
    missing = [_shown(message.id) for message in unfilled(lacking)]
    _say(faults, f"{len(faults):,} messages do not hold what they should:")
    _say(missing, f"{len(missing):,} of {len(lacking):,} messages have no words, and are shown in English:")
    if not faults and not missing:
        click.echo(f"All {len(lacking):,} messages are there in {language}.")
    sys.exit(1 if faults else 0)


def _known(language: str) -> None:
    if not LANGUAGE.fullmatch(language) or not can_be_begun(language):     # the first as `languages:` of site.yaml takes it
        raise click.UsageError(f'"{language}" is not a language. Write a tag such as fr, pt-BR or zh-Hant.')


def _read(body: bytes, language: str) -> Catalog:
    try:
        return read_words(body, language)
    except UnreadableWords as error:
        raise click.ClickException(f"The words in {language} cannot be read: {error}") from error


def _write(path: Path, words: Catalog) -> None:
    try:
        body = as_file(words)
        if not path.is_file() or read_bytes(path) != body:
            replace_file(path, body)
    except OSError as error:
        raise click.ClickException(f"{path} could not be written: {error.strerror}") from error


def _count(words: Catalog) -> int:
    return sum(1 for _ in unfilled(words))


def _line(number: int | None) -> str:
    return f"line {number}: " if number else ""


def _shown(message: str | list[str] | tuple[str, ...]) -> str:
    return f'"{message if isinstance(message, str) else message[0]}"'


def _say(lines: list[str], head: str) -> None:
    if not lines:
        return
    click.echo(head)
    for line in lines[:MOST_NAMED]:
        click.echo(f"  {line}")
    if len(lines) > MOST_NAMED:
        click.echo(f"  and {len(lines) - MOST_NAMED:,} more")
