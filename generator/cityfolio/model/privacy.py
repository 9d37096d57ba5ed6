"""What looks personal or secret in a file, with where it is first met and why it looks so."""

from __future__ import annotations

from typing import Literal

from cityfolio.frozen import Frozen

Personal = Literal["national-id", "payment-card", "phone", "email", "birth-date", "address", "name", "plate", "home-place",
                   "bank-account", "free-text", "small-group", "uniform-group"]
Secret = Literal["private-key", "access-key", "token", "password"]


class PersonalFinding(Frozen, kw_only=True):
    """A column that looks as if it held personal data. No value is ever quoted."""

    column: str                   # its name in the file; of small groups, the names joined by " + "
    kind: Personal
    row: int                      # the first data row where it is met, as messages about rows count them
    count: int                    # cells that look so; 0 where the name of the column alone does
    of: int                       # cells that hold anything
    why: str                      # "1,204 of 1,204 values pass the rules of a Social Security number; the header says ssn"


class SecretFinding(Frozen, kw_only=True):
    """A place in a file that looks like a key, a token or a password. The secret itself is never quoted."""

    kind: Secret
    line: int
    column: int
    why: str                      # "looks like the key of a cloud account"
