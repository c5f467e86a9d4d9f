"""The rules on real files: that none raises, that fixes are made once and keep the meaning; and on HALLMARK's split.

usage: python -m tests.checks.shared_checks SHARED [--findings]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pubtrack.checks import Context, check
from pubtrack.checks.fixing import apply_fixes
from pubtrack.model.findings import Finding
from pubtrack.store.bib_file import BibFile
from pubtrack.store.library import Library
from pubtrack.store.store import Store
from tests.checks.meaning import meaning

CONTEXT = Context(year=2026, month=11)
ACCUSING = frozenset({"fld-year-future", "nam-placeholder", "id-arxiv", "ttl-retracted", "id-doi-other"})
"""The rules whose findings say that a citation is wrong, not that it is badly written."""
TOGETHER = "iridia-ulb__references__"
"""Files that define macros for each other; they are one store."""


def stores(folder: Path) -> Iterator[Store]:
    """Every file of real BibTeX as a store, those that belong together as one; what is not BibTeX is left out."""
    together: list[BibFile] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder.parent)
        file = BibFile(name, path.read_bytes())
        if file.wide:
            continue
        text = file.document.text
        if text.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
            continue
        if path.name.startswith(TOGETHER):
            together.append(file)
        else:
            yield Store(None, (file,))
    if together:
        yield Store(None, tuple(sorted(together, key=lambda file: "abbrev" not in file.name)))


def findings(folder: Path) -> Iterator[Finding]:
    """All findings on the files in `folder`."""
    for store in stores(folder):
        yield from check(Library(store), CONTEXT)


def faults(store: Store) -> Iterator[str]:
    """What is wrong with the rules on one store: one that raises, a fix that is made twice or changes the meaning."""
    name = store.files[0].name
    try:
        check(Library(store), CONTEXT)
        texts = apply_fixes(store, CONTEXT)
    except Exception as error:
        yield f"{name}: {type(error).__name__}: {error}"
        return
    after = Store(
        None,
        tuple(
            BibFile(file.path, file.content, texts[file]) if file in texts else BibFile(file.path, file.content)
            for file in store.files
        ),
    )
    if apply_fixes(after, CONTEXT):
        yield f"{name}: a second --fix changes more"
    before, now = meaning(Library(store)), meaning(Library(after))
    for one, other in zip(before, now, strict=False):
        if one != other:
            yield f"{name}: the meaning changed:\n  {one}\n  {other}"
    if len(before) != len(now):
        yield f"{name}: {len(before)} works became {len(now)}"


def hallmark(shared: Path) -> dict[str, float]:
    """What of HALLMARK's dev split the accusing rules find offline, and what they wrongly accuse."""
    data, tools = shared / "data" / "citation-check", shared / "tools" / "services"
    with tempfile.TemporaryDirectory() as folder:
        pool = ["--pool", str(data / "hallmark-raw_valid.jsonl"), "--out", folder]
        command = [sys.executable, "hallmark.py", "build", str(data / "hallmark-dev_public.jsonl"), *pool]
        subprocess.run(command, cwd=tools, check=True, capture_output=True)
        labels = json.loads(Path(folder, "labels.json").read_text(encoding="utf-8"))
        library = Library.load(Path(folder, "hallmark.bib"))
    found = check(library, CONTEXT, select=sorted(ACCUSING))
    accused = {one.key for one in found if one.severity in ("error", "warning")}
    bad = {key for key, label in labels.items() if label["label"] != "VALID"}
    by_type = Counter(str(labels[key]["type"]) for key in bad & accused)
    total = Counter(str(labels[key]["type"]) for key in bad)
    for kind, count in sorted(total.items()):
        print(f"    {kind:24} {by_type[kind]:3} of {count}")
    return {"detected": len(bad & accused) / len(bad), "false": len(accused - bad) / (len(labels) - len(bad))}


def main(arguments: Sequence[str]) -> int:
    """Prints the faults, the figures and how often each rule finds something."""
    shared = Path(arguments[0]).resolve()
    begin = time.perf_counter()
    count, wrong = 0, 0
    seen: Counter[tuple[str, str]] = Counter()
    for store in stores(shared / "data" / "bib"):
        count += sum(len(document.entries) for document in store.documents)
        for fault in faults(store):
            wrong += 1
            print(fault)
        for one in check(Library(store), CONTEXT):
            seen[one.code, one.severity] += 1
            if "--findings" in arguments:
                print(one)
    for (code, severity), times in seen.most_common(30):
        print(f"    {times:6} {severity:8} {code}")
    print(f"{wrong} faults in {count} entries ({time.perf_counter() - begin:.1f} s)")
    figures = hallmark(shared)
    print(f"hallmark-detected {figures['detected']:.4f}\nhallmark-false {figures['false']:.4f}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
