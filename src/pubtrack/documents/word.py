"""A Word document's bytes and a way to make lists to the same document with the lists in their places.

A place is a paragraph `{{pubtrack:cv}}`, with options behind the list's name as in the other documents. The list that
replaces it stands within a bookmark, and a document variable of the bookmark's name keeps what the paragraph said
(ECMA-376, part 1, 17.13.6.2 and 17.15.1.32), so that the next run finds the place again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pubtrack.documents.regions import WORD_MARK, Region, opened_region
from pubtrack.docx_package import check_package
from pubtrack.lists.listing_model import Listing
from pubtrack.model.digits import int_of
from pubtrack.model.errors import PubtrackError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_PLACE = re.compile(r"\{\{\s*pubtrack:(?P<words>.*?)\}\}", re.S)
_SHOWN = 60
"""How much of a paragraph is shown."""
_PREFIX = "pubtrack_"
_BROKEN = "this is not a Word document (.docx), or a broken one"
_QUOTES = str.maketrans("“”„«»", '"""""')  # what Word's autocorrection makes of a typed quotation mark


@dataclass(frozen=True)
class _Place:
    """A paragraph to be replaced, the bookmark that shall hold the list, and what the place said."""

    paragraph: Paragraph
    name: str
    number: int
    words: str


def filled_word(content: bytes, file: str, listing: Callable[[Region], Listing]) -> bytes:
    """The Word document `content` with the list of each place made anew; the very same bytes if none has changed.

    Raises PubtrackError for what is not a Word document, for one without a place, and for wrong options.
    """
    from pubtrack.writers.docx import fill

    document = _opened(content, file)
    before = _state(document)
    places = _places(document)
    if not places:
        raise PubtrackError("no place for a list; put a paragraph {{pubtrack:cv}} where it goes", file=file)
    for place in places:
        region = opened_region(place.words.translate(_QUOTES), file)
        looks = place.paragraph.runs[0]._r.rPr if place.paragraph.runs else None
        looks = deepcopy(looks) if looks is not None else None
        made = fill(place.paragraph, listing(region))
        _bookmark(made, place, looks)
        _remember(document, place)
    if _state(document) == before:
        return content
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def text_of(content: bytes, file: str) -> str:
    """The paragraphs of a Word document, one a line: for showing a difference."""
    return "".join(f"{paragraph.text}\n" for paragraph in _paragraphs(_opened(content, file)))


def stray_places(content: bytes, file: str) -> list[str]:
    """A line for each mark of a Word document that is not a paragraph of its own, or stands outside the text."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    document = _opened(content, file)
    found = []
    elsewhere = "stands outside the text, in a header, a footer or a note; put it into the text"
    for paragraph in _paragraphs(document):
        words = " ".join(paragraph.text.split())
        if _PLACE.fullmatch(paragraph.text.strip()) is None:
            shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
            found += [
                f'{file}: {match.group()} stands within other text, "{shown}"; give it a paragraph of its own'
                for match in WORD_MARK.finditer(words)
            ]
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        for element in root.iter(qn("w:p")) if root is not None and part is not document.part else ():
            found += [
                f"{file}: {match.group()} {elsewhere}"
                for match in WORD_MARK.finditer(Paragraph(element, document._body).text)
            ]
    return found


def _opened(content: bytes, file: str) -> Document:
    import docx
    from docx.oxml.document import CT_Document
    from docx.oxml.settings import CT_Settings

    check_package(content, file)
    try:
        document = docx.Document(io.BytesIO(content))
        sound = isinstance(document.element, CT_Document) and isinstance(document.settings.element, CT_Settings)
    except Exception as error:
        # A broken package raises whatever zipfile, zlib, lxml or python-docx happens to meet: there is no common class.
        raise PubtrackError(_BROKEN, file=file) from error
    if not sound or document.element.body is None:
        raise PubtrackError(_BROKEN, file=file)
    return document


def _state(document: Document) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What a list can change in a document: its text, its variables, its links."""
    links = tuple(sorted((name, rel.target_ref) for name, rel in document.part.rels.items() if rel.is_external))
    return document.element.xml, document.settings.element.xml, links


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    """Every paragraph of the body, those in tables and text boxes too."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def _places(document: Document) -> list[_Place]:
    """The places of the document in its order: first those of former lists, emptied, and paragraphs never filled."""
    from docx.oxml.ns import qn

    said = _variables(document)
    starts = list(document.element.body.iter(qn("w:bookmarkStart")))
    numbers = [int_of(start.get(qn("w:id"), "0")) for start in starts if start.get(qn("w:id"), "").isdecimal()]
    taken = {start.get(qn("w:name"), "") for start in starts}
    places = [_emptied(document, start, said) for start in starts if start.get(qn("w:name"), "") in said]
    next_number = max(numbers, default=0) + 1
    for paragraph in list(_paragraphs(document)):
        match = _PLACE.fullmatch(paragraph.text.strip())
        if match:
            name = next(name for n in range(1, 10_000) if (name := f"{_PREFIX}{n}") not in taken)
            taken.add(name)
            places.append(_Place(paragraph, name, next_number, match["words"].strip()))
            next_number += 1
    return places


def _emptied(document: Document, start: Any, said: dict[str, str]) -> _Place:
    """The place of a former list: one paragraph in its format in place of all that stand in the bookmark."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    name, number = start.get(qn("w:name")), start.get(qn("w:id"))
    first = next(start.iterancestors(qn("w:p")))
    region = [first]
    while not any(end.get(qn("w:id")) == number for end in region[-1].iter(qn("w:bookmarkEnd"))):
        following = region[-1].getnext()
        if following is None or following.tag != qn("w:p"):
            break
        region.append(following)
    entries = [one for one in region if not _is_heading(document, one)]
    model = next((one for one in entries if _own_numbering(one)), entries[0] if entries else first)
    place = first.makeelement(first.tag)
    first.addprevious(place)
    paragraph = Paragraph(place, document._body)
    if model.pPr is not None:
        place.insert(0, deepcopy(model.pPr))
        if place.pPr.numPr is not None and not _own_numbering(place):
            place.pPr.remove(place.pPr.numPr)  # it was switched off for the numbers of the former list
        mark = place.pPr.find(qn("w:rPr"))
        if mark is not None:
            run = paragraph.add_run()
            run._r.insert(0, deepcopy(mark))
            place.pPr.remove(mark)
    last_break = region[-1].pPr.sectPr if region[-1].pPr is not None else None
    if last_break is not None and place.get_or_add_pPr().sectPr is None:
        place.pPr.append(deepcopy(last_break))
    for one in region:
        one.getparent().remove(one)
    return _Place(paragraph, name, int_of(number), said[name])


