"""pubtrack render: the author's list in every style and format, and what goes wrong in one clear line."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.project import BROKEN, EXPECTED, ROOT, make_project
from tests.cli.run import run_in, run_process


def test_the_authors_list_is_what_the_cv_prints() -> None:
    result = run_in(ROOT, "render")
    assert (result.code, result.out, result.err) == (0, EXPECTED, "")


@pytest.mark.parametrize("style", ["apa", "ieee"])
def test_the_owner_and_only_the_owner_is_bold_in_any_style(style: str, golden: Callable[[Path, str], None]) -> None:
    output = run_in(ROOT, "render", "--style", style).out
    assert re.findall(r"\*\*(.*?)\*\*", output) == [{"apa": "Xiong, Z.", "ieee": "Z. Xiong"}[style]] * 2
    golden(Path(__file__).parent / "golden" / f"{style}.md", output)


@pytest.mark.parametrize(
    ("format_", "bold"),
    [
        ("markdown", "**Zhexiao Xiong**"),
        ("html", "<strong>Zhexiao Xiong</strong>"),
        ("latex", "\\textbf{Zhexiao Xiong}"),
        ("typst", "#strong[Zhexiao Xiong]"),
        ("rtf", "\\b Zhexiao Xiong"),
    ],
)
def test_bold_is_bold_in_every_markup(format_: str, bold: str) -> None:
    result = run_in(ROOT, "render", "--to", format_)
    assert result.code == 0
    assert result.out.count(bold) == 2


def test_plain_text_has_the_same_words() -> None:
    words = EXPECTED.replace("**", "").replace("\\*", "*")
    assert run_in(ROOT, "render", "--to", "text").out.split() == words.split()


def test_the_word_document_has_bold_runs(tmp_path: Path) -> None:
    result = run_in(ROOT, "render", "-o", str(tmp_path / "list.docx"))
    assert result.code == 0, result.err
    with zipfile.ZipFile(tmp_path / "list.docx") as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    bold = [
        "".join(text.text or "" for text in run.iter(f"{w}t"))
        for run in root.iter(f"{w}r")
        if run.find(f"{w}rPr/{w}b") is not None
    ]
    assert bold.count("Zhexiao Xiong") == 2


def test_json_has_the_item_and_its_number() -> None:
    rows = json.loads(run_in(ROOT, "render", "--to", "json").out)
    assert [row["id"] for row in rows] == ["xiong2021twolevel", "jiang2021prunefacedet"]
    assert set(rows[0]) == {"id", "section", "number", "html", "text", "item"}
    assert "<b>Zhexiao Xiong</b>" in rows[0]["html"] or "<strong>Zhexiao Xiong</strong>" in rows[0]["html"]
    assert rows[1]["item"]["container-title"] == "Cognitive Computation and Systems"


def test_keys_and_filters_choose() -> None:
    only = run_in(ROOT, "render", "jiang2021prunefacedet")
    assert only.out == EXPECTED.split("\n\n")[1]
    assert run_in(ROOT, "render", "--where", "position = 2").out == only.out


def test_any_file_works_without_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@book{a, author={Doe, Jane}, title={On Work}, year=1999}\n", encoding="utf-8")
    result = run_in(tmp_path, "render", "--bib", "refs.bib", "--owner", "Jane Doe")
    assert (result.code, result.out, result.err) == (0, "**Jane Doe**. **On Work**, 1999.\n", "")
    piped = run_in(tmp_path, "render", "--bib", "-", stdin=(tmp_path / "refs.bib").read_bytes())
    assert piped.out == "Jane Doe. **On Work**, 1999.\n"
    assert piped.err.count("no owner is named") == 1


def test_csl_json_is_read_too(tmp_path: Path) -> None:
    items = [{"id": "a", "type": "book", "title": "On Work", "author": [{"family": "Doe", "given": "Jane"}]}]
    (tmp_path / "refs.json").write_text(json.dumps(items), encoding="utf-8")
    result = run_in(tmp_path, "render", "--bib", "refs.json", "--owner", "J. Doe", "--to", "text")
    assert result.out.startswith("Jane Doe. On Work")


def test_a_broken_entry_never_hides_the_others(tmp_path: Path) -> None:
    make_project(tmp_path, BROKEN)
    for command in ("render", "list"):
        result = run_in(tmp_path, command)
        assert result.code == 1
        assert "First" in result.out
        assert "Third" in result.out
        assert result.err.startswith("bib/publications.bib:9:2:")
        assert result.err.count(" error ") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["render", "--style", "iee"], 1, "ieee"),
        (["render", "--list", "shrot"], 1, 'no list named "shrot"'),
        (["render", "--where", "yaer = 3"], 1, "did you mean year"),
        (["render", "--sort", "dtae"], 1, "did you mean date"),
        (["render", "--to", "word"], 2, "'word' is not one of"),
        (["render", "--stile", "apa"], 2, "No such option"),
        (["render", "nokey"], 1, 'no entry "nokey"'),
        (["render", "--bib", "nowhere.bib"], 1, "nowhere.bib: "),
        (["render", "--config", "nowhere.toml"], 1, "nowhere.toml: "),
        (["render", "-o", "no/such/folder/list.md"], 1, "no/such/folder"),
        (["render", "-o", "list.xyz"], 2, 'the ending ".xyz" stands for no format'),
        (["rendr"], 2, "did you mean render"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    make_project(tmp_path, BROKEN.replace("@book{broken,\n  title = {Second\n}\n", ""))
    result = run_in(tmp_path, *arguments)
    assert result.code == code
    assert message in result.err
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    assert "Traceback" in run_in(tmp_path, "render", "--bib", "nowhere.bib", "--debug").err


def test_without_configuration_or_bib_the_way_out_is_said(tmp_path: Path) -> None:
    result = run_in(tmp_path, "render")
    assert (result.code, result.out) == (1, "")
    assert "pubtrack init" in result.err
    (tmp_path / "pubtrack.toml").write_text('[owner]\nname = "A B"\n', encoding="utf-8")
    result = run_in(tmp_path, "render")
    assert (result.code, result.out) == (1, "")
    assert "bib" in result.err


def test_the_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@book{a, author={Müller, 小明}, title={Ü}}\n", encoding="utf-8")
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = run_process(tmp_path, "render", "--bib", "refs.bib", "--quiet", environment=environment)
    assert "Müller" in result.out


def test_a_style_file_named_on_the_command_line_is_looked_for_where_the_user_is(tmp_path: Path) -> None:
    make_project(tmp_path, "@book{a, author={Doe, Jane}, title={On Work}, year=1999}\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "mine.csl").write_bytes((ROOT / "src" / "pubtrack" / "styles" / "cv.csl").read_bytes())
    assert run_in(tmp_path / "sub", "render", "--style", "mine.csl").out == "**Jane Doe**. **On Work**, 1999.\n"


@pytest.mark.parametrize("locale", ["klingon", "xx-YY", "de DE", "!"])
def test_a_locale_that_csl_lacks_is_refused(tmp_path: Path, locale: str) -> None:
    make_project(tmp_path, "@book{a, author={Doe, Jane}, title={On Work}, year=1999}\n")
    result = run_in(tmp_path, "render", "--locale", locale)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f'no locale "{locale}"')
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("locale", ["de", "de-AT", "en-NZ", "zh-CN", "pt_BR"])
def test_a_locale_of_a_known_language_is_taken(tmp_path: Path, locale: str) -> None:
    make_project(tmp_path, "@book{a, author={Doe, Jane}, title={On Work}, year=1999}\n")
    assert run_in(tmp_path, "render", "--locale", locale).code == 0


def test_a_mistyped_orcid_is_reported_with_the_file_that_has_it(tmp_path: Path) -> None:
    make_project(tmp_path, "", '[owner]\nname = "Doe, Jane"\norcid = "0000-0002-1825-0098"\n')
    result = run_in(tmp_path, "render")
    assert result.code == 1
    assert result.err.startswith("pubtrack.toml: the ORCID iD")


def test_no_command_at_all_prints_the_help_in_its_lines() -> None:
    result = run_in(ROOT)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Usage: pubtrack [OPTIONS] COMMAND [ARGS]...\n")


def test_a_configured_style_file_that_is_not_there_is_named_as_a_file(tmp_path: Path) -> None:
    config = '[owner]\nname = "Doe, Jane"\n[lists.cv]\nstyle = "./no.csl"\n'
    make_project(tmp_path, "@book{a, author={Doe, Jane}, title={On Work}, year=1999}\n", config)
    result = run_in(tmp_path, "render")
    assert (result.code, result.out) == (1, "")
    assert "no.csl: there is no such style file" in result.err
