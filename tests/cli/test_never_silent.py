"""What is not as the user expects is said once on stderr: works without the owner, empty lists, wrong files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.project import make_project
from tests.cli.run import Run, run_in

STORE = """\
@article{own, author={Harper, Jane}, title={On Tea}, journal={Journal of Tea}, year=1999}
@article{typo, author={Harpre, Jane and Poe, Ed}, title={On Milk}, journal={Journal of Tea}, year=2001}
@book{other, author={Poe, Ed}, title={On Jugs}, publisher={Kettle}, year=2002}
@article{many, author={Poe, Ed and others}, title={On Cups}, journal={Journal of Tea}, year=2003}
@misc{preprint, author={Harper, Jane}, title={On Steam}, eprint={2401.01234}, archiveprefix={arXiv}, year=2024}
"""
OWNER = '[owner]\nname = "Harper, Jane"\n'
CONFIG = f"""\
{OWNER}
[lists.cv]
where = "year < 2020"

[lists.new]
where = "type = preprint"
preprints = "none"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_project(tmp_path, STORE, CONFIG)
    return tmp_path


def remarks(run: Run) -> list[str]:
    return [line for line in run.err.splitlines() if line]


# The owner is missing -----------------------------------------------------------------------------------------------


def test_render_says_once_how_many_works_are_without_the_owner_and_why(folder: Path) -> None:
    (said,) = remarks(run_in(folder, "render"))
    assert said == (
        "pubtrack: 3 of 4 works without you (Harper, Jane): "
        '1 with a name spelt almost like it ("Jane Harpre" in typo), 1 ends in "and others", 1 by others; '
        '"Ed Poe" is an author of 3; `pubtrack who --absent` shows them'
    )


def test_a_name_spelt_almost_like_the_owner_is_said_however_few_there_are(tmp_path: Path) -> None:
    own = "".join(f"@book{{b{n}, author={{Harper, Jane}}, title={{T{n}}}, year={1900 + n}}}\n" for n in range(30))
    make_project(tmp_path, own + "@book{typo, author={Harperr, Jane}, title={T}, year=2000}\n", OWNER)
    assert "1 of 31 works without you" in run_in(tmp_path, "render").err


@pytest.mark.parametrize(("others", "said"), [(3, False), (4, True)])
def test_a_tenth_of_the_works_by_others_is_nothing_to_speak_of(tmp_path: Path, others: int, said: bool) -> None:
    names = ["Poe, Ed"] * others + ["Harper, Jane"] * (30 - others)
    bib = "".join(f"@book{{b{n}, author={{{name}}}, title={{T{n}}}, year=2000}}\n" for n, name in enumerate(names))
    make_project(tmp_path, bib, OWNER)
    assert ("without you" in run_in(tmp_path, "render").err) is said


def test_a_wrong_owner_is_shown_whose_list_it_is(folder: Path) -> None:
    said = run_in(folder, "render", "--owner", "Roe, Ann", "--where", "author ~ poe").err
    assert "3 of 3 works without you (Roe, Ann): 1 ends in" in said
    assert "; \"Ed Poe\" is an author of 3; `pubtrack who --absent --owner 'Roe, Ann'` shows them" in said


def test_the_ways_of_writing_the_frequent_author_count_together(tmp_path: Path) -> None:
    names = ("Denolle, Marine A.", "Denolle, M.", "Denolle, M. A.")
    bib = "".join(f"@book{{b{n}, author={{{name}}}, title={{T{n}}}, year=2000}}\n" for n, name in enumerate(names))
    make_project(tmp_path, bib, OWNER)
    assert '3 by others; "Marine A. Denolle" is an author of 3' in run_in(tmp_path, "render").err


def test_the_owner_as_an_editor_is_there(tmp_path: Path) -> None:
    make_project(tmp_path, "@book{a, editor={Harper, Jane}, title={T}, year=2000}\n", OWNER)
    assert run_in(tmp_path, "render").err == ""


def test_cv_speaks_of_all_regions_at_once(folder: Path) -> None:
    region = "<!-- pubtrack:begin cv -->\n<!-- pubtrack:end -->\n"
    (folder / "cv.md").write_text(region + region, encoding="utf-8")
    said = remarks(run_in(folder, "cv", "cv.md", "--dry-run"))
    assert len(said) == 1
    assert said[0].startswith("pubtrack: 3 of 4 works without you")


