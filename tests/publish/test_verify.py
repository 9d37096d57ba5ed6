"""The written site is checked: links, anchors, hosts, and where in the page the fault lies."""

import pytest

from cityfolio.model.site import Entry, Manifest
from cityfolio.problems import Location
from cityfolio.publish import links
from cityfolio.publish.links import Links
from cityfolio.publish.verify import Site, verify
from publish.sites import codes, html, says, verified


def test_a_sound_site_has_no_problem():
    result = verified(
        index_html=html('<a href="data/trees/#column-height">Height</a>', '<link rel="stylesheet" href="assets/civic.css">'),
        data__trees__index_html=html('<h1 id="column-height">x</h1><a href="../../">Home</a><a href="trees.csv">CSV</a>'),
        data__trees__trees_csv="height\n1\n",
        assets__civic_css="@font-face { src: url(font.woff2) }",
        assets__font_woff2=b"\x00",
    )

    assert result.problems == ()


@pytest.mark.parametrize(
    "href",
    ["../trees/", "./", "", "index.html", "../../", "../../index.html", "../../data/trees/", "?sort=a", "../trees/?a=b#top",
     "#top", "#", "../trees/#:~:text=oak", "#top:~:text=oak", "../../manifest.json", "caf%C3%A9%20%231.csv",
     "https://other.example/", "//other.example/", "mailto:data@example.gov", "https://data.example.gov/portal/data/trees/",
     "https://data.example.gov/portal", "https://data.example.gov/portal#home", "https://data.example.gov/portalx/",
     "#caf%C3%A9"],
)
def test_a_link_that_leads_somewhere_is_fine(href):
    files = {"data__trees__index_html": html(f'<h1 id="top">x</h1><h2 id="café">y</h2><a href="{href}">z</a>'),
             "data__trees__café #1_csv": "", "index_html": html('<p id="home">x</p>')}

    assert verified(base_url="https://data.example.gov/portal", **files).problems == ()


@pytest.mark.parametrize(
    ("href", "why"),
    [
        ("../elms/", "nothing is published at ../elms/"),
        ("../trees", "nothing is published at ../trees"),
        ("trees.csv", "nothing is published at trees.csv"),
        ("trees.csv#a", "nothing is published at trees.csv#a"),
        ("../../../", "leads out of the site"),
        ("../../../../etc/passwd", "leads out of the site"),
        ("/data/trees/", 'starts with "/"'),
        ("/portal/data/trees/", 'starts with "/"'),
        ("caf\u00e9.csv", "nothing is published at"),
    ],
)
def test_a_link_that_leads_nowhere_is_broken(href, why):
    result = verified(base_url="https://data.example.gov/portal", index_html=html(),
                      data__trees__index_html=html(f'<a href="{href}">x</a>'))

    assert codes(result) == ["link-broken"]
    assert why in says(result)[0]


def test_a_problem_names_the_page_and_the_place_of_the_tag():
    result = verified(index_html='<!doctype html>\n<html lang="en">\n<body><p>x</p>\n  <a href="gone/">y</a></body></html>')

    assert result.problems[0].where == Location(path="index.html", line=4, column=3, in_catalog=False)


@pytest.mark.parametrize(
    "tag",
    ['<img src="gone.png" alt="">', '<img srcset="gone.png 2x" alt="">', '<script src="gone.js"></script>',
     '<form action="gone/"></form>', '<link rel="stylesheet" href="gone.css">', '<link rel="alternate" href="gone.atom">',
     '<meta http-equiv="refresh" content="0; url=gone/">', '<svg><use href="gone.svg#a"/></svg>'],
)
def test_every_kind_of_address_is_followed(tag):
    assert codes(verified(index_html=html(tag))) == ["link-broken"]


@pytest.mark.parametrize(
    "tag",
    ['<img src="https://other.example/x.png" alt="">', '<script src="//other.example/x.js"></script>',
     '<link rel="stylesheet" href="https://other.example/x.css">', '<link rel="preconnect" href="https://other.example">',
     '<link rel="icon" href="https://other.example/x.ico">', '<iframe src="https://other.example/"></iframe>',
     '<img srcset="https://other.example/x.png 2x" alt="">', '<svg><use href="https://other.example/x.svg#a"/></svg>'],
)
def test_a_page_that_asks_another_host_is_refused(tag):
    result = verified(index_html=html(tag))

    assert set(codes(result)) == {"html-invalid"}
    assert any("asks another host" in each for each in says(result))


def test_the_sites_own_address_is_not_another_host():
    tag = '<link rel="canonical" href="https://data.example.gov/"><img src="https://data.example.gov/a.png" alt="">'

    assert verified(base_url="https://data.example.gov", index_html=html(tag), a_png=b"").problems == ()


@pytest.mark.parametrize(
    ("base_url", "href", "expected"),
    [
        ("", "/about/", []),
        ("https://example.gov", "/about/", []),
        ("https://example.gov/portal", "/portal/about/", []),
        ("https://example.gov/portal", "/about/", ["link-broken"]),
        ("https://example.gov/portal", "/portal/gone/", ["link-broken"]),
    ],
)
def test_the_page_for_missing_addresses_is_met_anywhere_so_its_links_are_whole(base_url, href, expected):
    files = {"404_html": html(f'<a href="{href}">x</a>'), "about__index_html": html()}

    assert codes(verified(base_url=base_url, **files)) == expected


def test_what_the_page_for_missing_addresses_may_do_others_may_not():
    page = html('<a href="/a.html">x</a>')
    result = verified(**{"404_html": page, "index_html": page, "a_html": html()})

    assert [(problem.code, problem.where.path) for problem in result.problems] == [("link-broken", "index.html")]


