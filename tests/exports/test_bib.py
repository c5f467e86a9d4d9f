"""The .bib for a paper: what is in it, in which words, and what is said about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import pubtrack
from pubtrack.config import ExportConfig
from pubtrack.exports.bib import PROFILES, Exported, Profile, export_bib, override_profile, profile_named
from pubtrack.exports.bib.journals import abbreviate_journal
from pubtrack.model.errors import PubtrackError
from pubtrack.store.library import Library
from tests.exports.shared_round_trip import differing, first_of_each

REFERENCE = Path(__file__).parent.parent / "data" / "reference.bib"
GOLDEN = Path(__file__).parent / "golden"
DIALECTS = ("bibtex", "biblatex")


def library(text: str) -> Library:
    return Library.parse(text.encode(), file="refs.bib")


def exported(text: str, *keys: str, also: str = "", profile: Profile | None = None, **options: Any) -> Exported:
    """An export of BibTeX text; `options` are those of a profile."""
    venues = options.pop("venues_table", None)
    pattern = options.pop("pattern", "")
    libraries = [library(text), *([Library.parse(also.encode(), file="also.bib")] if also else [])]
    return export_bib(
        libraries, list(keys) or None, replace(profile or Profile(), **options), venues=venues, pattern=pattern
    )


def fields(found: Exported, key: str = "a") -> dict[str, str]:
    """The fields of one exported entry as the file has them, and its type."""
    match = re.search(rf"^@(\w+)\{{{re.escape(key)},\n(.*?)^\}}", found.text, re.M | re.S)
    assert match is not None, found.text
    lines = re.findall(r"^  (\S+) += (.*),$", match[2], re.M)
    return {"TYPE": match[1]} | dict(lines)


def keys(found: Exported) -> list[str]:
    return re.findall(r"^@(?!string|preamble)\w+\{([^,]+),$", found.text, re.M)


# Which entries -------------------------------------------------------------------------------------------------------

VOLUME = """
@inproceedings{b1, author = {B, B}, title = {One}, crossref = {vol}}
@inproceedings{a1, author = {A, A}, title = {Two}, pages = {1--2}, crossref = {vol}}
@book{lone, author = {L, L}, title = {Lone}, publisher = {P}, year = 2001}
@proceedings{vol, title = {Proceedings of Knots}, editor = {E, E}, year = 2020, month = jun, publisher = {Ropes}}
"""


def test_only_what_is_cited_is_written_and_what_it_refers_to_behind_it() -> None:
    assert keys(exported(VOLUME, "b1", "a1")) == ["a1", "b1", "vol"]
    assert keys(exported(VOLUME, "lone")) == ["lone"]
    assert keys(exported(VOLUME)) == ["a1", "b1", "lone", "vol"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_child_says_nothing_that_its_parent_gives_it(dialect: str) -> None:
    found = exported(VOLUME, "a1", dialect=dialect)
    assert fields(found, "a1") == {
        "TYPE": "inproceedings", "author": "{A, A}", "title": "{Two}", "pages": "{1--2}", "crossref": "{vol}",
    }  # fmt: skip
    parent = fields(found, "vol")
    assert parent["title"] == "{Proceedings of Knots}"
    assert parent.get("booktitle") == ("{Proceedings of Knots}" if dialect == "bibtex" else None)


def test_a_child_that_a_style_would_print_wrongly_stands_for_itself() -> None:
    dated = VOLUME.replace("title = {Two}", "title = {Two}, year = 2021")
    found = exported(dated, "a1")  # BibTeX would give it the parent's month beside its own year
    assert keys(found) == ["a1"]
    assert fields(found, "a1")["booktitle"] == "{Proceedings of Knots}"
    assert "month" not in fields(found, "a1")
    book = "@book{a, title={T}, volume=2, crossref={p}} @mvbook{p, title={P}, author={B}, publisher={X}, date=1901}"
    assert keys(exported(book, "a")) == ["a"]
    assert keys(exported(book, "a", dialect="biblatex")) == ["a", "p"]


def test_biber_gets_what_it_would_not_inherit_by_its_own_rules() -> None:
    text = "@inproceedings{a, author={A}, title={T}, crossref={p}} @book{p, title={P}, year=2001, publisher={X}}"
    assert fields(exported(text, dialect="biblatex"))["booktitle"] == "{P}"


def test_containers_of_data_are_resolved_for_bibtex_and_come_along_for_biber() -> None:
    text = "@book{a, author={A}, title={T}, year=2001, xdata={x}} @xdata{x, publisher={P}, location={L}}"
    assert keys(exported(text, "a")) == ["a"]
    assert fields(exported(text, "a"))["publisher"] == "{P}"
    both = exported(text, "a", dialect="biblatex")
    assert keys(both) == ["a", "x"]
    assert "publisher" not in fields(both)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_related_works_come_along_and_those_that_are_not_there_are_named(dialect: str) -> None:
    text = "@book{a, author={A}, title={T}, related={b,gone}, relatedtype={reprintof}} @book{b, title={B}, related={a}}"
    found = exported(text, "a", dialect=dialect)
    assert keys(found) == ["a", "b"]
    assert fields(found)["related"] == "{b}"
    assert [finding.message for finding in found.findings if finding.code == "exp-reference"] == [
        'there is no entry "gone"; the reference is left out'
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_references_that_lead_nowhere_or_in_a_circle_are_left_out(dialect: str) -> None:
    text = "@misc{a, title={A}, crossref={b}} @misc{b, title={B}, crossref={a}} @misc{c, title={C}, crossref={gone}}"
    found = exported(text, dialect=dialect)
    assert "crossref" not in found.text
    assert {finding.code for finding in found.findings} == {"fld-crossref"}
    assert found.is_sound


def test_another_library_gives_what_the_first_lacks_and_a_difference_is_named() -> None:
    other = "@string{p = {Press}} @book{a, title={Other}} @book{b, title={B}, author={B}, publisher=p, year=1}"
    found = exported("@book{a, title={Mine}}", "a", "b", also=other)
    assert fields(found)["title"] == "{Mine}"
    assert fields(found, "b")["publisher"] == "p"
    assert [str(finding) for finding in found.findings if finding.code == "exp-duplicate"] == [
        'refs.bib:1: warning exp-duplicate [a] the key "a" stands for another entry in also.bib:1; this one is exported'
    ]
    same = exported("@book{a, title={Mine}}", "a", also="@book{a,\n title={Mine}}")
    assert [finding for finding in same.findings if finding.code == "exp-duplicate"] == []


def test_a_key_that_stands_twice_in_the_store_names_both_places() -> None:
    found = exported("@book{a, title={One}}\n@book{a, title={Two}}", "a")
    assert [finding.message for finding in found.findings] == [
        'the key "a" stands for another entry in refs.bib:2; this one is exported'
    ]


def test_macros_of_another_library_are_known() -> None:
    found = exported("@article{a, title={T}, journal=jil}", "a", also="@string{jil = {Loom Letters}}")
    assert fields(found)["journal"] == "jil"
    assert "@string{jil           = {Loom Letters}}" in found.text
    assert found.findings == ()


def test_one_macro_with_two_meanings_keeps_the_first() -> None:
    text = "@string{p={One}} @book{a, title={A}, publisher=p} @string{p={Two}} @book{b, title={B}, publisher=p}"
    found = exported(text)
    assert (fields(found)["publisher"], fields(found, "b")["publisher"]) == ("p", "{Two}")


def test_a_broken_entry_stops_the_export_that_needs_it_alone() -> None:
    text = "@book{good, title={G}}\n@book{bad, title = {x\n}\n@book{other, title={O}}"
    assert exported(text, "good").is_sound
    broken = exported(text, "bad", "good")
    assert not broken.is_sound
    assert str(broken.findings[0]).startswith("refs.bib:2:1: error exp-broken [bad] this entry is broken")


def test_keys_that_differ_by_case_cannot_stand_in_one_bibtex_file() -> None:
    text = "@book{Doe, title={A}} @book{doe, title={B}}"
    assert [finding.code for finding in exported(text).findings] == ["exp-case"]
    assert not exported(text).is_sound
    assert exported(text, dialect="biblatex").is_sound


def test_a_key_that_biblatex_has_among_ids_is_that_entry() -> None:
    text = "@book{new, ids={old, older}, title={T}, author={A}}"
    assert keys(exported(text, "older")) == ["older"]
    found = exported(text, "older", dialect="biblatex")
    assert keys(found) == ["new"]
    assert fields(found, "new")["ids"] == "{old, older}"


def test_what_steers_a_style_stays_as_it_is() -> None:
    text = "@IEEEtranBSTCTL{IEEEexample:BSTcontrol, CTLuse_forced_etal = {yes}}"
    found = exported(text, "IEEEexample:BSTcontrol")
    assert fields(found, "IEEEexample:BSTcontrol") == {"TYPE": "ieeetranbstctl", "ctluse_forced_etal": "{yes}"}


def test_preambles_come_along_where_an_entry_uses_what_they_define() -> None:
    text = (
        '@preamble{"\\newcommand{\\noopsort}[1]{}"}\n@preamble{"\\newcommand{\\other}{x}"}\n'
        "@book{a, title={{\\noopsort{1}}T}}\n@book{b, title={B}}"
    )
    assert '@preamble{"\\newcommand{\\noopsort}[1]{}"}' in exported(text, "a").text
    assert "other" not in exported(text).text
    assert "@preamble" not in exported(text, "b").text


# Dialects ------------------------------------------------------------------------------------------------------------

WORDS: list[tuple[str, dict[str, str], dict[str, str]]] = [
    (
        "@article{a, author={A}, title={T}, subtitle={S}, journaltitle={J}, date={2020-05-03}, eid={e1}}",
        {"TYPE": "article", "author": "{A}", "title": "{T: S}", "journal": "{J}", "year": "{2020}", "month": "may",
         "day": "{3}", "eid": "{e1}", "pages": "{e1}"},
        {"TYPE": "article", "author": "{A}", "title": "{T}", "subtitle": "{S}", "journaltitle": "{J}",
         "date": "{2020-05-03}", "eid": "{e1}"},
    ),
    (
        "@article{a, author={A}, title={Why?}, subtitle={S}, journal={J}, year=2020, month={May}, number=4}",
        {"TYPE": "article", "author": "{A}", "title": "{Why? S}", "journal": "{J}", "year": "{2020}", "month": "may",
         "volume": "{4}"},
        {"TYPE": "article", "author": "{A}", "title": "{Why?}", "subtitle": "{S}", "journaltitle": "{J}",
         "date": "{2020-05}", "number": "{4}"},
    ),
    (
        "@online{a, author={A}, title={T}, url={https://x.org/a\\_b\\%20c}, urldate={2020-01-09}, organization={O}}",
        {"TYPE": "misc", "author": "{A}", "title": "{T}", "url": "{https://x.org/a_b%20c}", "urldate": "{2020-01-09}",
         "howpublished": "{O}", "note": "{Accessed: 2020-01-09}"},
        {"TYPE": "online", "author": "{A}", "title": "{T}", "url": "{https://x.org/a_b%20c}",
         "urldate": "{2020-01-09}", "organization": "{O}"},
    ),
    (
        "@misc{a, author={A}, title={T}, howpublished={\\url{https://x.org}}, year=2001}",
        {"TYPE": "misc", "author": "{A}", "title": "{T}", "howpublished": "{\\url{https://x.org}}", "year": "{2001}"},
        {"TYPE": "online", "author": "{A}", "title": "{T}", "url": "{https://x.org}", "date": "{2001}"},
    ),
    (
        "@misc{a, author={A}, title={T}, eprint={2203.01234}, archivePrefix={arXiv}, primaryClass={cs.LG}, year=2022}",
        {"TYPE": "misc", "author": "{A}", "title": "{T}", "year": "{2022}", "eprint": "{2203.01234}",
         "archivePrefix": "{arXiv}", "primaryClass": "{cs.LG}"},
        {"TYPE": "online", "author": "{A}", "title": "{T}", "date": "{2022}", "eprint": "{2203.01234}",
         "eprinttype": "{arXiv}", "eprintclass": "{cs.LG}"},
    ),
    (
        "@thesis{a, author={A}, title={T}, type={mathesis}, institution={U}, location={L}, date={2014-10}}",
        {"TYPE": "mastersthesis", "author": "{A}", "title": "{T}", "school": "{U}", "address": "{L}", "year": "{2014}",
         "month": "oct"},
        {"TYPE": "thesis", "author": "{A}", "title": "{T}", "type": "{mathesis}", "institution": "{U}",
         "location": "{L}", "date": "{2014-10}"},
    ),
    (
        "@phdthesis{a, author={A}, title={T}, school={U}, year=2011}",
        {"TYPE": "phdthesis", "author": "{A}", "title": "{T}", "school": "{U}", "year": "{2011}"},
        {"TYPE": "thesis", "author": "{A}", "title": "{T}", "type": "{phdthesis}", "institution": "{U}",
         "date": "{2011}"},
    ),
    (
        "@techreport{a, author={A}, title={T}, institution={I}, number={7}, year=2011, month=1}",
        {"TYPE": "techreport", "author": "{A}", "title": "{T}", "institution": "{I}", "number": "{7}",
         "year": "{2011}", "month": "jan"},
        {"TYPE": "report", "author": "{A}", "title": "{T}", "type": "{techreport}", "institution": "{I}",
         "number": "{7}", "date": "{2011-01}"},
    ),
    (
        "@patent{a, author={A}, title={T}, number={US1}, type={patentus}, holder={H}, location={countryus}, date=2005}",
        {"TYPE": "misc", "author": "{A}", "title": "{T}", "howpublished": "{U.S. patent US1, H}",
         "address": "{United States of America}", "year": "{2005}"},
        {"TYPE": "patent", "author": "{A}", "title": "{T}", "number": "{US1}", "type": "{patentus}", "holder": "{H}",
         "location": "{countryus}", "date": "{2005}"},
    ),
    (
        "@software{a, author={A}, title={T}, version={1.2}, publisher={Zenodo}, date=2020}",
        {"TYPE": "misc", "author": "{A}", "title": "{T}", "howpublished": "{Zenodo}", "note": "{Version 1.2}",
         "year": "{2020}"},
        {"TYPE": "software", "author": "{A}", "title": "{T}", "publisher": "{Zenodo}", "version": "{1.2}",
         "date": "{2020}"},
    ),
    (
        "@standard{a, title={T}, number={ISO 4:1997}, organization={ISO}, date=1997}",
        {"TYPE": "misc", "title": "{T}", "howpublished": "{ISO 4:1997, ISO}", "year": "{1997}", "key": "{T}"},
        {"TYPE": "standard", "title": "{T}", "number": "{ISO 4:1997}", "organization": "{ISO}", "date": "{1997}"},
    ),
    (
        "@inbook{a, author={A}, title={C}, booktitle={B}, booksubtitle={S}, publisher={P}, date=1977, edition=2}",
        {"TYPE": "incollection", "author": "{A}", "title": "{C}", "booktitle": "{B: S}", "publisher": "{P}",
         "year": "{1977}", "edition": "{Second}"},
        {"TYPE": "inbook", "author": "{A}", "title": "{C}", "booktitle": "{B}", "booksubtitle": "{S}",
         "publisher": "{P}", "date": "{1977}", "edition": "{2}"},
    ),
    (
        "@book{a, author={A}, title={T}, maintitle={M}, volume={2}, publisher={P}, year=1977, edition={Third}}",
        {"TYPE": "book", "author": "{A}", "title": "{T}", "series": "{M}", "volume": "{2}", "publisher": "{P}",
         "year": "{1977}", "edition": "{Third}"},
        {"TYPE": "book", "author": "{A}", "title": "{T}", "maintitle": "{M}", "volume": "{2}", "publisher": "{P}",
         "date": "{1977}", "edition": "{3}"},
    ),
    (
        "@article{a, author={family=Fuente, given=Ana, prefix={de la}, useprefix=false}, title={T}, date={2004-22}}",
        {"TYPE": "misc", "author": "{de la Fuente, Ana}", "title": "{T}", "year": "{2004}", "month": "{Summer}"},
        {"TYPE": "article", "author": "{family=Fuente, given=Ana, prefix={de la}, useprefix=false}", "title": "{T}",
         "date": "{2004-22}"},
    ),
    (
        "@article{a, author={A}, title={T}, journaltitle={J}, date={1999/2003}, pubstate={inpress}}",
        {"TYPE": "article", "author": "{A}", "title": "{T}", "journal": "{J}", "year": "{1999--2003}",
         "note": "{In press}"},
        {"TYPE": "article", "author": "{A}", "title": "{T}", "journaltitle": "{J}", "date": "{1999/2003}",
         "pubstate": "{inpress}"},
    ),
    (
        "@article{a, author={A}, title={T}, journal={J}, year={submitted}}",
        {"TYPE": "article", "author": "{A}", "title": "{T}", "journal": "{J}", "year": "{submitted}"},
        {"TYPE": "article", "author": "{A}", "title": "{T}", "journaltitle": "{J}", "pubstate": "{submitted}"},
    ),
    (
        "@article{a, author={A}, title={T}, journal={Accepted in J}, year={}, note={mine}}",
        {"TYPE": "article", "author": "{A}", "title": "{T}", "journal": "{J}", "year": "{accepted}"},
        {"TYPE": "article", "author": "{A}", "title": "{T}", "journaltitle": "{Accepted in J}",
         "pubstate": "{accepted}"},
    ),
    (
        "@unpublished{a, author={A}, title={T}, eventtitle={Mill Day}, venue={Delft}, date={2018-05}}",
        {"TYPE": "unpublished", "author": "{A}", "title": "{T}", "note": "{Mill Day, Delft}", "year": "{2018}",
         "month": "may"},
        {"TYPE": "unpublished", "author": "{A}", "title": "{T}", "eventtitle": "{Mill Day}", "venue": "{Delft}",
         "date": "{2018-05}"},
    ),
    (
        "@unpublished{a, author={A}, title={T}, note={Found in the mill}, year=2017}",
        {"TYPE": "unpublished", "author": "{A}", "title": "{T}", "note": "{Found in the mill}", "year": "{2017}"},
        {"TYPE": "unpublished", "author": "{A}", "title": "{T}", "note": "{Found in the mill}", "date": "{2017}"},
    ),
    (
        "@article{a, author={A}, title={T}, journal={J}, year=2010, month={\"10~\"} # jan}",
        {"TYPE": "article", "author": "{A}", "title": "{T}", "journal": "{J}", "year": "{2010}",
         "month": '{"10~"} # jan'},
        {"TYPE": "article", "author": "{A}", "title": "{T}", "journaltitle": "{J}", "date": "{2010-01-10}"},
    ),
    (
        "@weaving{a, author={A}, title={T}, journal={J}, year={1723}}",
        {"TYPE": "misc", "author": "{A}", "title": "{T}", "journal": "{J}", "year": "{1723}"},
        {"TYPE": "misc", "author": "{A}", "title": "{T}", "journaltitle": "{J}", "date": "{1723}"},
    ),
    (
        "@manual{a, title={T}, organization={O}, year=1987, pages={12-15}, doi={https://doi.org/10.1/X_y}}",
        {"TYPE": "manual", "title": "{T}", "organization": "{O}", "year": "{1987}", "pages": "{12--15}",
         "doi": "{10.1/X_y}"},
        {"TYPE": "manual", "title": "{T}", "organization": "{O}", "date": "{1987}", "pages": "{12--15}",
         "doi": "{10.1/X_y}"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "bibtex", "biblatex"), WORDS, ids=[entry[:60] for entry, _, _ in WORDS])
def test_an_entry_in_the_words_of_each_dialect(entry: str, bibtex: dict[str, str], biblatex: dict[str, str]) -> None:
    assert fields(exported(entry)) == bibtex
    assert fields(exported(entry, dialect="biblatex")) == biblatex


def test_what_bibtex_cannot_say_is_named_in_one_line_for_an_entry() -> None:
    text = (
        "@book{a, author={A}, title={T}, translator={F, W}, volume=2, number=12, volumes=4, langid={latin}, date=1950}"
    )
    assert [str(finding) for finding in exported(text).findings] == [
        "refs.bib:1: warning exp-unsaid [a] BibTeX has no field for number, translator, volumes; left out"
    ]
    assert exported(text, dialect="biblatex").findings == ()
    assert (
        exported(text, profile=PROFILES["springer"]).findings[0].message == "BibTeX has no field for number; left out"
    )
    assert fields(exported(text, keep=frozenset({"translator"})))["translator"] == "{F, W}"


def test_a_style_with_types_of_its_own_gets_them() -> None:
    patent = "@patent{a, author={A}, title={T}, number={1}, type={patreqde}, location={countryde}, date=2005}"
    ieee = fields(exported(patent, profile=PROFILES["ieee"]))
    assert (ieee["TYPE"], ieee["nationality"], ieee["type"]) == ("patent", "{German}", "{Patent request}")
    assert "address" not in ieee
    unknown = fields(exported("@patent{a, author={A}, title={T}, number={1}, date=2005}", profile=PROFILES["ieee"]))
    assert (unknown["TYPE"], unknown["howpublished"]) == ("misc", "{1}")
    preprint = (
        "@online{a, author={A}, title={T}, date=2022, eprint={2203.01234}, eprinttype={arxiv}, eprintclass={cs.LG}}"
    )
    found = fields(exported(preprint, profile=PROFILES["ieee"]))
    assert (found["TYPE"], found["howpublished"]) == ("online", "{arXiv:2203.01234 [cs.LG]}")
    assert "eprint" not in found
    assert fields(exported(preprint, profile=PROFILES["elsevier"]))["TYPE"] == "webpage"


def test_a_set_is_for_biber_alone() -> None:
    text = "@set{s, entryset={a,b}} @book{a, title={A}} @book{b, title={B}}"
    assert keys(exported(text, "s", dialect="biblatex")) == ["a", "b", "s"]
    assert exported(text, "s").findings[-1].message == "BibTeX has no @set; cite its members"


# Values --------------------------------------------------------------------------------------------------------------

PRIVATE = """
@article{a, author = {\\textbf{Doe, Jane} and Roe*, R.}, author+an = {1=me}, title = {T}, journal = {J}, year = 2020,
  file = {secret.pdf}, note = {a secret}, owner = {secret}, abstract = {secret}, keywords = {secret}, groups = {secret},
  selected = {true}, timestamp = {secret}, pdf = {secret}, code = {secret}, annote = {secret}, Bdsk-File-1 = {secret},
  x-mine = {secret}, unheard = {secret}, date-added = {secret}, comment = {secret}, library = {secret}, abbr = {secret}}
