"""Where a catalog is brought over from, and what the person who asked for it wishes."""

from __future__ import annotations

from datetime import date

from cityfolio.files import Tree
from cityfolio.frozen import Frozen


class Source(Frozen, kw_only=True):
    """A folder, one file of a folder, or an address."""

    tree: Tree                    # the folder; for an address, where its answers are or will be recorded
    path: str = ""                # the file that was named; "" where the folder itself was
    address: str = ""             # http or https, where an address was named
    folder: str = ""              # of the tree on this machine; "" where it is not on disk


class Wishes(Frozen, kw_only=True):
    """What is wished of an import."""

    name: str = ""                # of the site, where the source does not say
    today: date | None = None     # None: dates are not compared with it
    with_data: bool = False       # rows are brought along too
