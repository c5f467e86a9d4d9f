"""The annotations of one entry's names as they are written: for telling what is wrong with them, or lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pubtrack.bibtex import name_lists
from pubtrack.bibtex.blocks import Entry
from pubtrack.bibtex.fields import PEOPLE_FIELDS
from pubtrack.bibtex.latex import characters
from pubtrack.bibtex.macros import expand
from pubtrack.model.name import ANNOTATED_ME, ME, Name
from pubtrack.model.name_annotations import apply_annotations


class AnnotatedNames(NamedTuple):
    """A field such as `author+an:orcid`: the names that it annotates, its title ("orcid") and its LaTeX."""

    field: str
    annotated: str
    names: tuple[Name, ...]
    title: str
    latex: str


def annotated_names(entry: Entry) -> Iterator[AnnotatedNames]:
    """The annotations in `entry` of names that stand in it, too."""
    for field in entry.fields:
        annotated, mark, title = field.name.lower().partition("+an")
        written = entry.get(annotated) if mark and annotated in PEOPLE_FIELDS else None
        if written is not None:
            names = name_lists.parse(expand(written.value, {}).latex).names
            yield AnnotatedNames(field.name, annotated, names, title.lstrip(":"), expand(field.value, {}).latex)


def written_marks(entry: Entry) -> dict[tuple[str, str], None]:
    """Each person of `entry` with each role that an annotation gives, in the order of the file."""
    return {
        (str(name), ME if role == ANNOTATED_ME else role): None
        for one in annotated_names(entry)
        for name in apply_annotations(one.names, {one.title: one.latex}, characters)
        for role in sorted(name.roles)
    }
