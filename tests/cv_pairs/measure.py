"""Measures how pubtrack reproduces real people's lists: `python -m tests.cv_pairs.measure DATA_FOLDER [NAME...] [-v]`.

DATA_FOLDER holds a folder for each person, with the .bib files and the list rendered from them (`cv-pairs`, or a
folder with it). The configuration of each stands here, in `NAME/pubtrack.toml`. An entry is good when it has the
same section, the same place in the order, the same number and the same person in bold, and, where the style of the
list can be told, the same words. A pair is good with 90 in 100 entries good. Exits 1 if a pair that is not in
reasons.toml is not good, and if one that is listed there is good.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
import tomllib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from pubtrack.cli.lists import listing_of  # noqa: E402
from pubtrack.cli.project import Project  # noqa: E402
from pubtrack.lists.listing_model import Listing  # noqa: E402
from pubtrack.writers import json as json_writer  # noqa: E402
from tests.cv_pairs.theirs import EXTRACTORS, Entry  # noqa: E402

ENOUGH = 0.9


@dataclass(frozen=True)
class Part:
    """One rendered list: the person's .bib (a file), the file with the list, how to read it, and our list's name.

    `page` is the section's title where the person keeps a page for each section.
    """

    bib: str
    rendered: str
    extractor: str
    list_name: str = "cv"
    page: str = ""


@dataclass(frozen=True)
class Pair:
    """One person's lists; `styled` says that the words of the style can be told and are compared."""

    name: str
    parts: tuple[Part, ...]
    styled: bool = True


