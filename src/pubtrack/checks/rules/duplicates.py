"""Works that are in the library twice."""

from __future__ import annotations

from collections.abc import Iterator

from pubtrack.checks.context import Context
from pubtrack.checks.library_view import EntryView, View
from pubtrack.checks.rule import Hit, rule
from pubtrack.checks.rules.dois import bare_doi
from pubtrack.matching import is_preprint
from pubtrack.matching.duplicates import DuplicatePair

_YEARLY = frozenset({"proceedings", "mvproceedings", "periodical"})
_TEA = "@misc{tea2020, author = {Roe, Ann}, title = {Growing Green Tea in Rainy Autumn Weather}, year = 2020"


@rule(
    "dup-doi",
    "error",
    why="A DOI names one work: the work is listed twice, or one of the DOIs is wrong.",
    source="DOI Handbook, 2.2.2 (DOIs are compared without case); JabRef's DoiDuplicationChecker; bibtex-tidy "
    "--duplicates doi",
    bad="@misc{study2020, title = {A study}, doi = {10.1000/tea}, year = 2020}\n"
    "@misc{rain2020, title = {Rain}, doi = {10.1000/TEA}, year = 2020}",
    good="@misc{study2020, title = {A study}, doi = {10.1000/tea}, year = 2020}\n"
    "@misc{rain2020, title = {Rain}, doi = {10.1000/rain}, year = 2020}",
)
def dup_doi(view: View, context: Context) -> Iterator[Hit]:
    """Two entries have one DOI."""
    del context
    first: dict[str, EntryView] = {}
    for item, field, latex in view.fields("doi"):
        doi = bare_doi(latex).casefold()
        known = first.setdefault(doi, item) if doi else item
        if known is not item and known.key != item.key and not _are_kin(known, item):
            yield Hit(item, field, f'"{known.key}" has this DOI already')


def _are_kin(one: EntryView, other: EntryView) -> bool:
    """Whether one entry takes its fields from the other."""
    keys = (one.value("crossref").strip(), other.value("crossref").strip())
    return one.key == keys[1] or other.key == keys[0] or (keys[0] != "" and keys[0] == keys[1])


@rule(
    "dup-arxiv",
    "error",
    why="It is one paper; versions do not count as papers of their own.",
    source="arXiv, “Understanding the arXiv identifier”",
    bad=f"{_TEA},\n  eprint = {{2001.00001}}, archivePrefix = {{arXiv}}}}\n"
    "@misc{study2020, author = {Moe, Tim}, title = {A study}, eprint = {2001.00001v2}, archivePrefix = {arXiv},\n"
    "  year = 2020}",
    good=f"{_TEA},\n  eprint = {{2001.00001}}, archivePrefix = {{arXiv}}}}\n"
    "@misc{study2020, author = {Moe, Tim}, title = {A study}, eprint = {2001.00002v2}, archivePrefix = {arXiv},\n"
    "  year = 2020}",
)
def dup_arxiv(view: View, context: Context) -> Iterator[Hit]:
    """Two entries of one kind (preprint or published) have one arXiv number."""
    del context
    first: dict[tuple[str, bool], EntryView] = {}
    for item, work in view.works:
        number = work.custom.get("eprint", "").lower()
        if work.custom.get("eprinttype", "").lower() != "arxiv" or not number or item.own("eprint") is None:
            continue
        head, _, version = number.rpartition("v")
        number = head if head and version.isdigit() else number
        known = first.setdefault((number, is_preprint(work)), item)
        if known is not item and known.key != item.key:
            yield Hit(item, item.own("eprint"), f'"{known.key}" has this arXiv number already')


@rule(
    "dup-fuzzy",
    "warning",
    why="The work is listed twice under two keys, and cited as two.",
    source="JabRef's DuplicateCheck; bibtex-tidy --duplicates citation; numbered parts are told apart",
    bad=f"{_TEA}}}\n@misc{{study2020, author = {{Roe, A.}}, year = 2021,\n"
    "  title = {Growing green tea in rainy autumn weather}}",
    good=f"{_TEA}}}\n@misc{{study2020, author = {{Roe, A.}}, year = 2021,\n"
    "  title = {Growing green tea in rainy autumn weather {II}}}",
)
def dup_fuzzy(view: View, context: Context) -> Iterator[Hit]:
    """Two entries have near-equal titles, the same first author, and years that are one apart at most."""
    del context
    for pair, one, other in _pairs(view, "duplicate"):
        if one.key != other.key and not _are_tied(one, other) and not _are_of_two_years(one, other):
            yield Hit(other, other.own("title"), f'"{one.key}" seems to be the same work: {pair.why}')


def _pairs(view: View, kind: str) -> Iterator[tuple[DuplicatePair, EntryView, EntryView]]:
    """The pairs of one kind."""
    items = {id(work): item for item, work in view.works}
    for pair in view.duplicate_pairs:
        if pair.kind == kind:
            yield pair, items[id(pair.one)], items[id(pair.other)]


def _are_of_two_years(one: EntryView, other: EntryView) -> bool:
    """Whether both are volumes that come every year under one title, as the proceedings of a conference do."""
    years = [item.work.issued.year for item in (one, other) if item.work is not None and item.work.issued is not None]
    return one.type == other.type in _YEARLY and len(years) == 2 and years[0] != years[1]


def _are_tied(one: EntryView, other: EntryView) -> bool:
    """Whether one names the other, or another rule says that both have one identifier."""
    doi = bare_doi(one.value("doi")).casefold()
    named = [key.strip() for item in (one, other) for key in item.value("related").split(",")]
    if one.key in named or other.key in named or _one_eprint(one, other):
        return True
    return doi != "" and doi == bare_doi(other.value("doi")).casefold()


@rule(
    "dup-preprint",
    "warning",
    why="It is one work in two versions. Linked, lists show it once; unlinked, it counts twice.",
    source="Crossref, “Discovering relationships between preprints and journal articles”; biblatex's related",
    bad=f"{_TEA},\n  eprint = {{2001.00001}}, archivePrefix = {{arXiv}}}}\n"
    "@article{study2021, author = {Roe, Ann}, journal = {Tea}, year = 2021,\n"
    "  title = {Growing Green Tea in Rainy Autumn Weather}}",
    good=f"{_TEA},\n  eprint = {{2001.00001}}, archivePrefix = {{arXiv}}, related = {{study2021}}}}\n"
    "@article{study2021, author = {Roe, Ann}, journal = {Tea}, year = 2021,\n"
    "  title = {Growing Green Tea in Rainy Autumn Weather}}",
)
def dup_preprint(view: View, context: Context) -> Iterator[Hit]:
    """A preprint and its published version are both listed, and neither names the other."""
    del context
    for _, one, other in _pairs(view, "preprint"):
        is_linked = other.key in one.value("related") or one.key in other.value("related") or _one_eprint(one, other)
        if not is_linked:
            message = f'"{other.key}" is its published version; link them: related = {{{other.key}}}'
            yield Hit(one, one.own("title"), message)


def _one_eprint(one: EntryView, other: EntryView) -> bool:
    number = one.plain("eprint").lower().partition("v")[0]
    return bool(number) and number == other.plain("eprint").lower().partition("v")[0]
