"""What keeps people from reading an attached document, as far as a program can tell."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from cityfolio.practice.document_html import html_faults
from cityfolio.practice.document_office import open_document_faults, sheet_faults, slide_faults, word_faults
from cityfolio.practice.document_pdf import pdf_faults
from cityfolio.practice.documents import (
    LANGUAGE,
    LOCKED,
    MOST_BYTES,
    PASSWORD,
    PICTURES,
    SCANNED,
    SLIDES,
    TITLE,
    UNTAGGED,
    document_faults,
)
from practice.making_documents import (
    CORE,
    DECORATIVE,
    a_package,
    a_pdf,
    a_pdf_with_xmp_title,
    a_protected_pdf,
    a_word_file,
    an_open_document,
    some_slides,
)

NOT_FOR_READERS = -1 & ~(1 << 9)
TOLD = "<wp:docPr id='1' name='x' descr='A tree'/>"


@pytest.mark.parametrize(("body", "faults"), [
    (a_pdf(), ()), (a_pdf(tags=False), (UNTAGGED,)), (a_pdf(language=""), (LANGUAGE,)), (a_pdf(title=" "), (TITLE,)),
    (a_pdf(title=""), (TITLE,)), (a_pdf_with_xmp_title(), ()), (a_pdf(figure="A tree"), ()), (a_pdf(figure=""), (PICTURES,)),
    (a_pdf(font=False), (SCANNED,)),
    (a_pdf(title="", language="", tags=False, font=False), (UNTAGGED, LANGUAGE, TITLE, SCANNED)),
    (a_protected_pdf(), ()), (a_protected_pdf(permissions=NOT_FOR_READERS), (LOCKED,)),
    (a_protected_pdf(password="secret"), (PASSWORD,)),
], ids=["sound", "untagged", "no language", "blank title", "no title", "title in XMP", "figure told", "figure bare", "scan",
        "all at once", "protected", "locked", "password"])
def test_a_pdf_is_looked_at_for_tags_language_title_pictures_and_protection(body: bytes, faults: tuple[str, ...]):
    assert pdf_faults("report.pdf", body) == faults


@pytest.mark.parametrize(("body", "faults"), [
    (a_word_file(), ()), (a_word_file(title=""), (TITLE,)), (a_word_file(language="none"), (LANGUAGE,)),
    (a_word_file(picture=TOLD), ()), (a_word_file(picture="<wp:docPr id='1' name='x'/>"), (PICTURES,)),
    (a_word_file(picture="<wp:docPr id='1' name='x' descr='IMG_0042.JPG'/>"), (PICTURES,)),
    (a_word_file(picture=f"<wp:docPr id='1' name='x'>{DECORATIVE}</wp:docPr>"), ()),
], ids=["sound", "no title", "no language", "picture told", "picture bare", "name of a file", "decoration"])
def test_a_word_file_is_looked_at_for_title_language_and_pictures(body: bytes, faults: tuple[str, ...]):
    assert word_faults("report.docx", body) == faults


@pytest.mark.parametrize(("body", "faults"), [
    (some_slides(), ()), (some_slides(heading="<p:nvPr/>"), (SLIDES,)),
    (some_slides(picture="<p:cNvPr id='1' name='x' descr='A tree'/>"), ()),
    (some_slides(picture="<p:cNvPr id='1' name='x'/>"), (PICTURES,)),
], ids=["sound", "no heading", "picture told", "picture bare"])
def test_slides_are_looked_at_for_headings_and_pictures(body: bytes, faults: tuple[str, ...]):
    assert slide_faults("slides.pptx", body) == faults


@pytest.mark.parametrize(("body", "faults"), [
    (an_open_document(picture="A tree"), ()), (an_open_document(), (PICTURES,)), (an_open_document(decorative="true"), ()),
    (an_open_document(picture="A tree", title="", language=""), (TITLE, LANGUAGE)),
], ids=["sound", "picture bare", "decoration", "nothing said"])
def test_an_open_document_is_looked_at_for_title_language_and_pictures(body: bytes, faults: tuple[str, ...]):
    assert open_document_faults("report.odt", body) == faults


def test_a_workbook_is_looked_at_for_its_title():
    assert sheet_faults("a.xlsx", a_package({"docProps/core.xml": CORE.format("Budget")})) == ()
    assert sheet_faults("a.xlsx", a_package({"docProps/core.xml": CORE.format("")})) == (TITLE,)


def test_an_office_file_that_is_protected_opens_only_with_a_password():
    assert word_faults("report.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)) == (PASSWORD,)


@pytest.mark.parametrize(("body", "faults"), [
    (b"<!doctype html><html lang=en><title>Report</title><img src=x alt=''>", ()),
    (b"<html><head><title> </title></head>", (TITLE, LANGUAGE)),
    (b"<html lang='es'><title>Informe</title><img src='x.png'>", (PICTURES,)),
    (b"<html lang='es'><title>Informe</title><!-- <img src=x> --><script>'<img>'</script>", ()),
    ("<html lang=fr><meta charset=latin-1><title>Été</title>".encode("latin-1"), ()), (b"", (TITLE, LANGUAGE)),
], ids=["sound", "nothing said", "picture bare", "hidden", "other letters", "empty"])
def test_an_html_file_is_looked_at_for_title_language_and_pictures(body: bytes, faults: tuple[str, ...]):
    assert html_faults("report.html", body) == faults


@pytest.mark.parametrize(("name", "body", "faults"), [
    ("Report.PDF", a_pdf(tags=False), (UNTAGGED,)), ("report.docx", a_word_file(title=""), (TITLE,)),
    ("x.html", b"<p>", (TITLE, LANGUAGE)),
])
def test_documents_are_looked_at_in_a_process_of_their_own(name: str, body: bytes, faults: tuple[str, ...]):
    assert document_faults(name, body) == faults


@pytest.mark.parametrize(("name", "body"), [
    ("trees.csv", b"species\noak\n"), ("report", b""), ("report.pdf", b""), ("report.pdf", b"%PDF-1.7\nno more"),
    ("report.docx", b"PK\x03\x04 and nothing"), ("report.docx", a_package({"word/document.xml": "<w:document"})),
    ("report.docx", a_package({"x.xml": "<x/>"})),
    ("report.odt", a_package({"content.xml": "<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"})),
    ("report.odt", a_package({"content.xml": "<x>" * 5_000 + "</x>" * 5_000})), ("report.pdf", bytes(MOST_BYTES + 1)),
    ("report.docx", a_package({"word/document.xml": " " * (40 << 20)})),
], ids=["no document", "no ending", "empty", "cut", "no zip", "cut XML", "other zip", "entities", "deep", "large", "expands"])
def test_of_what_cannot_be_read_nothing_is_told(name: str, body: bytes):
    assert document_faults(name, body) is None


LOOKS: list[tuple[Callable[[str, bytes], tuple[str, ...] | None], bytes]] = [
    (pdf_faults, a_pdf(figure="A tree")), (word_faults, a_word_file(picture=TOLD)), (open_document_faults, an_open_document()),
    (html_faults, b"<html lang='en'><title>Report</title><img src='x' alt=\"A 'tree'\">")]


@pytest.mark.parametrize(("look", "sound"), LOOKS, ids=["pdf", "docx", "odt", "html"])
@pytest.mark.parametrize("seed", range(40))
def test_no_damaged_document_is_a_surprise(look: Callable[[str, bytes], tuple[str, ...] | None], sound: bytes, seed: int):
    chance = random.Random(seed)
    damaged = bytearray(sound)
    for _ in range(chance.randrange(1, 20)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    found = look("report", bytes(damaged[: chance.randrange(len(damaged) // 2, len(damaged) + 1)]))

    assert found is None or all(isinstance(each, str) for each in found)
