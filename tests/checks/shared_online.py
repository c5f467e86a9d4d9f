"""A file's verdicts over HTTP as JSON, for the shared acceptance run of citation checkers.

usage: python -m tests.checks.shared_online FILE REPORT
(with PUBTRACK_CROSSREF_URL and its like set, as the harness does; PUBTRACK_CACHE may name a folder)
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from pubtrack.checks.online import judge
from pubtrack.config import NetworkConfig
from pubtrack.library import Library
from pubtrack.sources.http import Door, Settings


def main() -> int:
    file, report = Path(sys.argv[1]), Path(sys.argv[2])
    settings = Settings.of(NetworkConfig(), os.environ, cache=os.environ.get("PUBTRACK_CACHE", ""))
    begin = time.perf_counter()
    with Door(settings) as door:
        judged = judge(door, Library.load(file).works)
    print(f"{len(judged.verdicts)} entries in {time.perf_counter() - begin:.1f} s {judged.stopped}", file=sys.stderr)
    found = [
        {"code": one.code, "severity": one.severity, "key": one.key, "field": one.field, "message": one.message}
        for verdict in judged.verdicts.values()
        for one in verdict.findings
    ]
    verdicts = {key: verdict.status for key, verdict in judged.verdicts.items()}
    report.write_text(json.dumps({"findings": found, "verdicts": verdicts}, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
