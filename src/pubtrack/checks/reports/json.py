"""Findings as one JSON object: `findings`, `verdicts`, `summary`."""

from __future__ import annotations

import json

from pubtrack.checks.reports import Report
from pubtrack.model.findings import Finding


def report(report: Report) -> str:
    """The object, indented, one finding a line."""
    findings = ",\n    ".join(json.dumps(_item(one)) for one in report.findings)
    counts = report.counts
    summary = {
        "entries": report.entries,
        **{f"{one}s" if one != "info" else one: counts[one] for one in ("error", "warning", "info")},
        "fixable": report.fixable,
        "codes": dict(sorted(_codes(report).items())),
    }
    if report.known or report.gone:
        summary |= {"known": report.known, "gone": report.gone}
    verdicts = json.dumps(dict(sorted(report.verdicts.items())))
    body = f"[\n    {findings}\n  ]" if findings else "[]"
    return f'{{\n  "findings": {body},\n  "verdicts": {verdicts},\n  "summary": {json.dumps(summary)}\n}}\n'


def _codes(report: Report) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in report.findings:
        found[one.code] = found.get(one.code, 0) + 1
    return found


def _item(one: Finding) -> dict[str, object]:
    return {
        "code": one.code, "severity": one.severity, "file": one.file, "line": one.line, "column": one.column,
        "key": one.key, "field": one.field, "message": one.message, "fixable": one.fixable,
    }  # fmt: skip
