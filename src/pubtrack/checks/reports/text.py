"""Findings as `file:line:column: severity code [key.field] message`, one a line, then one line of counts."""

from __future__ import annotations

from itertools import groupby

from pubtrack.checks.reports import NO_PLACE, Report, summary
from pubtrack.model.findings import Finding

_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_OF_VERDICTS = {"verified": "32", "problem": "31", "unconfirmed": "33", "unchecked": "36"}


def report(report: Report) -> str:
    """One line a finding, then the summary."""
    return plain(report)


def plain(report: Report, *, grouped: bool = False, coloured: bool = False) -> str:
    """The lines; `grouped` under a line for each entry, with its verdict if there is one; `coloured` for a terminal."""
    if grouped:
        return "".join(_groups(report, coloured=coloured)) + f"{summary(report)}\n"
    lines = [_line(one, coloured=coloured) for one in report.findings]
    return "".join(f"{line}\n" for line in (*lines, summary(report)))


def _line(one: Finding, *, coloured: bool) -> str:
    text = " ".join(str(one).split("\n"))
    if not coloured:
        return text
    return text.replace(f"{one.severity} {one.code}", _painted(one), 1)


def _painted(one: Finding) -> str:
    return f"\x1b[{_COLOURS[one.severity]}m{one.severity}\x1b[0m \x1b[1m{one.code}\x1b[0m"


def _groups(report: Report, *, coloured: bool) -> list[str]:
    ordered = sorted(enumerate(report.findings), key=lambda pair: (pair[1].file, pair[1].key == "", pair[0]))
    first: dict[tuple[str, str], int] = {}
    for number, (_, one) in enumerate(ordered):
        first.setdefault((one.file, one.key), number)
    ordered.sort(key=lambda pair: first[pair[1].file, pair[1].key])
    parts: list[str] = []
    for (file, key), group in groupby((one for _, one in ordered), key=lambda one: (one.file, one.key)):
        head = ": ".join(part for part in (file, key) if part) or NO_PLACE
        verdict = report.verdicts.get(key, "")
        told = f"\x1b[{_OF_VERDICTS[verdict]}m{verdict}\x1b[0m" if coloured and verdict else verdict
        parts.append(f"\x1b[1m{head}\x1b[0m" if coloured else head)
        parts.append(f" ({told})\n" if told else "\n")
        for one in group:
            place = ":".join(str(number) for number in (one.line, one.column) if number)
            what = _painted(one) if coloured else f"{one.severity} {one.code}"
            spot = f" [{one.field}]" if one.field else ""
            parts.append(f"  {place or '-':>9}  {what}{spot} {' '.join(one.message.split())}\n")
        parts.append("\n")
    return parts
