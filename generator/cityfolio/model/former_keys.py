"""Keys that were called otherwise before. A former name is read, with a warning, until the version that ends it.

docs/reference/compatibility.md has the rule. `cityfolio upgrade` writes the name of today in its place. A key whose value came
to mean something else is not in here: it gets a new name, so that no file says another thing than its writer meant.
"""

from __future__ import annotations

from cityfolio.frozen import Frozen


class FormerKey(Frozen, kw_only=True):
    """A name that a key of one type of record had."""

    record: str       # the type, such as "DatasetRecord"
    key: str          # the former name
    now: str
    since: str        # the version of Cityfolio from which on the key is called as it is now
    until: str        # the first version that reads the former name no more


# Empty so far: since its first version Cityfolio has renamed no key. tests/upgrade/ holds that to be true.
FORMER_KEYS: tuple[FormerKey, ...] = ()


def former_key(record: str, name: str) -> FormerKey | None:
    """What is known of a name that a type of record does not have; None where it never had it."""
    return next((each for each in FORMER_KEYS if (each.record, each.key) == (record, name)), None)
