"""The owner in the owner's own list: missing, misspelt, in an undeclared spelling, behind "and others"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pubtrack.checks.context import Context
from pubtrack.checks.library_view import View
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.name import Name
from pubtrack.people import fold
from pubtrack.people.owner import Owner

_OWNER = Context(year=2026, owner=Owner.parse("Roebuck, Ann B."))
_MINE = """\
@misc{mine2020, author = {Roebuck, Ann B.}, title = {Mine}, year = 2020}
@misc{two2020, author = {Roebuck, A. B.}, title = {Two things}, year = 2020}
"""
_DECLARED = frozenset({"name", "ORCID", "initials", "annotation", "middle name abbreviated", "first name abbreviated"})


@rule(
    "nam-others",
    "warning",
    why="In the list of one's own works it hides co-authors for good; styles shorten the list themselves.",
    source="biblatex manual, maxnames: the style's decision, not the data's",
    bad=_MINE + "@misc{study2020, author = {Roebuck, Ann B. and others}, title = {A study}, year = 2020}",
    good=_MINE + "@misc{study2020, author = {Roebuck, Ann B. and Roe, Tim}, title = {A study}, year = 2020}",
    given=_OWNER,
)
def nam_others(view: View, context: Context) -> Iterator[Hit]:
    """In the owner's own list, authors are left out behind "and others"."""
    del context
    if not view.is_owners_list:
        return
    for item, work, _ in view.owner_places:
        field = item.own("author")
        if "author" in work.others and field is not None:
            yield Hit(item, field, 'name every author in place of "and others"')


@rule(
    "nam-self",
    "warning",
    why="A work whose author is not recognised is missing from the CV, and from what registries count as yours.",
    source="the project's own need; `pubtrack who` explains each",
    bad=_MINE + "@misc{study2020, author = {Roebcuk, Ann B.}, title = {A study}, year = 2020}",
    good=_MINE + "@misc{study2020, author = {Roebuck, Ann and Roe, Tim}, title = {A study}, year = 2020}",
    given=Context(year=2026, owner=Owner.parse("Roebuck, Ann B.", ["Roebuck, Ann"])),
)
def nam_self(view: View, context: Context) -> Iterator[Hit]:
    """In the owner's own list, the owner is missing, misspelt, or spelt as no declared name is."""
    owner = context.owner
    if owner is None:
        return
    is_own = view.is_owners_list
    for place in view.owner_places:
        item, work, match = place
        field = item.own("author")
        if field is None or not (is_own or match.status == "certain"):
            continue
        if match.status == "certain":
            if match.rule not in _DECLARED:
                written = match.written_as[0]
                message = (
                    f'"{written}" is the owner ({match.rule}); write a declared name, or declare this one under also'
                )
                yield Hit(item, field, message, severity="info")
            if match.note:
                yield Hit(item, field, match.note, severity="info" if "listed" in match.note else None)
        elif typo := misspelt(place.work.author, owner):
            yield Hit(item, field, f'"{typo}" is one or two letters off the owner\'s name; a slip of the finger?')
        elif match.status == "absent":
            note = f" ({match.note})" if match.note else ""
            yield Hit(item, field, f"the owner is not among the {len(work.author)} authors{note}")
        elif "author" not in work.others:
            yield Hit(item, field, match.note)


def misspelt(authors: Iterable[Name], owner: Owner) -> str:
    """The author whose name is an edit or two away from a declared one, or ""."""
    from rapidfuzz.distance import OSA

    declared = {fold(form.written.text.replace(",", " ")) for form in owner.forms}
    declared |= {" ".join(reversed(name.split())) for name in declared if len(name.split()) == 2}
    for name in authors:
        for written in (fold(f"{name.family} {name.given}"), fold(f"{name.given} {name.family}")):
            for wanted in declared:
                if len(wanted) > 6 and 0 < OSA.distance(written, wanted, score_cutoff=2) <= 2:
                    return str(name)
    return ""
