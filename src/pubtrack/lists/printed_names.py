"""The names of a list in the form in which its style is to print them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from pubtrack.config import NameForm
from pubtrack.model.name import ME, Name
from pubtrack.model.work import Work
from pubtrack.people.name_forms import as_person, fullest_forms, put_parts, with_dots, with_initials
from pubtrack.people.written_name import words_of_name


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


def lost_words(works: Iterable[Work], form: NameForm, print_as: Name | None) -> list[str]:
    """What is typed to names in brackets, "(corresponding)", and is not printed because their form is another."""
    lost: list[str] = []
    for work in works:
        for number, name in ((n, name) for names in work.people.values() for n, name in enumerate(names, 1)):
            is_changed = form != "as-written" or (print_as is not None and ME in name.roles)
            if is_changed and ("(" in str(name) or "[" in str(name)):
                words = " ".join(mark for mark in words_of_name(name).marks if mark[0] in "([")
                if any(map(str.isalpha, words)):
                    lost.append(
                        f"{work.id}: {words} is not printed in {name}; a role belongs into an annotation, as in "
                        f"author+an = {{{number}=corresponding}}"
                    )
    return lost
