"""The names of a list in the form in which its style is to print them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from pubtrack.config import NameForm
from pubtrack.model.name import ME, Name
from pubtrack.model.work import Work
from pubtrack.people.name_forms import as_person, fullest_forms, put_parts, with_dots, with_initials


def name_change(works: Iterable[Work], form: NameForm, print_as: Name | None) -> Callable[[Name], Name] | None:
    """What changes each name of `works` to its printed form; None where all stay as they are written.

    `print_as` takes the place of the owner's name, in whatever form the others are.
    """
    if form == "as-written":
        return None if print_as is None else lambda name: put_parts(name, print_as) if ME in name.roles else name
    fuller = fullest_forms(name for work in works for names in work.people.values() for name in names)
    shape = with_initials if form == "initials" else with_dots

    @cache
    def change(name: Name) -> Name:
        parts = print_as if ME in name.roles and print_as is not None else fuller.get(as_person(name))
        found = shape(name if parts is None else put_parts(name, parts))
        return name if found == name else found

    return change
