"""What a notice says against a work, and what a relation says of its publication, is the same for every reader."""

from __future__ import annotations

import pytest

from pubtrack.bibtex import works
from pubtrack.bibtex.document import parse
from pubtrack.checks._verdict_fields import published_findings, update_findings
from pubtrack.model.record import SAME_WORK, Identifier, Record, Relation, UpdateNotice
from pubtrack.model.work import Work
from pubtrack.refresh.notices import merge_notices
from pubtrack.refresh.target import refresh_targets
from pubtrack.sources._record_builder import Draft

SOURCE = "@article{a, author = {Roe, Ann}, title = {Tea}, journal = {Cups}, year = 2020, doi = {10.1000/a}}"

SEVERITIES = {
    "retraction": "error", "partial_retraction": "error", "withdrawal": "error", "removal": "error",
    "expression_of_concern": "warning", "correction": "info", "erratum": "info", "addendum": "info",
    "interim": "info", "new_version": None, "new_edition": None,
}  # fmt: skip


@pytest.mark.parametrize(("kind", "severity"), SEVERITIES.items())
def test_a_notice_weighs_the_same_in_checks_and_refresh(kind: str, severity: str | None) -> None:
    record = Record(Work("", "article-journal"), "crossref", "10.1000/a", updates=(UpdateNotice(kind, "10.1000/n"),))
    work = works.work(parse(SOURCE).entries[0])
    expected = [severity] if severity else []
    assert [one.severity for one in update_findings(work, record)] == expected
    (subject,) = refresh_targets([parse(SOURCE)])
    assert [one.severity for one in merge_notices(subject, [record])] == expected


def test_a_kind_of_notice_is_read_however_the_service_spells_it() -> None:
    draft = Draft("crossref", "10.1000/a")
    draft.update("Partial-Retraction", "10.1000/n", None, "publisher")
    draft.update("partial retraction", "10.1000/n", None, "retraction-watch")
    assert [(one.kind, one.sources) for one in draft.updates] == [
        ("partial_retraction", ("publisher", "retraction-watch"))
    ]


@pytest.mark.parametrize("kind", sorted(SAME_WORK))
def test_only_what_is_the_preprint_of_another_work_has_been_published(kind: str) -> None:
    relations = tuple(Relation(kind, Identifier("doi", doi)) for doi in ("10.48550/arxiv.2001.00001", "10.1000/b"))
    record = Record(Work("", "article"), "crossref", "10.1000/a", relations=relations)
    assert record.published_dois == (("10.1000/b",) if kind == "is-preprint-of" else ())
    preprint = Work("a", "article")
    assert [one.code for one in published_findings(preprint, [record])] == ["net-published"] * len(
        record.published_dois
    )