PAIRS = (
    Pair(
        "denolle",
        (Part("marine-cv-docs__denolle-pub.bib", "marine-cv-docs__rendercv_output__Marine_Denolle_CV.md",
              "rendercv_markdown"),),
    ),
    Pair("dey", (Part("files__pubs.bib", "archive__legacy__pubs.html", "bibtex2html_table"),)),
    Pair("hocking", (Part("assets__TDH-refs.bib", "pages__publications.md", "hocking_table"),)),
    Pair("kong", (Part("publications.bib", "publications.html", "bibtex2html_list"),)),
    Pair("nguyen-thanhvu", (Part("cv.bib", "cv.tex", "cited_in_latex"),), styled=False),
    Pair(
        "quintana",
        (
            Part("bib__Journals.bib", "pages__pubs_journals.html", "bibble_table", page="Journals"),
            Part("bib__Conferences.bib", "pages__pubs_conferences.html", "bibble_table", page="Conferences"),
            Part("bib__Preprints.bib", "pages__pubs_theses_arxiv.html", "bibble_table", page="Preprints"),
        ),
    ),
    Pair(
        "scopatz-regolith",
        (Part("tests__outputs__publist__scopatz.bib", "tests__outputs__html__people__scopatz.html", "regolith_page"),),
        styled=False,
    ),
    Pair("stockton", (Part("Publications.bib", "publications.qmd", "pandoc_divs"),)),
    Pair("talluto", (Part("pubs__pubs.bib", "pubs__pubs_body.html", "pandoc_html"),)),
    Pair("xukai", (Part("mypubs.bib", "cv.md", "keyed_markdown"),), styled=False),
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What came out for one pair, as shares of `entries`, those that either list shows and the .bib holds."""

    entries: int
    both: int
    section: float
    order: float
    number: float
    bold: float
    words: float | None
    similarity: float | None
    good: float
    absent: int


def tokens(text: str) -> list[str]:
    """The words of a text without accents, case and punctuation: what is compared of titles and entries.

    "page" is taken for "pages": BibTeX's styles see no range in a dash that is typed as a sign.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", plain.casefold().replace("\u2060", ""))
    return ["pages" if word == "page" else word for word in words]


def ours(part: Part, folder: Path, data: Path) -> tuple[list[Entry], set[str], dict[str, str]]:
    """What pubtrack lists, and of every entry in the store its key and its title (folded) with the key."""
    project = Project(str(folder / "pubtrack.toml"), str(data / part.bib), None, (), quiet=True)
    listing = listing_of(project, project.config.list_named(part.list_name))
    rows = json.loads(json_writer.write(listing))
    entries = [
        Entry(
            row["item"].get("title", ""),
            row["id"],
            part.page or row["section"],
            row["number"].rstrip("."),
            bold_people(listing, place),
            row["text"],
        )
        for place, row in enumerate(rows)
    ]
    titles = {folded_title(entry.get("title")): entry.id for entry in project.library.works}
    return entries, {work.id for work in project.library.works}, titles


def bold_people(listing: Listing, place: int) -> tuple[str, ...]:
    """The printed names of an entry that stand in bold."""
    from pubtrack.model.richtext import name_runs, plain

    item = listing.items[place]
    return tuple(plain(run) for name, run in name_runs(item.text) if name and all("bold" in one.marks for one in run))


def folded_title(title: str) -> str:
    return " ".join(tokens(re.sub(r"<[^>]*>", "", title)))


def theirs(part: Part, data: Path) -> list[Entry]:
    source = (data / part.rendered).read_text(encoding="utf-8")
    found = list(EXTRACTORS[part.extractor](source))
    if not found:
        raise SystemExit(f"{part.rendered}: {part.extractor} finds no entry")
    return [Entry(e.title, e.key, part.page or e.section, e.number, e.people, e.words) for e in found]


def same_people(one: Entry, other: Entry) -> bool:
    """Whether the same persons are in bold: some print the family name in bold, some the whole name."""
    left, right = ({word for name in entry.people for word in tokens(name) if len(word) > 1} for entry in (one, other))
    return len(one.people) == len(other.people) and (left <= right or right <= left)


def in_order(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The first members of the longest run of pairs whose second members ascend: what stands in the right order."""
    best: list[list[int]] = []
    for index, (_, second) in enumerate(pairs):
        before = max((run for run in best if pairs[run[-1]][1] < second), key=len, default=[])
        best.append([*before, index])
    return {pairs[index][0] for index in max(best, key=len, default=[])}


def compare(pair: Pair, data: Path, verbose: bool) -> Result:
    mine: list[Entry] = []
    their: list[Entry] = []
    absent = 0
    matched: list[tuple[int, int]] = []
    for part in pair.parts:
        shown, keys, titles = ours(part, HERE / pair.name, data / pair.name)
        places = {entry.key: len(mine) + place for place, entry in enumerate(shown)}
        by_title: dict[str, list[int]] = {}
        for place, entry in enumerate(shown):
            by_title.setdefault(folded_title(entry.title), []).append(len(mine) + place)
        mine += shown
        for entry in theirs(part, data / pair.name):
            title = folded_title(entry.title)
            if entry.key not in keys and title not in titles:
                absent += 1
                if verbose:
                    print(f"  not in the .bib: {entry.key or entry.title}")
                continue
            candidates = by_title.get(title, [])
            found = places.get(entry.key) if entry.key else likest(entry, candidates, mine)
            if found in candidates:
                candidates.remove(found)
            if found is not None:
                matched.append((len(their), found))
            elif verbose:
                print(f"  not in ours: {entry.key or entry.title}")
            their.append(entry)
    return figures(pair, mine, their, matched, absent, verbose)


def likest(entry: Entry, candidates: Sequence[int], mine: Sequence[Entry]) -> int | None:
    """The candidate whose words are most like those of `entry`: two entries may have one title."""
    return max(candidates, key=lambda place: likeness(entry, mine[place]), default=None)


def likeness(one: Entry, other: Entry) -> float:
    return difflib.SequenceMatcher(None, tokens(one.words), tokens(other.words), autojunk=False).ratio()


def figures(
    pair: Pair, mine: list[Entry], their: list[Entry], matched: list[tuple[int, int]], absent: int, verbose: bool
) -> Result:
    ordered = in_order(matched)
    total = len(their) + len(mine) - len({place for _, place in matched})
    counts = dict.fromkeys(("section", "order", "number", "bold", "words", "good"), 0)
    similar = 0.0
    for one, other in matched:
        left, right = their[one], mine[other]
        words = (tokens(left.words), tokens(right.words))
        held = {
            "section": folded_title(left.section) == folded_title(right.section),
            "order": one in ordered,
            "number": left.number == right.number,
            "bold": same_people(left, right),
            "words": words[0] == words[1] if pair.styled else True,
        }
        similar += likeness(left, right) if pair.styled else 0
        for name, good in {**held, "good": all(held.values())}.items():
            counts[name] += good
        if verbose and not all(held.values()):
            print(f"  {right.key}: not the same {', '.join(name for name, good in held.items() if not good)}")
            if not held["words"]:
                print(f"    theirs {' '.join(words[0])}\n    ours   {' '.join(words[1])}")
            if not held["section"] or not held["number"] or not held["bold"]:
                print(f"    theirs {left.section!r} {left.number!r} {left.people}; "
                      f"ours {right.section!r} {right.number!r} {right.people}")  # fmt: skip
    if verbose:
        for place in sorted(set(range(len(mine))) - {place for _, place in matched}):
            print(f"  only in ours: {mine[place].key}")
    share = {name: count / total for name, count in counts.items()}
    return Result(
        total, len(matched), share["section"], share["order"], share["number"], share["bold"],
        share["words"] if pair.styled else None, similar / max(1, len(matched)) if pair.styled else None,
        share["good"], absent,
    )  # fmt: skip


def row(name: str, result: Result) -> str:
    def shown(value: float | None) -> str:
        return "-" if value is None else f"{value:.3f}"

    return (
        f"{name} entries={result.entries} both={result.both} section={shown(result.section)} "
        f"order={shown(result.order)} number={shown(result.number)} bold={shown(result.bold)} "
        f"words={shown(result.words)} similarity={shown(result.similarity)} good={shown(result.good)} "
        f"absent={result.absent}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these pairs")
    parser.add_argument("-v", "--verbose", action="store_true", help="show every entry that is not the same")
    arguments = parser.parse_args()
    data = arguments.data / "cv-pairs" if (arguments.data / "cv-pairs").is_dir() else arguments.data
    reasons = tomllib.loads((HERE / "reasons.toml").read_text(encoding="utf-8"))
    good: dict[str, bool] = {}
    for pair in PAIRS:
        if arguments.names and pair.name not in arguments.names:
            continue
        result = compare(pair, data, arguments.verbose)
        print(row(pair.name, result))
        good[pair.name] = result.good >= ENOUGH
    wrong = unexpected(good, reasons)
    for line in wrong:
        print(line)
    print(f"pairs-good {sum(good.values())}")
    return 1 if wrong else 0


def unexpected(good: Mapping[str, bool], reasons: Collection[str]) -> list[str]:
    """What is to be fixed: a pair that is not good without a reason, a good one with a reason."""
    return [
        f"{name} is good but listed in reasons.toml" if passes else f"{name} is not good, and no reason is listed"
        for name, passes in good.items()
        if passes == (name in reasons)
    ]


if __name__ == "__main__":
    sys.exit(main())
