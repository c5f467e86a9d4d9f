"""The SARIF report against the schema of OASIS, which is fetched where it is checked and is not part of the project.

usage: python -m tests.checks.real_schema SCRATCH
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pubtrack.checks import Context, check, load
from pubtrack.checks.reports import Report, make_printable, replace_surrogates, writer
from pubtrack.store.library import Library
from tests.checks.rows import BAD, entry
from tests.checks.test_reports import FOUND, HOSTILE
from tests.exports.real_tools import HERE, AbsentError, environment, node_modules, run

PACKAGE = "@microsoft/jest-sarif"
"""An npm package that carries the schema (sarif-2.1.0-rtm.5)."""


def reports() -> dict[str, str]:
    """Reports of every kind of finding there is, of hostile text and of none."""
    sources = [load(name).bad for name in BAD] + [entry(row) for rows in BAD.values() for row in rows]
    found = [
        one
        for number, source in enumerate(sources)
        for one in check(
            Library.parse(source.encode("utf-8", "surrogateescape"), file=f"bib/{number} ü.bib"), Context(year=2026)
        )
    ]
    findings = make_printable([*found, *FOUND, HOSTILE], replace_surrogates)
    return {"all": writer("sarif")(Report(findings, 1)), "none": writer("sarif")(Report(()))}


def main(arguments: Sequence[str]) -> int:
    scratch = Path(arguments[0]).resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        python = environment(scratch, "jsonschema", sys.executable, "jsonschema[format-nongpl]>=4.20")
        folder = scratch / "sarif"
        folder.mkdir(exist_ok=True)
        schemas = sorted((node_modules(folder, PACKAGE) / PACKAGE).rglob("sarif-2.1.0*.json"))
    except AbsentError as error:
        print(f"not run  sarif: {error}")
        return 1 if os.environ.get("CI") else 0
    assert schemas, f"{PACKAGE} has no schema"
    for name, content in reports().items():
        path = scratch / f"{name}.sarif"
        path.write_text(content, encoding="utf-8")
        run([python, HERE / "schema_reader.py", schemas[0], path], scratch)
    (scratch / "wrong.sarif").write_text('{"version": "2.1.0", "runs": [{"results": 1}]}', encoding="utf-8")
    try:
        run([python, HERE / "schema_reader.py", schemas[0], scratch / "wrong.sarif"], scratch)
    except AssertionError:
        print(f"ok    sarif: {reports()['all'].count('ruleIndex')} results are valid by its schema")
        return 0
    print("FAIL  sarif: a report that is wrong is valid, too, so the check proves nothing")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
