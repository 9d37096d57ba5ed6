"""What holds for every page of a site, whatever its type."""

import re
from gettext import NullTranslations
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from cityfolio.model.profile import Count
from cityfolio.model.records import Temporal
from cityfolio.pages.shell import POLICY
from pages.drawing import DrawnSite, a_theme, draw_site
from pages.factories import (
    CC0, a_build, a_catalog, a_column, a_contact, a_dataset, a_file, a_forward, a_profile, a_publisher, a_repository, a_site, a_topic,
    categories, dates, numbers, texts,
)
from pages.reader import read

# Made by the feeds, the search and the build, not by the pages.
MADE_ELSEWHERE = re.compile(r"/(catalog\.json|search\.json|new\.atom|(topics|publishers)/[^/]+/feed\.atom|data/[^/]+/[^/]+\.(csv|xlsx))")


def a_full_catalog(**settings):
    """A catalog in which every page type has all it can show."""
    table = a_profile(dates(), categories(), numbers(), texts(), left_out=("phone",))
    columns = (a_column("received_at", title="When", description="First. *Second*."),
               a_column("request_type", values={"Pothole": "Pothole repair"}, required=True, source="https://example.gov/standard"),
               a_column("days_open", unit="days", minimum="0", maximum="500", unique=True, pattern="[0-9]+"),
               a_column("comment", described=False))
    files = [a_file("a.csv", profile=table, columns=columns, left_out=("phone",)), a_file("b.xlsx", format="XLSX", profile=a_profile()),
             a_file(None, url="https://files.example.gov/all.csv", sample="some.csv", title="All", description="Words.")]
    many = [a_file(None, url=f"https://files.example.gov/{at}", title=f"File {at}", format=("CSV", "SHP")[at % 2]) for at in range(20)]
    topic = a_topic("Streets", description="Streets and what is on them.\n\n# More\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    parent = a_publisher("City of Example", url="https://example.gov", contact=a_contact(phone="704-555-0100"))
    publisher = a_publisher("Public Works", parent="city-of-example", description="Keeps streets.")
    datasets = [
        a_dataset(files=files, topics=[topic], publisher=publisher, known_limits="Few.", description="Many.\n\n## More\n\nWords.",
                  keywords=["potholes"], notes={"Source": "CRM"}, related=["crimes"], spatial="Everywhere",
                  temporal=Temporal(start="2016", end="2025-11")),
        a_dataset("Crimes", files=many, updated=None, publisher=parent),
        a_dataset("Late one", frequency="daily", updated=dates_in_2020(), summary=None, description="Words. More."),
        a_dataset("No promise", frequency=None, license=None, publisher=None, contact=None),
        a_dataset("A plan", status="planned", reason="Next year.", updated=None),
        a_dataset("A secret", status="restricted", reason="By law."),
        a_dataset("An old one", status="retired", reason="Replaced."),
    ]
    return a_catalog(*datasets, site=a_site(**{
        "notice": "Invented records.", "description": "About *us*.", "contact": a_contact(), "repository": a_repository(), **settings,
    }), forwards=[a_forward()])


def dates_in_2020():
    return a_build().today.replace(year=2020)


@pytest.fixture(scope="module")
def full() -> DrawnSite:
    return draw_site(catalog=a_full_catalog())


@pytest.fixture(scope="module")
def in_folder() -> DrawnSite:
    return draw_site(catalog=a_full_catalog(), build=a_build(for_folder=True))


def test_every_page_type_is_there(full):
    assert {output.kind for output in full.html()} == {
        "home", "list", "dataset", "index", "topic", "publisher", "new", "about", "accessibility", "privacy", "404", "forward"}


def test_every_page_is_read_without_mending(full):
    assert all(read(output).title for output in full.html())


def test_every_page_has_one_first_heading(full):
    assert {output.url: len(read(output).headings(1)) for output in full.html() if len(read(output).headings(1)) != 1} == {}


def test_headings_never_descend_by_more_than_one(full):
    assert {output.url: levels for output in full.html() if _skips(levels := _levels(read(output)))} == {}


def test_every_page_has_its_language_landmarks_and_skip_link(full):
    page = full.page("/data/service-requests-311/")

    assert page.one("html").get("lang") == "en"
    assert [len(page.all(name)) for name in ("header", "main", "footer")] == [1, 1, 1]
    assert page.all("a")[0].text == "Skip to main content"
    assert page.all("a")[0].address == "#main"
    assert page.by_id("main").element is page.one("main").element


def test_the_strict_policy_comes_right_after_the_character_set(full):
    assert all(_start(output).startswith(f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_quoted(POLICY)}">')
               for output in full.html())


def test_no_page_has_a_script_or_style_in_it(full):
    text = "".join(read(output).source for output in full.html())

    assert not re.findall(r"<script(?! src=)|<style|\sstyle=|\son[a-z]+=", text)


def test_no_page_asks_anything_of_another_host(full):
    loaded = [address for output in full.html() for address in _loaded(read(output))]

    assert loaded
    assert not [address for address in loaded if urlsplit(address).netloc]


def test_ids_are_used_once(full):
    assert {output.url for output in full.html() if len(read(output).ids()) != len(set(read(output).ids()))} == set()


@pytest.mark.parametrize("made", ["full", "in_folder"])
def test_every_link_leads_somewhere(made, request):
    site = request.getfixturevalue(made)
    known = site.urls() | {f"{url}index.html" for url in site.urls() if url.endswith("/")}
    links = {(output.url, target) for output in site.html() for target in _targets(output.url, read(output))}

    assert {link for link in links if link[1] not in known and not MADE_ELSEWHERE.fullmatch(link[1])} == set()


def test_every_place_in_a_page_that_is_linked_to_is_there(full):
    pages = {output.url: read(output) for output in full.html()}
    places = {(urljoin(url, part.address).partition("#")[0], part.address.partition("#")[2])
              for url, page in pages.items() for part in page.all("a") if "#" in part.address and not urlsplit(part.address).netloc}

    assert {(url, place) for url, place in places if url in pages and place not in pages[url].ids()} == set()


def test_the_notice_is_on_every_page(full):
    assert all("Invented records." in read(output).body.text for output in full.html())


def test_the_foot_names_the_build_and_the_twins(full):
    foot = full.page("/data/service-requests-311/").one("footer")

    assert "Built 22 November 2025, revision 0123456789ab" in foot.text
    assert foot.link("The whole catalog").address == "../../catalog.json"
    assert foot.link("What is new").address == "../../new.atom"


def test_a_catalog_outside_any_repository_has_no_revision():
    page = draw_site(a_dataset(), build=a_build(revision="")).page("/")

    assert "revision" not in page.one("footer").text


def test_canonical_links_are_whole_when_the_address_is_known(full):
    assert full.page("/data/topic/streets/").one("link", rel="canonical").address == "https://data.example.gov/data/topic/streets/"


def test_without_an_address_links_stay_relative():
    page = draw_site(a_dataset(), build=a_build(base_url="")).page("/data/")

    assert not page.all("link", rel="canonical")
    assert page.alternates() == {"application/json": "../catalog.json", "application/atom+xml": "../new.atom"}


def test_the_navigation_marks_where_one_is(full):
    assert full.page("/data/service-requests-311/").one("header").one("a", aria_current="true").text == "Data"


def test_the_font_is_fetched_ahead_except_from_a_folder(full, in_folder):
    assert len(full.page("/").all("link", rel="preload")) == 1
    assert not in_folder.page("/").all("link", rel="preload")


def test_only_pages_with_a_list_load_its_script(full):
    assert [len(full.page(url).all("script")) for url in ("/", "/data/", "/data/topic/streets/", "/about/")] == [2, 2, 2, 1]


def test_two_drawings_are_the_same_to_the_byte(full):
    assert full.outputs == draw_site(catalog=a_full_catalog()).outputs


class Brackets(NullTranslations):
    """A translation that puts every message into brackets."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, count):
        return f"⟦{one if count == 1 else many}⟧"


def test_every_word_of_the_interface_can_be_translated():
    site = draw_site(catalog=a_greek_catalog(), theme=a_theme(translations=Brackets()), build=a_build(revision="", base_url=""))
    spoken = {text for output in site.html() for text in read(output).spoken()}

    assert {word for text in spoken for word in re.findall(".*[A-Za-z].*", _unbracketed(text))} == set()


def a_greek_catalog():
    """A catalog whose own words have no Latin letter, so that any that is found is the interface's."""
    count = (Count(value="άλφα", rows=200), Count(value="βήτα", rows=50))
    table = a_profile(dates("ημέρα"), categories("είδος", top=count, distinct=40), numbers("πλήθος"), texts("λόγια"),
                      numbers("κενό", shape="empty", filled=0, bins=()), left_out=("αριθμός",))
    columns = tuple(a_column(name, values={"άλφα": "γάμμα"}, required=True, unique=True, minimum="0", maximum="9", pattern="[0-9]",
                             source="https://παράδειγμα.gr") for name in table.header[:3])
    columns += tuple(a_column(name, described=False) for name in table.header[3:])
    files = [a_file("α.1", title="όλα", format="ΧΨ", profile=table, columns=columns, left_out=("αριθμός",), sha256="0" * 64),
             a_file(None, url="https://παράδειγμα.ελ/1", sample="2", title="μέρος", format="ΧΥ", sha256="1" * 64, bytes=5)]
    files += [a_file(None, url=f"https://παράδειγμα.ελ/{at}", title=f"{at}", format=("ΧΨ", "ΧΥ")[at % 2]) for at in range(14)]
    given = {"summary": "σύνοψη", "each_row_is": "σειρά", "contact": a_contact(name="ομάδα", email="1@2.3", phone="1"),
             "license": CC0.__class__(id="α", title="άδεια"), "publisher": a_publisher("εκδότης", id="e"),
             "topics": [a_topic("θέμα", id="t", description="λόγια")]}
    datasets = [a_dataset("δεδομένα", id="1", files=files, known_limits="όρια", notes={"α": "β"}, keywords=["λέξη"], related=["2"],
                          description="κείμενο", temporal=Temporal(start="2016", end="2025-11"), spatial="παντού",
                          issued=dates_in_2020(), **given)]
    others = [{"updated": dates_in_2020()}, {"updated": None}, {"frequency": None}, {"frequency": "never"}, {"license": None},
              {"updated": None, "frequency": None}, {"files": []}, {"temporal": Temporal(start="2016")},
              {"temporal": Temporal(end="2016")}, {"status": "planned", "reason": "λόγος"},
              {"status": "restricted", "reason": "λόγος"}, {"status": "retired", "reason": "λόγος"},
              {"files": [a_file(None, url="https://παράδειγμα.ελ/", format="HTML", title="α")], "publisher": None}]
    datasets += [a_dataset(f"δεδομένα {at}", id=f"{at}", **{**given, "files": files[:1], **other}) for at, other in enumerate(others, 2)]
    parts = [a_publisher("μέρος", id="m", parent="e", contact=a_contact(name="ομάδα"), url="https://1.2")]
    return a_catalog(*datasets, publishers=parts, forwards=[a_forward(new="/data/1/", title="δεδομένα")], site=a_site(
        name="πόλη", tagline="φράση", notice="προσοχή", description="λόγια", repository=a_repository(url="https://1.2/3"),
        contact=a_contact(name="ομάδα")))


HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}{% raw %}", "javascript:alert(1)", "'-alert(1)-'",
           "</title><script>alert(1)</script>", "<a href=javascript:alert(1)>x</a>", "[x](javascript:alert(1))")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_only_text(text):
    site = draw_site(catalog=a_hostile_catalog(text))
    pages = [read(output) for output in site.html()]

    assert not [part for page in pages for part in page.all("script") if part.get("src") is None]
    assert not [part for page in pages for name in ("img", "iframe", "object", "style", "form") for part in page.all(name)
                if part.get("role") != "search"]
    assert not [part for page in pages for part in page.all("a") if part.address.lower().startswith(("javascript", "data:", "vbscript"))]
    assert not [name for page in pages for element in page.element.iter() for name in element.keys() if str(name).startswith("on")]
    assert not any("49" in page.main.text for page in pages)


