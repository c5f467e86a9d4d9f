"""Reports: what people read and programs parse, whatever a file says."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pubtrack.checks import check
from pubtrack.checks.reports import FORMATS, Report, make_printable, replace_surrogates, summary, writer
from pubtrack.checks.reports.html import report as page
from pubtrack.checks.reports.text import plain
from pubtrack.model.findings import Finding, Fix
from pubtrack.store.library import Library

GOLDEN = Path(__file__).parent / "golden"
FOUND = (
    Finding("fld-pages-dash", "warning", "write 1--2", "bib/a.bib", 3, 5, "roe2020", "pages", Fix("pages", "{1--2}")),
    Finding("syn-stray", "error", 'stray "}"', "bib/a.bib", 9, 1),
    Finding("use-undefined", "error", "no entry has it", key="moe2021"),
    Finding("ttl-dot", "info", "a full stop", "bib/a.bib", 20, 7, "roe2020", "title"),
)
HOSTILE = Finding(
    "fld-unknown",
    "info",
    "<script>alert('x')</script> & \"y\" ::error::\r\n100% \x1b[31m",
    'b,i:b<"&>\n.bib',
    1,
    1,
    "<img src=x onerror=y>",
    "a'b\"c",
)


def test_a_line_of_text_says_where_and_what_and_the_last_one_counts() -> None:
    assert writer("text")(Report(FOUND, 7)) == (
        "bib/a.bib:3:5: warning fld-pages-dash [roe2020.pages] write 1--2\n"
        'bib/a.bib:9:1: error syn-stray stray "}"\n'
        "error use-undefined [moe2021] no entry has it\n"
        "bib/a.bib:20:7: info ttl-dot [roe2020.title] a full stop\n"
        "2 errors, 1 warning, 1 info in 7 entries; 1 can be fixed with --fix\n"
    )


def test_groups_bring_the_findings_of_an_entry_together() -> None:
    assert plain(Report(FOUND, 1), grouped=True).splitlines()[:4] == [
        "moe2021",
        "          -  error use-undefined no entry has it",
        "",
        "bib/a.bib: roe2020",
    ]


JUDGED = {"roe2020": "problem", "moe2021": "unconfirmed", "poe2001": "verified"}


def test_groups_tell_the_verdict_beside_the_entry(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "grouped.txt", plain(Report(FOUND, 7, JUDGED), grouped=True))
    coloured = plain(Report(FOUND, 7, JUDGED), grouped=True, coloured=True)
    assert "\x1b[1mbib/a.bib: roe2020\x1b[0m (\x1b[31mproblem\x1b[0m)\n" in coloured


def test_what_is_about_no_entry_stands_under_a_head_of_its_own() -> None:
    nowhere = Report((Finding("net-orcid-missing", "info", "ORCID has more"),), 7)
    assert plain(nowhere, grouped=True).splitlines()[0] == "the list as a whole"
    assert "<h2>the list as a whole</h2>" in page(nowhere)


@pytest.mark.parametrize("name", ["github", "sarif"])
def test_verdicts_are_no_findings_for_programs(name: str) -> None:
    told, silent = (writer(name)(Report(FOUND, 7, verdicts)) for verdicts in (JUDGED, {}))
    assert told.replace("; registries: 1 verified, 1 problem, 1 unconfirmed", "") == silent


def test_colours_go_around_severity_and_code_only() -> None:
    coloured = plain(Report(FOUND[:1], 1), coloured=True)
    assert "\x1b[33mwarning\x1b[0m \x1b[1mfld-pages-dash\x1b[0m [roe2020.pages] write 1--2" in coloured


def test_the_summary_names_what_the_baseline_knows_and_what_is_gone() -> None:
    assert summary(Report((), 1, known=3, gone=1)) == (
        "0 errors, 0 warnings, 0 info in 1 entry; 3 known by the baseline; 1 of the baseline are gone "
        "(--update-baseline)"
    )


def test_json_has_the_documented_members() -> None:
    found = json.loads(writer("json")(Report(FOUND, 7, {"b": "verified", "a": "problem"})))
    assert found["findings"][0] == {
        "code": "fld-pages-dash", "severity": "warning", "file": "bib/a.bib", "line": 3, "column": 5, "key": "roe2020",
        "field": "pages", "message": "write 1--2", "fixable": True,
    }  # fmt: skip
    assert found["verdicts"] == {"a": "problem", "b": "verified"}
    assert found["summary"] == {
        "entries": 7, "errors": 2, "warnings": 1, "info": 1, "fixable": 1,
        "codes": {"fld-pages-dash": 1, "syn-stray": 1, "ttl-dot": 1, "use-undefined": 1},
    }  # fmt: skip
    assert json.loads(writer("json")(Report(())))["findings"] == []


def test_annotations_are_escaped_as_the_runner_reads_them() -> None:
    lines = writer("github")(Report((*FOUND[:2], HOSTILE), 7)).splitlines()
    assert lines[0] == "::warning file=bib/a.bib,line=3,col=5,title=fld-pages-dash roe2020.pages::write 1--2"
    assert lines[1] == '::error file=bib/a.bib,line=9,col=1,title=syn-stray::stray "}"'
    assert lines[2].startswith(
        '::notice file=b%2Ci%3Ab<"&>%0A.bib,line=1,col=1,title=fld-unknown <img src=x onerror=y>.a'
    )
    assert "::<script>alert('x')</script> & \"y\" ::error::%0D%0A100%25" in lines[2]
    assert len(lines) == 4


def test_sarif_has_rules_places_and_stable_fingerprints() -> None:
    log = json.loads(writer("sarif")(Report((*FOUND, HOSTILE), 7)))
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == sorted({one.code for one in (*FOUND, HOSTILE)})
    first, stray, undefined, _, hostile = run["results"]
    assert ids[first["ruleIndex"]] == first["ruleId"] == "fld-pages-dash"
    assert first["level"] == "warning"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "bib/a.bib"},
        "region": {"startLine": 3, "startColumn": 5},
    }
    assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "roe2020.pages"
    assert stray["level"] == "error"
    assert "physicalLocation" not in undefined["locations"][0]
    assert hostile["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b%2Ci%3Ab%3C%22%26%3E%0A.bib"
    assert len({result["partialFingerprints"]["pubtrack/v1"] for result in run["results"]}) == 5


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_shows_hostile_text_as_text_and_loads_nothing() -> None:
    found = _Tags()
    content = page(Report((*FOUND, HOSTILE), 7))
    found.feed(content)
    names = [tag for tag, _ in found.tags]
    assert names.count("script") == 1
    assert "img" not in names
    assert not any(
        name.startswith("on") or name in ("src", "href") for _, attributes in found.tags for name in attributes
    )
    assert "<script>alert('x')</script>" in found.text
    policy = next(attributes["content"] for tag, attributes in found.tags if attributes.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "http://" not in content
    assert "https://" not in content


def test_the_page_has_the_verdict_of_every_entry_and_a_filter_of_them(golden: Callable[[Path, str], None]) -> None:
    content = page(Report(FOUND, 7, JUDGED))
    golden(GOLDEN / "page.html", content[content.index("<h1>") : content.index("</main>")])
    found = _Tags()
    found.feed(content)
    sections = [attributes.get("data-verdict") for tag, attributes in found.tags if tag == "section"]
    assert sections == ["unconfirmed", "problem", "", "verified"]
    assert "poe2001 verified" in found.text
    assert "verdict" in [attributes.get("name") for tag, attributes in found.tags if tag == "select"]
    without = _Tags()
    without.feed(page(Report(FOUND, 7)))
    assert "verdict" not in [attributes.get("name") for tag, attributes in without.tags if tag == "select"]


def test_the_page_can_be_read_without_scripts() -> None:
    found = _Tags()
    found.feed(page(Report(FOUND, 7)))
    assert [attributes.get("data-code") for tag, attributes in found.tags if tag == "tr"] == [
        "use-undefined", "fld-pages-dash", "ttl-dot", "syn-stray",
    ]  # fmt: skip
    assert [attributes for tag, attributes in found.tags if tag == "form"] == [{"hidden": None}]


@pytest.mark.parametrize("name", [*FORMATS, "html"])
def test_what_is_no_unicode_ends_no_report(name: str) -> None:
    library = Library.parse(b"@misc{caf\xe9, titel = {caf\xe9}}\n@misc{b, title {}}", file="bib\udce9.bib")
    findings = make_printable(check(library), replace_surrogates)
    text = page(Report(findings)) if name == "html" else writer(name)(Report(findings))
    assert text.encode("utf-8")
    assert findings
