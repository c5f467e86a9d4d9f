"""Word: a `Listing` to the bytes of a document or into the place of a paragraph; a `Text` to the runs of one.

Every mark is a run's own format. Math is spelled in characters with real scripts.
"""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pubtrack.rendered import Listing
from pubtrack.richtext import Span, Text, marked
from pubtrack.writers._inline import Entry, Heading, Legend, blocks, one_line, printable
from pubtrack.writers._math import spelled

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

Block = Heading | Entry | Legend

_LINK_STYLE = "Hyperlink"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def write(listing: Listing) -> bytes:
    """`listing` as a .docx with Word's heading styles; equal lists make equal bytes."""
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.comments = ""
    properties.title = "Publications"
    properties.language = printable(listing.language)[:35]  # the length that RFC 5646, section 4.4.1, asks to allow
    _define_link_style(document)
    for block in blocks(listing):
        paragraph = document.add_paragraph(style=f"Heading {block.level}" if isinstance(block, Heading) else None)
        indented = isinstance(block, Entry) and (bool(block.label) or listing.layout.hanging_indent)
        if indented:
            paragraph.paragraph_format.left_indent = docx.shared.Cm(1)
            paragraph.paragraph_format.first_line_indent = docx.shared.Cm(-1)
        _add_block(paragraph, block, gap="\t" if indented else " ")
    stream = io.BytesIO()
    document.save(stream)
    return _with_fixed_times(stream.getvalue())


def fill(place: Paragraph, listing: Listing) -> list[Paragraph]:
    """Puts `listing` where the paragraph `place` is and returns the new paragraphs, at least one; `place` is gone.

    They have the paragraph format of `place` and the character format of its first run. Titles of sections take the
    document's heading styles, or are bold where it has none. Where entries have numbers, the place's own numbering is
    switched off. A break of the section in `place` comes behind the list.
    """
    from docx.text.paragraph import Paragraph

    styles = {style.name for style in place.part.document.styles}
    looks = place.runs[0]._r.rPr if place.runs else None
    made: list[Paragraph] = []
    shown: list[Block | None] = [*blocks(listing)]
    for block in shown or [None]:
        element = place._p.makeelement(place._p.tag)
        place._p.addprevious(element)
        paragraph = Paragraph(element, place._parent)
        made.append(paragraph)
        if isinstance(block, Heading) and f"Heading {block.level}" in styles:
            paragraph.style = f"Heading {block.level}"
            _add_block(paragraph, block, gap=" ")
            continue
        _copy_format(place, paragraph)
        if isinstance(block, Heading):
            block = Heading(marked(block.text, "bold"), block.level)
        if block is not None:
            _add_block(paragraph, block, gap=" ", looks=looks)
            if isinstance(block, Entry) and block.label:
                element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0
    if place._p.pPr is not None and (section_break := place._p.pPr.sectPr) is not None:
        made[-1]._p.get_or_add_pPr().append(section_break)
    place._p.getparent().remove(place._p)
    return made


def add_text(paragraph: Paragraph, value: Text, *, looks: Any = None) -> None:
    """Appends the runs of `value` to `paragraph`; `looks` is the w:rPr element that they start from."""
    for url, spans in groupby(spelled(one_line(value)), attrgetter("url")):
        parent = _link(paragraph, url) if url else paragraph._p
        for span in spans:
            _add_run(paragraph, parent, span, looks)


def _add_block(paragraph: Paragraph, block: Block, *, gap: str, looks: Any = None) -> None:
    if not isinstance(block, Entry):
        add_text(paragraph, block.text, looks=looks)
        return
    if block.label:
        add_text(paragraph, block.label, looks=looks)
        _add_run(paragraph, paragraph._p, Span(gap), looks)
    for number, line in enumerate(block.lines):
        if number:
            _add_run(paragraph, paragraph._p, Span("\n"), looks)
        add_text(paragraph, line.text, looks=looks)


def _add_run(paragraph: Paragraph, parent: Any, span: Span, looks: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.text.run import Run

    element = OxmlElement("w:r")
    parent.append(element)
    if looks is not None:
        element.insert(0, deepcopy(looks))
    run: Run = Run(element, paragraph)
    run.text = span.text
    if span.url and _LINK_STYLE in {style.name for style in paragraph.part.document.styles}:
        run.style = _LINK_STYLE
    font = run.font
    for mark in span.marks:
        if mark == "bold":
            font.bold = True
        elif mark == "italic":
            font.italic = True
        elif mark == "underline":
            font.underline = True
        elif mark == "small-caps":
            font.small_caps = True
        elif mark == "sup":
            font.superscript = True
        elif mark == "sub":
            font.subscript = True


def _link(paragraph: Paragraph, url: str) -> Any:
    """A new w:hyperlink element at the end of `paragraph`."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    return link


def _copy_format(source: Paragraph, target: Paragraph) -> None:
    if source._p.pPr is not None:
        copied = deepcopy(source._p.pPr)
        if copied.sectPr is not None:
            copied.remove(copied.sectPr)
        target._p.insert(0, copied)


def _define_link_style(document: Document) -> None:
    """Word's own style for links, which the template of python-docx lacks."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    style = document.styles.add_style(_LINK_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.color.rgb = RGBColor(0x05, 0x63, 0xC1)
    style.font.underline = True


def _with_fixed_times(archive: bytes) -> bytes:
    """The zip file `archive` with the time of no day in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            member.create_system = 3  # as on Unix, on every system
            new.writestr(member, old.read(name))
    return stream.getvalue()
