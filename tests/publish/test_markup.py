"""The strict reader gathers what a page says and finds what is wrong with how it says it."""

import pytest
from html5lib import HTMLParser
from hypothesis import given, settings, strategies

from cityfolio.publish.markup import KNOWN, Target, read_page
from publish.sites import html
from publish.tag_by_tag import said_by, said_tag_by_tag


def faults(body: str) -> list[str]:
    """What is wrong with a page of this content."""
    return [fault for _, fault in read_page(html(body)).faults]


def targets(body: str) -> list[Target]:
    """The addresses in a page of this content."""
    return [target for _, target in read_page(html(body)).targets]


SOUND = {
    "plain": "<p>words &amp; more</p>",
    "void": '<p>a<br>b</p><hr><img src="x.png" alt="">',
    "boolean attribute": '<input type="checkbox" checked><details open><summary>More</summary></details>',
    "greater-than in a value": '<p title="a > b">x</p>',
    "less-than in a value": '<p title="a < b">x</p>',
    "quotation marks in text": '<p>use href="x" and id="y"</p>',
    "greater-than in text": "<p>a > b</p>",
    "drawing": '<svg viewBox="0 0 10 10" aria-hidden="true"><path d="M0 0"/><rect width="1" height="1"></rect></svg>',
    "comment": "<!-- a remark -->",
    "data block": '<script type="application/ld+json">{"a": "b > c"}</script>',
    "script": '<script type="module" src="../assets/list.js"></script>',
    "own element": '<list-filter data-text="x"><p>y</p></list-filter>',
    "lines": '<p\n  class="a"\n  id="b"\n>x</p>',
    "other scheme": '<a href="mailto:data@example.gov">x</a><a href="tel:311">y</a><a href="ftp://example.gov/x">z</a>',
}


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND.keys())
def test_sound_markup_has_no_fault(body):
    assert faults(body) == []


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND.keys())
def test_what_we_call_sound_a_strict_parser_does_too(body):
    parser = HTMLParser(strict=False)
    parser.parse(html(body))

    assert [error[1] for error in parser.errors] == []


FAULTY = {
    "never closed": ("<p>words", "<p> is not closed before </body>"),
    "closed in the wrong order": ("<b><i>x</b></i>", "<i> is not closed before </b>"),
    "closes nothing": ("<p>x</p></p>", "</p> closes nothing"),
    "stray less-than": ("<p>a < b</p>", "this is not a tag as we write them: < b"),
    "no quotes": ("<p class=a>x</p>", "this is not a tag as we write them: <p class=a>"),
    "single quotes": ("<p class='a'>x</p>", "this is not a tag as we write them: <p class='a'>"),
    "capitals": ("<P>x</P>", "this is not a tag as we write them: <P>"),
    "no space": ('<p id="a"class="b">x</p>', 'this is not a tag as we write them: <p id="a"class="b">'),
    "template syntax": ("<{{ x }}>", "this is not a tag as we write them: <{{ x }}>"),
    "unfinished": ('<p title="x', "this is not a tag as we write them: <p title="),
    "unknown declaration": ("<![CDATA[x]]>", "this is not a tag as we write them: <![CDATA[x]]>"),
    "closed by a slash": ("<div/>", '<div/> is not closed by "/" in HTML'),
    "closing with attributes": ('<p>x</p id="a">', "a closing tag has attributes"),
    "attribute twice": ('<p class="a" class="b">x</p>', "<p> has the same attribute twice"),
    "id twice": ('<p id="a">x</p><p id="a">y</p>', 'the id "a" is used twice'),
    "id empty": ('<p id="">x</p>', "<p> has an id that is empty or holds a space"),
    "id with a space": ('<p id="a b">x</p>', "<p> has an id that is empty or holds a space"),
    "style attribute": ('<p style="color: red">x</p>', "<p> has a style attribute"),
    "style element": ("<style>p { color: red }</style>", "the style sheet stands in the page"),
    "script element": ("<script>alert(1)</script>", "the script stands in the page"),
    "module script": ('<script type="module">x()</script>', "the script stands in the page"),
    "event": ('<p onclick="x()">y</p>', "<p> has a script in its onclick attribute"),
    "base": ('<base href="x/">', "<base> changes where every link leads"),
    "javascript": ('<a href="javascript:x()">y</a>', "an address starts with javascript:"),
    "javascript, hidden": ('<a href=" java&#10;script:x()">y</a>', "an address starts with javascript:"),
    "javascript, capitals": ('<a href="JavaScript:x()">y</a>', "an address starts with JavaScript:"),
    "javascript, in a form": ('<form action="javascript:x()"></form>', "an address starts with javascript:"),
    "data": ('<img src="data:image/png;base64,AA" alt="">', "an address starts with data:"),
    "vbscript": ('<a href="vbscript:x">y</a>', "an address starts with vbscript:"),
    "refresh": ('<meta http-equiv="refresh" content="0; url=javascript:x()">', "an address starts with javascript:"),
}


@pytest.mark.parametrize(("body", "fault"), FAULTY.values(), ids=FAULTY.keys())
def test_each_fault_is_found(body, fault):
    assert fault in faults(body)


def test_one_slip_is_one_fault():
    assert faults("<div><ul><li>x</ul></div><p>y</p>") == ["<li> is not closed before </ul>"]


def test_a_page_that_ends_too_early_names_what_is_open():
    page = read_page('<!doctype html>\n<html lang="en"><body>')

    assert [fault for _, fault in page.faults] == ["<html> is never closed", "<body> is never closed"]


