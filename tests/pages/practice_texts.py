"""A small city with rules, meetings, guides with live figures, and uses."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from cities import REPAIRS, SITE, a_build as a_city_build, a_measured_city, loaded
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.model.catalog import Catalog
from cityfolio.model.practice import GuideRecord, RuleRecord, UseRecord
from cityfolio.model.practised import Filed, Practice
from cityfolio.problems import as_text
from cityfolio.publish.sinks import MemorySink
from pages.factories import an_id

QUESTIONS = """\
questions:
  - question: How long does a repair take?
    measure: median
    of: days
"""
GUIDE = """\
---
title: Find out how fast potholes are repaired
summary: For residents who wait for a repair.
topics: [nature]
datasets: [repairs, trees]
reviewed: 2026-05-02
---
# Look at the numbers

The city keeps {{ rows repairs }} repairs, the last of {{ updated repairs }}. A repair takes **{{ answer repairs 1 }}**.
In time were {{ measure on-time }}: {{ status on-time }}. There are {{ count datasets }} datasets, {{ count published }}
of them published.

Write `{{ rows repairs }}` or \\{{ rows repairs }}, and see [all {{ rows repairs }} repairs](https://example.gov/repairs).

    {{ rows repairs }}

| what | how many |
| --- | --- |
| trees | {{ rows trees }} |
"""
POLICY = """\
---
title: Open data policy
summary: What the city publishes, and what it does not.
kind: policy
owner: parks
adopted: 2015-11-09
by: City council
code: City Code 2-341
link: https://example.gov/code/2-341
reviewed: 2025-01-20
review_by: 2026-01-20
order: 1
---
# What is published

Everything, **unless** it harms somebody. <script>alert(1)</script>
"""
ROLES = "---\ntitle: Who is responsible\nkind: roles\nowner: parks\nreview_by: 2027-01-01\n---\nThe chief data officer.\n"
HELD = "---\ntitle: Data board, May 2026\nkind: meeting\nheld: 2026-05-12\nowner: parks\n---\nAgreed to publish the trees.\n"
UNWRITTEN = "---\ntitle: Data board, March 2026\nkind: meeting\nheld: 2026-03-10\n---\n"
TO_COME = "---\ntitle: Data board, September 2026\nkind: meeting\nheld: 2026-09-08\n---\n"
STORY = """\
title: Where potholes come back
kind: story
by: Students of Eastway High School
date: 2026-04-12
link: https://example.org/potholes
datasets: [repairs]
description: A third of all holes came back within a year.
change: The city now seals the edges.
"""
APP = "title: Tree finder\nkind: app\nby: Code for Example\ndate: 2025-03-01\ndatasets: [trees, repairs]\n"
REPOSITORY = "repository: {url: https://github.com/city/data, path: catalog}\n"

A_CITY_OF_TEXTS = a_measured_city(**{
    "site.yaml": SITE + REPOSITORY,
    "datasets/repairs/dataset.yaml": REPAIRS + QUESTIONS,
    "guides/potholes.md": GUIDE,
    "policy/open-data.md": POLICY, "policy/roles.md": ROLES,
    "policy/board-2026-05.md": HELD, "policy/board-2026-03.md": UNWRITTEN, "policy/board-2026-09.md": TO_COME,
    "uses/potholes.yaml": STORY, "uses/trees.yaml": APP,
})


def a_rule(title: str = "Open data policy", body: str = "Everything is published.\n", **record: Any) -> Filed[RuleRecord]:
    """A rule or a meeting as pages have it."""
    return Filed(id=an_id(title), title=title, record=RuleRecord(title=title, **record), body=body,
                 source_path=f"policy/{an_id(title)}.md", body_line=4)


def a_guide(title: str = "Count the trees", body: str = "Count them.\n", **record: Any) -> Filed[GuideRecord]:
    """A guide as pages have it."""
    return Filed(id=an_id(title), title=title, record=GuideRecord(title=title, **record), body=body,
                 source_path=f"guides/{an_id(title)}.md", body_line=4)


def a_use(title: str = "Tree finder", **record: Any) -> Filed[UseRecord]:
    """A use as pages have it."""
    return Filed(id=an_id(title), title=title, record=UseRecord(title=title, **record), source_path=f"uses/{an_id(title)}.yaml")


def with_texts(catalog: Catalog, **known: Any) -> Catalog:
    """A catalog with some rules, guides or uses."""
    return replace(catalog, practice=Practice(**known))


@cache
def the_catalog() -> Catalog:
    """That city as a build knows it, with everything computed."""
    result = build_site(loaded(A_CITY_OF_TEXTS), a_city_build(), Workshop(tree=MemoryTree(A_CITY_OF_TEXTS), sink=MemorySink()))
    assert result.catalog is not None, as_text(result.problems)
    return result.catalog
