"""A preprint that has been published: a linked entry or an upgrade, by choice, and nothing of it unasked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pubtrack.bibtex import works as convert
from pubtrack.bibtex.document import parse
from pubtrack.matching import published_versions
from pubtrack.model.errors import PubtrackError
from pubtrack.model.record import Identifier, Record, Relation
from pubtrack.refresh.plan import RefreshOptions
from pubtrack.refresh.proposal import RefreshPlan
from tests.refresh.making import World, record

TITLE = "Seeing the Unseen Things of Fields"
PREPRINT = (
    f"@misc{{a, author = {{Doe, Jane and Roe, Ann}}, title = {{{TITLE}}}, year = {{2019}}, eprint = {{1901.00001}},\n"
    "  archivePrefix = {arXiv}, primaryClass = {cs.CV}, note = {mine}}\n"
)
ARTICLE = (
    f"@article{{a, author = {{Doe, Jane and Roe, Ann}}, title = {{{TITLE}}}, year = {{2019}},\n"
    "  journal = {arXiv preprint arXiv:1901.00001}}\n"
)
PUBLISHED = (
    f"@inproceedings{{x, author = {{Doe, Jane and Roe, Ann}}, title = {{{TITLE} in Print}}, year = {{2020}}, "
    "booktitle = {Proceedings of Vision}, pages = {10--20}, doi = {10.5555/vision.1}}"
)


def arxiv() -> Record:
    source = PREPRINT.replace("{a,", "{x,")
    relation = Relation("is-preprint-of", Identifier("doi", "10.5555/vision.1"))
    return record(source, source="arxiv", id="1901.00001", relations=(relation,), registered_type="preprint")


def propose(world: World, *more: Record) -> RefreshPlan:
    return world.propose(arxiv(), *more)


def test_the_link_is_an_entry_of_its_own_that_the_preprint_names() -> None:
    world = World(PREPRINT)
    (one,) = propose(world, record(PUBLISHED)).proposals
    assert (one.kind, one.safe, one.field, one.theirs) == ("conflict", False, "related", "doe2020seeing")
    world.apply([one])
    works = convert.works([parse(world.text)])[0]
    assert published_versions(works) == {"a": "doe2020seeing"}
    assert world.text.replace(", related = {doe2020seeing}", "").startswith(PREPRINT.rstrip("\n"))
    new = parse(world.text).entry("doe2020seeing")
    assert new.type == "inproceedings"
    assert {field.name: field.value for field in new.fields} == {
        "author": "{Doe, Jane and Roe, Ann}", "title": f"{{{TITLE} in Print}}", "year": "{2020}",
        "booktitle": "{Proceedings of Vision}", "pages": "{10--20}", "doi": "{10.5555/vision.1}",
    }  # fmt: skip
    assert propose(world, record(PUBLISHED)).proposals == ()
    assert world.undo() == ()
    assert world.text == PREPRINT


def test_apply_safe_never_takes_it() -> None:
    world = World(PREPRINT)
    world.apply_safe(arxiv(), record(PUBLISHED))
    assert world.text == PREPRINT


@pytest.mark.parametrize("source", [PREPRINT, ARTICLE])
def test_the_upgrade_keeps_the_eprint_the_key_and_the_type(source: str) -> None:
    world = World(source, refresh_options=RefreshOptions(publishing="upgrade"))
    outcome = propose(world, record(PUBLISHED))
    (one,) = outcome.proposals
    assert (one.kind, one.field, one.mine, one.theirs) == ("conflict", "doi", None, "10.5555/vision.1")
    assert [remark.code for remark in outcome.remarks] == ["type-disagrees"]
    world.apply([one])
    entry = parse(world.text).entry("a")
    now = {field.name: field.value for field in entry.fields}
    assert entry.type == parse(source).entry("a").type
    assert now["doi"] == "{10.5555/vision.1}"
    assert now["year"] == "{2020}"
    assert (now["eprint"], now["archivePrefix"]) == ("{1901.00001}", "{arXiv}")
    assert now["journal" if source is ARTICLE else "booktitle"] == "{Proceedings of Vision}"
    assert world.undo() == ()
    assert world.text == source


def test_a_declined_version_does_not_come_again() -> None:
    world = World(PREPRINT)
    world.keep(propose(world, record(PUBLISHED)).proposals)
    assert propose(world, record(PUBLISHED)).proposals == ()


def test_a_published_version_in_the_store_is_named_if_nothing_ties_the_two() -> None:
    other = PUBLISHED.replace("{x,", "{paper,").replace("Doe, Jane and Roe, Ann", "Someone, Else")
    world = World(f"{PREPRINT}{other}\n")
    (one,) = [one for one in propose(world, record(PUBLISHED)).proposals if one.key == "a"]
    assert (one.theirs, one.addition) == ("paper", None)
    tied = World(f"{PREPRINT}{PUBLISHED.replace('{x,', '{paper,').replace(' in Print', '')}\n")
    assert [one for one in propose(tied, record(PUBLISHED)).proposals if one.key == "a"] == []


def test_a_version_by_other_people_is_not_believed() -> None:
    other = record(
        PUBLISHED.replace("Doe, Jane and Roe, Ann", "Someone, Else").replace(TITLE, "Other Matters of Sound")
    )
    outcome = propose(World(PREPRINT), other)
    assert outcome.proposals == ()
    assert [one.code for one in outcome.remarks] == ["published"]


def test_arxivs_own_reference_is_a_remark() -> None:
    found = arxiv()
    named = replace(
        found, relations=(), work=replace(found.work, custom={**found.work.custom, "journalref": "Nature 5"})
    )
    outcome = World(PREPRINT).propose(named)
    assert [(one.code, one.message) for one in outcome.remarks] == [
        ("published", "arXiv says that it appeared in Nature 5")
    ]


def test_a_published_entry_never_takes_the_preprints_values() -> None:
    text = PUBLISHED.replace("{x,", "{a,").replace("doi", "eprint = {1901.00001}, archivePrefix = {arXiv}, doi")
    outcome = World(f"{text}\n").propose(record(PUBLISHED), arxiv())
    assert outcome.proposals == ()


def test_the_upgrade_keeps_a_preprints_doi_as_its_eprint() -> None:
    text = (
        f"@article{{a, author = {{Doe, Jane and Roe, Ann}}, title = {{{TITLE}}}, year = {{2019}}, "
        "journal = {bioRxiv}, doi = {10.1101/2019.01.01.123}}\n"
    )
    relation = Relation("is-preprint-of", Identifier("doi", "10.5555/vision.1"))
    preprint = record(text.replace("{a,", "{x,"), relations=(relation,))
    world = World(text, refresh_options=RefreshOptions(publishing="upgrade"))
    world.apply(world.propose(preprint, record(PUBLISHED)).proposals)
    now = {field.name: field.value for field in parse(world.text).entry("a").fields}
    assert (now["doi"], now["eprint"]) == ("{10.5555/vision.1}", "{10.1101/2019.01.01.123}")
    assert now["archivePrefix"] == "{bioRxiv}"


def test_two_preprints_of_one_work_do_not_add_it_twice() -> None:
    world = World(PREPRINT + PREPRINT.replace("{a,", "{b,"))
    found = propose(world, record(PUBLISHED)).proposals
    assert [one.key for one in found] == ["a", "b"]
    world.apply(found[:1])
    with pytest.raises(PubtrackError, match=r"the store has 10\.5555/vision\.1 by now"):
        world.apply(found[1:])
    (again,) = propose(world, record(PUBLISHED)).proposals
    assert (again.key, again.theirs, again.addition) == ("b", "doe2020seeing", None)
