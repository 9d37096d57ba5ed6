"""An address is one file, on every system, and for ever."""

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.site import Entry, Manifest
from cityfolio.publish import addresses
from cityfolio.publish.addresses import Addresses, dropped, path_of, url_of


def a_manifest(*paths: str) -> Manifest:
    """A manifest of files whose content does not matter."""
    return Manifest(entries={path: Entry(path=path, bytes=0, sha256="") for path in paths}, made_by="cityfolio 0")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/data/trees/", "data/trees/index.html"),
        ("/404.html", "404.html"),
        ("/data/trees/trees.csv", "data/trees/trees.csv"),
        ("/data/trees/straße 100%.csv", "data/trees/straße 100%.csv"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
        ("/maps/Example::trees/about/", "maps/Example::trees/about/index.html"),
    ],
)
def test_an_address_has_a_path_and_the_path_leads_back(url, path):
    assert path_of(url) == path
    assert url_of(path) == url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("data/", 'does not start with "/"'),
        ("", 'does not start with "/"'),
        ("//evil.example/", "empty part"),
        ("/data//", "empty part"),
        ("/../etc/passwd", '".."'),
        ("/data/..", '".."'),
        ("/./data/", '"."'),
        ("/.git/config", "starts with a dot"),
        ("/data/.gitignore", "starts with a dot"),
        ("/data\\..\\x", "character"),
        ("/data/a\x00b", "character"),
        ("/data/a\nb/", "character"),
        ("/data/a\u2028b/", "character"),
        ("/data/a?b", "character"),
        ("/data/a#b", "character"),
        ("/c:/windows", "character"),
        ("/maps/a:b/", "character"),
        ("/maps/::b/", "character"),
        ("/maps/a::/", "character"),
        ("/maps/a::b::c/", "character"),
        ("/maps/a:::b/", "character"),
        ("/maps/a::b.csv", "character"),
        ("/data/\udc80", "character"),
        ("/data/name.", "ends with"),
        ("/data/name /", "ends with"),
        (f"/{'a' * 256}/", "longer than 255 bytes"),
        (f"/{'ß' * 128}", "longer than 255 bytes"),
        ("/" + "abcdefg/" * 120, "longer than 900 bytes"),
    ],
)
def test_an_address_that_cannot_be_a_file_everywhere_is_refused(url, why):
    with pytest.raises(ValueError, match=why.replace(".", r"\.")):
        path_of(url)


@given(st.text(alphabet="/.\\a\x00% ", max_size=12))
def test_no_address_climbs_or_hides(url):
    try:
        path = path_of(f"/{url}")
    except ValueError:
        return
    assert not {"", ".", ".."}.intersection(path.split("/"))
    assert not path.startswith(("/", "."))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("data/index.html", "data/index.html"),
        ("data/Trees/index.html", "data/trees/index.html"),
        ("data/caf\u00e9.csv", "data/cafe\u0301.csv"),
        ("data/Stra\u00dfe.csv", "data/strasse.csv"),
        ("data/trees", "data/trees/index.html"),
        ("data/trees/index.html", "data/trees"),
        ("data/trees/a/b/index.html", "DATA/Trees"),
    ],
    ids=["same", "case", "Unicode form", "case folding", "file then folder", "folder then file", "folder by case"],
)
@pytest.mark.parametrize("former", [(), {"first"}, {"other"}], ids=["a new site", "one it had", "others it had"])
def test_two_outputs_at_one_address_are_a_problem_that_names_both(first, second, former):
    addresses = Addresses({first if each == "first" else "about/index.html" for each in former})

    assert addresses.claim("about/index.html", "pages/about.md") is None
    assert addresses.claim(first, "datasets/one/dataset.yaml") is None
    problem = addresses.claim(second, "datasets/two/dataset.yaml")
    assert problem is not None
    assert problem.code == "address-collision"
    assert "datasets/one/dataset.yaml" in problem.says
    assert "datasets/two/dataset.yaml" in problem.says


