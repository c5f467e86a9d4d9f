"""Elements to an XML document in one layout, sealed by a comment."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pubtrack.exports import _checksum_header

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

is_former = _checksum_header.is_sealed


def document(root: Element, *, inline: str = "") -> str:
    """`root` as a document; no blank is put between elements of the name `inline`, for there it would be text.

    The texts have to be words (`_facts.words`), in which no character is left that XML 1.0 cannot hold (section 2.2).
    """
    indent(root)
    for parent in root.iter() if inline else ():
        if parent.find(inline) is not None:
            parent.text = None
            for child in parent:
                child.tail = None
    return add_checksum(tostring(root, encoding="unicode"))


def add_checksum(content: str) -> str:
    """The element in `content` as a document with a line that tells whether somebody changed it."""
    return _checksum_header.add_checksum(f"{_HEAD}{content}\n", "<!--", behind=_HEAD)


def new_element(parent: Element, path: str, **attributes: str) -> Element:
    """A new element at `path` below `parent`, which is made as far as it is not there."""
    *above, name = path.split("/")
    for step in above:
        found = parent.find(step)
        parent = SubElement(parent, step) if found is None else found
    return SubElement(parent, name, attributes)


def put_text(parent: Element, path: str, value: str, **attributes: str) -> None:
    """A new element at `path` below `parent` with the text `value`, unless that is empty."""
    if value:
        new_element(parent, path, **attributes).text = value