"""


@pytest.mark.parametrize("name", [name for name in PROFILES if name not in ("full", "al-folio")])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_nothing_private_leaks(name: str, dialect: str) -> None:
    found = exported(PRIVATE, profile=PROFILES[name], dialect=dialect).text
    assert "secret" not in found
    assert "+an" not in found
    assert "textbf" not in found


def test_private_fields_are_kept_where_they_are_asked_for() -> None:
    kept = fields(exported(PRIVATE, keep=frozenset({"abstract", "file", "note"})))
    assert (kept["abstract"], kept["file"], kept["note"]) == ("{secret}", "{secret.pdf}", "{a secret}")
    assert "secret.pdf" in exported(PRIVATE, profile=PROFILES["full"]).text
    site = fields(exported(PRIVATE, profile=PROFILES["al-folio"]))
    assert {"abbr", "abstract", "selected", "pdf", "code"} <= site.keys()
    assert not {"file", "owner", "keywords", "groups"} & site.keys()


def test_what_a_type_requires_cannot_be_dropped() -> None:
    text = "@unpublished{a, author={A}, title={T}, note={N}, year=2001, doi={10.1/x}}"
    found = fields(exported(text, drop=frozenset({"note", "title", "doi", "year"})))
    assert found["note"] == "{N}"
    assert found["title"] == "{T}"
    assert "doi" not in found


def test_an_entrys_own_latex_stays() -> None:
    title = r"{NeRF}, {\"U}ber $O(n^2)$ and \emph{E.~coli} at 5\% -- ``x''"
    text = (
        f"@article{{a, author={{{{\\'E}}cole, A. and {{The {{X}} Group}}}}, title={{{title}}}, journal={{J}}, year=1}}"
    )
    assert fields(exported(text))["title"] == f"{{{title.replace('$O(n^2)$', '{$O(n^2)$}')}}}"
    assert fields(exported(text))["author"] == r"{{\'E}cole, A. and {The {X} Group}}"
    unicode = fields(exported(text, dialect="biblatex", encoding="unicode"))
    assert unicode["title"] == r"{{NeRF}, Über $O(n^2)$ and \emph{E.~coli} at 5\% -- ``x''}"
    assert unicode["author"] == "{École, A. and {The {X} Group}}"


def test_a_character_without_a_form_names_entry_field_and_line() -> None:
    found = exported("@article{a,\n  author={A},\n  title={On 王},\n  journal={J}, year=1}")
    assert [str(finding) for finding in found.findings] == [
        'refs.bib:3: error exp-encoding [a.title] "王" (U+738B) has no LaTeX form; write the file in Unicode instead'
    ]
    assert not found.is_sound
    assert exported("@article{a, title={On 王}}", encoding="unicode").is_sound


def test_addresses_are_ascii_in_latex_and_otherwise_as_they_are() -> None:
    text = "@online{a, title={T}, url={https://x.org/é?a=1&b#c_d%20e}}"
    assert fields(exported(text))["url"] == "{https://x.org/%C3%A9?a=1&b#c_d%20e}"
    assert fields(exported(text, encoding="unicode"))["url"] == "{https://x.org/é?a=1&b#c_d%20e}"


def test_macros_stay_with_the_definitions_that_are_used_or_are_resolved() -> None:
    strings = '@string{j = "J{\\"o}urnal"} @string{k = j # " B"} @string{no = "No"} '
    text = f"{strings}@article{{a, title={{T}}, journal=k, month=jun}}"
    found = exported(text)
    assert fields(found)["journal"] == "k"
    assert re.findall(r"@string\{(\w+)", found.text) == ["k"]
    assert '{J{\\"o}urnal B}' in found.text
    resolved = exported(text, strings="resolve")
    assert "@string" not in resolved.text
    assert fields(resolved)["journal"] == '{J{\\"o}urnal B}'
    joined = "@string{a = {Doe, Jane}} @book{a, author = a # { and Roe, R.}, title={T}}"
    assert fields(exported(joined))["author"] == "a # { and Roe, R.}"


def test_an_undefined_macro_is_text_and_named() -> None:
    found = exported("@article{a, title={T}, journal=nosuch, year=1}")
    assert fields(found)["journal"] == "{nosuch}"
    assert found.findings[0].code == "syn-undef-string"
    assert found.is_sound


@pytest.mark.parametrize(
    ("journals", "entry", "shown"),
    [
        ("iso4", "journal={Journal of Imaginary Optics}", "{J. Imaginary Opt.}"),
        ("iso4", "journal={Astronomy \\& Astrophysics}", "{Astron. Astrophys.}"),
        ("iso4", "journal={Phys. Rev. Lett.}", "{Phys. Rev. Lett.}"),
        ("iso4", "journal={Nature}", "{Nature}"),
        ("iso4", "journal={IEEE Transactions on Automatic Control}", "{IEEE Trans. Autom. Control}"),
        ("iso4", "journal={Control Theory and Dynamics}", "{Control Theory Dyn.}"),
        ("iso4", "journal={纺织学报}", "{纺织学报}"),
        ("short", "journal={Journal of Imaginary Optics}, shortjournal={JIO}", "{JIO}"),
        ("short", "journal={Journal of Imaginary Optics}", "{Journal of Imaginary Optics}"),
        ("full", "journal={\\aap}", "{Astronomy and Astrophysics}"),
        ("keep", "journal={\\aap}", "{\\aap}"),
        ("full", "journal={Journal of Optics}, shortjournal={JO}", "{Journal of Optics}"),
    ],
)
def test_names_of_journals(journals: str, entry: str, shown: str) -> None:
    text = f"@article{{a, author={{A}}, title={{T}}, year=1, {entry}}}"
    assert fields(exported(text, journals=journals, encoding="unicode"))["journal"] == shown


def test_a_venue_of_the_configuration_replaces_the_book() -> None:
    text = "@inproceedings{a, author={A}, title={T}, booktitle={CVPR}, year=2021}"
    table = {"CVPR": "Conference on Vision & Patterns"}
    assert (
        fields(exported(text, venues="full", venues_table=table))["booktitle"] == r"{Conference on Vision \& Patterns}"
    )
    assert fields(exported(text, venues_table=table))["booktitle"] == "{CVPR}"


def test_iso_4_leaves_out_small_words() -> None:
    assert abbreviate_journal("IEEE Transactions on Pattern Analysis and Machine Intelligence") == (
        "IEEE Trans. Pattern Anal. Mach. Intell."
    )


def test_links_months_dashes_and_authors_as_a_profile_has_them() -> None:
    text = (
        "@article{a, author={A, A and B, B and C, C}, title={T}, journal={J}, date={2020-05-06}, pages={1–3}, "
        "doi={10.1/x}, url={https://x.org}, urldate={2021}}"
    )
    assert {"doi", "url"} <= fields(exported(text)).keys()
    assert "url" not in fields(exported(text, links="doi"))
    assert "doi" not in fields(exported(text, links="url"))
    assert not {"doi", "url", "urldate"} & fields(exported(text, links="none")).keys()
    bare = fields(exported(text, months=False, max_authors=2, dashes="-"))
    assert not {"month", "day"} & bare.keys()
    assert (bare["author"], bare["pages"]) == ("{A, A and B, B and others}", "{1-3}")
    assert fields(exported(text, months=False, dialect="biblatex"))["date"] == "{2020}"
    assert fields(exported(text, max_authors=3))["author"] == "{A, A and B, B and C, C}"
    assert "url" in fields(exported(text.replace("doi={10.1/x}, ", ""), links="doi"))


def test_acronyms_are_protected_once() -> None:
    text = "@article{a, author={A}, title={NeRF and {GPU}s in 3D}, journal={J}, year=1}"
    assert fields(exported(text, protect="acronyms"))["title"] == "{{NeRF} and {GPU}s in {3D}}"
    assert fields(exported(text))["title"] == "{NeRF and {GPU}s in 3D}"


def test_new_keys_are_made_only_when_asked_for_and_references_follow() -> None:
    found = exported(VOLUME, "a1", "b1", pattern="{family}{year}")
    assert found.renamed == {"a1": "a2020", "b1": "b2020", "vol": "e2020"}
    assert keys(found) == ["a2020", "b2020", "e2020"]
    assert "crossref      = {e2020}" in found.text
    assert exported(VOLUME).renamed == {}
    with pytest.raises(PubtrackError, match="the key pattern has no"):
        exported(VOLUME, pattern="{famliy}")


# Profiles ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PROFILES)
def test_the_reference_store_by_each_profile(name: str, golden: Callable[[Path, str], None]) -> None:
    wanted = "article book incollection arxiv-misc preprint online patent standard software talk inproceedings".split()
    profile = replace(PROFILES[name], encoding="unicode") if PROFILES[name].encoding == "unicode" else PROFILES[name]
    golden(GOLDEN / "profiles" / f"{name}.bib", export_bib([Library.load(REFERENCE)], wanted, profile).text)


def test_a_configured_profile_stands_on_another() -> None:
    configured = {
        "paper": ExportConfig(base="ieee", encoding="unicode", keep=("abstract",), drop=("address",)),
        "short": ExportConfig(base="paper", max_authors=3),
        "ieee": ExportConfig(base="ieee", journals="full"),
    }
    paper = profile_named("paper", configured)
    assert (paper.encoding, paper.journals, paper.types) == ("unicode", "full", PROFILES["ieee"].types)
    assert (paper.keep, paper.drop) == (frozenset({"abstract"}), frozenset({"location"}))
    assert profile_named("short", configured) == replace(paper, max_authors=3)
    assert profile_named("ieee", configured).journals == "full"
    assert profile_named("") == Profile()


def test_an_unknown_profile_names_the_nearest_and_a_circle_is_told() -> None:
    with pytest.raises(PubtrackError, match='no export profile named "iee"; did you mean ieee'):
        profile_named("iee")
    with pytest.raises(PubtrackError, match="is its own base: a -> b -> a"):
        profile_named("a", {"a": ExportConfig(base="b"), "b": ExportConfig(base="a")})


def test_every_key_of_a_configured_profile_is_one_of_a_profile() -> None:
    own = {name: None for name in ExportConfig.__slots__ if name != "base"}
    assert own.keys() <= {*Profile.__slots__}
    assert override_profile(PROFILES["ieee"], ExportConfig()) == PROFILES["ieee"]


def test_the_fields_of_a_profile_can_be_listed() -> None:
    own = override_profile(
        Profile(), ExportConfig(fields=("author", "title", "year", "journal"), order=("title", "author"))
    )
    found = exported("@article{a, author={A}, title={T}, journal={J}, year=1, volume=2, doi={10.1/x}}", profile=own)
    assert list(fields(found)) == ["TYPE", "title", "author", "journal", "year"]


# The whole -----------------------------------------------------------------------------------------------------------


def test_an_export_is_the_same_at_every_run_and_one_line_a_field() -> None:
    first, second = (export_bib([Library.load(REFERENCE)], None, Profile(encoding="unicode")).text for _ in range(2))
    assert first == second
    assert first.endswith("}\n")
    assert "\r" not in first
    assert not re.search(r"[ \t]$", first, re.M)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_export_by_the_same_profile_of_an_export_is_that_export(dialect: str) -> None:
    profile = Profile(dialect=dialect, encoding="unicode", keep=frozenset({"note"}))  # type: ignore[arg-type]
    once = export_bib([Library.load(REFERENCE)], None, profile).text
    again = export_bib([Library.parse(once.encode())], None, profile).text
    assert again == once


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_reference_store_exported_whole_is_read_as_the_same_works(dialect: Any) -> None:
    count, changed_keys = differing(Library.load(REFERENCE), dialect)
    assert count > 70
    assert changed_keys == []


# Signs that act in LaTeX are for test_recode.py: within braces, escaped or not, they are parts of other spans.
VALUE = st.text(alphabet="aB é{}\\~'\"`-–:,.=@\n王", max_size=12).filter(
    lambda value: re.fullmatch(r"[^{}]*(\{[^{}]*\}[^{}]*)*", value) is not None
)
NAMES = st.sampled_from(
    "author title journal journaltitle booktitle year month date pages number volume note doi url eprint file keywords "
    "editor publisher address location school type crossref xdata edition series abstract x-own".split()
)
NAME_LISTS = st.sampled_from(
    ["Doe, Jane and Roe, R.", "{The {X} Group} and others", "{\\'E}lise Moreau and de la X, Y"]
)
TYPES = st.sampled_from(
    "article book inproceedings proceedings misc online thesis phdthesis report unpublished patent xdata weird".split()
)


@st.composite
def stores(draw: st.DrawFn) -> str:
    """BibTeX text of a few entries that may refer to each other."""
    entries = []
    for key in draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True)):
        names = draw(st.lists(NAMES, max_size=6, unique=True))
        parts = []
        for name in names:
            if name in ("crossref", "xdata"):
                value = draw(st.sampled_from("abcd"))
            elif name == "file":
                value = draw(VALUE.map(lambda value: value.replace("\n", " ")))
            elif name in ("author", "editor"):
                value = draw(st.one_of(VALUE.map(lambda value: re.sub(r"[$\\]", "", value)), NAME_LISTS))
            else:
                value = draw(st.one_of(VALUE, st.sampled_from(["2020", "jan", "Doe, Jane and Roe, R.", "10--20"])))
            parts.append(f"  {name} = {{{value}}},\n")
        entries.append(f"@{draw(TYPES)}{{{key},\n{''.join(parts)}}}\n")
    return "\n".join(entries)


@settings(max_examples=150, deadline=None)
@example("@misc{a,\n  address = {\\},\n  crossref = {b},\n}\n@misc{b,\n  address = {2020},\n}\n", "biblatex")
@example("@misc{a,\n  note = {~\\},\n  xdata = {b},\n}\n@xdata{b,\n  note = {2020},\n}\n", "biblatex")
@example("@inproceedings{a,\n  series = {\\},\n  number = {:},\n}\n", "bibtex")
@given(stores(), st.sampled_from(DIALECTS))
def test_what_is_exported_whole_is_read_as_the_same_works(text: str, dialect: Any) -> None:
    store = library(text)
    if any(finding.severity == "error" or "dup" in finding.code for finding in store.problems):
        return
    if dialect == "bibtex" and ("crossref" in text or "xdata" in text):
        return  # a type that BibTeX lacks hands other fields down: shared_round_trip.toml has such differences
    again = Library.parse(export_bib([store], None, replace(PROFILES["full"], dialect=dialect)).text.encode())
    assert first_of_each(again.works) == first_of_each(store.works)


@settings(max_examples=150, deadline=None)
@given(stores(), st.sampled_from([*PROFILES]), st.sampled_from(DIALECTS))
def test_any_store_makes_sound_bibtex(text: str, name: str, dialect: Any) -> None:
    found = export_bib([library(text)], None, replace(PROFILES[name], dialect=dialect, encoding="unicode")).text
    again = Library.parse(found.encode())
    assert [problem for problem in again.store.problems if problem.severity == "error"] == []  # type: ignore[union-attr]


@pytest.mark.parametrize("value", ["\\", "{}", "{ }", "\\ ", "{\\}"])
@pytest.mark.parametrize("name", ["address", "note", "title", "pages", "volume", "date", "month", "edition"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_child_whose_own_value_prints_nothing_does_not_get_its_parents(dialect: Any, name: str, value: str) -> None:
    source = f"@inproceedings{{a, {name} = {{{value}}}, crossref = {{b}}}}\n@proceedings{{b, {name} = {{2020}}}}\n"
    text = export_bib([library(source)], None, replace(PROFILES["full"], dialect=dialect)).text
    assert first_of_each(Library.parse(text.encode()).works) == first_of_each(library(source).works)


def test_a_child_whose_own_value_cannot_be_encoded_does_not_get_its_parents() -> None:
    source = "@inproceedings{a, title={T}, note={\u738b}, crossref={b}}\n@proceedings{b, note={Of b}, title={B}}\n"
    found = export_bib([library(source)], None, replace(PROFILES["full"], dialect="biblatex", encoding="latex"))
    assert "exp-encoding" in [finding.code for finding in found.findings]
    assert Library.parse(found.text.encode()).works[0].get("note") == ""


def test_a_season_within_a_range_is_written_by_its_name() -> None:
    source = b"@article{a, author = {Roe, Ann}, title = {Tea}, journaltitle = {Cups}, date = {1999-21/1999-22}}"
    written = str(pubtrack.export(Library.parse(source), "bibtex"))
    assert re.search(r"year += \{1999\}", written)
    assert re.search(r"month += \{Spring--Summer\}", written)
