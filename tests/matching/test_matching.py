"""A preprint and its published version are one work; near-namesakes are not."""

from __future__ import annotations

import pytest

from pubtrack.matching import find_twin, published_versions
from pubtrack.model.name import Name
from pubtrack.model.richtext import text
from pubtrack.model.work import Work


def work(key: str, kind: str, title: str, authors: str = "Doe Roe", *, doi: str = "", **custom: str) -> Work:
    values = {"title": text(title), **({"doi": text(doi)} if doi else {})}
    return Work(key, kind, values, {"author": tuple(Name(family) for family in authors.split())}, custom=custom)


PAPER = work("paper", "article-journal", "Neural Radiance Fields: A Survey")


@pytest.mark.parametrize(
    ("preprint", "published"),
    [
        (work("pre", "article", "Neural radiance fields - a survey"), PAPER),
        (work("pre", "article", "Neural Radiance Fields: Survey"), PAPER),
        (work("pre", "manuscript", "Neural Radiance Fields: A Survey", "Doe Roe Moe"), PAPER),
        (work("pre", "article", "Old title", related="paper"), PAPER),
        (work("pre", "article", "Old title"), work("paper", "paper-conference", "New", related="x, pre")),
        (work("pre", "article", "Old", eprint="2101.00001v2"), work("paper", "book", "New", eprint="2101.00001")),
        (
            work("pre", "article", "Old", doi="10.48550/arXiv.2101.00001"),
            work("paper", "book", "N", eprint="2101.00001"),
        ),
        (
            work("pre", "article", "Über die Größe", "Müller"),
            work("paper", "article-journal", "Uber die Große", "Muller"),
        ),
    ],
)
def test_a_preprint_finds_its_published_version(preprint: Work, published: Work) -> None:
    assert published_versions([preprint, published, work("z", "book", "Other")]) == {"pre": "paper"}


@pytest.mark.parametrize(
    "other",
    [
        work("pre", "article", "Neural Radiance Fields: A Survey", "Smith Jones"),
        work("pre", "article", "Neural Implicit Fields for Sound"),
        work("pre", "article", "Old title", related="paper", relatedtype="translationof"),
        work("pre", "article-journal", "Neural Radiance Fields: A Survey"),
        work("pre", "article", ""),
    ],
)
def test_works_that_only_resemble_each_other_stay_apart(other: Work) -> None:
    assert published_versions([other, PAPER]) == {}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (work("a", "book", "X", doi="10.1/ABC"), work("b", "article", "Y", doi="10.1/abc"), "DOI"),
        (work("a", "article", "X", eprint="2101.00001"), work("b", "article", "Y", eprint="2101.00001v3"), "arXiv"),
        (work("a", "book", "The Theory of Work"), work("b", "book", "the theory of {work}".replace("{", "")), "title"),
    ],
)
def test_a_work_entered_twice_is_found_with_the_reason(one: Work, other: Work, reason: str) -> None:
    found = find_twin(one, [work("z", "book", "Z"), other])
    assert found is not None
    assert found[0] is other
    assert reason in found[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (work("a", "book", "Logic, Part 1"), work("b", "book", "Logic, Part 2")),
        (work("a", "book", "A History of the Long War II"), work("b", "book", "A History of the Long War III")),
        (work("a", "article", "The Theory of Work"), work("b", "article-journal", "The Theory of Work")),
        (work("a", "book", "The Theory of Work", "Doe"), work("b", "book", "The Theory of Work", "Roe")),
        (work("a", "book", ""), work("b", "book", "")),
        (work("a", "book", "X", doi="10.1/abc"), work("b", "chapter", "Y", doi="10.1/abc", crossref="a")),
        (
            work("a", "chapter", "X", doi="10.1/abc", crossref="c"),
            work("b", "chapter", "Y", doi="10.1/abc", crossref="c"),
        ),
    ],
)
def test_works_of_their_own_are_no_twins(one: Work, other: Work) -> None:
    assert find_twin(one, [other]) is None
