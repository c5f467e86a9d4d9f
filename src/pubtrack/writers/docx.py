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

from pubtrack.lists.listing_model import Listing
from pubtrack.model.richtext import Span, Text, mark_text
from pubtrack.writers._inline import Heading, Intro, Legend, WrittenEntry, blocks, one_line, printable
from pubtrack.writers._math import spell_math

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

Block = Heading | Intro | WrittenEntry | Legend

_FONT = {
    "bold": "bold", "italic": "italic", "underline": "underline", "small-caps": "small_caps", "sup": "superscript",
    "sub": "subscript",
}  # fmt: skip
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
    pen = _Pen(document.part)
    for block in blocks(listing):
        paragraph = document.add_paragraph(style=f"Heading {block.level}" if isinstance(block, Heading) else None)
        indented = isinstance(block, WrittenEntry) and (bool(block.label) or listing.layout.hanging_indent)
        if indented:
            paragraph.paragraph_format.left_indent = docx.shared.Cm(1)
            paragraph.paragraph_format.first_line_indent = docx.shared.Cm(-1)
        pen.block(paragraph, block, gap="\t" if indented else " ")
    stream = io.BytesIO()
    document.save(stream)
    return _with_fixed_times(stream.getvalue())


def fill(place: Paragraph, listing: Listing) -> list[Paragraph]:
    """Puts `listing` where the paragraph `place` is and returns the new paragraphs, at least one; `place` is gone.

    They have the paragraph format of `place` and the character format of its first run. Titles of sections take the
    document's heading styles, or are bold where it has none. Where entries have numbers, the place's own numbering is
    switched off, for a legend too. A break of the section in `place` comes behind the list.
    """
    from docx.text.paragraph import Paragraph

    headings = {style.name: style for style in place.part.document.styles}
    titles = _Pen(place.part)
    pen = _Pen(place.part, place.runs[0]._r.rPr if place.runs else None)
    made: list[Paragraph] = []
    shown: list[Block | None] = [*blocks(listing)]
    numbered = any(isinstance(block, WrittenEntry) and block.label for block in shown)
    for block in shown or [None]:
        element = place._p.makeelement(place._p.tag)
        place._p.addprevious(element)
        paragraph = Paragraph(element, place._parent)
        made.append(paragraph)
        if isinstance(block, Heading) and f"Heading {block.level}" in headings:
            paragraph.style = headings[f"Heading {block.level}"]
            titles.block(paragraph, block)
            continue
        _copy_format(place, paragraph)
        if isinstance(block, Heading):
            block = Heading(mark_text(block.text, "bold"), block.level)
        if block is not None:
            pen.block(paragraph, block)
        if block.label if isinstance(block, WrittenEntry) else numbered:
            element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0
    if place._p.pPr is not None and (section_break := place._p.pPr.sectPr) is not None:
        made[-1]._p.get_or_add_pPr().append(section_break)
    place._p.getparent().remove(place._p)
    return made


def add_text(paragraph: Paragraph, value: Text) -> None:
    """Appends the runs of `value` to `paragraph`."""
    _Pen(paragraph.part).text(paragraph, one_line(value))


class _Pen:
    """Writes runs into the paragraphs of one part of a document; knows the part's links and its style for them.

    `looks` is the w:rPr element that every run starts from.
    """

    def __init__(self, part: Any, looks: Any = None) -> None:
        self.part = part
        self.looks = looks
        self.link_style = next((s.style_id for s in part.document.styles if s.name == _LINK_STYLE), "")
        self.links = {rel.target_ref: rel.rId for rel in part.rels.values() if rel.is_external}
        self.taken = set(part.rels)

    def block(self, paragraph: Paragraph, block: Block, *, gap: str = " ") -> None:
        """A title, an intro, a legend, or an entry with `gap` behind its label."""
        if not isinstance(block, WrittenEntry):
            self.text(paragraph, block.text)
            return
        if block.label:
            self.text(paragraph, block.label)
            self.run(paragraph, paragraph._p, Span(gap))
        for number, line in enumerate(block.lines):
            if number:
                self.run(paragraph, paragraph._p, Span("\n"))
            self.text(paragraph, line.text)

    def text(self, paragraph: Paragraph, value: Text) -> None:
        """Clean `value` as runs at the end of `paragraph`."""
        for url, spans in groupby(spell_math(value), attrgetter("url")):
            parent = self.link(paragraph, url) if url else paragraph._p
            for span in spans:
                self.run(paragraph, parent, span)

    def run(self, paragraph: Paragraph, parent: Any, span: Span) -> None:
        from docx.oxml import OxmlElement
        from docx.text.run import Run

        element = OxmlElement("w:r")
        parent.append(element)
        if self.looks is not None:
            element.insert(0, deepcopy(self.looks))
        run = Run(element, paragraph)
        run.text = span.text
        if span.url and self.link_style:
            element.get_or_add_rPr().style = self.link_style
        for mark in span.marks:
            setattr(run.font, _FONT[mark], True)

    def link(self, paragraph: Paragraph, url: str) -> Any:
        """A new w:hyperlink element at the end of `paragraph`."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        if url not in self.links:
            # relate_to() looks at all relationships for each new one.
            number = len(self.taken) + 1
            while (name := f"rId{number}") in self.taken:
                number += 1
            self.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, url, name, is_external=True)
            self.taken.add(name)
            self.links[url] = name
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.links[url])
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
