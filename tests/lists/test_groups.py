"""`[highlight]`: several groups of people, each with a look and a line in the legend, in every format."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from pubtrack import Library, PubtrackError, render
from pubtrack.config import HighlightConfig, list_config, list_options, parse
from pubtrack.csl_json import item_from_work
from pubtrack.people.groups import parse_groups, recognise
from tests.cli.run import run_in

STORE = rb"""
@article{kiln,
  author = {Carberry, Josiah and Doe, Jane and Roe, Ann and Poe, Ed},
  author+an = {3=student},
  author+an:orcid = {4="0000-0002-1825-0097"},
  title = {The Kiln}, journal = {Pots}, year = 2020, keywords = {lab, clay},
}
@article{glaze, author = {Doe, J. and Other, Xavier}, title = {The Glaze}, journal = {Pots}, year = 2019}
"""
LIBRARY = Library.parse(STORE)
STUDENTS = {"names": ["Jane Doe"], "with": "underline"}


def shown(groups: dict[str, Any], **options: Any) -> str:
    found = render(LIBRARY, owner="Carberry, Josiah", groups=groups, **options)
    assert isinstance(found, str)
    return found


def test_a_group_is_recognised_by_the_rules_of_the_owner() -> None:
    text = shown({"students": STUDENTS})
    assert "**Josiah Carberry**, <u>Jane Doe</u>, Ann Roe" in text
    assert "<u>J. Doe</u>, Xavier Other" in text


@pytest.mark.parametrize(
    ("group", "highlighted"),
    [
        ({"names": ["Doe, Jane", "Other, Xavier"]}, {"Jane Doe", "J. Doe", "Xavier Other"}),
        ({"orcid": ["0000-0002-1825-0097"]}, {"Ed Poe"}),
        ({"role": "student"}, {"Ann Roe"}),
        ({"role": "Student", "names": ["Doe, Jane"]}, {"Ann Roe", "Jane Doe", "J. Doe"}),
        ({"names": ["Doe, Jane"], "keyword": "LAB"}, {"Jane Doe"}),
        ({"names": ["Doe, Jane"], "keyword": "la"}, set()),
        ({"keyword": "clay"}, {"Josiah Carberry", "Jane Doe", "Ann Roe", "Ed Poe"}),
    ],
)
def test_names_orcids_roles_and_keywords_say_who_belongs(group: dict[str, Any], highlighted: set[str]) -> None:
    (parsed,) = parse_groups({"g": HighlightConfig(**{name: _frozen(value) for name, value in group.items()})})
    works = recognise(LIBRARY.works, None, [parsed])
    assert {str(name) for work in works for name in work.author if "highlight g" in name.roles} == highlighted


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


LOOKS = {
    "markdown": (
        "**Josiah Carberry**",
        "***Jane Doe***",
        '<u><span style="font-variant:small-caps;">Ann Roe</span></u>',
    ),
    "html": (
        "<strong>Josiah Carberry</strong>",
        "<strong><em>Jane Doe</em></strong>",
        '<span style="text-decoration:underline;"><span style="font-variant:small-caps;">Ann Roe</span></span>',
    ),
    "latex": (r"\textbf{Josiah Carberry}", r"\textbf{\textit{Jane Doe}}", r"\underline{\textsc{Ann Roe}}"),
    "typst": ("#strong[Josiah Carberry]", "#strong[#emph[Jane Doe]]", "#underline[#smallcaps[Ann Roe]]"),
    "rtf": (r"{\b Josiah Carberry}", r"{\b {\i Jane Doe}}", r"{\ul {\scaps Ann Roe}}"),
    "text": ("Josiah Carberry", "Jane Doe", "Ann Roe"),
}  # fmt: skip


@pytest.mark.parametrize("format_", LOOKS)
def test_every_format_shows_every_look_and_the_legend(format_: str) -> None:
    groups = {
        "students": STUDENTS | {"with": "bold italic"},
        "lab": {"role": "student", "with": ["underline", "small-caps"], "legend": "members of the lab & friends"},
    }
    text = shown(groups, to=format_, legend=True)
    for look in LOOKS[format_]:
        assert look in text
    legend = text.split("The Glaze")[-1]
    assert LOOKS[format_][1].replace("Jane Doe", "students") in legend
    assert "members of the lab" in legend
    assert "lab & friends" in legend or format_ not in ("text", "markdown")


def test_word_shows_every_look() -> None:
    groups = {"students": STUDENTS | {"with": "small-caps"}, "lab": {"role": "student", "with": "underline italic"}}
    content = render(LIBRARY, to="docx", owner="Carberry, Josiah", groups=groups, legend=True)
    assert isinstance(content, bytes)
    xml = ZipFile(io.BytesIO(content)).read("word/document.xml").decode()

    def run_of(words: str) -> str:
        return next(run for run in xml.split("<w:r>") if f">{words}</w:t>" in run)

    assert "<w:b/>" in run_of("Josiah Carberry")
    assert "<w:smallCaps/>" in run_of("Jane Doe")
    assert "<w:smallCaps/>" in run_of("students")
    assert "<w:i/>" in run_of("Ann Roe")
    assert "<w:u " in run_of("Ann Roe")


def test_the_legend_names_only_groups_that_are_printed_and_may_be_told_not_to() -> None:
    absent = {"names": ["Nobody, Nora"], "with": "italic"}
    silent = {"names": ["Roe, Ann"], "with": "italic", "legend": ""}
    assert shown({"absent": absent, "silent": silent, "students": STUDENTS}, legend=True).endswith(
        "\n\n<u>students</u>\n"
    )
    hidden = shown({"students": STUDENTS}, legend=True, max_authors=1, where="key = kiln")
    assert "students" not in hidden


def test_the_owner_keeps_the_owners_look_within_a_group() -> None:
    text = shown({"lab": {"keyword": "lab", "with": "italic"}}, where="key = kiln")
    assert "**Josiah Carberry**, *Jane Doe*, *Ann Roe*, *Ed Poe*" in text


def test_the_owner_may_have_a_combination_of_looks() -> None:
    assert "<u>**Josiah Carberry**</u>" in shown({}, highlight="underline bold")
    assert "<u>**Josiah Carberry**</u>" in shown({}, highlight=["underline", "bold"])
    assert list_options(list_config({}), {"highlight": "bold,small-caps"}).highlight == ("bold", "small-caps")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"names": ["Doe, Jane"], "with": "bald"}, 'lab.with must be "bold" or "italic"'),
        ({"names": ["Doe, Jane"], "wiht": "bold"}, 'unknown key "lab.wiht"; did you mean with?'),
        ({"names": [""]}, "highlight.lab: the name is empty"),
        ({"orcid": ["0000-0002-1825-0098"]}, "highlight.lab: .*0000-0002-1825-0098"),
        ({"with": "bold"}, "highlight.lab highlights nobody; give it names, orcid, role or keyword"),
    ],
)
def test_a_wrong_group_is_named(table: dict[str, Any], message: str) -> None:
    with pytest.raises(PubtrackError, match=message):
        shown({"lab": table})


def test_groups_leave_no_trace_in_exported_annotations() -> None:
    groups = parse_groups({"lab": HighlightConfig(keyword="lab")})
    (work,) = (work for work in recognise(LIBRARY.works, None, groups) if work.id == "kiln")
    assert item_from_work(work)["custom"]["author+an"] == "3=student"


def test_render_and_cv_read_the_groups_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes(STORE)
    (tmp_path / "pubtrack.toml").write_text(
        '[owner]\nname = "Carberry, Josiah"\n[store]\npath = "a.bib"\n[lists.cv]\nlegend = true\n'
        '[highlight.students]\nnames = ["Doe, Jane"]\nwith = "underline"\nlegend = "my students"\n'
    )
    (tmp_path / "cv.md").write_text("<!-- pubtrack:begin cv highlight=small-caps -->\n<!-- pubtrack:end -->\n")
    printed = run_in(tmp_path, "render").out
    assert "**Josiah Carberry**, <u>Jane Doe</u>" in printed
    assert printed.endswith("\n\n<u>my students</u>\n")
    assert run_in(tmp_path, "cv", "cv.md").code == 0
    assert 'small-caps;">Josiah Carberry</span>, <u>Jane Doe</u>' in (tmp_path / "cv.md").read_text()


def test_a_wrong_name_in_a_group_is_told_with_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes(STORE)
    (tmp_path / "pubtrack.toml").write_text('[highlight]\nlab = { names = ["Doe and Roe"] }\n')
    result = run_in(tmp_path, "render", "--bib", "a.bib")
    assert result.code == 1
    assert 'pubtrack.toml: highlight.lab: "Doe and Roe" is more than one name' in result.err


def test_looks_are_checked_where_they_stand() -> None:
    with pytest.raises(PubtrackError, match=r'pubtrack\.toml:3.*must be "bold"'):
        parse('[highlight.lab]\nrole = "x"\nwith = "bold bald"\n')
