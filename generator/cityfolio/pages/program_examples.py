"""Code that asks an address, to be copied: with curl, and in Python with what comes along with it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

from cityfolio.pages.program_address import ATOM, CSV, PARQUET, SQLITE, TEXT, TURTLE, XML, ProgramAddress
from cityfolio.pages.routes import absolute
from cityfolio.pages.snippets import Snippet
from cityfolio.pages.words import Words

OPENED = "from urllib.request import urlopen\n\nwith urlopen(ADDRESS) as answer:\n"
ATOM_TITLES = '"{http://www.w3.org/2005/Atom}title"'
SAVED = (SQLITE, PARQUET, "*/*")     # what nobody wants to see in a terminal


def examples(address: ProgramAddress, base_url: str, words: Words) -> tuple[Snippet, ...]:
    """Code for an address; none where this catalog has no example, or the site's own address is not known."""
    return tuple(_examples(address, base_url, words)) if address.example and base_url else ()


def _examples(address: ProgramAddress, base_url: str, words: Words) -> Iterator[Snippet]:
    url = absolute(base_url, address.example)
    name = address.example.rpartition("/")[2]
    saved = f" --output {shlex.quote(name)}" if address.media_type in SAVED else ""
    yield Snippet(language="curl", title=words.gettext("Command line (curl)"),
                  code=f"curl --fail --location{saved} {shlex.quote(url)}\n")
    yield Snippet(language="python", title=words.gettext("Python"),
                  code=_python(address).replace("ADDRESS", json.dumps(url)).replace("NAME", json.dumps(name)))


def _python(address: ProgramAddress) -> str:
    kind = address.media_type
    if "json" in kind:
        return f"import json\n{OPENED}    found = json.load(answer)\nprint({address.shows or 'list(found)'})\n"
    if kind == CSV:
        return (f"import csv\nfrom io import TextIOWrapper\n{OPENED}"
                '    rows = list(csv.DictReader(TextIOWrapper(answer, "utf-8", newline="")))\nprint(len(rows))\n')
    if kind == ATOM:
        return (f"from xml.etree import ElementTree\n{OPENED}    feed = ElementTree.parse(answer)\n"
                f"print([title.text for title in feed.iter({ATOM_TITLES})])\n")
    if kind == XML:
        return (f"from xml.etree import ElementTree\n{OPENED}    found = ElementTree.parse(answer)\n"
                "print(len(found.getroot()))\n")
    if kind == SQLITE:
        return ("import sqlite3\nfrom urllib.request import urlretrieve\n\nurlretrieve(ADDRESS, NAME)\n"
                'found = sqlite3.connect(NAME).execute("SELECT title, modified FROM datasets ORDER BY modified DESC LIMIT 5")\n'
                "print(found.fetchall())\n")
    if kind == PARQUET:
        return "import pandas as pd\n\nprint(pd.read_parquet(ADDRESS))\n"
    if kind in (TEXT, TURTLE):
        return f"{OPENED}    print(answer.read().decode())\n"
    return "from urllib.request import urlretrieve\n\nurlretrieve(ADDRESS, NAME)\n"
