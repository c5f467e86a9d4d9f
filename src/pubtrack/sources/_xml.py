"""A service's XML: bytes in, elements out; whatever is no such XML, or declares anything, is a `ReplyError`."""

from __future__ import annotations

import re
from html import escape
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from pubtrack.sources._service import ReplyError

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.I)
_DEEPEST = 60


def load(content: bytes, root: str, *, doctype: str = "") -> Element:
    """The element `root` of a document, without namespace; `root` is what the service's replies are, as `feed`.

    A document type declaration is refused, for it may define entities that grow without bound (CWE-776). Where a
    service always sends one, `doctype` names it; then that one, with nothing but public and system identifiers, is
    left out unread.
    """
    if b"\0" in content[:4] or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ReplyError("the reply is not in UTF-8")
    if doctype:
        plain = rf'<!DOCTYPE\s+{doctype}(?:\s+(?:PUBLIC\s+"[^"<>]*"|SYSTEM))?\s+"[^"<>]*"\s*>'.encode()
        content = re.sub(plain, b"", content, count=1)
    if _DOCTYPE.search(content):
        shape = "an HTML page" if re.search(rb"<!DOCTYPE\s+html", content, re.I) else "XML that declares a type"
        raise ReplyError(f"the reply is {shape}")
    found = _parsed(content)
    if local(found) != root:
        raise ReplyError(f"the reply is <{local(found)[:40]}>, not <{root}>")
    return found


class _Builder(TreeBuilder):
    """Builds the tree as long as it is not deeper than any service's."""

    depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ReplyError("the reply is nested too deeply")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def _parsed(content: bytes) -> Element:
    parser = XMLParser(target=_Builder())  # noqa: S314  (no declaration gets here, so no entity either)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except ReplyError:
        raise
    except (ParseError, ValueError, LookupError):
        raise ReplyError("the reply is not XML, or cut short") from None
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    """The children of that name, whatever their namespace."""
    return [child for child in element if local(child) == name]


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at `path`, or None."""
    for name in path:
        element = next(iter(children(element, name)), None) if element is not None else None
    return element


def markup(element: Element | None, *path: str) -> str:
    """What stands within the first element at `path`, tags and all, as a string of markup."""
    found = child(element, *path)
    if found is None:
        return ""
    parts = [escape(found.text or "")]
    for inner in found:
        parts += [f"<{local(inner)}>{markup(inner)}</{local(inner)}>", escape(inner.tail or "")]
    return "".join(parts)


def content(element: Element | None, *path: str) -> str:
    """All characters within the first element at `path`, or ""."""
    found = child(element, *path)
    return "".join(found.itertext()) if found is not None else ""
