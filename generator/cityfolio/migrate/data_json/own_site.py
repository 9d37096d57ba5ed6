"""Ids that the addresses of a data.json hold: those of pages of the very site whose feed it is, at /data/ID/ as here.

DCAT-US has no place for a catalog's own ids. But `identifier` and `landingPage` may be addresses of pages, and a publisher may
have an `@id`, as any node of JSON-LD. Where the former site has a dataset at /data/ID/, the one that takes its place answers
there too if it keeps the id. Pages of other sites, and at other paths, say nothing of ids here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cityfolio.frozen import Frozen
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.names import is_id
from cityfolio.pages.routes import DCAT_US, DCAT_US_3, data_package_url, dataset_url, publisher_url

A_PLACE = "-"                     # stands for an id in addresses, and is none


class OwnSite(Frozen, kw_only=True):
    """The site whose feed is read."""

    address: str = ""             # without "/" at its end; "" where it is not known

    @classmethod
    def of(cls, root: Mapping[str, Given]) -> OwnSite:
        """The site of a catalog whose `@id` is the address of its feed, at one of the paths that feeds have here."""
        itself = as_words(root.get("@id"))
        found = next((itself.removesuffix(feed) for feed in (DCAT_US, DCAT_US_3) if itself.endswith(feed)), "")
        return cls(address=found if "://" in found else "")

    def dataset(self, addresses: Iterable[str]) -> str:
        """The id of a dataset that has these addresses; "" where none is of its page here, or where two differ."""
        forms = (dataset_url(A_PLACE), data_package_url(A_PLACE))
        found = {name for given in addresses for form in forms if (name := self._id_in(given, form))}
        return found.pop() if len(found) == 1 else ""

    def publisher(self, address: str) -> str:
        """The id of a publisher that has this address; "" where it is not that of its page here."""
        return self._id_in(address, publisher_url(A_PLACE))

    def _id_in(self, address: str, form: str) -> str:
        before, _, after = form.partition(A_PLACE)
        start = f"{self.address}{before}"
        if not self.address or not address.startswith(start) or not address.endswith(after):
            return ""
        name = address.removeprefix(start).removesuffix(after)
        return name if is_id(name) else ""
