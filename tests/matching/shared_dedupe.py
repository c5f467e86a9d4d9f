"""Duplicates against labelled pairs of two libraries, DBLP's and the ACM's, beside the peer: plain title and year.

usage: python -m tests.matching.shared_dedupe SHARED [--list]
"""

from __future__ import annotations

import argparse
import csv
import html
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from pubtrack.matching.duplicates import pairs
from pubtrack.model.name import Name
from pubtrack.model.richtext import text
from pubtrack.model.work import Date, Work

FOLDER = Path("data", "dedupe", "dblp-acm")
JOURNALS = ("J.", "Journal", "Record", "Trans")
Row = dict[str, str]
Keys = set[tuple[str, str]]


def rows(path: Path) -> list[Row]:
    """The rows of one of the tables, entities as characters."""
    with path.open(encoding="utf-8") as file:
        return [
            {name: html.unescape(value or "") for name, value in row.items()}
            for row in csv.DictReader(file, delimiter="%")
        ]


def work(key: str, row: Row) -> Work:
    """A row as the work that a .bib entry of it would be."""
    values = {"title": text(row["title"]), "container_title": text(row["venue"])}
    people = tuple(_person(name) for name in row["authors"].split(",") if name.strip())
    kind = "article-journal" if any(word in row["venue"] for word in JOURNALS) else "paper-conference"
    return Work(
        key,
        kind,
        {name: value for name, value in values.items() if value},
        {"author": people} if people else {},
        {"issued": Date((int(row["year"]),))} if row["year"] else {},
    )


def _person(name: str) -> Name:
    given, _, family = name.strip().rpartition(" ")
    return Name(family, given)


def plain_pairs(one: Iterable[Row], other: Iterable[Row]) -> Keys:
    """The peer: the same title in small letters, and the same year."""
    known: dict[tuple[str, str], list[str]] = {}
    for row in one:
        known.setdefault((row["title"].lower(), row["year"]), []).append(row["id"])
    return {(mine, row["id"]) for row in other for mine in known.get((row["title"].lower(), row["year"]), ())}


def _shown(name: str, found: Keys, true: Keys) -> str:
    right = len(found & true)
    precision, recall = right / len(found), right / len(true)
    return f"{name}: {right} right, {len(found - true)} wrong, {len(true - found)} missed; {precision:.4f} {recall:.4f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--list", action="store_true", help="show the pairs that are wrong or missed")
    chosen = parser.parse_args()
    folder = chosen.shared / FOLDER
    dblp, acm = rows(folder / "dblp.csv"), rows(folder / "acm.csv")
    true = {(row["D1"], row["D2"]) for row in rows(folder / "gt.csv")}
    works = [work(f"dblp/{row['id']}", row) for row in dblp] + [work(f"acm/{row['id']}", row) for row in acm]
    begin = time.perf_counter()
    found = {
        (pair.one.id.removeprefix("dblp/"), pair.other.id.removeprefix("acm/"))
        for pair in pairs(works)
        if pair.one.id.startswith("dblp/") and pair.other.id.startswith("acm/")
    }
    print(f"{len(works)} works in {time.perf_counter() - begin:.1f} s")
    print(_shown("pubtrack", found, true))
    print(_shown("title and year", plain_pairs(dblp, acm), true))
    if chosen.list:
        titles = {row["id"]: row["title"] for row in dblp}
        theirs = {row["id"]: row["title"] for row in acm}
        for name, keys in (("wrong", found - true), ("missed", true - found)):
            print("\n".join(f"{name}: {titles[one]} | {theirs[other]}" for one, other in sorted(keys)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
