"""Role marks of names (`author+an`) that mark nobody or say what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.bibtex import name_lists
from pubtrack.bibtex.fields import PEOPLE_FIELDS
from pubtrack.checks.context import Context
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.annotation_problems import annotation_problems


@rule(
    "nam-mark",
    "warning",
    why="A mark that names nobody, or a role that is misspelt, is not printed; nobody sees that it is missing.",
    source="biblatex manual, “Data Annotations”: names are told by their numbers",
    bad="@misc{study2020, author = {Roe, Ann and Doe, Tim}, author+an = {3=equal}, title = {A study}, year = 2020}",
    good="@misc{study2020, author = {Roe, Ann and Doe, Tim}, author+an = {2=equal}, title = {A study}, year = 2020}",
)
def nam_mark(view: View, context: Context) -> Iterator[Hit]:
    """A role mark names nobody, or its role is unknown."""
    for title in [name for name in view.names() if "+an" in name]:
        annotated, _, kind = title.partition("+an")
        if annotated not in PEOPLE_FIELDS:
            continue
        for item, field, latex in view.fields(title):
            names = name_lists.parse(item.value(annotated)).names
            for problem in annotation_problems(names, {kind.lstrip(":"): latex}, context.roles):
                yield Hit(item, field, problem.message, severity=None if problem.certain else "info")