def test_neighbors_do_not_collide():
    addresses = Addresses()
    paths = ["index.html", "data/index.html", "data/trees/index.html", "data/trees/trees.csv", "data/trees-2/index.html"]

    assert [addresses.claim(path, path) for path in paths] == [None] * 5


PARTS = st.sampled_from(["a", "A", "b", "caf\u00e9", "cafe\u0301", "x:y", "manifest.json"])
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


@given(st.lists(st.tuples(PATHS, st.booleans()), max_size=12))
def test_who_keeps_the_sources_of_what_is_written_makes_no_difference(claims):
    written = dict[str, str]()
    by_itself, beside = Addresses(), Addresses(written=written)
    for number, (path, is_written) in enumerate(claims):
        source = f"source {number}"
        problem = beside.claim(path, source)
        assert problem == by_itself.claim(path, source)
        if problem is None and is_written:
            written[path] = source
        elif problem is None:
            beside.keep(path, source)


def test_a_path_that_the_site_had_is_taken_once():
    addresses = Addresses({"data/trees.csv"})

    assert addresses.claim("data/trees.csv", "datasets/one/dataset.yaml") is None
    problem = addresses.claim("data/trees.csv", "datasets/two/dataset.yaml")
    assert problem is not None
    assert "datasets/one/dataset.yaml" in problem.says
    assert addresses.claim("data/elms.csv", "datasets/three/dataset.yaml") is None


def test_nothing_may_take_the_place_of_the_manifest():
    problem = Addresses().claim("Manifest.json", "datasets/x/dataset.yaml")

    assert problem is not None
    assert "the manifest" in problem.says


def test_pages_data_and_feeds_that_are_gone_are_named_and_assets_are_not():
    before = a_manifest("index.html", "data/trees/index.html", "data/trees/trees.csv", "new.atom", "assets/old.css")
    problems = dropped(before, a_manifest("index.html", "assets/new.css"))

    assert [problem.code for problem in problems] == ["address-dropped"] * 2
    assert [problem.says.partition(" ")[0] for problem in problems] == ["/data/trees/", "/new.atom"]


def test_what_lay_below_a_page_that_is_gone_is_counted_there():
    before = a_manifest("data/trees/index.html", "data/trees/trees.csv", "data/trees/trees/index.html", "data/parks/parks.csv",
                        "data/parks/index.html")
    problems = dropped(before, a_manifest("data/parks/index.html"))

    assert [problem.says for problem in problems] == [
        "/data/parks/parks.csv was published and is not on the site any more",
        "/data/trees/ was published and is not on the site any more, with 2 further addresses below it",
    ]


def test_an_address_that_the_city_took_back_is_not_missed():
    before = a_manifest("index.html", "data/trees/trees.csv")

    assert dropped(before, a_manifest("index.html"), lambda: {"/data/trees/trees.csv"}) == ()


def test_nobody_asks_what_the_city_took_back_where_nothing_is_gone():
    before = a_manifest("index.html", "assets/old.css")

    assert dropped(before, a_manifest("index.html", "new.atom"), lambda: pytest.fail("asked")) == ()


def told_of(url: str) -> str:
    """The path of an address, or why it has none."""
    try:
        return path_of(url)
    except ValueError as error:
        return f"no: {error}"


@given(st.text("ab-_.A1/ :é", max_size=12))
def test_what_is_seen_at_once_is_what_the_whole_check_says(text):
    at_once = told_of(f"/{text}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses, "is_plain", lambda path: False)

        assert told_of(f"/{text}") == at_once


@pytest.mark.parametrize("length", [250, 255, 256, 900, 901])
def test_a_long_path_is_judged_by_the_whole_check(length):
    parts = "/".join(["a" * 49] * 20)

    assert (told_of(f"/{'a' * length}") == "a" * length) == (length <= 255)
    assert told_of(f"/{parts[:length]}x") == (f"{parts[:length]}x" if length < 900 else "no: it is longer than 900 bytes")
