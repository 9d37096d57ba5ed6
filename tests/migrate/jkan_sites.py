"""Small JKAN sites for tests, and what an import makes of them."""

from datetime import date

import yaml

from cityfolio.files import MemoryTree
from cityfolio.migrate.jkan.importer import import_jkan

TODAY = date(2026, 6, 30)
RESOURCE = "resources:\n- name: Trees (CSV)\n  url: https://example.gov/trees.csv\n  format: CSV\n"


def matter(text, body=""):
    """A file with front matter."""
    return f"---\n{text}---\n{body}"


def a_site(dataset="", *, stem="trees", **files):
    """The files of a site with one dataset; more files by path, with `__` for `/` and `_` at the start kept."""
    return {f"_datasets/{stem}.md": matter(f"title: Trees\n{RESOURCE}{dataset}")} | files


def imported(files, **options):
    """What the import makes of a site."""
    return import_jkan(MemoryTree(files), **({"today": TODAY} | options))


def record(result, path="datasets/trees/dataset.yaml"):
    """One YAML file of the new catalog, as values."""
    return yaml.load(result.files[path], yaml.BaseLoader)


def entries(result, path="datasets/trees/dataset.yaml", kinds=("mended", "joined", "noted", "doubtful", "left-out")):
    """What the report says of one record: kind, field, before, after."""
    found = next(each for each in result.report.records if each.path == path)
    return [(each.kind, each.field, each.before, each.after) for each in found.entries if each.kind in kinds]


def whys(result, path="datasets/trees/dataset.yaml"):
    """The reasons that the report gives for one record."""
    return [each.why for each in next(each for each in result.report.records if each.path == path).entries]


def totals(result):
    """What the report found and wrote."""
    return {each.what: (each.found, each.written) for each in result.report.totals}
