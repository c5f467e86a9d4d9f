"""Citation styles: a CSL 1.0.2 engine. Works go in, `Text` in which every name is a `Name` comes out.

style = Style.load("apa")
for entry in style.bibliography(works):
    print(plain(entry.text))
"""

from pubtrack.csl.citations import Citation, CitationItem
from pubtrack.csl.style import RenderedEntry, Style

__all__ = ["Citation", "CitationItem", "RenderedEntry", "Style"]
