"""Word documents: the list takes the place's format, stays replaceable, and an up-to-date document is not touched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document

from pubtrack.config import ListConfig, list_options
from pubtrack.csl import Style
from pubtrack.documents import document_text, fill_document
from pubtrack.documents.regions import Region
from pubtrack.lists.listing import ListingContext, make_listing
from pubtrack.lists.listing_model import Listing
from pubtrack.model.errors import PubtrackError
from pubtrack.model.name import Name
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work

ME = Name("Doe", "Jane", roles=frozenset({"me"}))


def work(title: str, year: int) -> Work:
    return Work(
        title,
        "book",
        {"title": text(title), "url": text("https://example.org")},
        {"author": (ME,)},
        {"issued": Date((year,))},
    )


def lister(*works: Work) -> Callable[[Region], Listing]:
    def listing(region: Region) -> Listing:
        options = list_options(ListConfig(), region.options)
        return make_listing(works, options, ListingContext(Style.load)).listing

    return listing


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


@pytest.fixture
def page() -> bytes:
    document = docx.Document()
    document.add_paragraph("Before")
    place = document.add_paragraph(style="List Bullet")
    place.add_run("{{pubtrack").italic = True  # as Word splits what a person typed
    place.add_run(":cv style=apa}}")
    document.add_paragraph("After")
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "{{pubtrack:cv where=“year = 2001”}}"
    return saved(document)


def lines(content: bytes) -> list[str]:
    return document_text(content, "cv.docx").split("\n")


def test_each_place_gets_its_list_in_the_places_own_format(page: bytes) -> None:
    result = fill_document(page, "cv.docx", lister(work("One", 2001), work("Two", 2002)))
    assert lines(result) == [
        "Before",
        "Doe, J. (2002). Two. https://example.org",
        "Doe, J. (2001). One. https://example.org",
        "After",
        "Jane Doe. One, 2001.",
        "",
    ]
    document = opened(result)
    first = document.paragraphs[1]
    assert first.style is not None
    assert first.style.name == "List Bullet"
    assert all(run.italic for run in first.runs)
    assert [run.text for run in first.runs if run.bold] == ["Doe, J."]


def test_an_up_to_date_document_is_the_very_same(page: bytes) -> None:
    once = fill_document(page, "cv.docx", lister(work("One", 2001)))
    assert fill_document(once, "cv.docx", lister(work("One", 2001))) is once
    resaved = saved(opened(once))
    assert fill_document(resaved, "cv.docx", lister(work("One", 2001))) == resaved


def test_a_list_is_replaced_by_the_next_one_with_the_options_kept(page: bytes) -> None:
    content = page
    for works in ([work("One", 2001)], [work("Two", 2002), work("One", 2001)], [work("One", 2001)]):
        content = fill_document(content, "cv.docx", lister(*works))
        assert [line for line in lines(content) if line.startswith("Doe, J.")] == [
            f"Doe, J. ({one.dates['issued'].year}). {one.id}. https://example.org" for one in works
        ]
        paragraphs = opened(content).paragraphs
        assert [one.text for one in (paragraphs[0], paragraphs[-1])] == ["Before", "After"]
        assert all(run.italic for run in paragraphs[1].runs)
    assert content == fill_document(content, "cv.docx", lister(work("One", 2001)))


def test_an_empty_list_keeps_its_place(page: bytes) -> None:
    emptied = fill_document(page, "cv.docx", lister())
    assert "{{" not in document_text(emptied, "cv.docx")
    assert "One" in document_text(fill_document(emptied, "cv.docx", lister(work("One", 2001))), "cv.docx")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"plain text", "not a Word document"),
        (b"PK\x05\x06" + bytes(18), "not a Word document"),
        (saved(docx.Document()), "no place for a list"),
    ],
)
def test_what_is_no_document_or_has_no_place_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(PubtrackError, match=message):
        fill_document(content, "cv.docx", lister())


def test_a_wrong_option_is_named(page: bytes) -> None:
    document = docx.Document()
    document.add_paragraph("{{pubtrack:cv stile=apa}}")
    with pytest.raises(PubtrackError, match=r'cv\.docx: unknown option "stile"'):
        fill_document(saved(document), "cv.docx", lister())


@pytest.mark.parametrize("direct", [False, True])
def test_numbers_of_a_list_stand_in_for_the_places_own_and_a_second_run_changes_nothing(direct: bool) -> None:
    document = docx.Document()
    place = document.add_paragraph("{{pubtrack:cv number=descending legend=true}}", style="List Bullet")
    if direct:
        place._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 3
    author = Name("Doe", "Jane", roles=frozenset({"me", "corresponding"}))
    marked = Work("a", "book", {"title": text("A")}, {"author": (author,)}, {"issued": Date((2020,))})

    def listing(region: Region) -> Listing:
        around = ListingContext(Style.load, {"corresponding": "*"})
        return make_listing((marked,), list_options(ListConfig(), region.options), around).listing

    once = fill_document(saved(document), "cv.docx", listing)
    paragraphs = opened(once).paragraphs
    assert [paragraph.text for paragraph in paragraphs] == ["1.\tJane Doe*. A, 2020.", "* corresponding author"]
    assert [paragraph._p.pPr.numPr.numId.val for paragraph in paragraphs] == [0, 0]
    assert fill_document(once, "cv.docx", listing) is once


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", b"encoding='UTF-8'", b"encoding='tea-8'"),
        ("word/document.xml", b"</w:body>", b""),
        ("[Content_Types].xml", b"<Types", b"<Tea"),
        ("[Content_Types].xml", b"document.main+xml", b"tea+xml"),
        ("_rels/.rels", b"<Relationships", b"<Tea"),
        ("_rels/.rels", b"word/document.xml", b"word/tea.xml"),
        ("word/_rels/document.xml.rels", b"Target=", b"Tea="),
        ("word/document.xml", b"/wordprocessingml/2006/main", b"/tea/2006/main"),
        ("word/settings.xml", b"/wordprocessingml/2006/main", b"/tea/2006/main"),
        ("word/document.xml", b"w:document", b"w:tea"),
        ("word/settings.xml", b"w:settings", b"w:tea"),
    ],
)
def test_a_broken_part_is_refused_in_one_line(page: bytes, part: str, old: bytes, new: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(page)) as package, zipfile.ZipFile(stream, "w") as broken:
        for name in package.namelist():
            content = package.read(name)
            broken.writestr(name, content.replace(old, new) if name == part else content)
    with pytest.raises(PubtrackError, match="Word document") as caught:
        fill_document(stream.getvalue(), "cv.docx", lister())
    assert "\n" not in str(caught.value)
