"""A document and rendered lists in; the document with its marked regions filled, and no other byte changed, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from pubtrack import writers
from pubtrack.documents.regions import (
    HTML,
    LATEX,
    MARKDOWN,
    TYPST,
    Region,
    Syntax,
    fill_regions,
    find_regions,
    find_stray_marks,
    sample_region,
)
from pubtrack.lists.listing_model import Listing
from pubtrack.model.errors import PubtrackError

KINDS: Mapping[str, tuple[Syntax, str]] = {
    ".md": (MARKDOWN, "markdown"),
    ".markdown": (MARKDOWN, "markdown"),
    ".qmd": (MARKDOWN, "markdown"),
    ".rmd": (MARKDOWN, "markdown"),
    ".html": (HTML, "html"),
    ".htm": (HTML, "html"),
    ".tex": (LATEX, "latex"),
    ".ltx": (LATEX, "latex"),
    ".typ": (TYPST, "typst"),
}
"""A file name's ending in lower case to its comment syntax and the writer of its markup."""

WORD = ".docx"
LATEX_OPTIONS = ("environment", "item", "heading", "labels")

MakeListing = Callable[[Region], Listing]
"""A region (its list's name and options) to the list that belongs in it."""


def fill_document(content: bytes, file: str, listing: MakeListing) -> bytes:
    """The document `content` of the file `file` with every marked region rendered anew.

    Bytes that are not UTF-8 pass through unchanged. Raises PubtrackError with file and line for a kind of
    document that is not known, for wrong markers, and whatever `listing` raises, with the region's line.
    """
    suffix = PurePath(file).suffix.lower()

    def placed(region: Region) -> Listing:
        try:
            return listing(region)
        except PubtrackError as error:
            if error.file:
                raise
            raise type(error)(error.message, file=file, line=region.line) from error

    if suffix == WORD:
        from pubtrack.documents.word import filled_word

        return filled_word(content, file, placed)
    if suffix not in KINDS:
        known = ", ".join((*KINDS, WORD))
        raise PubtrackError(f'"{suffix}" is not a kind of document that pubtrack fills; it knows {known}', file=file)
    syntax, to = KINDS[suffix]
    text = content.decode("utf-8", "surrogateescape")
    regions = find_regions(text, syntax, file)
    contents = [_written(region, to, placed, place, file) for place, region in enumerate(regions, 1)]
    return fill_regions(text, regions, contents).encode("utf-8", "surrogateescape")


def stray_marks(content: bytes, file: str) -> list[str]:
    """A line for each mark of the document that no list replaces, because of where it stands.

    Raises PubtrackError for what is not a Word document under the name of one.
    """
    suffix = PurePath(file).suffix.lower()
    if suffix == WORD:
        from pubtrack.documents.word import stray_places

        return stray_places(content, file)
    if suffix not in KINDS:
        return []
    syntax, _ = KINDS[suffix]
    begin, end = sample_region(syntax)
    remedy = f'the list goes between the lines "{begin}" and "{end}"'
    found = find_stray_marks(content.decode("utf-8", "replace"), syntax)
    return [f"{file}:{line}: {mark} {wrong}; {remedy}" for line, mark, wrong in found]


def document_text(content: bytes, file: str) -> str:
    """The text of a document, for showing a difference."""
    if PurePath(file).suffix.lower() != WORD:
        return content.decode("utf-8", "replace")
    from pubtrack.documents.word import text_of

    return text_of(content, file)


def _written(region: Region, to: str, listing: MakeListing, place: int, file: str) -> str:
    """The markup of the region that is the `place`-th of its document. In HTML the ids of one page differ.

    Raises PubtrackError for an option of LaTeX's in another kind of document.
    """
    if to != "latex" and (wrong := next((name for name in LATEX_OPTIONS if name in region.options), "")):
        raise PubtrackError(f'the option "{wrong}" is for LaTeX documents', file=file, line=region.line)
    if to == "html":
        from pubtrack.writers import html

        return html.write(listing(region), prefix="pub-" if place == 1 else f"pub-{place}-")
    content = writers.write(listing(region), to)
    assert isinstance(content, str)
    return content
