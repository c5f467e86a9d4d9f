"""`pubtrack add` from the independent fake of the services, whose records have the faults of real ones.

usage: python -m tests.cli.shared_add FOLDER   (the folder with fake_apis.py)

Each work has one of the fake's quirks (markup, wrong decoding, a cut title, …). What counts as right is the record as
it was before; what a quirk destroys for good (capitals, a missing title) counts as wrong only where nobody is told.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pubtrack.matching import title_words
from pubtrack.model.richtext import text
from pubtrack.model.work import Work
from pubtrack.people import fold
from pubtrack.store.library import Library
from tests.cli.run import Run, run_process
from tests.sources.shared_fetch import FAULTS, SERVICES, served

OWNER = "0000-0002-1825-0097"
QUIRKS = (
    "online-year created-late all-caps markup jats whitespace trailing-dot double-escaped mojibake initials "
    "caps-family glued-name alphabetical short-title subtitle-doubled two-containers article-number retracted "
    "corrected new-version has-preprint no-author"
).split()  # fmt: skip
REFUSED = ("no-title",)
TITLE = "Étude of Shadows in Dim Rooms: A Survey of Lamps & Mirrors 2"


def works() -> list[dict[str, Any]]:
    return [
        {
            "type": "article", "doi": f"10.5555/{quirk}", "title": f"{TITLE} ({number})", "year": 2019,
            "quirks": [quirk], "authors": ["Zoë van der Brook", "Lin Weir", "Ana Müller"],
            "venue": "Annals of Dim Optics & Light", "month": 6,
            "volume": "12", "number": "3", "pages": "101--118", "orcids": {"van der Brook": OWNER},
        }
        for number, quirk in enumerate((*QUIRKS, *REFUSED))
    ]  # fmt: skip


def project(folder: Path) -> None:
    (folder / "bib").mkdir()
    (folder / "bib" / "publications.bib").write_text("", encoding="utf-8")
    (folder / "pubtrack.toml").write_text(
        f'[owner]\nname = "van der Brook, Zoë"\norcid = "{OWNER}"\n[network]\nmailto = "ada.brook@uni.edu"\n',
        encoding="utf-8",
    )


def add(folder: Path, base: str, *arguments: str) -> Run:
    urls = {f"PUBTRACK_{service.upper()}_URL": f"{base}/{service}" for service in SERVICES}
    return run_process(folder, "add", *arguments, environment={"PUBTRACK_CACHE": str(folder / "cache"), **urls})


def wrong(record: Mapping[str, Any], work: Work, said: str) -> list[str]:
    """What of an entry is not as it was before the quirk, and was not said."""
    quirk = record["quirks"][0]
    found = []
    if title_words(work) != title_words(Work("", "article", {"title": text(record["title"])})):
        found.append("title")
    if work.issued is None or work.issued.year != record["year"]:
        found.append("year")
    families = sorted(fold(name.family or name.literal.split()[-1]) for name in work.author)
    told = (quirk == "no-author" and "names no author" in said) or (quirk == "caps-family" and "in capitals" in said)
    if families != sorted(["brook", "weir", "muller"]) and not told:
        found.append("authors")
    if work.get("container_title") != record["venue"]:
        found.append("venue")
    if work.get("page") != "101-118":
        found.append("pages")
    printed = " ".join((work.get("title"), work.get("container_title"), *map(str, work.author)))
    if re.search(r"[<>]|&\w+;|Ã|\u200b", printed):
        found.append("markup")
    if quirk == "retracted" and "retraction is noted" not in said:
        found.append("retraction")
    if quirk == "all-caps" and "in capitals" not in said:
        found.append("capitals")
    return found


def main() -> None:
    folder = Path(sys.argv[1])
    known = works()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "works.json"
        file.write_text(json.dumps({"works": known}), encoding="utf-8")
        with served(folder, file, {}) as base:
            figures |= clean(Path(temporary) / "clean", base, known)
            with urllib.request.urlopen(f"{base}/stats") as reply:
                stats = json.load(reply)
            figures["violations"] = sum(stats.get("violations", {}).values())
            figures["strayed"] = sum(stats.get("trap", {}).values())
        with served(folder, file, dict.fromkeys(FAULTS, 0.05)) as base:
            figures["halves"] = halves(Path(temporary) / "faulty", base, known)
    for name, value in figures.items():
        print(f"{name} {value:g}")


def clean(folder: Path, base: str, known: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    folder.mkdir()
    project(folder)
    dois = [word for work in known if work["quirks"][0] not in REFUSED for word in ("--doi", work["doi"])]
    listed = add(folder, base, "--orcid", "--json")
    lacking = json.loads(listed.out or "[]")
    done = add(folder, base, *dois)
    refused = add(folder, base, "--doi", f"10.5555/{REFUSED[0]}")
    stored = {work.doi: work for work in Library.load(str(folder / "bib")).works}
    faults = [
        (work["quirks"][0], fault)
        for work in known
        if work["doi"] in stored
        for fault in wrong(work, stored[work["doi"]], "\n".join(s for s in done.err.split("\n") if work["doi"] in s))
    ]
    for quirk, fault in faults:
        print(f"  {quirk}: {fault}")
    print(*(f"  {line}" for line in done.err.splitlines()), sep="\n")
    again = add(folder, base, "--orcid")
    return {
        "missing": len(dois) / 2 - len(stored),
        "wrong": len(faults),
        "taken": float(refused.code != 1),
        "unlisted": len({work["doi"] for work in known} - {one["doi"] for one in lacking}),
        "relisted": sum(f"10.5555/{quirk}\t" in again.out for quirk in QUIRKS),
    }


def halves(folder: Path, base: str, known: Sequence[Mapping[str, Any]]) -> float:
    """How often a run amid faults left the store neither as it was nor with all that was asked for."""
    folder.mkdir()
    project(folder)
    count = 0
    for start in range(0, len(QUIRKS), 4):
        before = len(Library.load(str(folder / "bib")).works)
        wanted = known[start : start + 4]
        done = add(folder, base, *(word for work in wanted for word in ("--doi", work["doi"])))
        after = len(Library.load(str(folder / "bib")).works)
        is_whole = (done.code, after) in ((0, before + len(wanted)), (1, before))
        count += not is_whole or "Traceback" in done.err
    return float(count)


if __name__ == "__main__":
    main()
