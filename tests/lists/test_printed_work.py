"""What a list prints of a work: its state always, a collaboration behind its names, nothing that says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from pubtrack import Library, render

STYLES = ("cv", "apa", "ieee", "chicago-author-date", "modern-language-association", "nature", "vancouver")


def printed(fields: str, style: str = "cv", kind: str = "article", **options: Any) -> str:
    library = Library.parse(f"@{kind}{{a, author={{Doe, Jane}}, title={{Alpha}}, {fields}}}".encode())
    return " ".join(str(render(library.works, style=style, to="text", **options)).split())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ("journal={AER}, pubstate={submitted}, year=2024", "submitted"),
        ("journal={AER}, note={Under review}, year=2024", "under review"),
        ("journal={AER}, note={R&R}, year=2024", "revise and resubmit"),
        ("journal={In progress}, year=2024", "in preparation"),
        ("note={Submitted to Nature}, year=2024", "submitted"),
        ("howpublished={in preparation}, year=2024", "in preparation"),
    ],
)
def test_a_state_is_printed_in_every_style_and_never_beside_a_year(fields: str, state: str, style: str) -> None:
    shown = printed(fields, style)
    assert state in shown.lower()
    assert "2024" not in shown
    assert "progress" not in shown.lower()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("state", ["accepted", "in press", "forthcoming"])
def test_a_state_of_a_published_work_is_printed_beside_its_year_or_in_its_place(state: str, style: str) -> None:
    assert state in printed(f"journal={{AER}}, pubstate={{{state}}}, year=2024", style).lower()
    assert state in printed(f"journal={{AER}}, year={{{state}}}", style).lower()


def test_a_state_is_in_the_language_of_the_list() -> None:
    assert "eingereicht" in printed("journal={AER}, pubstate={submitted}", "nature", locale="de-DE")


def test_a_rejection_is_never_printed() -> None:
    assert printed("journal={AER}, note={rejected}, year=2024", remarks=["note"]) == "Jane Doe. Alpha, AER, 2024."


def test_a_year_has_no_section_of_works_that_are_not_published() -> None:
    shown = printed("journal={AER}, pubstate={submitted}, year=2024", group="year")
    assert "Submitted" in shown
    assert "2024" not in shown


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("journal={Cell}, volume=3, pages={859--859}, year=2020", "Jane Doe. Alpha, Cell 3, 859, 2020."),
        ("journal={Cell}, volume=3, number={0}, year=2020", "Jane Doe. Alpha, Cell 3, 2020."),
        ("journal={Cell}, volume={0}, number={0}, year=2020", "Jane Doe. Alpha, Cell, 2020."),
        ("journal={Cell}, note={arXiv:1234.5678 [cs]}, year=2020", "Jane Doe. Alpha, Cell, 2020."),
        ("journal={Cell}, note={Publisher: Elsevier}, year=2020", "Jane Doe. Alpha, Cell, 2020."),
        ("journal={Cell}, note={Best paper}, year=2020", "Jane Doe. Alpha, Cell, 2020. Best paper."),
        (
            "journal={bioRxiv}, publisher={Cold Spring Harbor Laboratory}, pages={2022--01}, year=2022",
            "Jane Doe. Alpha, bioRxiv, Preprint, 2022.",
        ),
    ],
)
def test_what_says_nothing_is_not_printed(fields: str, shown: str) -> None:
    assert printed(fields) == shown


def test_a_link_that_the_style_prints_is_not_doubled() -> None:
    fields = "journal={Cell}, doi={10.1000/x}, year=2020"
    assert printed(fields, "apa", links=["doi"]).count("10.1000/x") == printed(fields, "apa").count("10.1000/x") == 1
    assert "DOI" in printed(fields, "cv", links=["doi"])


def test_a_collaboration_is_the_author_where_nobody_else_is() -> None:
    library = Library.parse(b"@article{a, collaboration={CMS}, title={Alpha}, journal={JHEP}, year=2020}")
    assert str(render(library.works, to="text")).strip() == "CMS Collaboration. Alpha, JHEP, 2020."


def test_a_collaboration_stands_behind_the_authors_and_the_owner_stays() -> None:
    people = " and ".join(["Hayrapetyan, A.", *(f"Person{n}, P." for n in range(300)), "Doe, Jane"])
    source = f"@article{{a, author={{{people}}}, collaboration={{CMS}}, title={{Alpha}}, journal={{JHEP}}, year=2020}}"
    library = Library.parse(source.encode())
    shown = " ".join(str(render(library.works, style="ieee", to="text", owner="Jane Doe")).split())
    assert "A. Hayrapetyan" in shown
    assert "J. Doe (CMS Collaboration), “Alpha" in shown
    shown = " ".join(str(render(library.works, style="ieee", to="text")).split())
    assert "A. Hayrapetyan et al. (CMS Collaboration), “Alpha" in shown
