"""The documents as a site: `make docs-site`."""

import re
from contextlib import redirect_stdout
from functools import cache
from io import StringIO

import pytest

import docs_pages
import docs_site
from cityfolio.model.site import Output
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.sinks import MemorySink
from house.documents import ROOT, anchors
from pages.reader import read

DOCUMENTS = docs_pages.documents()
KINDS = sorted({each.kind for each in DOCUMENTS})
EVERY_KIND = pytest.mark.parametrize("documents", [[each for each in DOCUMENTS if each.kind == kind] for kind in KINDS],
                                     ids=[kind or "of no kind" for kind in KINDS])
SHOWN_AS_WRITTEN = re.compile(r"```|^(?:[-*|]|\d+\.) |\]\(", re.MULTILINE)    # what Markdown left behind


ADDRESS = "https://docs.example.org/cityfolio"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The site as the command leaves it: what it returned, what it said, and the folder."""
    folder = tmp_path_factory.mktemp("docs") / "made" / "site"
    with redirect_stdout(StringIO()) as said:
        code = docs_site.main(["--output", str(folder), "--base-url", ADDRESS])
    return code, said.getvalue(), folder


@pytest.fixture(scope="module")
def site(made):
    """The site by path."""
    folder = made[2]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def again():
    """The site, written a second time and elsewhere, and how that ended."""
    sink = MemorySink()
    return docs_site.write_docs_site(sink, ADDRESS), sink.site


@pytest.fixture(scope="module")
def page(site):
    """A page by its address, read when it is asked for."""
    return cache(lambda url: read(Output(url=url, body=site[f"{url[1:]}index.html"], media_type="text/html", kind="document",
                                         source="")))


def test_the_documents_are_published_without_a_problem(again):
    result, _ = again

    assert result.problems == ()
    assert result.manifest is not None


@EVERY_KIND
def test_each_document_has_a_page_with_its_title_and_its_headings(documents, page):
    ids = {each.path: {part.get("id") for level in "23456" for part in page(each.url).all(f"h{level}")} for each in documents}

    assert [each.path for each in documents if page(each.url).heading(1) != each.title] == []
    assert {each.path: lacking for each in documents if (lacking := anchors(f"{each.text}\n") - ids[each.path])} == {}


@EVERY_KIND
def test_no_mark_of_markdown_is_left_for_a_reader_to_see(documents, page):
    prose = [(each.path, part.text) for each in documents
             for part in page(each.url).one("div", **{"class": "prose document"}).all("p") if not part.all("code")]

    assert [(path, text) for path, text in prose if SHOWN_AS_WRITTEN.search(text)] == []


def test_every_kind_of_document_is_in_the_navigation_and_lists_its_documents(page):
    fronts = ("/", *(f"/{kind}/" for kind in docs_pages.KINDS))
    shown = {url: {link.text for link in page(url).all("a")} for url in fronts}

    assert [kind for kind, (title, _) in docs_pages.KINDS.items() if title not in shown["/"]] == []
    assert [each.path for each in DOCUMENTS if each.kind in ("tutorial", "how-to", "reference", "explanation")
            and each.title not in shown[f"/{each.kind}/"]] == []


def test_the_place_where_one_is_stands_out_in_the_navigation(page):
    current = [link.text for link in page("/how-to/deploy/").all("a", **{"aria-current": "true"})]

    assert current == ["How-to guides"]


def test_two_builds_are_the_same_byte_for_byte(again, site):
    assert [path for path, body in again[1].items() if site[path] != body] == []


def test_documents_for_a_folder_have_links_to_files_and_no_index(tmp_path):
    result = docs_site.write_docs_site(FolderSink(tmp_path / "site"), for_folder=True)

    assert result.problems == ()
    assert 'href="how-to/deploy/index.html"' in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert not (tmp_path / "site" / "search" / "index").exists()


def test_the_command_says_where_the_site_is(made):
    code, said, folder = made

    assert (code, str(folder) in said) == (0, True)
    assert (folder / "how-to" / "deploy" / "index.html").is_file()


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path, capsys):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "letter.txt").write_text("Dear city")

    assert docs_site.main(["--output", str(tmp_path / "site")]) == 1
    assert "letter.txt" in capsys.readouterr().out
    assert (tmp_path / "site" / "letter.txt").read_text() == "Dear city"


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("docs/README.md", "/"), ("docs/how-to/deploy.md", "/how-to/deploy/"), ("docs/problems/README.md", "/problems/"),
        ("CONTRIBUTING.md", "/contributing/"), ("docs/reference/schema", "/reference/schema/"),
        ("docs/reference/schema/site.schema.json", "/reference/schema/site.schema.json"),
        (".github/workflows/release.yaml", "/repository/github/workflows/release.yaml"),
    ],
)
def test_a_file_of_the_repository_has_one_place_on_the_site(path, url):
    assert docs_pages.url_of(path) == url
    assert url.endswith("/") or docs_pages.path_of(url) == path


def document(text):
    return docs_pages._document("docs/how-to/deploy.md", f"# Deploy\n\n{text}")


def drawn(text, pictures=None):
    return str(docs_pages.rendered_document(document(text), lambda url: url, pictures or {}))


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[all keys](../reference/catalog.md#siteyaml)", '<a href="/reference/catalog/#siteyaml" rel="noopener">all keys</a>'),
        ("[below](#below)", '<a href="/how-to/deploy/#below" rel="noopener">below</a>'),
        ("`[all](../keys.md)`", "<code>[all](../keys.md)</code>"),
        ("[there](https://example.gov/a.md)", '<a href="https://example.gov/a.md" rel="noopener">there</a>'),
    ],
    ids=["another document", "the same page", "code", "another site"],
)
def test_links_between_documents_lead_to_pages(text, link):
    assert link in drawn(text)


def test_code_within_a_step_of_a_list_stays_in_the_step():
    text = drawn("1. Build it:\n\n   ```sh\n   cityfolio build\n   ```\n\n2. Look at it.\n")

    assert re.sub(r"\s+", " ", text).count("<li>") == 2
    assert '<pre tabindex="0"><code>cityfolio build\n</code></pre>' in text


def test_headings_have_the_anchors_that_code_hosts_give_them():
    found = docs_pages.headings(drawn("## `site.yaml`: what all share\n\n### Twice\n\n### Twice\n"))

    assert [each.id for each in found] == ["siteyaml-what-all-share", "twice", "twice-1"]


def test_a_picture_has_its_words_and_the_room_that_it_takes():
    picture = docs_pages.Picture(path="/pictures/home.png", width=640, height=400)

    text = drawn("![The home page](../pictures/home.png)", {"home.png": picture})

    assert '<img src="/pictures/home.png" alt="The home page" width="640" height="400" loading="lazy">' in text


def test_what_is_linked_to_beside_documents_is_published(site):
    linked = {place for each in DOCUMENTS for place in docs_pages.linked_places(each.text) if not place.endswith("/")}

    assert linked
    assert [place for place in linked if place.lstrip("/") not in site] == []
    assert site["reference/schema/site.schema.json"] == (ROOT / "docs/reference/schema/site.schema.json").read_bytes()