def a_hostile_catalog(text):
    """One text in every field that takes words, and addresses that lead to harm where a check would have refused them."""
    harm = "javascript:alert(1)"
    table = a_profile(categories(text, top=(Count(value=text, rows=300),)), texts(f"{text} 2"), rows=300,
                      first_rows=((text, text),), left_out=(text,))
    columns = (a_column(text, title=text, description=text, values={text: text}, unit=text, pattern=text, minimum=text, source=harm),
               a_column(f"{text} 2", described=False))
    files = [a_file("a.csv", title=text, format=text, profile=table, columns=columns, description=text, left_out=(text,)),
             a_file(None, url=harm, title=text, format=text, description=text)]
    contact = a_contact(name=text, email=None, phone=text, url=harm)
    publisher = a_publisher(text, id="p", description=text, url=harm, contact=contact)
    given = {"summary": text, "description": text, "publisher": publisher, "contact": contact, "keywords": [text], "reason": text,
             "topics": [a_topic(text, id="t", description=text)], "known_limits": text, "notes": {text: text}, "spatial": text,
             "each_row_is": text, "license": CC0.__class__(id="l", title=text, url=harm), "temporal": Temporal(start=text, end=text)}
    datasets = [a_dataset(text, id="a", files=files, related=["b"], **given), a_dataset(text, id="b", status="planned", **given)]
    return a_catalog(*datasets, forwards=[a_forward(new="/data/a/", title=text)], site=a_site(
        repository=a_repository(url=harm), name=text, tagline=text, notice=text, description=text, contact=contact))


def _unbracketed(text):
    """The text without its messages, innermost first, and without addresses and formats, which are the city's."""
    while (less := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = less
    return re.sub(r"https://\S+|HTML", "", text)


def _start(output):
    return output.body.decode().partition("<head>")[2].replace("\n", "")


def _quoted(text):
    return text.replace("'", "&#39;")


def _levels(page):
    return [int(element.tag[-1]) for element in page.element.iter() if re.fullmatch(r"\{.*\}h[1-6]", str(element.tag))]


def _skips(levels):
    return any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False))


def _loaded(page):
    links = [part.address for part in page.all("link") if part.get("rel") in ("stylesheet", "preload")]
    return links + [part.get("src") for name in ("script", "img", "iframe") for part in page.all(name)]


def _targets(url, page):
    """The site paths that a page links to, whichever way."""
    written = [part.address for name in ("a", "link") for part in page.all(name) if not urlsplit(part.address).scheme]
    written += [part.get("src") for part in page.all("script")] + [part.get("action") for part in page.all("form")]
    return {unquote(urlsplit(urljoin(url, address)).path) for address in written}