def _own_numbering(paragraph: Any) -> bool:
    """Whether the paragraph itself, not its style, asks for Word's numbers or bullets."""
    numbering = paragraph.pPr.numPr if paragraph.pPr is not None else None
    return numbering is not None and (numbering.numId is None or numbering.numId.val != 0)


def _is_heading(document: Document, element: Any) -> bool:
    from docx.text.paragraph import Paragraph

    style = Paragraph(element, document._body).style
    return style is not None and str(style.name).startswith("Heading")


def _bookmark(made: list[Paragraph], place: _Place, looks: Any) -> None:
    """Puts the bookmark around the new paragraphs, and keeps the place's character format in their marks."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(place.number))
    start.set(qn("w:name"), place.name)
    first, last = made[0]._p, made[-1]._p
    if first.pPr is not None:
        first.pPr.addnext(start)
    else:
        first.insert(0, start)
    last.append(end)
    for paragraph in made if looks is not None else ():
        properties = paragraph._p.get_or_add_pPr()
        for old in properties.findall(qn("w:rPr")):
            properties.remove(old)
        _insert_before(properties, deepcopy(looks), ("w:sectPr", "w:pPrChange"))


def _insert_before(parent: Any, element: Any, successors: tuple[str, ...]) -> None:
    """Puts `element` into `parent` before the first of `successors`, as the order of the schema asks."""
    from docx.oxml.ns import qn

    following = next((one for one in parent if one.tag in {qn(name) for name in successors}), None)
    if following is None:
        parent.append(element)
    else:
        following.addprevious(element)


def _variables(document: Document) -> dict[str, str]:
    from docx.oxml.ns import qn

    found = document.settings.element.iter(qn("w:docVar"))
    return {
        name: variable.get(qn("w:val"), "")
        for variable in found
        if (name := variable.get(qn("w:name"), "")).startswith(_PREFIX)
    }


_BEHIND_VARIABLES = tuple(
    f"w:{name}"
    for name in "rsids attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
    "doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType shapeDefaults "
    "doNotEmbedSmartTags decimalSymbol listSeparator".split()
)


def _remember(document: Document, place: _Place) -> None:
    """Keeps what the place said as a document variable of the bookmark's name."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    if _variables(document).get(place.name) == place.words:
        return
    settings = document.settings.element
    variables = settings.find(qn("w:docVars"))
    if variables is None:
        variables = OxmlElement("w:docVars")
        math = settings.find("{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr")
        if settings.find(qn("w:rsids")) is None and math is not None:
            math.addprevious(variables)
        else:
            _insert_before(settings, variables, _BEHIND_VARIABLES)
    variable = OxmlElement("w:docVar")
    variable.set(qn("w:name"), place.name)
    variable.set(qn("w:val"), place.words)
    variables.append(variable)
