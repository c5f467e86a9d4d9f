"""A rendered list into the marked regions of a CV, whatever kind of document that is; all else stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from pubtrack.documents.regions import HTML, LATEX, MARKDOWN, TYPST, Region, Syntax, fill_regions, find_regions
from pubtrack.errors import PubtrackError

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

Render = Callable[[Region, str], str]
"""A region and a writer's name to the markup that belongs in it."""


def filled(content: bytes, file: str, render: Render) -> bytes:
    """The document `content` of the file `file` with every marked region rendered anew.

    Bytes that are not UTF-8 pass through unchanged. Raises PubtrackError with file and line for a kind of
    document that is not known, for wrong markers, and whatever `render` raises, with the region's line.
    """
    suffix = PurePath(file).suffix.lower()
    if suffix not in KINDS:
        raise PubtrackError(
            f'"{suffix}" is no kind of document that pubtrack fills; it knows {", ".join(KINDS)}', file=file
        )
    syntax, writer = KINDS[suffix]
    text = content.decode("utf-8", "surrogateescape")
    regions = find_regions(text, syntax, file)
    contents = []
    for region in regions:
        try:
            contents.append(render(region, writer))
        except PubtrackError as error:
            if error.file:
                raise
            raise type(error)(error.message, file=file, line=region.line) from error
    return fill_regions(text, regions, contents).encode("utf-8", "surrogateescape")