def test_a_page_without_its_doctype_is_a_fault():
    assert read_page('<html lang="en"></html>').faults == [(0, "the page does not start with <!doctype html>")]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<a href="a/">x</a>', [Target("a/", "link")]),
        ('<a href="?a=1&amp;b=2">x</a>', [Target("?a=1&b=2", "link")]),
        ('<img src="a.png" srcset="b.png 1x, c.png 2x" alt="">',
         [Target("a.png", "fetch"), Target("b.png", "fetch"), Target("c.png", "fetch")]),
        ('<script src="a.js"></script>', [Target("a.js", "script")]),
        ('<link rel="stylesheet" href="a.css">', [Target("a.css", "style")]),
        ('<link rel="preload" as="font" href="a.woff2">', [Target("a.woff2", "fetch")]),
        ('<link rel="canonical" href="https://x.example/">', [Target("https://x.example/", "related")]),
        ('<link rel="alternate" href="index.json">', [Target("index.json", "related")]),
        ('<form action="../search/"><button formaction="a">x</button></form>',
         [Target("../search/", "link"), Target("a", "link")]),
        ('<svg><use href="a.svg#b"/></svg>', [Target("a.svg#b", "fetch")]),
        ('<object data="a.svg"></object>', [Target("a.svg", "fetch")]),
        ('<p data="a">x</p>', []),
        ('<meta http-equiv="refresh" content="0; url=../new/">', [Target("../new/", "link")]),
        ('<meta name="refresh" content="0; url=../new/">', []),
    ],
)
def test_addresses_are_gathered_with_what_they_are_for(body, found):
    assert sorted(targets(body), key=str) == sorted(found, key=str)


def test_ids_and_references_to_them_are_gathered():
    page = read_page(html('<label for="q">x</label><input id="q" aria-describedby="a b"><p id="a">y</p><p id="b">z</p>'))

    assert list(page.ids) == ["q", "a", "b"]
    assert [name for _, name in page.references] == ["q", "a", "b"]


def test_a_place_is_a_line_and_a_column():
    page = read_page(html('<p>x</p>\n<p>y</p> <a href="a/">z</a>'))

    assert page.position(page.targets[0][0]) == (4, 10)


@given(strategies.text(alphabet='<>/="\' ab!-\n&;', max_size=60))
def test_no_text_breaks_the_reader(text):
    page = read_page(text)

    assert all(page.position(at) >= (1, 1) for at, _ in page.faults)


CHART = '<svg class="bars" viewBox="0 0 9 9" preserveAspectRatio="none" fill="currentColor" role="img" aria-label="a &amp; b">'
SCRAPS = strategies.sampled_from([
    CHART, f'<td>{CHART}<path d="M0 0"/><path opacity=".5" d="M1 1"/></svg></td>', CHART.replace(' role="img"', ' id="a"'),
    CHART.replace("bars", "a<b"), '<path d="M0 0"/>', '<path d="M0 0">', '<path d="M0 0" d="M1 1"/>',
    "<td>", "</td>", '<td class="num">', '<td class="a" class="b">', '<td class="', "<td ", "<TD>", '<td\nclass="x">', "<tr>",
    "</tr>", '<th scope="row">', '<th scope="row" id="a">', "</th>", "<p>", "</p>", '<p id="a">', '<p onclick="x">', "<p/>",
    "</p >", "<p", "<span>", "</span>", '<span data-state="late">', '<span style="x">', "<li>", "</li>", "<code>", "</code>",
    '<time datetime="2026-06-30">', "</time>", "<h3>", "</h3>", "<dd>", "<dt>", "</dd>", '<a href="b/">', "</a>",
    '<a href=" java&#10;script:x">', '<label for="a">', "<br>", "<br/>", "<!-- x -->", "<!--", "-->", "<script>", "</script>",
    "<base>", "<use/>", '<svg viewBox="0 0 1 1">', "</svg>", '<meta http-equiv="refresh" content="0; url=x">', "words", "a & b",
    "&amp;", '"', "'", ">", "<", "\n",
])


@settings(max_examples=400)
@given(strategies.lists(SCRAPS, max_size=24).map("".join), strategies.booleans())
def test_passing_over_what_says_nothing_changes_nothing(scraps, is_begun):
    text = f"<!doctype html>\n{scraps}" if is_begun else scraps

    assert said_by(read_page(text)) == said_tag_by_tag(text)


@given(strategies.text(alphabet='<>/="\' tdrspan!-\n&;', max_size=60))
def test_no_text_is_read_otherwise_than_tag_by_tag(text):
    assert said_by(read_page(text)) == said_tag_by_tag(text)


def test_a_reader_that_has_met_very_many_tags_forgets_and_reads_on(monkeypatch):
    monkeypatch.setattr("cityfolio.publish.markup.MOST_KNOWN", 3)
    links = "".join(f'<a href="{at}/">x</a>' for at in range(50))

    assert targets(links) == [Target(f"{at}/", "link") for at in range(50)]
    assert len(KNOWN) <= 3


@pytest.mark.no_cover
@pytest.mark.parametrize("text", ["<" * 50_000, '<p a="' * 10_000, "<p " + "a " * 50_000, '<p "' * 20_000,
                                  "<p>" * 20_000 + "</b>" * 20_000, "<tr>" + "<td>x</td>" * 20_000,
                                  "<td>" * 20_000 + "x" * 50_000, "<tr><td>x<td>x<td>x" * 5_000, '<td class="' * 20_000,
                                  f"<td>{CHART}" * 5_000 + '<path d=""/>' * 20_000],
                         ids=["opened", "values", "attributes", "quotes", "deep", "row", "cells", "rows", "classes", "charts"])
def test_no_text_makes_the_reader_slow(text):
    page = read_page(text)

    assert len({page.position(at) for at, _ in page.faults}) > 0
