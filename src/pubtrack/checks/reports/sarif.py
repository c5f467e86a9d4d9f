"""Findings as SARIF 2.1.0 (OASIS), for GitHub code scanning and editors: one run, its rules, its results with fixes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote

from pubtrack.checks.baseline import fingerprints
from pubtrack.checks.reports import Report
from pubtrack.checks.rule_table import CHECKS, load
from pubtrack.model.findings import Finding
from pubtrack.model.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def report(report: Report) -> str:
    """The log file."""
    codes = sorted({one.code for one in report.findings})
    places = {code: number for number, code in enumerate(codes)}
    marks = fingerprints(report.findings)
    run = {
        "tool": {"driver": {"name": "pubtrack", "version": __version__, "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, places[one.code], mark) for one, mark in zip(report.findings, marks, strict=True)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, object]:
    if code not in CHECKS:
        return {"id": code}
    rule = load(code)
    return {
        "id": code,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} Source: {rule.source}."},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(one: Finding, rule_index: int, mark: str) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": one.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "partialFingerprints": {"pubtrack/v1": mark},
    }
    places = list(_locations(one))
    if places:
        result["locations"] = places
    return result


def _locations(one: Finding) -> Iterable[dict[str, object]]:
    physical: dict[str, object] = {}
    if one.file:
        physical["artifactLocation"] = {"uri": quote(one.file.replace("\\", "/"), safe="/")}
        if one.line:
            region = {"startLine": one.line}
            if one.column:
                region["startColumn"] = one.column
            physical["region"] = region
    location: dict[str, object] = {"physicalLocation": physical} if physical else {}
    if one.key:
        name = f"{one.key}.{one.field}" if one.field else one.key
        location["logicalLocations"] = [{"name": one.key, "fullyQualifiedName": name, "kind": "element"}]
    if location:
        yield location
