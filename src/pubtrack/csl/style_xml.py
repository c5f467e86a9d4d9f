"""XML of a style or locale as an element tree: text in, root element out; hostile documents are refused."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pubtrack.model.errors import PubtrackError

MAX_SIZE = 2_000_000
"""Characters; the largest of the 10,844 styles in circulation has 330,000."""
MAX_DEPTH = 120
"""Nested elements; no style in circulation reaches 40."""

NAMESPACE = "{http://purl.org/net/xbiblio/csl}"


class _Refusing(ElementTree.TreeBuilder):
    """Builds the tree, refusing what a style never needs and an attacker does."""

    depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise PubtrackError("the XML has a DOCTYPE, which a CSL file may not have; remove it")

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise PubtrackError(f"the XML nests deeper than {MAX_DEPTH} elements; this is not a CSL file")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse_xml(source: str | bytes, *, file: str = "") -> Element:
    """The root element of `source`.

    Raises `PubtrackError` when it is too large, has a DOCTYPE (and so entities), nests too deep or is not
    well-formed.
    """
    if len(source) > MAX_SIZE:
        raise PubtrackError(f"the file is larger than {MAX_SIZE:,} characters; this is not a CSL file", file=file)
    parser = ElementTree.XMLParser(target=_Refusing())  # noqa: S314 - DOCTYPE and entities are refused above
    try:
        parser.feed(source.lstrip() if isinstance(source, str) else source)
        root: Element = parser.close()
    except ElementTree.ParseError as error:
        line, column = error.position
        reason = str(error).partition(":")[0]
        raise PubtrackError(f"broken XML: {reason}", file=file, line=line, column=column + 1) from None
    except PubtrackError as error:
        raise PubtrackError(error.message, file=file) from None
    except (ValueError, LookupError) as error:  # an unknown or contradictory encoding declaration
        raise PubtrackError(f"broken XML: {error}", file=file) from None
    return root


def local(element: Element) -> str:
    """The name of `element` without its namespace; "" for foreign elements."""
    tag = element.tag
    return tag.removeprefix(NAMESPACE) if tag.startswith(NAMESPACE) or "}" not in tag else ""
