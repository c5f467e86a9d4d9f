"""Works that are in the library twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pubtrack.checks.rule import Context, Hit, rule
from pubtrack.checks.rules.dois import bare
from pubtrack.checks.view import Item, View
from pubtrack.matching import find_twin, is_preprint, published_versions, title_words
from pubtrack.person import fold
from pubtrack.work import Work

_TEA = "@misc{tea2020, author = {Roe, Ann}, title = {Tea and Rain in Autumn}, year = 2020"


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
    first: dict[str, Item] = {}
    for item, field, latex in view.fields("doi"):
        doi = bare(latex).casefold()
        known = first.setdefault(doi, item) if doi else item
        if known is not item and known.key != item.key and not _are_kin(known, item):
            yield Hit(item, field, f'"{known.key}" has this DOI already')


def _are_kin(one: Item, other: Item) -> bool:
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
    first: dict[tuple[str, bool], Item] = {}
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
    source="JabRef's DuplicateCheck; bibtex-tidy --duplicates citation; parts of a series are told apart by their numbers",
    bad=f"{_TEA}}}\n@misc{{study2020, author = {{Roe, A.}}, title = {{Tea and rain in autumn}}, year = 2021}}",
    good=f"{_TEA}}}\n@misc{{study2020, author = {{Roe, A.}}, title = {{Tea and rain in autumn II}}, year = 2021}}".replace(
        " II}", " {II}}"
    ),
)
def dup_fuzzy(view: View, context: Context) -> Iterator[Hit]:
    """Two entries have near-equal titles, the same first author, and years that are one apart at most."""
    del context
    blocks: dict[tuple[str, str], list[tuple[Item, Work]]] = defaultdict(list)
    for item, work in view.works:
        words = title_words(work).split()
        if len(words) < 3 or not (names := work.author or work.people.get("editor", ())):
            continue
        family = fold(names[0].family or names[0].literal)
        block = blocks[family, max(words, key=lambda word: (len(word), word))]
        for other, theirs in block[-50:]:
            twin = find_twin(work, [theirs]) if other.key != item.key else None
            if twin is not None and twin[1].startswith("the same title") and not _are_tied(item, other):
                yield Hit(item, item.own("title"), f'"{other.key}" has {twin[1]}')
                break
        block.append((item, work))


def _are_tied(one: Item, other: Item) -> bool:
    """Whether one names the other, or another rule says that both have one identifier."""
    doi = bare(one.value("doi")).casefold()
    named = [key.strip() for item in (one, other) for key in item.value("related").split(",")]
    return one.key in named or other.key in named or (doi != "" and doi == bare(other.value("doi")).casefold())


@rule(
    "dup-preprint",
    "warning",
    why="It is one work in two versions. Linked, lists show it once; unlinked, it counts twice.",
    source="Crossref, “Discovering relationships between preprints and journal articles”; biblatex's related",
    bad=f"{_TEA},\n  eprint = {{2001.00001}}, archivePrefix = {{arXiv}}}}\n"
    "@article{study2021, author = {Roe, Ann}, title = {Tea and Rain in Autumn}, journal = {Tea}, year = 2021}",
    good=f"{_TEA},\n  eprint = {{2001.00001}}, archivePrefix = {{arXiv}}, related = {{study2021}}}}\n"
    "@article{study2021, author = {Roe, Ann}, title = {Tea and Rain in Autumn}, journal = {Tea}, year = 2021}",
)
def dup_preprint(view: View, context: Context) -> Iterator[Hit]:
    """A preprint and its published version are both listed, and neither names the other."""
    del context
    pairs = published_versions([work for _, work in view.works])
    for preprint, published in pairs.items():
        one, other = view.by_key[preprint], view.by_key[published]
        if published not in one.value("related") and preprint not in other.value("related") and not _one_eprint(one, other):
            yield Hit(one, one.own("title"), f'"{published}" is its published version; link them: related = {{{published}}}')


def _one_eprint(one: Item, other: Item) -> bool:
    number = one.plain("eprint").lower().partition("v")[0]
    return bool(number) and number == other.plain("eprint").lower().partition("v")[0]
