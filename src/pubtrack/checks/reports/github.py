"""Findings as annotations of GitHub Actions: `::error file=…,line=…,col=…,title=…::message`.

GitHub docs, "Workflow commands for GitHub Actions", and the toolkit's command.ts: `%`, CR and LF are escaped in a
message, `:` and `,` in a property too.
"""

from __future__ import annotations

from pubtrack.checks.reports import Report, summary
from pubtrack.model.findings import Finding

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def report(report: Report) -> str:
    """One workflow command a finding, then the summary in plain words."""
    return "".join(f"{_command(one)}\n" for one in report.findings) + f"{_data(summary(report))}\n"


def _command(one: Finding) -> str:
    spot = ".".join(part for part in (one.key, one.field) if part)
    title = f"{one.code} {spot}" if spot else one.code
    properties = {"file": one.file, "line": str(one.line or ""), "col": str(one.column or ""), "title": title}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{_COMMANDS[one.severity]} {written}::{_data(one.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
