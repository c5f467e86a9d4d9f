"""The words for a work's type: those of BibTeX, biblatex and CSL, and "preprint"."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pubtrack.bibtex.fields import ENTRY_TYPES, NOT_WORKS, TYPE_ALIASES
from pubtrack.lists.filters import asks_for_articles, compile_filter
from pubtrack.lists.type_words import TYPE_WORDS, TypeWord, type_names
from pubtrack.model.errors import PubtrackError
from pubtrack.model.vocabulary import TYPES
from pubtrack.model.work import Work
from pubtrack.store.library import Library

PAGE = Path(__file__).parent.parent.parent / "docs" / "filters.md"

STORE = b"""
@article{journal, title={A}, journal={Journal of Tea}}
@article{news, title={A}, journal={The Tea Times}, entrysubtype={newspaper}}
@article{arxiv, title={A}, journal={arXiv preprint arXiv:2401.01234}}
@misc{archived, title={A}, eprint={2401.01235}, archiveprefix={arXiv}}
@inproceedings{paper, title={A}, booktitle={Proc. of Tea}}
@conference{old, title={A}, booktitle={Proc. of Tea}}
@book{book, title={A}, publisher={Kettle}}
@proceedings{volume, title={Proc. of Tea}, publisher={Kettle}}
@incollection{part, title={A}, booktitle={On Tea}}
@inbook{pages, title={A}, booktitle={On Tea}}
@phdthesis{doctor, title={A}, school={Tea}}
@thesis{dissertation, title={A}, institution={Tea}, type={Dissertation}}
@mastersthesis{master, title={A}, school={Tea}}
@bachelorsthesis{bachelor, title={A}, school={Tea}}
@techreport{report, title={A}, institution={Tea}}
@unpublished{draft, title={A}, note={A draft}}
@talk{talk, title={A}}
@online{page, title={A}, url={https://example.org}}
@misc{thing, title={A}}
@software{program, title={A}}
@patent{patent, title={A}, number={1}}
"""
WORKS = Library.parse(STORE).works


def chosen(source: str) -> set[str]:
    accepts = compile_filter(source)
    return {work.id for work in WORKS if accepts(work)}


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("type = article", "journal news"),
        ("type = @Article", "journal news"),
        ("type = journal", "journal news"),
        ("type = article-journal", "journal"),
        ("type = article-newspaper", "news"),
        ("type = newspaper_article", "news"),
        ("type = preprint", "arxiv archived"),
        ("csl-type = article", "arxiv archived"),
        ("csl-type = article-journal", "journal"),
        ("type = inproceedings", "paper old"),
        ("type = conference", "paper old"),
        ("type = paper-conference", "paper old"),
        ("type = book", "book volume"),
        ("type = proceedings", "volume"),
        ("type = chapter", "part pages"),
        ("type = incollection", "part"),
        ("type = inbook", "pages"),
        ("type = thesis", "doctor dissertation master bachelor"),
        ("type = phdthesis", "doctor dissertation"),
        ("type = mastersthesis", "master"),
        ("type = bachelorthesis", "bachelor"),
        ("type = techreport", "report"),
        ("type = report", "report"),
        ("type = unpublished", "draft talk"),
        ("type = manuscript", "draft"),
        ("type = speech", "talk"),
        ("type = presentation", "talk"),
        ("type = online", "page arxiv archived"),
        ("type = misc", "thing arxiv archived"),
        ("type = misc and not type = preprint", "thing"),
        ("type = software", "program"),
        ("type = code", "program"),
        ("type = patent", "patent"),
        ("type ~ thesis", "doctor dissertation master bachelor"),
        ("type ~ journal", "journal news"),
    ],
)
def test_what_a_word_for_a_type_accepts(source: str, keys: str) -> None:
    assert chosen(source) == set(keys.split())


def test_other_than_is_the_rest() -> None:
    assert chosen("type != article") == {work.id for work in WORKS} - {"journal", "news"}


@pytest.mark.parametrize("word", sorted({*ENTRY_TYPES, *TYPE_ALIASES, *TYPES, "preprint"} - NOT_WORKS))
def test_every_word_of_bibtex_biblatex_and_csl_is_known(word: str) -> None:
    compile_filter(f"type = {word}")


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.id)
def test_every_work_has_a_word(work: Work) -> None:
    assert type_names(work)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("type = inproceeding", 'unknown type "inproceeding"; did you mean inproceedings'),
        ("csl-type = inproceedings", 'unknown CSL type "inproceedings"; CSL calls it paper-conference'),
        ("csl-type = phdthesis", "CSL calls it thesis"),
        ("csl-type = preprint", "CSL calls it article"),
        ("csl-type = artcle", "did you mean article"),
    ],
)
def test_a_wrong_type_is_pointed_at(source: str, message: str) -> None:
    with pytest.raises(PubtrackError, match=message):
        compile_filter(source)


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("type = article", True),
        ("year = 2020 and (type != 'Article')", True),
        ("type = article or type = preprint", False),
        ("type = article and csl-type = article", False),
        ("type = article-journal", False),
        ("title = article", False),
        ("", False),
    ],
)
def test_a_filter_that_may_have_meant_csls_article_is_told_from_others(source: str, asks: bool) -> None:
    assert asks_for_articles(source) is asks


def accepted(meaning: TypeWord) -> str:
    """What a word accepts, as the page says it."""
    if meaning.degree:
        others = {"mathesis": "a master’s", "bathesis": "a bachelor’s"}
        return f"theses that are called {others.get(meaning.degree, 'neither a master’s nor a bachelor’s')}"
    entry = f"`@{meaning.entry}`" if meaning.entry else ""
    remark = " in a journal, magazine or newspaper; never a preprint" if meaning.entry == "article" else ""
    return " and ".join(filter(None, (entry, f"`csl-type = {meaning.csl}`" if meaning.csl else ""))) + remark


def test_the_page_lists_every_word_with_what_it_accepts(golden: Callable[[Path, str], None]) -> None:
    by_meaning: dict[TypeWord, list[str]] = {}
    for word in sorted(TYPE_WORDS):
        by_meaning.setdefault(TYPE_WORDS[word], []).append(word)
    rows = sorted((words, accepted(meaning)) for meaning, words in by_meaning.items())
    table = "\n".join(f"| {', '.join(f'`{word}`' for word in words)} | {meaning} |" for words, meaning in rows)
    page = PAGE.read_text(encoding="utf-8")
    before, head, behind = page.partition("| Word | Accepts |\n| --- | --- |\n")
    assert head
    golden(PAGE, f"{before}{head}{table}\n\n{behind.partition(chr(10) * 2)[2]}")