@pytest.mark.parametrize("arguments", ["--to hugo -o out", "--list cv --to csv", "--list cv"])
def test_exports_of_lists_and_those_that_mark_the_owner_speak_of_it(folder: Path, arguments: str) -> None:
    assert "works without you" in run_in(folder, "export", *arguments.split()).err


@pytest.mark.parametrize("arguments", [(), ("--to", "csv"), ("--key", "other")])
def test_exports_of_a_library_do_not_speak_of_the_owner(folder: Path, arguments: tuple[str, ...]) -> None:
    assert run_in(folder, "export", *arguments).err == ""


def test_quiet_is_quiet(folder: Path) -> None:
    assert run_in(folder, "render", "--quiet").err == ""


def test_who_shows_the_works_without_the_owner(folder: Path) -> None:
    run = run_in(folder, "who", "--absent")
    assert run.out.splitlines() == [
        "typo: absent; author 1, Jane Harpre, is spelt almost like the owner; by Jane Harpre, Ed Poe",
        "other: absent; by Ed Poe",
        'many: ambiguous; the list ends in "and others", who may include the owner; by Ed Poe and others',
    ]
    assert run.code == 0


def test_who_says_so_where_the_owner_is_in_every_work(folder: Path) -> None:
    run = run_in(folder, "who", "own", "--absent")
    assert (run.out, run.err) == ("", "pubtrack: you are in the work\n")


# Nothing to print ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("render --where year=1800", "nothing to print: none of 5 works passes --where: year=1800"),
        ("render --where year=2024", 'nothing to print: none of 5 works passes both the list "cv" and --where'),
        ("list year=1800", "nothing to list: none of 5 works passes the filter: year=1800"),
        ("render preprint", 'preprint is left out by the list "cv": year < 2020'),
        ("render own --where type=book", "own is left out by --where: type=book"),
        ("render --list new", 'nothing to print: preprints = "none" leaves out 1 preprint'),
        ("export --to csv --where year=1800", "nothing to export: none of 5 works passes --where: year=1800"),
        ("export --where year=1800", "nothing to export: none of 5 works passes --where: year=1800"),
        ("export --key own --where type=book", "own is left out by --where: type=book"),
        ("export --key preprint --list cv", 'preprint is left out by the list "cv": year < 2020'),
    ],
)  # fmt: skip
def test_an_empty_result_says_why(folder: Path, arguments: str, said: str) -> None:
    run = run_in(folder, *arguments.split())
    assert f"pubtrack: {said}" in remarks(run)
    assert run.code == 0


def test_a_key_of_a_list_by_hand_that_its_filter_excludes_is_named(folder: Path) -> None:
    config = f'{CONFIG}[lists.hand]\nkeys = ["own", "preprint"]\nwhere = "year < 2020"\n'
    (folder / "pubtrack.toml").write_text(config, encoding="utf-8")
    said = remarks(run_in(folder, "render", "--list", "hand"))
    assert said == ['pubtrack: preprint is left out by the list "hand": year < 2020']


def test_an_empty_region_says_why(folder: Path) -> None:
    marks = '<!-- pubtrack:begin cv where="year=1800" -->\n<!-- pubtrack:end -->\n'
    (folder / "cv.md").write_text(marks, encoding="utf-8")
    assert (
        "pubtrack: cv.md:1: nothing to print: none of 5 works passes the region: year=1800"
        in run_in(folder, "cv", "cv.md").err.splitlines()
    )


@pytest.mark.parametrize("command", [("render",), ("list",), ("who",), ("export", "--to", "csv"), ("export",)])
def test_an_empty_store_is_named(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "empty.bib").write_text("% nothing yet\n", encoding="utf-8")
    run = run_in(tmp_path, *command, "--bib", "empty.bib", "--owner", "Harper, Jane")
    assert remarks(run) == ["pubtrack: empty.bib has no entry; `pubtrack add` puts some in"]
    assert run.code == 0


