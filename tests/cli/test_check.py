"""pubtrack check as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.project import make_project
from tests.cli.run import run_in

CLEAN = "@book{roe2020, author = {Roe, Ann}, title = {Tea}, publisher = {Tea Press}, year = 2020}\n"
FAULTY = (
    "@article{roe2020, author = {Roe, Ann}, title = {Tea and NeRF}, journal = {Salt & Pepper}, pages = {1-2}, "
    "year = 2020}\n"
    "@article{roe2021, author = {Roe, Ann}, title = {Rain}, journal = {Tea}, month = {Jan}, year = 2021}\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_project(tmp_path, FAULTY, '[owner]\nname = "Roe, Ann"\n')
    return tmp_path


def test_a_clean_store_exits_0_and_says_so(tmp_path: Path) -> None:
    make_project(tmp_path, CLEAN, "")
    result = run_in(tmp_path, "check")
    assert (result.code, result.out) == (0, "0 errors, 0 warnings, 0 info in 1 entry\n")


def test_an_error_exits_1_and_every_line_leads_to_the_spot(project: Path) -> None:
    result = run_in(project, "check")
    assert result.code == 1
    assert result.out.splitlines() == [
        (
            "bib/publications.bib:1:57: warning ttl-protect [roe2020.title] styles in sentence case take the capitals "
            "of NeRF; put braces around"
        ),
        'bib/publications.bib:1:80: error tex-unescaped [roe2020.journal] "&" ends a column in TeX; write \\&',
        'bib/publications.bib:1:100: warning fld-pages-dash [roe2020.pages] "1-2" is a range; write 1--2',
        'bib/publications.bib:2:81: warning fld-month [roe2021.month] "Jan" is text; write month = jan',
        "1 error, 3 warnings, 0 info in 2 entries; 4 can be fixed with --fix",
    ]


def test_a_warning_exits_0_and_with_strict_1(project: Path) -> None:
    assert run_in(project, "check", "--select", "fld").code == 0
    assert run_in(project, "check", "--select", "fld", "--strict").code == 1


def test_a_filter_chooses_entries(project: Path) -> None:
    result = run_in(project, "check", "year >= 2021")
    assert result.code == 0
    assert result.out.endswith("0 errors, 1 warning, 0 info in 1 entry; 1 can be fixed with --fix\n")
    wrong = run_in(project, "check", "yaer >= 2021")
    assert (wrong.code, "did you mean year" in wrong.err) == (1, True)


def test_rules_are_chosen_by_id_and_prefix_and_commas(project: Path) -> None:
    codes = {
        line.split()[2] for line in run_in(project, "check", "--ignore", "ttl,tex-unescaped").out.splitlines()[:-1]
    }
    assert codes == {"fld-pages-dash", "fld-month"}
    wrong = run_in(project, "check", "--select", "fld-page-dash")
    assert wrong.code == 2
    assert (
        wrong.err
        == 'no rule is called "fld-page-dash", and none begins so; did you mean fld-pages-dash, fld-pages-eid?\n'
        or (wrong.err.startswith('no rule is called "fld-page-dash"') and "fld-pages-dash" in wrong.err)
    )


def test_diff_and_dry_run_show_and_write_nothing(project: Path) -> None:
    for option in ("--diff", "--dry-run"):
        result = run_in(project, "check", option)
        assert result.code == 0
        assert (
            "+@article{roe2021, author = {Roe, Ann}, title = {Rain}, journal = {Tea}, month = jan, year = 2021}"
            in result.out
        )
    assert (project / "bib" / "publications.bib").read_text(encoding="utf-8") == FAULTY


def test_fix_mends_then_tells_what_is_left_and_is_done_once(project: Path) -> None:
    store = project / "bib" / "publications.bib"
    result = run_in(project, "check", "--fix")
    assert (result.code, result.out) == (0, "0 errors, 0 warnings, 0 info in 2 entries\n")
    assert "fixed 1 file" in result.err
    fixed = store.read_text(encoding="utf-8")
    assert "{Tea and {NeRF}}, journal = {Salt \\& Pepper}, pages = {1--2}" in fixed
    again = run_in(project, "check", "--fix")
    assert (again.code, again.err) == (0, "")
    assert store.read_text(encoding="utf-8") == fixed


def test_fix_keeps_to_the_filter_and_the_rules_chosen(project: Path) -> None:
    run_in(project, "check", "year = 2020", "--fix", "--select", "fld")
    assert (project / "bib" / "publications.bib").read_text(encoding="utf-8") == FAULTY.replace("{1-2}", "{1--2}")


def test_standard_input_is_checked_and_cannot_be_fixed(tmp_path: Path) -> None:
    result = run_in(tmp_path, "check", "--bib", "-", "--quiet", stdin=b"@misc{a, title = {A}, month = {Jan}}")
    assert result.out.startswith("<stdin>:1:31: warning fld-month")
    fixing = run_in(tmp_path, "check", "--bib", "-", "--fix", "--quiet", stdin=b"@misc{a, month = {Jan}}")
    assert fixing.code == 2
    assert "only a .bib file" in fixing.err


def test_json_and_sarif_go_to_a_file_whole(project: Path) -> None:
    assert run_in(project, "check", "--format", "json", "-o", "report.json").out == ""
    found = json.loads((project / "report.json").read_text(encoding="utf-8"))
    assert found["summary"]["errors"] == 1
    assert found["findings"][0]["file"] == "bib/publications.bib"
    assert run_in(project, "check", "--format", "sarif").out.startswith("{")
    assert "::error file=bib/publications.bib,line=1,col=80," in run_in(project, "check", "--format", "github").out


def test_a_report_that_cannot_be_written_is_one_line(project: Path) -> None:
    result = run_in(project, "check", "-o", "none/report.txt")
    assert result.code == 1
    assert len(result.err.splitlines()) == 1


def test_the_page_is_written_beside_the_report(project: Path) -> None:
    result = run_in(project, "check", "--html", "report.html", "--group")
    assert result.out.startswith("bib/publications.bib: roe2020\n")
    assert (project / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_baseline_hides_old_debts_and_shrinks(project: Path) -> None:
    store = project / "bib" / "publications.bib"
    first = run_in(project, "check", "--baseline", "debts.txt")
    assert (first.code, first.out) == (0, "0 errors, 0 warnings, 0 info in 2 entries; 4 known by the baseline\n")
    store.write_text(FAULTY.replace("{Jan}", "jan") + "@misc{roe2022, title = {DNA}}\n", encoding="utf-8")
    second = run_in(project, "check", "--baseline", "debts.txt")
    assert "ttl-protect [roe2022.title]" in second.out
    assert second.out.endswith("3 known by the baseline; 1 of the baseline are gone (--update-baseline)\n")
    run_in(project, "check", "--baseline", "debts.txt", "--update-baseline")
    lines = (project / "debts.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    assert not any("roe2022" in line for line in lines)


def test_the_configured_baseline_must_be_there(project: Path) -> None:
    config = project / "pubtrack.toml"
    config.write_text(config.read_text(encoding="utf-8") + '\n[check]\nbaseline = "debts.txt"\n', encoding="utf-8")
    missing = run_in(project, "check")
    assert missing.code == 1
    assert "there is no such baseline; --update-baseline makes it" in missing.err
    assert run_in(project, "check", "--update-baseline").code == 0
    assert run_in(project, "check").code == 0


def test_update_baseline_needs_one_and_all_entries(project: Path) -> None:
    assert run_in(project, "check", "--update-baseline").code == 2
    assert run_in(project, "check", "year = 2020", "--baseline", "d.txt", "--update-baseline").code == 2


def test_the_configuration_says_what_is_checked(project: Path) -> None:
    config = project / "pubtrack.toml"
    config.write_text(
        config.read_text(encoding="utf-8")
        + '\n[check]\nignore = ["ttl"]\nseverity = { fld-month = "error", tex = "info" }\nwords = ["Rain"]\n'
        + 'required = { article = ["doi"] }\nkey_pattern = "{family}{year}"\n',
        encoding="utf-8",
    )
    lines = [line.split()[1:3] for line in run_in(project, "check").out.splitlines()[:-1]]
    assert ["error", "fld-month"] in lines
    assert ["info", "tex-unescaped"] in lines
    assert lines.count(["error", "fld-required"]) == 2
    assert not any(code.startswith("ttl") for _, code in lines)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('selct = ["ttl"]', 'unknown key "check.selct"; did you mean check.select'),
        ('severity = { ttl-dot = "bad" }', 'must be "error" or "warning" or "info"'),
        ('select = ["nothing"]', 'no rule is called "nothing"'),
        ('key_pattern = "{nobody}"', "the key pattern has no"),
    ],
)
def test_a_wrong_configuration_is_one_line(project: Path, table: str, said: str) -> None:
    config = project / "pubtrack.toml"
    config.write_text(config.read_text(encoding="utf-8") + f"\n[check]\n{table}\n", encoding="utf-8")
    result = run_in(project, "check")
    assert result.code in (1, 2)
    assert said.split("; did")[0] in result.err
    assert len(result.err.splitlines()) == 1


def test_explain_shows_a_rule_with_examples(tmp_path: Path) -> None:
    result = run_in(tmp_path, "check", "--explain", "fld-pages-dash")
    assert result.code == 0
    assert result.out.startswith("fld-pages-dash (warning, --fix corrects it)\n\nA range of pages")
    assert "\nBad:\n  @misc{" in result.out
    wrong = run_in(tmp_path, "check", "--explain", "fld-dash")
    assert wrong.code == 2
    assert 'no rule is called "fld-dash"' in wrong.err


def test_list_rules_needs_no_store(tmp_path: Path) -> None:
    result = run_in(tmp_path, "check", "--list-rules")
    assert result.code == 0
    assert len(result.out.splitlines()) > 50


def test_hostile_text_does_not_reach_the_terminal(tmp_path: Path) -> None:
    source = "@misc{a, titel = {\x1b[31mred\u202e}, title = {A}}".encode()
    result = run_in(tmp_path, "check", "--bib", "-", "--quiet", stdin=source)
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out


@pytest.mark.parametrize("wrong", [[], ["year = 2020", "--baseline", "d.txt"]])
def test_wrong_usage_is_refused_before_anything_is_fixed(project: Path, wrong: list[str]) -> None:
    store = project / "bib" / "publications.bib"
    before = store.read_bytes()
    assert run_in(project, "check", "--fix", "--update-baseline", *wrong).code == 2
    assert store.read_bytes() == before
