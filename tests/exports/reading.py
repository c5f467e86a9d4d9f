"""What the tests of the formats share: works to export, and a look into what came out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from pubtrack.bibtex.document import parse
from pubtrack.bibtex.works import works
from pubtrack.exports import Selection, SelectionSection, export
from pubtrack.model.name import Name
from pubtrack.model.richtext import Text, text
from pubtrack.model.work import Work
from pubtrack.store.library import Library

REFERENCE = Path(__file__).parent.parent / "data" / "reference.bib"

NAMES: tuple[Name, ...] = (
    Name(family="Berg", given="Jan Pieter", non_dropping_particle="van der"),
    Name(family="Beethoven", given="Ludwig", dropping_particle="van"),
    Name(family="King", given="Martin L.", suffix="Jr."),
    Name(literal="Survey of Tides, Azores"),
    Name(given="Plato"),
)
"""One name of each build."""


def of_bib(source: str) -> Selection:
    return Selection((SelectionSection(works([parse(source)])[0]),))


def of(*chosen: Work) -> Selection:
    return Selection((SelectionSection(chosen),))


def reference() -> Selection:
    return of(*Library.load(REFERENCE).works)


def exported(selection: Selection, to: str) -> str:
    content = export(selection, to)
    assert isinstance(content, str)
    return content


def titled(title: Text | str, **values: str) -> Work:
    """An article with this title and further variables."""
    found = {name: text(value) for name, value in values.items()}
    return Work("key", "article-journal", {"title": text(title) if isinstance(title, str) else title} | found)


def texts(root: ElementTree.Element, path: str) -> list[str]:
    """The characters of the elements at `path`, those of their children included."""
    return ["".join(element.itertext()) for element in root.iterfind(path)]


def records(content: str) -> Iterator[list[tuple[str, str]]]:
    """The records of a RIS file as a strict reader sees them: tag and value of each line."""
    record: list[tuple[str, str]] = []
    for line in content.split("\r\n")[1:]:
        if not line and not record:
            continue
        assert line[2:6] == "  - ", line
        tag, value = line[:2], line[6:]
        assert (tag == "TY") == (not record), record
        record.append((tag, value))
        if tag == "ER":
            yield record
            record = []
    assert record == []
