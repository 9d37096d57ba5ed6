"""Small documents of each kind, with what makes them readable for everyone, or without."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

CORE = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>')
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WP = ('xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
      'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
      'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"')
P = ('xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
     'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"')
ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
       'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
       'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
       'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"')
DECORATIVE = ('<a:extLst><a:ext uri="x"><adec:decorative val="1" '
              'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"/></a:ext></a:extLst>')


def a_package(parts: Mapping[str, str]) -> bytes:
    """A zip of these parts."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def a_word_file(*, title: str = "Report", language: str = "en-US", picture: str = "") -> bytes:
    """A DOCX file; `picture` is what its drawing says of itself."""
    drawing = (f"<w:drawing><wp:inline>{picture}<a:graphic><pic:pic><pic:nvPicPr><pic:cNvPr id='1' name='x.png'/></pic:nvPicPr>"
               "<pic:blipFill><a:blip/></pic:blipFill></pic:pic></a:graphic></wp:inline></w:drawing>") if picture else ""
    return a_package({
        "docProps/core.xml": CORE.format(title),
        "word/document.xml": f"<w:document {W} {WP}><w:body><w:p><w:r>{drawing}</w:r></w:p></w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}><w:rPr><w:lang w:val='{language}'/></w:rPr></w:styles>"})


def some_slides(*, heading: str = '<p:nvPr><p:ph type="title"/></p:nvPr>', picture: str = "") -> bytes:
    """A PPTX file of two slides, of which the second has its own heading and picture."""
    slide = "<p:sld {}><p:sp>{}</p:sp>{}<a:rPr lang='en-US'/></p:sld>"
    shown = f"<p:pic><p:nvPicPr>{picture}</p:nvPicPr><p:blipFill><a:blip/></p:blipFill></p:pic>" if picture else ""
    return a_package({"docProps/core.xml": CORE.format("Slides"), "ppt/presentation.xml": f"<p:presentation {P}/>",
                      "ppt/slides/slide1.xml": slide.format(P, '<p:nvPr><p:ph type="ctrTitle"/></p:nvPr>', ""),
                      "ppt/slides/slide2.xml": slide.format(P, heading, shown)})


def an_open_document(*, title: str = "Report", language: str = "en", picture: str = "", decorative: str = "false") -> bytes:
    """An ODT file with a picture, of which `picture` is the description."""
    told = f"<svg:desc>{picture}</svg:desc>" if picture else ""
    frame = (f'<draw:frame xmlns:loext="urn:org:documentfoundation" loext:decorative="{decorative}"><draw:image/>{told}'
             "</draw:frame>")
    return a_package({
        "meta.xml": f"<office:document-meta {ODF}><dc:title>{title}</dc:title></office:document-meta>",
        "styles.xml": (f"<office:document-styles {ODF}><style:default-style><style:text-properties fo:language='{language}'/>"
                       "</style:default-style></office:document-styles>"),
        "content.xml": f"<office:document-content {ODF}><office:body>{frame}</office:body></office:document-content>"})


def a_pdf(*, title: str = "Report", language: str = "en", tags: bool = True, figure: str | None = None,
          font: bool = True) -> bytes:
    """A PDF of one page. `figure`: what is said of a picture in it; without a `font` the page is a picture."""
    return _written(a_writer(title=title, language=language, tags=tags, figure=figure, font=font))


def a_protected_pdf(*, password: str = "", permissions: int = -1, algorithm: str = "RC4-128") -> bytes:
    """A PDF that needs a password to be opened, or only to be changed."""
    writer = a_writer()
    writer.encrypt(password, "owner", permissions_flag=permissions, algorithm=algorithm)  # type: ignore[arg-type]
    return _written(writer)


def a_pdf_with_xmp_title() -> bytes:
    """A PDF whose title is where PDF 2.0 wants it, and only there."""
    writer = a_writer(title="")
    stream = DecodedStreamObject()
    stream.set_data(b'<x:xmpmeta><rdf:RDF><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Report</rdf:li></rdf:Alt></dc:title>'
                    b"</rdf:RDF></x:xmpmeta>")
    writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)
    return _written(writer)


def a_writer(*, title: str = "Report", language: str = "en", tags: bool = True, figure: str | None = None,
             font: bool = True) -> PdfWriter:
    """A PDF before it is written."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    kept = DictionaryObject({NameObject("/Subtype"): NameObject("/Image")})
    held = {NameObject("/Font"): DictionaryObject({NameObject("/F1"): DictionaryObject()})} if font else {
        NameObject("/XObject"): DictionaryObject({NameObject("/I1"): writer._add_object(kept)})}
    page[NameObject("/Resources")] = DictionaryObject(held)
    root = writer._root_object
    if title:
        writer.add_metadata({"/Title": title})
    if language:
        root[NameObject("/Lang")] = TextStringObject(language)
    if tags:
        root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        root[NameObject("/StructTreeRoot")] = writer._add_object(_tags(figure))
    return writer


def _tags(figure: str | None) -> DictionaryObject:
    below = DictionaryObject({NameObject("/S"): NameObject("/Figure" if figure is not None else "/P")})
    if figure:
        below[NameObject("/Alt")] = TextStringObject(figure)
    document = DictionaryObject({NameObject("/S"): NameObject("/Document"),
                                 NameObject("/K"): ArrayObject([below, NumberObject(0)])})
    return DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot"), NameObject("/K"): document})


def _written(writer: PdfWriter) -> bytes:
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()
