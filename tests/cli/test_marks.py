"""Marks of people that mark nobody, or are misspelt: refused by set, told by render, and never lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import Run, run_in

STORE = """\
@article{clay,
  author = {Roe, Ann and Mach, Ernst and Doe, Jane},
  author+an = {1=equal,corresponding; 2=equal},
  title = {Clay}, journal = {Pots}, year = 2020,
}
"""


def run(folder: Path, *words: str, store: str = STORE) -> Run:
    path = folder / "a.bib"
    if not path.exists():
        path.write_text(store)
        (folder / "pubtrack.toml").write_text(
            '[owner]\nname = "Roe, Ann"\n[store]\npath = "a.bib"\n[marks]\nadvisee = "s"\n'
            '[highlight]\nlab = { role = "member" }\n'
        )
    return run_in(folder, *words)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("9=equal", '"9=equal" marks nobody: there are 3 names'),
        ("1=equal; 0=equal", '"0=equal" marks nobody: there are 3 names'),
        ("2-4=equal", '"2-4=equal" marks nobody: there are 3 names'),
        ("Mach=equal", '"Mach=equal" marks nobody; names are told by their numbers, Mach is 2: 2=equal'),
        ("Nobody=equal", '"Nobody=equal" marks nobody; names are told by their numbers, as in 1=equal'),
        ("equal", '"equal" marks nobody; write the number of the name before it, as in 1=equal'),
        ("1=", '"1=" does not say what the mark is'),
        ("1=eqaul", '"eqaul" is not a known role; did you mean equal?'),
        ("1=advisor", '"advisor" is not a known role; did you mean advisee?'),
        (
            "1=poet",
            '"poet" is not a known role; a role of your own needs a symbol in [marks] or a group in [highlight]',
        ),
    ],
)
def test_set_refuses_a_mark_that_says_nothing(value: str, message: str, tmp_path: Path) -> None:
    result = run(tmp_path, "set", "clay", f"author+an={value}")
    assert result.code == 1
    assert f"clay: author+an: {message}" in result.err
    assert (tmp_path / "a.bib").read_text() == STORE


@pytest.mark.parametrize(
    "value", ["1=equal,corresponding; 2=equal,advisee; 3=member", '1=equal,corresponding; 2=equal; 3="poet"']
)
def test_set_takes_roles_that_the_configuration_knows_and_free_text(value: str, tmp_path: Path) -> None:
    result = run(tmp_path, "set", "clay", f"author+an={value}")
    assert (result.code, result.err) == (0, "")


def test_marks_that_a_new_value_leaves_out_are_named(tmp_path: Path) -> None:
    result = run(tmp_path, "set", "clay", "author+an=3=equal")
    assert result.code == 0
    assert [line for line in result.err.splitlines() if "no longer" in line] == [
        'pubtrack: clay: Ann Roe no longer has the mark "corresponding"',
        'pubtrack: clay: Ann Roe no longer has the mark "equal"',
        'pubtrack: clay: Ernst Mach no longer has the mark "equal"',
    ]


def test_marks_that_new_authors_leave_behind_are_named(tmp_path: Path) -> None:
    result = run(tmp_path, "set", "clay", "author=Roe, Ann")
    assert result.code == 0
    assert 'clay: author+an: "2=equal" marks nobody: there is 1 name' in result.err
    assert 'clay: Ernst Mach no longer has the mark "equal"' in result.err
    assert "Ann Roe no longer" not in result.err


def test_the_owners_own_annotation_is_a_mark_like_others(tmp_path: Path) -> None:
    result = run(tmp_path, "set", "clay", "author+an=2=equal", store=STORE.replace("corresponding", "me"))
    assert [line for line in result.err.splitlines() if "no longer" in line] == [
        'pubtrack: clay: Ann Roe no longer has the mark "me"',
        'pubtrack: clay: Ann Roe no longer has the mark "equal"',
    ]


def test_other_fields_say_nothing_of_marks(tmp_path: Path) -> None:
    assert run(tmp_path, "set", "clay", "volume=6", store=STORE.replace("2=equal", "9=equal")).err == ""


def test_a_dry_run_tells_the_same(tmp_path: Path) -> None:
    assert run(tmp_path, "set", "clay", "author+an=9=equal", "--dry-run").code == 1


def test_render_and_cv_tell_marks_that_they_cannot_print(tmp_path: Path) -> None:
    wrong = STORE.replace("2=equal", "2=eqaul; 7=equal; 3=poet")
    result = run(tmp_path, "render", store=wrong + STORE.replace("clay", "other"))
    assert result.code == 0
    assert result.err.splitlines() == [
        'pubtrack: clay: author+an: "eqaul" is not a known role; did you mean equal?',
        'pubtrack: clay: author+an: "7=equal" marks nobody: there are 3 names',
    ]
    (tmp_path / "cv.md").write_text("<!-- pubtrack:begin cv -->\n<!-- pubtrack:end -->\n")
    assert '"7=equal" marks nobody' in run(tmp_path, "cv", "cv.md").err
    assert run(tmp_path, "render", "other").err == ""
    assert run(tmp_path, "render", "--quiet").err == ""


def test_many_wrong_marks_are_told_in_a_few_lines(tmp_path: Path) -> None:
    store = "".join(STORE.replace("clay", f"clay{n}").replace("2=equal", "9=equal") for n in range(9))
    result = run(tmp_path, "render", store=store)
    assert len(result.err.splitlines()) == 4
    assert "6 more marks are wrong; `pubtrack check --select nam-mark` shows them" in result.err


def test_check_finds_them(tmp_path: Path) -> None:
    result = run(tmp_path, "check", "--select", "nam-mark", store=STORE.replace("2=equal", "9=equal; 3=advisee"))
    assert '"9=equal" marks nobody: there are 3 names' in result.out
    assert "advisee" not in result.out