# Files of other kinds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("refs.ris", "TY  - JOUR\nER  - \n", "refs.ris: this is RIS, not BibTeX or CSL-JSON; "),
        ("refs.bib", "\ufeffTY  - JOUR\nER  - \n", "refs.bib: this is RIS, not BibTeX or CSL-JSON; "),
        ("refs.nbib", "PMID- 1\n", "refs.nbib: this is PubMed's format, not BibTeX or CSL-JSON; "),
        ("refs.xml", "<?xml version='1.0'?><a/>", "refs.xml: this is XML, not BibTeX or CSL-JSON; "),
        ("refs.yaml", "a: b\n", "refs.yaml: this is YAML, not BibTeX or CSL-JSON; "),
        ("cv.pdf", "%PDF-1.4\n", "cv.pdf: this is PDF, not BibTeX or CSL-JSON; "),
        ("cv.docx", "PK\x03\x04", "cv.docx: this is a document, not a bibliography; `pubtrack export cv.docx` writes"),
        ("cv.tex", "\\section{A}", "cv.tex: this is a document, not a bibliography; `pubtrack export cv.tex` writes"),
        ("cv.md", "# CV\n", "cv.md: this is a document, not a bibliography; `pubtrack export cv.md` writes"),
        ("a.toml", "x = 1\n", "a.toml: this is a configuration, not a bibliography; --config a.toml reads it"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_named_with_what_reads_it(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    for command in (("render",), ("list",), ("check",), ("export", "--to", "csv")):
        run = run_in(tmp_path, *command, "--bib", name, "--owner", "Harper, Jane")
        assert said in run.err, command
        assert (run.code, run.out) == (1, "")


def test_bibtex_under_any_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "refs.txt").write_text("@book{a, author={Harper, Jane}, title={T}, year=2000}\n", encoding="utf-8")
    assert run_in(tmp_path, "render", "--bib", "refs.txt", "--owner", "Harper, Jane").err == ""


# Preprints and articles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", ["list type=article", "render --where type=article", "export --where type=article"]
)
def test_where_preprints_are_at_hand_the_meaning_of_article_is_said(folder: Path, arguments: str) -> None:
    assert (
        "pubtrack: type = article means articles in journals, so it does not take the preprint; that is type = preprint"
        in run_in(folder, *arguments.split()).err.splitlines()
    )


def test_who_names_preprints_needs_no_remark(folder: Path) -> None:
    assert "means" not in run_in(folder, "list", "type = article or type = preprint").err


# Files that are not there -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mystyle.csl", "./mystyle", "styles/apa", "mystyle.xml", "styles\\apa.csl"])
def test_a_missing_style_file_is_no_such_file(folder: Path, name: str) -> None:
    run = run_in(folder, "render", "--style", name)
    assert (run.code, run.err) == (1, f"{name}: there is no such style file\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("render", "refs.bib"), 'there is no entry "refs.bib"; --bib refs.bib reads a file'),
        (("who", "data/refs.bib"), 'there is no entry "data/refs.bib"; --bib data/refs.bib reads a file'),
        (("show", "refs.json"), 'there is no entry "refs.json"; --bib refs.json reads a file'),
        (("refs.bib",), '"refs.bib" is not a command; --bib refs.bib reads a file, as in pubtrack list --bib'),
        (("check", "refs.bib"), '"refs.bib" is not a filter; --bib refs.bib reads a file'),
        (("list", "refs.bib"), '"refs.bib" is not a filter; --bib refs.bib reads a file'),
    ],
)
def test_a_file_in_the_place_of_a_key_or_filter_is_told(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    run = run_in(folder, *arguments)
    assert said in run.err
    assert run.code != 0
    assert run_in(folder.parent, *arguments).err.count("--bib refs.bib") <= 1


# One order ----------------------------------------------------------------------------------------------------------


def test_a_style_named_on_the_command_line_or_in_the_list_orders_alike(folder: Path) -> None:
    asked = run_in(folder, "render", "--style", "apa").out
    (folder / "pubtrack.toml").write_text(CONFIG.replace("[lists.cv]", '[lists.cv]\nstyle = "apa"'), encoding="utf-8")
    configured = run_in(folder, "render").out
    assert asked == configured
    assert asked.index("2003") < asked.index("2002") < asked.index("1999")


@pytest.mark.parametrize("sort", ["title", "style"])
def test_a_given_sort_wins_over_the_style(folder: Path, sort: str) -> None:
    by_option = run_in(folder, "render", "--style", "apa", "--sort", sort).out
    config = CONFIG.replace("[lists.cv]", f'[lists.cv]\nsort = "{sort}"')
    (folder / "pubtrack.toml").write_text(config, encoding="utf-8")
    assert run_in(folder, "render", "--style", "apa").out == by_option
    titles = ["On Cups", "On Jugs", "On Milk", "On Tea"] if sort == "title" else ["On Tea", "On Jugs", "On Cups"]
    assert sorted(titles, key=by_option.index) == titles
