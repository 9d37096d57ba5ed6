"""What a city says of its head and foot: a logo, and links to its other sites."""

from __future__ import annotations

from cityfolio.model.keys import Keyed, Prose, Text, Url, key


class LogoRecord(Keyed, kw_only=True):
    """A picture beside the site's name, on every page."""

    path: str | None = key("An SVG or PNG file in `theme/` of the catalog. It is shown 2.5 rem high, and is the icon of tabs.",
                           Text(200), example="logo.svg", needed="error")
    alt: str | None = key("What it shows, for those who hear the page. Leave it out where the name beside it says the same.",
                          Prose(160), example="City seal with a lighthouse")


class SiteLinkRecord(Keyed, kw_only=True):
    """A link to another site of the city."""

    text: str | None = key("Its words.", Prose(60), example="City of Example", needed="error")
    url: str | None = key("Where it leads.", Url(("https", "http")), example="https://www.example.gov/", needed="error")
