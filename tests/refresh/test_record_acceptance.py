"""Which records are believed, what is said of the others, and the notices about a work."""

from __future__ import annotations

from pubtrack.model.record import Identifier, Lookup, Record, ServiceFailure, UpdateNotice
from pubtrack.model.work import Date
from pubtrack.refresh.plan import RefreshOptions, Responses, plan
from pubtrack.refresh.record_acceptance import accepted_records
from pubtrack.refresh.target import refresh_targets
from tests.refresh.making import World, record

TITLE = "Seeing the Unseen Things of Fields"
TEXT = f"@article{{a, author = {{Doe, Jane}}, title = {{{TITLE}}}, year = 2020, doi = {{10.1000/abc}}}}\n"


def said(source: str, /, **more: object) -> Record:
    return record(source, **more)


def outcome(answer: Lookup | None, text: str = TEXT, *, found: tuple[Record, ...] = ()):  # type: ignore[no-untyped-def]
    everything = list(refresh_targets([World(text).document]))
    answers = {Identifier("doi", "10.1000/abc"): answer} if answer is not None else {}
    return plan(everything, Responses(answers, {"a": found}), {}, RefreshOptions())


def test_a_doi_of_another_work_is_a_problem_and_never_a_source() -> None:
    other = said("@article{x, author={Roe, Richard}, title={Cooking with Gas}, volume=7, doi={10.1000/abc}}")
    (one,) = outcome(Lookup((other,))).proposals
    assert (one.kind, one.field, one.mine) == ("problem", "doi", "10.1000/abc")
    assert "Cooking with Gas (Richard Roe" in one.theirs
    assert not one.applicable


def test_title_or_authors_are_enough_beside_the_doi() -> None:
    renamed = said("@article{x, author={Doe, Jane}, title={Cooking with Gas}, volume=7, doi={10.1000/abc}}")
    assert [one.field for one in outcome(Lookup((renamed,))).proposals if one.kind == "fill"] == ["volume"]
    unnamed = said(f"@article{{x, title={{{TITLE}}}, volume=7, doi={{10.1000/abc}}}}")
    assert [one.field for one in outcome(Lookup((unnamed,))).proposals] == ["volume"]


def test_a_record_without_title_and_authors_is_not_used() -> None:
    bare = said("@article{x, volume=7, doi={10.1000/abc}}", titles=())
    found = outcome(Lookup((bare,)))
    assert found.proposals == ()
    assert [one.code for one in found.remarks] == ["unconfirmed"]


def test_an_alias_leads_to_its_prime_record_and_stays_in_the_file() -> None:
    prime = said(f"@article{{x, author={{Doe, Jane}}, title={{{TITLE}}}, volume=7, doi={{10.1000/prime}}}}")
    found = outcome(Lookup((prime,)))
    assert [(one.field, one.kind) for one in found.proposals] == [("volume", "fill")]


def test_a_doi_that_is_not_registered_is_said_and_a_silence_is_not() -> None:
    assert [one.code for one in outcome(Lookup(exists=False)).remarks] == ["doi-unknown"]
    assert [one.code for one in outcome(Lookup(exists=True, agency="JaLC")).remarks] == ["not-found"]
    failed = outcome(Lookup(failures=(ServiceFailure("crossref", "Crossref: no reply"),)))
    assert failed.remarks == ()
    assert [(one.key, one.source, one.reason) for one in failed.incomplete] == [("a", "crossref", "Crossref: no reply")]
    assert failed.reached == frozenset()
    assert [one.reason for one in outcome(None).incomplete] == ["10.1000/abc was not reached"]


def test_notices_are_said_once_by_gravity_and_a_new_version_not_at_all() -> None:
    updates = (
        UpdateNotice("new_version", "10.1000/v2"),
        UpdateNotice("correction", "10.1000/corr", Date((2021, 5)), ("publisher",)),
        UpdateNotice("retraction", "10.1000/retr", None, ("publisher", "retraction-watch")),
        UpdateNotice("expression_of_concern", "10.1000/eoc"),
    )
    source = f"@article{{x, author={{Doe, Jane}}, title={{{TITLE}}}, year=2020, doi={{10.1000/abc}}}}"
    twice = said(source, source="openalex", updates=(UpdateNotice("Retraction", "10.1000/RETR"),))
    found = outcome(Lookup((said(source, updates=updates), twice)))
    assert [(one.severity, one.code) for one in found.remarks] == [
        ("error", "retraction"), ("warning", "expression-of-concern"), ("info", "correction"),
    ]  # fmt: skip
    assert found.remarks[0].message == "retraction, notice 10.1000/retr, said by publisher, retraction-watch"
    assert found.remarks[2].message == "correction, notice 10.1000/corr, 2021-05, said by publisher"


def test_a_match_by_search_proposes_the_doi_and_nothing_else() -> None:
    text = f"@article{{a, author = {{Doe, Jane}}, title = {{{TITLE}}}, year = 2020}}\n"
    hit = said(f"@article{{x, author={{Doe, Jane}}, title={{{TITLE}}}, year=2020, volume=7, doi={{10.1000/abc}}}}")
    found = outcome(None, text, found=(hit,))
    assert [(one.field, one.kind, one.theirs) for one in found.proposals] == [("doi", "fill", "10.1000/abc")]
    assert "found by searching" in found.proposals[0].evidence
    rival = said(f"@article{{x, author={{Doe, Jane}}, title={{{TITLE}}}, year=2021, volume=9, doi={{10.1000/other}}}}")
    assert outcome(None, text, found=(hit, rival)).proposals == ()
    short = text.replace(TITLE, "Introduction")
    named = said("@article{x, author={Doe, Jane}, title={Introduction}, year=2020, doi={10.1000/abc}}")
    assert outcome(None, short, found=(named,)).proposals == ()


def test_openalex_gives_neither_title_nor_doi() -> None:
    source = f"@article{{x, author={{Doe, Jane}}, title={{{TITLE} Again}}, year=2020, volume=7, doi={{10.1000/abc}}}}"
    found = outcome(Lookup((said(source, source="openalex"),)))
    assert [(one.field, one.kind) for one in found.proposals] == [("volume", "fill")]


def test_belief_tells_versions_apart() -> None:
    text = TEXT.replace("doi", "eprint = {1901.00001}, archivePrefix = {arXiv}, journal = {Nature}, doi")
    (subject,) = refresh_targets([World(text).document])
    preprint = said(
        f"@misc{{x, author={{Doe, Jane}}, title={{{TITLE}}}, eprint={{1901.00001}}, archivePrefix={{arXiv}}}}",
        source="arxiv", id="1901.00001",
    )  # fmt: skip
    paper = said(f"@article{{x, author={{Doe, Jane}}, title={{{TITLE}}}, journal={{Nature}}, doi={{10.1000/abc}}}}")
    answers = {one: Lookup((preprint, paper)) for one in subject.identifiers}
    accepted = accepted_records(subject, answers, {})
    assert (accepted.records, accepted.versions) == ((paper,), (preprint,))
