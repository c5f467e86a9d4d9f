"""The tables of words agree with one another and with CSL's."""

from __future__ import annotations

import pytest

from pubtrack.bibtex import fields
from pubtrack.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES, TYPES


def test_every_type_is_one_of_csls_and_every_one_of_csls_has_an_entry_type() -> None:
    assert {entry_type.csl for entry_type in fields.ENTRY_TYPES.values()} <= TYPES
    assert set(fields.BIBLATEX_OF_CSL) <= TYPES
    assert TYPES - set(fields.BIBLATEX_OF_CSL) == {"collection", "event", "interview", "map"}
    assert set(fields.BIBLATEX_OF_CSL.values()) <= set(fields.ENTRY_TYPES)
    assert set(fields.SUBTYPES.values()) <= TYPES


def test_the_counterpart_of_a_type_is_read_as_that_type() -> None:
    for csl, biblatex in fields.BIBLATEX_OF_CSL.items():
        assert fields.csl_type(biblatex, csl) == csl
    direct = {csl for csl, name in fields.BIBLATEX_OF_CSL.items() if fields.csl_type(name) == csl}
    assert len(direct) > 20


def test_aliases_lead_to_known_types_and_no_known_type_is_an_alias() -> None:
    assert set(fields.TYPE_ALIASES.values()) <= set(fields.ENTRY_TYPES)
    assert not set(fields.TYPE_ALIASES) & set(fields.ENTRY_TYPES)
    assert set(fields.SUBTYPE_OF_ALIAS) | set(fields.GENRE_OF_ALIAS) <= set(fields.TYPE_ALIASES)


TYPE_ROWS = [
    ("article", "", "article-journal"), ("article", "magazine", "article-magazine"),
    ("article", "Newspaper ", "article-newspaper"), ("conference", "", "paper-conference"),
    ("inbook", "", "chapter"), ("incollection", "", "chapter"), ("phdthesis", "", "thesis"),
    ("techreport", "", "report"), ("electronic", "", "webpage"), ("misc", "", "document"), ("misc", "map", "map"),
    ("unpublished", "", "manuscript"), ("dataset", "", "dataset"), ("software", "", "software"),
    ("patent", "", "patent"), ("standard", "", "standard"), ("periodical", "", "periodical"),
    ("booklet", "", "pamphlet"), ("manual", "", "book"), ("proceedings", "", "book"), ("MVBOOK", "", "book"),
    ("nonsense", "", "document"), ("misc", "nonsense", "document"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "subtype", "csl"), TYPE_ROWS)
def test_csls_type_for_each_of_bibtexs_and_biblatexs(written: str, subtype: str, csl: str) -> None:
    assert fields.csl_type(fields.biblatex_type(written), subtype) == csl


def test_every_variable_of_the_tables_is_csls_and_has_one_field() -> None:
    variables = list(fields.TEXT_FIELDS.values())
    assert len(variables) == len(set(variables))
    assert set(variables) | fields.CSL_FIELDS <= set(TEXT_VARIABLES)
    assert not set(variables) & fields.CSL_FIELDS
    assert set(fields.PEOPLE_FIELDS.values()) == set(NAME_VARIABLES)
    assert set(fields.DATE_FIELDS.values()) | fields.CSL_DATES == set(DATE_VARIABLES)


def test_bibtexs_names_are_aliases_and_come_back() -> None:
    for biblatex, bibtex in fields.BIBTEX_NAMES.items():
        assert fields.ALIASES[bibtex.lower()] == biblatex
    assert fields.ALIASES["school"] == "institution"


def test_languages_come_back() -> None:
    for code, name in fields.BABEL_NAMES.items():
        assert fields.LANGUAGES[name] == code


def test_an_archive_is_none_of_the_places_for_published_texts() -> None:
    assert not set(fields.ARCHIVES) & fields.NO_ARCHIVES