def test_one_address_leads_elsewhere_from_elsewhere():
    page = html('<a href="../b/">x</a>')
    result = verified(a__index_html=page, b__index_html=page, deep__a__index_html=page, deep__deeper__a__index_html=page)

    assert [problem.where.path for problem in result.problems] == ["deep/a/index.html", "deep/deeper/a/index.html"]


def test_no_more_addresses_are_known_at_a_time_than_all_pages_have_in_common(monkeypatch):
    monkeypatch.setattr(links, "MOST_KNOWN", 3)
    follower = Links(Manifest(entries={f"{name}.csv": Entry(path=f"{name}.csv", bytes=1, sha256="") for name in "abcdefgh"}))

    led = [follower.follow("data/x.html", f"../{name}.csv") for name in "abcdefghij" * 2]

    assert [(each.file, bool(each.fault)) for each in led] == 2 * [*((f"{name}.csv", False) for name in "abcdefgh"),
                                                                   ("", True), ("", True)]
    assert len(follower.known_from("data/x.html")) <= 3


@pytest.mark.parametrize("href", ["#gone", "./#gone", "index.html#gone", "../#gone", "../a/#Top", "#%67one"],
                         ids=["here", "folder", "file", "other page", "case", "encoded"])
def test_a_link_to_a_place_that_is_not_there_is_broken(href):
    result = verified(index_html=html('<p id="top">x</p>'), a__index_html=html(f'<p id="top">x</p><a href="{href}">y</a>'))

    assert codes(result) == ["anchor-broken"]
    assert result.problems[0].where == Location(path="a/index.html", line=3, column=24, in_catalog=False)


def test_places_in_other_files_are_not_looked_for():
    assert verified(index_html=html('<a href="a.csv#row=3">x</a>'), a_csv="").problems == ()


@pytest.mark.parametrize("attribute", ["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"])
def test_a_reference_within_a_page_leads_to_an_id(attribute):
    result = verified(index_html=html(f'<p id="here">x</p><label {attribute}="here gone">y</label>'))

    assert codes(result) == ["anchor-broken"]
    assert 'has the id "gone"' in says(result)[0]


def test_markup_faults_are_reported_with_their_place():
    result = verified(index_html=html('<p id="a">x</p>\n<p id="a">y</p>'))

    assert codes(result) == ["html-invalid"]
    assert (result.problems[0].where.line, result.problems[0].where.column) == (4, 1)


def test_a_file_of_the_catalog_is_published_whatever_it_holds():
    assert verified({"data/x/report.html": "data"}, data__x__report_html="<script>x()</script><a href=gone>").problems == ()


def test_a_page_that_is_not_text_is_refused():
    assert says(verified(index_html=b"<!doctype html>\xff")) == ["the page is not UTF-8"]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ('@import "other.css";', []),
        ("a { background: url(other.css) }", []),
        ("a { background: url( 'other.css?x#y' ) }", []),
        ("a { fill: url(#shade) }", []),
        ("/* url(gone.png) */", []),
        ("a { background: url(gone.png) }", ["link-broken"]),
        ('@import "gone.css";', ["link-broken"]),
        ("a { background: url(/assets/other.css) }", ["link-broken"]),
        ("a { background: url(https://other.example/x.png) }", ["html-invalid"]),
        ('@import "//other.example/x.css";', ["html-invalid"]),
        ('a { background: image-set("https://other.example/x.png" 1x) }', ["html-invalid"]),
        (r"a { background: u\72l(https://other.example/x.png) }", ["html-invalid"]),
        ("a { background: url(data:image/png;base64,AA) }", ["html-invalid"]),
    ],
)
def test_addresses_in_style_sheets_are_followed(style, expected):
    assert codes(verified(assets__civic_css=style, assets__other_css="")) == expected


def test_a_problem_in_a_style_sheet_names_its_line():
    result = verified(assets__civic_css="/* one\n two */\na { background: url(gone.png) }")

    assert result.problems[0].where == Location(path="assets/civic.css", line=3, column=17, in_catalog=False)


def test_problems_come_in_the_order_of_the_files():
    result = verified(b_html=html('<a href="x">x</a>'), a_html=html('<a href="b.html#x">x</a><a href="y">y</a>'))

    assert [(problem.where.path, problem.code) for problem in result.problems] == [
        ("a.html", "anchor-broken"), ("a.html", "link-broken"), ("b.html", "link-broken"),
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="https://data.example.gov/portal/elms/">x</a>', []),
        ('<link rel="canonical" href="https://data.example.gov/portal/elms/">', ["link-broken"]),
        ('<link rel="canonical" href="https://data.example.gov/portal/">', []),
    ],
    ids=["written by the city", "written by us", "written by us and right"],
)
def test_a_full_address_is_followed_only_where_it_is_ours(markup, expected):
    assert codes(verified(base_url="https://data.example.gov/portal", index_html=html("", markup))) == expected


POLICY = "script-src 'self'"
META = '<meta http-equiv="Content-Security-Policy" content="script-src &#39;self&#39;">'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (META, []),
        ("", ["html-invalid"]),
        (META.replace("&#39;self&#39;", "*"), ["html-invalid"]),
        (META + '<script src="assets/a.js"></script>', []),
        (META + '<script src="data/a.js"></script>', ["html-invalid"]),
    ],
    ids=["the policy", "no policy", "another policy", "a script of the theme", "a script among the data"],
)
def test_every_page_carries_the_policy_and_runs_scripts_of_the_theme_alone(head, expected):
    bodies = {"index.html": html("", head).encode(), "assets/a.js": b"", "data/a.js": b""}
    entries = {path: Entry(path=path, bytes=len(body), sha256="") for path, body in bodies.items()}

    site = Site(read=bodies.__getitem__, manifest=Manifest(entries=entries), policy=POLICY)

    assert codes(verify(site)) == expected
