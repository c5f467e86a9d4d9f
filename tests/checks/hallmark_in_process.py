"""HALLMARK's development split through `checks.verdict`, without a server: the shared fake's payloads, our parsers.

The same truths, faults and labels as the run over HTTP has, in seconds, so that a change of a rule shows at once.

usage: python -m tests.checks.hallmark_in_process SHARED [--quirks SHARE] [--withhold SHARE] [--faults SHARE] [--list]
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pubtrack.checks.verdict import Verdict, needs_search, search_words, verdict
from pubtrack.library import Library
from pubtrack.matching import identifiers
from pubtrack.record import Answer, Failure, Identifier, Record
from pubtrack.richtext import plain
from pubtrack.sources import arxiv, crossref, datacite
from pubtrack.work import Work

ROWS = 5
DATA = "data/citation-check"


class Registries:
    """The fake's works as the services would answer; a share `faults` of the questions finds no answer."""

    def __init__(self, tools: Path, works: Path, faults: float) -> None:
        sys.path.insert(0, str(tools))
        self._payloads: Any = importlib.import_module("payloads")
        self._index: Any = importlib.import_module("index").Index.load(works)
        self._faults = faults
        self._chance = random.Random(7)
        self.asked = 0
        self.searched = 0

    def _fails(self) -> bool:
        return self._chance.random() < self._faults

    def records(self, work: dict[str, Any]) -> tuple[Record, ...]:
        """The record of one of the fake's works, by the service that has it."""
        if work.get("arxiv"):
            return arxiv.parse(self._payloads.arxiv_feed([work]).encode())
        if self._index.agency(work["doi"]) == "DataCite":
            return datacite.parse(json.dumps(self._payloads.datacite_doi(work)).encode())
        return crossref.parse(json.dumps(self._payloads.crossref_work(work)).encode())

    def answer(self, identifier: Identifier) -> Answer:
        """What the services say of one identifier."""
        self.asked += 1
        if self._fails():
            return Answer(failures=(Failure("crossref", "did not answer"),))
        if identifier.kind == "arxiv":
            work = self._index.by_arxiv.get(identifier.value)
            return Answer(self.records(work) if work else (), asked=("arxiv",))
        work, agency = self._index.get(identifier.value), self._index.agency(identifier.value)
        if work is None:
            return Answer((), agency is not None, agency or "", ("crossref", "doi"))
        return Answer(self.records(work), True, agency or "", ("crossref",))

    def search(self, words: str, service: str) -> Answer:
        """The first candidates of a search at Crossref or arXiv."""
        self.searched += 1
        if self._fails():
            return Answer(failures=(Failure(service, "did not answer"),))
        found = self._index.search(words, "", "Crossref" if service == "crossref" else None)
        works = [work for _, work in found if service == "crossref" or work.get("arxiv")][:ROWS]
        return Answer(tuple(record for work in works for record in self.records(work)), asked=(service,))


def judged(work: Work, registries: Registries) -> Verdict:
    """The verdict about one entry, with as many questions as it takes."""
    answers = {identifier: registries.answer(identifier) for identifier in identifiers(work)}
    candidates: Answer | None = None
    for service in ("crossref", "arxiv"):
        if needs_search(work, answers, candidates):
            candidates = _together(candidates, registries.search(search_words(work), service))
    return verdict(work, answers, candidates)


def _together(one: Answer | None, other: Answer) -> Answer:
    if one is None:
        return other
    return Answer(one.records + other.records, asked=one.asked + other.asked, failures=one.failures + other.failures)


def run(shared: Path, *, quirks: float = 0.0, withhold: float = 0.0, faults: float = 0.0) -> dict[str, Any]:
    """The harness's score, with `verdicts` (by key) and `works` (by key) besides."""
    tools = shared / "tools" / "services"
    sys.path.insert(0, str(tools))
    hallmark: Any = importlib.import_module("hallmark")
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        pool = [shared / DATA / "hallmark-raw_valid.jsonl"]
        hallmark.build(shared / DATA / "hallmark-dev_public.jsonl", pool, out, quirks=quirks, withhold=withhold)
        registries = Registries(tools, out / "works.json", faults)
        works = Library.load(out / "hallmark.bib").works
        labels = json.loads((out / "labels.json").read_text(encoding="utf-8"))
    verdicts = {work.id: judged(work, registries) for work in works}
    statuses = {key: "problem" if _is_future(work) else verdicts[key].status for key, work in _by_key(works).items()}
    score: dict[str, Any] = hallmark.score(statuses, labels)
    score |= {"verdicts": verdicts, "works": _by_key(works), "labels": labels, "table": hallmark.table(score)}
    return score | {"asked": registries.asked, "searched": registries.searched}


def _by_key(works: Iterable[Work]) -> dict[str, Work]:
    return {work.id: work for work in works}


def _is_future(work: Work) -> bool:
    """What the offline rule `fld-year-future` says of an entry; its findings count beside the verdicts."""
    return work.issued is not None and (work.issued.year or 0) > 2027


def _listed(score: dict[str, Any]) -> Iterable[str]:
    """The entries that were judged otherwise than labelled, with the findings about them."""
    for key, label in score["labels"].items():
        found, valid = score["verdicts"][key], label["label"] == "VALID"
        if found.status == ("verified" if valid else "problem") or not (valid or label["differs"]):
            continue
        yield f"{key} {label['type']} {label['differs']} {found.status}: {plain(score['works'][key].title)}"
        yield from (f"    {finding}" for finding in found.findings)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    for name in ("quirks", "withhold", "faults"):
        parser.add_argument(f"--{name}", type=float, default=0.0)
    parser.add_argument("--list", action="store_true", help="show what was judged otherwise than labelled")
    chosen = parser.parse_args()
    score = run(chosen.shared, quirks=chosen.quirks, withhold=chosen.withhold, faults=chosen.faults)
    print(score["table"])
    print(f"asked of {score['asked']} identifiers, searched {score['searched']} times")
    from_absence = [key for key in score["false_positives"] if score["labels"][key].get("withheld")]
    print(f"detected {score['hallucinated_detectable']['detected']}")
    print(f"false {score['false_positive_rate']}")
    print(f"verified {score['valid']['verified']}")
    print(f"from-absence {len(from_absence)}")
    if chosen.list:
        print("\n".join(_listed(score)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
