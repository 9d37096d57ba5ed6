"""Who is asked about a change of which file: CODEOWNERS, made from the publishers of the catalog.

GitHub and GitLab read the same form: a path, then who owns it; of several lines that fit the last one counts
(https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cityfolio.check.owners import can_be_asked
from cityfolio.load.loaded import Loaded

# What decides how everything is checked and published, beside the catalog.
SHARED = (".github/", ".gitlab-ci.yml", "ci/", "requirements.txt", "CODEOWNERS")

HEADER = """\
# Who is asked about a change of the catalog. Written by `cityfolio owners` from `owners:` of publishers: change it there.
"""
SPECIAL = re.compile(r"([\\ #*?\[\]!])")     # in the name of the catalog's folder; ids have none of them
ESCAPED = r"\\\1"


def owners_text(loaded: Loaded, folder: str = "catalog") -> str:
    """The file CODEOWNERS of a repository whose catalog lies in `folder`."""
    root = f"{folder.strip('/')}/" if folder.strip("/") not in ("", ".") else ""
    all_of_it = _askable(loaded.site.record.owners) if loaded.site else ()
    lines = [(path, all_of_it) for path in (root, *SHARED) if all_of_it]
    lines += sorted((root + path, owners) for path, owners in _lines(loaded))
    return HEADER + "".join(f"/{SPECIAL.sub(ESCAPED, path)} {' '.join(owners)}\n" for path, owners in lines)


def _askable(owners: Iterable[str]) -> tuple[str, ...]:
    """Those that a code host knows. What else stands there could be lines of its own; `check` tells of it."""
    return tuple(owner for owner in owners if can_be_asked(owner))


def owners_of(loaded: Loaded, publisher: str | None) -> tuple[str, ...]:
    """Who owns what a publisher answers for: its own owners, else those of the publisher it is part of."""
    seen: set[str] = set()
    while publisher and publisher not in seen:
        seen.add(publisher)
        sourced = loaded.publishers.get(publisher)
        if sourced is None:
            break
        if sourced.record.owners:
            return _askable(sourced.record.owners)
        publisher = sourced.record.parent
    return ()


def _lines(loaded: Loaded) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path, publisher in _answered_for(loaded):
        owners = owners_of(loaded, publisher)
        if owners:
            yield path, owners


def _answered_for(loaded: Loaded) -> Iterator[tuple[str, str | None]]:
    """Each record that a publisher answers for."""
    for name in loaded.publishers:
        yield f"publishers/{name}.yaml", name
    for name, dataset in loaded.datasets.items():
        yield f"datasets/{name}/", dataset.record.publisher
    for name, measure in loaded.measures.items():
        yield f"measures/{name}/", measure.record.owner
    for name, goal in loaded.goals.items():
        yield f"goals/{name}.yaml", goal.record.owner
    for name, commitment in loaded.commitments.items():
        yield f"commitments/{name}.yaml", commitment.record.owner
    for name, rule in loaded.policy.items():
        yield f"policy/{name}.md", rule.record.owner
