"""The list of rules, by the codes that they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from cityfolio.check.known_sound import Asked, KnownSound
from cityfolio.load.kept import digest_of_document
from cityfolio.load.loaded import Loaded
from cityfolio.load.named_records import shared_digest
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem, in_order

Rule = Callable[[Loaded, Build], Iterator[Problem]]

RULES: dict[str, Rule] = {}
OF_EACH: set[str] = set()         # codes of rules that go through one dataset after the other
NOTHING_KNOWN = KnownSound()


def rule(code: str, *, of_each: bool = False) -> Callable[[Rule], Rule]:
    """Register a function as the rule that reports one code.

    One that is `of_each` says of a dataset what follows from the dataset's own file, from that of the site, from those of
    publishers, topics, licenses and shared columns, and from the day; it asks of no other dataset whether it is there. So it
    need not go through those again that were sound in a build before.
    """

    def register(function: Rule) -> Rule:
        if code in RULES:
            raise ValueError(f"two rules report {code}")
        RULES[code] = function
        if of_each:
            OF_EACH.add(code)
        return function

    return register


def check(loaded: Loaded, build: Build, known: KnownSound = NOTHING_KNOWN) -> tuple[Problem, ...]:
    """Everything that is wrong with a catalog's metadata, what loading found included."""
    found = [problem for code, each in RULES.items() if code not in OF_EACH for problem in each(loaded, build)]
    return in_order([*loaded.problems, *found, *_of_each(loaded, build, known)])


def _of_each(loaded: Loaded, build: Build, known: KnownSound) -> list[Problem]:
    def look(some: Loaded) -> Iterator[Problem]:
        return (problem for code, each in RULES.items() if code in OF_EACH for problem in each(some, build))

    if known.keeps_nothing:
        return list(look(loaded))
    rests_on = sha256(f"{build.today} {shared_digest(loaded)}".encode()).hexdigest()
    keys = {each.id: digest_of_document(each.document) for each in loaded.datasets.values()}
    return known.problems(Asked(what="records", loaded=loaded, keys=keys, rests_on=rests_on), look)
