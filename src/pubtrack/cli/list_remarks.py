"""What is said on stderr of a list that came out: the owner is missing, it is empty, a word may mean something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from pubtrack.cli.project import Project

if TYPE_CHECKING:
    from pubtrack.model.work import Work

Filters = Sequence[tuple[str, str]]
"""Filters that works had to pass, each with whose it is: `--where`, `the list "cv"`."""


def say_absent(project: Project, works: Iterable[Work]) -> None:
    """Says in how many of the listed works the owner is nobody, where that is worth a remark."""
    import shlex

    if project.owner is None or project.quiet:
        return
    from pubtrack.people.absence import absence_remark

    if remark := absence_remark(list(works), project.owner):
        command = shlex.join(["pubtrack", "who", "--absent", *project.arguments])
        project.say(f"{remark}; `{command}` shows them")


def say_left_out(
    project: Project,
    filters: Filters,
    shown: Iterable[str],
    keys: Sequence[str] = (),
    *,
    verb: str = "print",
    preprints: str = "",
    place: str = "",
) -> None:
    """Says why a list is empty, or why those of `keys` are not in it that were asked for by name.

    `shown` are the keys of the list; `preprints` is its option of that name, `place` where a document asks for it.
    """
    here = frozenset(shown)
    if say_empty_store(project) or (here and not keys):
        return
    tests = [(whose, source, _test(project, source)) for whose, source in filters if source]
    for work in project.recognised(project.chosen(keys)) if keys else ():
        reason = next((f" by {whose}: {source}" for whose, source, accepts in tests if not accepts(work)), "")
        if work.id not in here and reason:
            project.say(f"{place}{work.id} is left out{reason}")
    if not keys:
        reason = _why_empty(project.works, tests, preprints)
        project.say(f"{place}nothing to {verb}{reason}")


def _why_empty(works: Sequence[Work], tests: Sequence[tuple[str, str, Callable[[Work], bool]]], preprints: str) -> str:
    all_works = f"none of {len(works)} works" if len(works) > 1 else "the only work does not pass"
    passes = " passes" if len(works) > 1 else ""
    for whose, source, accepts in tests:
        if not any(map(accepts, works)):
            return f": {all_works}{passes} {whose}: {source}"
    left = [work for work in works if all(accepts(work) for _, _, accepts in tests)]
    if not left:
        return f": {all_works}{passes} both {' and '.join(whose for whose, _, _ in tests)}"
    if preprints == "none" and all(work.type == "article" for work in left):
        return f': preprints = "none" leaves out {len(left)} preprint{"" if len(left) == 1 else "s"}'
    return ""


def say_empty_store(project: Project) -> bool:
    """Says that the store has no entry; whether that is so. What is broken in it was said before."""
    if project.library.works or project.library.problems:
        return False
    name = "standard input" if project.bib_path == "-" else project.bib_path
    project.say(f"{name} has no entry; `pubtrack add` puts some in")
    return True


def say_articles(project: Project, filters: Iterable[str], works: Iterable[Work]) -> None:
    """Says what `type = article` means where preprints, CSL's `article`, are at hand and no filter names them."""
    from pubtrack.lists.filters import asks_for_articles

    asked = [f"({source})" for source in filters if source]
    if not asked or not asks_for_articles(" and ".join(asked)):
        return
    count = sum(work.type == "article" for work in works)
    if count:
        preprints = "the preprint; that is" if count == 1 else f"the {count} preprints; they are"
        project.say(f"type = article means articles in journals, so it does not take {preprints} type = preprint")


def _test(project: Project, source: str) -> Callable[[Work], bool]:
    from pubtrack.lists.filters import compile_filter

    return compile_filter(source, project.config.venues, project.own_fields)
