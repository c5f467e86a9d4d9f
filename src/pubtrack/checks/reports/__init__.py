"""Findings to the texts that people and programs read, one format a file; a table, no discovery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module

from pubtrack.model.findings import Finding

FORMATS: Mapping[str, str] = {"text": "text", "json": "json", "github": "github", "sarif": "sarif"}
"""The module of each value of `check --format`; each has a function `report`. `html` is asked for by an option."""
NO_PLACE = "the list as a whole"
"""Above findings that are about no entry and no file."""
VERDICTS = ("verified", "problem", "unconfirmed", "unchecked")


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be told: the findings in order, the verdicts of entries by key, and how many entries were checked.

    `known` findings of a baseline are not among the findings, `gone` ones do not occur any more.
    """

    findings: Sequence[Finding]
    entries: int = 0
    verdicts: Mapping[str, str] = field(default_factory=dict)
    known: int = 0
    gone: int = 0

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each severity."""
        return Counter(one.severity for one in self.findings)

    @property
    def fixable(self) -> int:
        return sum(one.fixable for one in self.findings)


def make_printable(findings: Sequence[Finding], shown: Callable[[str], str]) -> tuple[Finding, ...]:
    """The findings with every text of a file passed through `shown`, which makes it safe where it is printed."""
    return tuple(
        replace(one, message=shown(one.message), key=shown(one.key), field=shown(one.field), file=shown(one.file))
        for one in findings
    )


def replace_surrogates(text: str) -> str:
    """`text` without the lone surrogates that stand for bytes which are no UTF-8; no program could read them."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def writer(name: str) -> Callable[[Report], str]:
    """The function of a format in `FORMATS`."""
    found: Callable[[Report], str] = import_module(f"pubtrack.checks.reports.{FORMATS[name]}").report
    return found


def summary(report: Report) -> str:
    """One line: how many of what, in how many entries."""
    counts = report.counts
    parts = [_plural(counts[one], one) for one in ("error", "warning")]
    parts.append(f"{counts['info']} info" if counts["info"] != 1 else "1 info")
    tail = f"; {report.fixable} can be fixed with --fix" if report.fixable else ""
    known = f"; {report.known} known by the baseline" if report.known else ""
    gone = f"; {report.gone} of the baseline are gone (--update-baseline)" if report.gone else ""
    return f"{', '.join(parts)} in {_plural(report.entries, 'entr')}{tail}{known}{gone}{_told(report)}"


def _told(report: Report) -> str:
    """How many entries have which verdict."""
    counts = Counter(report.verdicts.values())
    words = [f"{counts[one]} {one}" for one in VERDICTS if counts[one]]
    return f"; registries: {', '.join(words)}" if words else ""


def _plural(count: int, word: str) -> str:
    if word == "entr":
        return f"{count} {'entry' if count == 1 else 'entries'}"
    return f"{count} {word}{'' if count == 1 else 's'}"
