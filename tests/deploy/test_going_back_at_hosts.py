"""Where going back leads to at hosts of whole sites, which show a former deploy again in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cityfolio.publish.deploying.hosts import HostDeploy
from cityfolio.publish.deploying.whole_deploys import WholeTarget

LETTERS = "CBA"     # as hosts list them: the newest first, here all of one second


@dataclass
class ListingHost:
    """A host that only tells which deploys there are, and which of them is seen."""

    seen: str
    listed: str = LETTERS
    web: Iterator[str] = field(default_factory=lambda: (letter for letter in ()))

    def live(self) -> HostDeploy | None:
        """The one that is seen."""
        return HostDeploy(id=self.seen, url="") if self.seen else None

    def deploys(self) -> Iterator[HostDeploy]:
        """All of them."""
        return (HostDeploy(id=each, url="", label=f"cityfolio 20261126T131500Z-{each} {each}") for each in self.listed)


def kept(seen: str, listed: str = LETTERS) -> str:
    """What is kept, the newest first: in capitals what going back may lead to."""
    found = WholeTarget(ListingHost(seen, listed)).generations()     # type: ignore[arg-type]
    return "".join(each.manifest_sha256 if each.leads_back else each.manifest_sha256.lower() for each in found)


def test_from_the_newest_all_others_lead_back():
    assert kept("C") == "BA"


def test_from_one_that_is_shown_again_what_was_made_after_it_does_not_lead_back():
    assert kept("B") == "cA"


def test_from_the_first_nothing_leads_back():
    assert kept("A") == "cb"


def test_from_a_deploy_that_the_host_does_not_list_all_lead_back():
    assert kept("X") == kept("") == "CBA"


def test_no_more_than_twenty_are_told_of():
    assert kept("V", "VUTSRQPONMLKJIHGFEDCBA") == "UTSRQPONMLKJIHGFEDCB"
