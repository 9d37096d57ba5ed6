"""The report of an import: text for a terminal, Markdown for people, JSON for programs."""

import orjson
import pytest

from cityfolio.migrate.report import Entry, Ledger, OldAddress, RecordReport, Report, Total, as_json, as_text
from cityfolio.migrate.report_markdown import SHOWN, as_markdown

TREES = RecordReport(
    source="_datasets/trees.md",
    path="datasets/trees/dataset.yaml",
    came=("title", "files"),
    entries=(
        Entry(
            kind="mended", field="resources[1].format", why="a format written as others write it", before="XSLX", after="XLSX"
        ),
        Entry(
            kind="mended", field="resources[2].format", why="a format written as others write it", before="hTML", after="HTML"
        ),
        Entry(kind="missing", field="license", why="no license"),
    ),
)
PARKS = RecordReport(source="_datasets/parks.md", path="datasets/parks/dataset.yaml", came=("title",))
BROKEN = RecordReport(
    source="_datasets/broken.md", path="", entries=(Entry(kind="left-out", field="(file)", why="it is broken"),)
)


def a_report(*records, **more):
    """A report with these records."""
    return Report(
        format="JKAN",
        totals=(
            Total(what="datasets", found=1_003, written=1_002, because=("1 could not be read",)),
            Total(what="files", found=5, written=5),
        ),
        records=records,
        **more,
    )


def lines_of(text):
    """The lines that say something."""
    return [line for line in text.splitlines() if line.strip()]


def test_the_text_is_totals_and_counts():
    assert lines_of(as_text(a_report(TREES, PARKS, BROKEN))) == [
        "Import from JKAN",
        "  datasets   1,003 found   1,002 written  (1 could not be read)",
        "  files          5 found       5 written",
        "Mended, so that it can be read or linked to:",
        "       2  a format written as others write it",
        "Not given at the source:",
        "       1  no license",
        "Could not come over:",
        "       1  it is broken",
    ]


def test_the_text_counts_what_else_is_to_be_done():
    text = as_text(a_report(addresses=(OldAddress(old="/a/", instead="/b/", why="x"),), unread={"about.md": "a page"}))

    assert lines_of(text)[-4:] == [
        "Old addresses without a page that forwards:",
        "  /a/",
        "Files that were not read, because no collection of the site has them:",
        "  about.md",
    ]


def test_the_text_names_ten_and_leaves_the_rest_to_the_report():
    text = as_text(a_report(unread={f"page-{at:02}.md": "a page" for at in range(11)}))

    assert lines_of(text)[-2:] == ["  page-09.md", "The report names the others."]


def test_the_json_is_complete():
    found = orjson.loads(orjson.dumps(as_json(a_report(TREES, unread={"b": "x", "a": "y"}, settings={"layout": 2}))))

    assert found["totals"][0] == {"what": "datasets", "found": 1_003, "written": 1_002, "because": ["1 could not be read"]}
    assert found["counts"][0] == {"kind": "mended", "why": "a format written as others write it", "count": 2}
    assert found["records"][0]["source"] == "_datasets/trees.md"
    assert found["records"][0]["entries"][0] == {
        "kind": "mended",
        "field": "resources[1].format",
        "why": "a format written as others write it",
        "before": "XSLX",
        "after": "XLSX",
    }
    assert list(found["unread"]) == ["a", "b"]
    assert found["settings"] == {"layout": 2}


def test_the_markdown_names_each_record_that_changed_and_counts_the_others():
    lines = lines_of(as_markdown(a_report(TREES, PARKS, BROKEN)))

    assert "1 of 3 records came over exactly as they were." in lines
    assert [line for line in lines if line.startswith("### ")] == ["### _datasets/trees.md", "### _datasets/broken.md"]
    assert "- **mended** `resources[1].format`: a format written as others write it; was `XSLX`; is `XLSX`" in lines
    assert "It did not come over." in lines


def test_the_markdown_lists_what_is_left_to_do():
    lines = lines_of(
        as_markdown(
            a_report(
                addresses=(OldAddress(old="/a/", instead="", why="a list"),),
                unread={"about.md": "a page"},
                settings={"layout": 2, "schema": 1},
            )
        )
    )

    assert "| `/a/` | (empty) | a list |" in lines
    assert "- `about.md`: a page" in lines
    assert "- `layout`, in 2 records" in lines
    assert "- `schema`, in 1 record" in lines


def test_an_empty_report_has_no_empty_sections():
    assert [line for line in as_markdown(a_report()).splitlines() if line.startswith("## ")] == [
        "## What was done, by kind",
        "## Record by record",
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a|b", "`a\\|b`"),
        ("a\tb\u200e", "`a\\tb\\u200e`"),
        ("`x`", "`` `x` ``"),
        ("x" * (SHOWN + 1), f"`{'x' * SHOWN}…`"),
        ("<script>", "`<script>`"),
        ("two\nlines", "`two\\nlines`"),
    ],
    ids=["a bar", "what nobody sees", "backticks", "long", "markup", "lines"],
)
def test_a_value_stands_as_code_on_one_line(value, shown):
    record = RecordReport(source="s", path="p", entries=(Entry(kind="mended", field="f", why="w", before=value),))

    assert as_markdown(a_report(record)).splitlines()[-1] == f"- **mended** `f`: w; was {shown}"


def test_a_broken_character_can_be_written():
    ledger = Ledger()
    ledger.note("mended", "f", "w", "a\udce9", "b")

    assert ledger.entries[0].before == "a\\udce9"
